"""Communes of rows that give a town and a postcode only.

46 names are borne by several communes of Normandie: a name is trusted within the département of its postcode only,
when one commune there bears it.
"""

from __future__ import annotations

import re
from collections import Counter

import polars as pl

from data.i18n import fold
from etl.world import World

_SAINT = {"st": "saint", "ste": "sainte"}
_SORTING = re.compile(r" cedex\b.*")


def name_key(name: str) -> str:
    """A commune's name as it is compared: « ST LO CEDEX » -> saint lo."""
    words = "".join(letter if letter.isalnum() else " " for letter in fold(name)).split()
    return _SORTING.sub("", " ".join(_SAINT.get(word, word) for word in words))


def departement_of(postcode: str | None) -> str | None:
    """The first two digits of a postcode, the zero in front put back; None when it is none."""
    digits = "".join((postcode or "").split()).removesuffix(".0")
    return digits.zfill(5)[:2] if digits.isascii() and digits.isdigit() and len(digits) in {4, 5} else None


def locate(rows: pl.DataFrame, world: World, town: str) -> pl.DataFrame:
    """The rows with `_commune`, the INSEE code found (null: none), and `_outside`, true when it is not in Normandie.

    `town` is the column that holds the town; the rows have `postcode`, and their own `commune` if they give one.
    """
    known = _codes(world)
    given = rows["commune"] if "commune" in rows.columns else pl.repeat(None, len(rows), dtype=pl.String, eager=True)
    found, outside = [], []
    for code, name, postcode in zip(given, rows[town], rows["postcode"], strict=True):
        dep = departement_of(postcode)
        place = code or (known.get((dep, name_key(name))) if dep and name else None)
        found.append(place)
        outside.append(place not in world.communes if place else dep is not None and dep not in world.departements)
    return rows.with_columns(
        pl.Series("_commune", found, dtype=pl.String), pl.Series("_outside", outside, dtype=pl.Boolean)
    )


def _codes(world: World) -> dict[tuple[str, str], str]:
    """(département, name) -> code, of the names that one commune of the département bears alone."""
    named = [((commune.dep, name_key(commune.name)), code) for code, commune in world.communes.items()]
    borne = Counter(key for key, _ in named)
    return {key: code for key, code in named if borne[key] == 1}
