"""The territories that agreements in force cover, and the activities of their partners there.

A territory part is that of an intercommunalité that lies in one département: the smallest that an agreement can name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Subquery, case, func, literal, select, union_all

from data.engine import cached_on_snapshot
from data.facts.activity import activity_conditions
from data.filters import TERRITORY_FILTERS
from data.i18n import search_key
from data.queries.partner_status import (
    agreement_covers,
    agreement_names,
    chosen_partner_conditions,
    in_force_agreement_conditions,
    selected_parts,
)
from data.schema import activity_row, agreement, commune, departement, epci
from data.selection import Selection
from data.types import TerritoryColumn

WHOLE_REGION = "toute la Région"
WHOLLY, PARTLY, NOT_COVERED = "wholly", "partly", "not_covered"
EXTENT_LABELS: Mapping[str, str] = {WHOLLY: "en entier", PARTLY: "en partie", NOT_COVERED: "non"}


class Coverage(NamedTuple):
    """Parts of a territory that the agreements in force of a partner cover, and all its parts."""

    covered: int
    parts: int

    @property
    def extent(self) -> str:
        """WHOLLY, PARTLY or NOT_COVERED."""
        if not self.covered:
            return NOT_COVERED
        return WHOLLY if self.covered == self.parts else PARTLY


@cached_on_snapshot
def read_coverage(
    connection: Connection, selection: Selection, level: TerritoryColumn
) -> dict[tuple[str, str], Coverage]:
    """The coverage at `until` of the selected part of each territory, by (partner, code of the territory), for those
    covered at least in part.
    """
    covered, parts = covered_parts(selection), selected_parts(selection)
    totals = {
        code: int(count)
        for code, count in connection.execute(select(parts.c[level], func.count()).group_by(parts.c[level]))
    }
    query = select(covered.c.partner, covered.c[level], func.count()).group_by(covered.c.partner, covered.c[level])
    return {(partner, code): Coverage(int(count), totals[code]) for partner, code, count in connection.execute(query)}


def read_covering_partners(connection: Connection, selection: Selection) -> dict[str, Coverage]:
    """The coverage at `until` of the whole selection, by code of the partners that cover a part of it."""
    covered, parts = covered_parts(selection), selected_parts(selection)
    total = connection.scalar(select(func.count()).select_from(parts)) or 0
    query = select(covered.c.partner, func.count()).group_by(covered.c.partner)
    return {partner: Coverage(int(count), total) for partner, count in connection.execute(query)}


def covered_parts(selection: Selection) -> Subquery:
    """One row per partner that the filter keeps and territory part of the selection that one of its agreements in
    force at `until` covers: `partner`, `dep`, `epci`.
    """
    parts = selected_parts(selection)
    return (
        select(agreement.c.partner, parts.c.dep, parts.c.epci)
        .join_from(agreement, parts, agreement_covers(parts))
        .where(
            *in_force_agreement_conditions(selection.until), *chosen_partner_conditions(agreement.c.partner, selection)
        )
        .distinct()
        .subquery("covered")
    )


def named_territories_by_partner(selection: Selection) -> Subquery:
    """One row per partner with an agreement in force: `partner`, `territories`, the names of those that they cover, or
    « toute la Région ».
    """
    in_force = in_force_agreement_conditions(selection.until)
    areas = union_all(
        select(departement.c.code, departement.c.name, departement.c.name_search_key, literal(0).label("rank")),
        select(epci.c.code, epci.c.name, epci.c.name_search_key, literal(1).label("rank")),
    ).subquery("areas")
    named = (
        select(agreement.c.partner, areas.c.name, areas.c.name_search_key)
        .join_from(agreement, areas, agreement_names(areas.c.code))
        .where(*in_force)
        .group_by(agreement.c.partner, areas.c.rank, areas.c.name, areas.c.name_search_key)
        .order_by(agreement.c.partner, areas.c.rank, areas.c.name)
        .subquery("named")
    )
    joined = (
        func.aggregate_strings(named.c.name, ", ").label("names"),
        func.aggregate_strings(named.c.name_search_key, " ").label("name_keys"),
    )
    listed = select(named.c.partner, *joined).group_by(named.c.partner).subquery("listed")
    has_whole = func.max(case((agreement.c.territories == "", 1), else_=0)) == 1
    return (
        select(
            agreement.c.partner,
            case((has_whole, WHOLE_REGION), else_=func.max(listed.c.names)).label("territories"),
            case((has_whole, search_key(WHOLE_REGION)), else_=func.max(listed.c.name_keys)).label(
                "territories_search_key"
            ),
        )
        .outerjoin(listed, listed.c.partner == agreement.c.partner)
        .where(*in_force)
        .group_by(agreement.c.partner)
        .subquery("named_territories")
    )


def covered_epci_rows(selection: Selection, names: Mapping[str, str]) -> Select[Any]:
    """One row per intercommunalité with a commune in the selection, for its selected part: `code`, `name`,
    `population`, `covering` (partners whose agreement in force covers it; « en partie » is said), `idle` (those without
    any activity there in the period; null: none), both by their `names`, `actions` (activities there of the covering
    partners, in the period), `last` (day of the last one up to `until`, whatever the start of the period).
    """
    pairs = _covering_pairs(selection, names)
    is_part = pairs.c.covered < pairs.c.parts
    in_part = case((is_part, f" ({EXTENT_LABELS[PARTLY]})"), else_="")
    label, key = pairs.c.label + in_part, pairs.c.key + in_part
    covering = (
        select(
            pairs.c.epci,
            func.aggregate_strings(label, ", ").label("covering"),
            func.aggregate_strings(key, " ").label("covering_search_key"),
            func.aggregate_strings(case((pairs.c.actions == 0, label)), ", ").label("idle"),
            func.aggregate_strings(case((pairs.c.actions == 0, key)), " ").label("idle_search_key"),
            func.sum(pairs.c.actions).label("actions"),
            func.max(pairs.c.last).label("last"),
        )
        .group_by(pairs.c.epci)
        .subquery("covering")
    )
    people = (
        select(commune.c.epci, func.sum(commune.c.population).label("population"))
        .where(*selection.where(commune.c, TERRITORY_FILTERS))
        .group_by(commune.c.epci)
        .subquery("people")
    )
    return (
        select(
            epci.c.code,
            epci.c.name,
            people.c.population,
            func.coalesce(covering.c.covering, "aucun partenaire").label("covering"),
            covering.c.idle,
            covering.c.actions,
            covering.c.last,
        )
        .join(people, people.c.epci == epci.c.code)
        .outerjoin(covering, covering.c.epci == epci.c.code)
    )


def _covering_pairs(selection: Selection, names: Mapping[str, str]) -> Subquery:
    """One row per intercommunalité and partner that covers a part of it, in the order of the names of partners: `epci`,
    `label`, `key` (its search key), `covered` and `parts` (of its selected part), `actions`, `last`.
    """
    covered, parts = covered_parts(selection), selected_parts(selection)
    totals = select(parts.c.epci, func.count().label("parts")).group_by(parts.c.epci).subquery("totals")
    counts = (
        select(covered.c.partner, covered.c.epci, func.count().label("covered"))
        .group_by(covered.c.partner, covered.c.epci)
        .subquery("counts")
    )
    row = activity_row.c
    is_in_period = row.day >= selection.since if selection.since else literal(1) == 1
    done = (
        select(
            row.partner,
            row.epci,
            func.sum(case((is_in_period, 1), else_=0)).label("actions"),
            func.max(row.day).label("last"),
        )
        .where(*activity_conditions(replace(selection, since=None)))
        .group_by(row.partner, row.epci)
        .subquery("done")
    )
    return (
        select(
            counts.c.epci,
            _name_of(counts.c.partner, names).label("label"),
            _name_of(counts.c.partner, {code: search_key(name) for code, name in names.items()}).label("key"),
            counts.c.covered,
            totals.c.parts,
            func.coalesce(done.c.actions, 0).label("actions"),
            done.c.last,
        )
        .join_from(counts, totals, totals.c.epci == counts.c.epci)
        .outerjoin(done, (done.c.partner == counts.c.partner) & (done.c.epci == counts.c.epci))
        .order_by(counts.c.epci, "label")
        .subquery("pairs")
    )


def _name_of(code: ColumnElement[Any], names: Mapping[str, str]) -> ColumnElement[Any]:
    return case(dict(names), value=code, else_=code) if names else code
