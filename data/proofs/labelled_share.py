"""The rows behind a share of the labelled places: these places, and what makes each of them count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select, func, select

from data.facts.aggregate import measure_conditions
from data.facts.label import LABELLED_COUNT
from data.i18n import count, number
from data.model.proofs import Arithmetic, Proof, ProofRows
from data.proofs.builders import with_file
from data.proofs.coverage import NO
from data.queries.labelled_share import PlacesByGroup, read_labelled_share
from data.search_keys import with_search_keys
from data.selection import Selection

PLACE_HEADERS = {"code": "Identifiant", "name": "Tiers-lieu", "commune": "Commune", "started": "Labellisé depuis le"}


def labelled_place_rows(facts: Select[Any], selection: Selection, *extra_names: str, default: str = NO) -> Select[Any]:
    """One row per place labelled at `until`: the columns of `PLACE_HEADERS`, `has_fact` and the columns `extra_names`
    of its row in `facts`, and the file and line of its label.

    `facts` selects at most one row per place: `place_code`, `has_fact` (« oui », « non », « inconnu ») and the extra
    columns. A place without a row has `default` as `has_fact`.
    """
    labelled = with_search_keys(LABELLED_COUNT.fact.proof).subquery("labelled")
    found = with_search_keys(facts).subquery("facts")
    places = (
        select(
            *(labelled.c[name] for name in (*PLACE_HEADERS, *LABELLED_COUNT.fact.key)),
            func.coalesce(found.c.has_fact, default).label("has_fact"),
            *(found.c[name] for name in extra_names),
        )
        .outerjoin(found, found.c.place_code == labelled.c.code)
        .where(*measure_conditions(LABELLED_COUNT, labelled, selection))
    )
    return with_file(with_search_keys(places).subquery("places"), (*PLACE_HEADERS, "has_fact", *extra_names))


def labelled_share_arithmetic(
    read_met: PlacesByGroup, singular: str, plural: str, read_known: PlacesByGroup | None = None
) -> Arithmetic:
    """« 12 lieux animés ÷ 34 »: the places that meet the condition, by the labelled places of which it is known."""

    def arithmetic(connection: Connection, selection: Selection) -> str:
        share = read_labelled_share(connection, selection, read_met, read_known)
        return f"{count(share.met, singular, plural)} ÷ {number(share.known)}"

    return arithmetic


def labelled_share_proof(rows: ProofRows, extra_headers: Mapping[str, str], arithmetic: Arithmetic, note: str) -> Proof:
    """The proof of such a share: `rows` are built by `labelled_place_rows`, `extra_headers` those of its `has_fact` and
    extra columns.
    """
    return Proof(
        rows,
        {**PLACE_HEADERS, **extra_headers},
        default_sort="started",
        key=("code",),
        arithmetic=arithmetic,
        note=note,
        place_column="code",
    )
