"""The combinations of territory, holder and scheme by which the sums of aid are cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from data.facts.spans import COARSE, DAYS, FINE, KEPT, Cut
from data.schema import aid_file, aid_scope

Scope = dict[str, Any]  # one row to write, by column
_NOWHERE: Scope = dict.fromkeys(cut.within for cut in COARSE)


def refresh_scopes(connection: Connection) -> None:
    """Compute `aid_scope` again: those of the files, and for each cut those that hold them."""
    files = connection.execute(select(*(aid_file.c[name] for name in KEPT)).distinct()).all()
    numbers: dict[Cut, dict[tuple[str, ...], int]] = {}
    scopes: list[Scope] = []
    for cut in (*COARSE, DAYS):
        wider = [other for other in COARSE if set(other.keeps) < set(cut.keeps)]
        numbers[cut] = {}
        for at, kept in enumerate(sorted({_kept(cut, file) for file in files})):
            number = numbers[cut][kept] = cut.number * 1_000_000 + at
            within = {other.within: numbers[other][_kept(other, kept)] for other in wider}
            scopes.append(
                {"scope": number, "cut": cut.number, **dict(zip(KEPT, kept, strict=True)), **_NOWHERE, **within}
            )
    connection.execute(delete(aid_scope))
    if scopes:
        connection.execute(insert(aid_scope), scopes)


def _kept(cut: Cut, file: Sequence[str]) -> tuple[str, ...]:
    return tuple(value if name not in FINE or name in cut.keeps else "" for name, value in zip(KEPT, file, strict=True))
