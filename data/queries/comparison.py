"""Départements and intercommunalités side by side: one row each, of the whole territory."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    Select,
    Subquery,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from data.facts.aggregate import measure_conditions, rows_to_aggregate
from data.facts.aid_files import LEVER_VOTED_AMOUNT
from data.facts.attendance import DECLARED_ATTENDANCE
from data.filters import TERRITORY_FILTERS
from data.queries.commune_search import commune_names
from data.queries.comparable_places import last_twelve_months
from data.queries.coverage import is_within_reach
from data.queries.label import place_counts_by_territory
from data.queries.name_search import name_key
from data.queries.suppression import omitted_places_by_territory
from data.schema import commune, departement, epci, label_span
from data.search_keys import with_search_keys
from data.selection import Selection
from data.types import TERRITORY_COLUMNS, TerritoryColumn


def territory_rows(selection: Selection) -> Select[Any]:
    """One row per département and intercommunalité with a commune in the selection, each whole.

    `code`, `name`, `level`, `population`, `near` (share of its inhabitants within 15 km of a labelled place; null under
    a typology filter), `labelled` and `in_process` (places at `until`), `voted` (euros of the levers over the period),
    `visits` and `response` (rate) over the last twelve whole months; null without a declaration, or expected one, or
    when only private places that the figure would reveal declared; `omitted` counts the private places left out of
    `visits`. Filters other than the territory apply as they do to the indicators.
    """
    areas, labels, aid, visits = (
        _territory_populations(selection),
        _label_counts(selection),
        _voted_amounts(selection),
        _attendance_sums(selection),
    )
    omitted = _omitted_place_counts(selection)
    rate = case((visits.c.expected > 0, cast(visits.c.answered, Float) / visits.c.expected))
    return (
        select(
            areas.c.code,
            areas.c.name,
            areas.c.level,
            areas.c.population,
            areas.c.near,
            func.coalesce(labels.c.labelled, 0).label("labelled"),
            func.coalesce(labels.c.in_process, 0).label("in_process"),
            func.coalesce(aid.c.voted, 0).label("voted"),
            visits.c.visits,
            func.coalesce(omitted.c.omitted, 0).label("omitted"),
            rate.label("response"),
        )
        .select_from(areas)
        .outerjoin(labels, labels.c.code == areas.c.code)
        .outerjoin(aid, aid.c.code == areas.c.code)
        .outerjoin(visits, visits.c.code == areas.c.code)
        .outerjoin(omitted, omitted.c.code == areas.c.code)
    )


def has_commune_matching(rows: Subquery, key: str) -> ColumnElement[bool]:
    """SQL: the intercommunalité of a row (`code`) has a commune that answers this search key, by its name, a former
    name or a postcode.
    """
    return rows.c.code.in_(sorted({match.name.target.epci for match in commune_names().find(name_key(key))}))


def _territory_populations(selection: Selection) -> Subquery:
    near: ColumnElement[Any] = null()
    if not selection.codes("typologie"):
        reached = func.sum(case((is_within_reach(selection), commune.c.population), else_=0))
        near = cast(reached, Float) / func.nullif(func.sum(commune.c.population), 0)
    return union_all(
        *(
            with_search_keys(
                select(
                    level.c.code.label("code"),
                    level.c.name.label("name"),
                    literal(level_label).label("level"),
                    func.sum(commune.c.population).label("population"),
                    cast(near, Float).label("near"),
                )
            )
            .join(commune, commune.c[key] == level.c.code)
            .where(*_territory_condition(selection, key, level.c.code))
            .group_by(level.c.code)
            for key, level, level_label in zip(
                TERRITORY_COLUMNS, (departement, epci), ("Département", "Intercommunalité"), strict=True
            )
        )
    ).subquery("areas")


def _territory_condition(
    selection: Selection, key: TerritoryColumn, code: ColumnElement[Any]
) -> list[ColumnElement[bool]]:
    """SQL: the territory has a commune in the selection. Every sum has this condition: others are not computed."""
    conditions = selection.where(commune.c, TERRITORY_FILTERS)
    return [code.in_(select(commune.c[key]).where(*conditions))] if conditions else []


def _label_counts(selection: Selection) -> Subquery:
    places, anywhere = label_span.c, selection.without_territory()
    return union_all(
        *(
            place_counts_by_territory(anywhere, key).where(*_territory_condition(selection, key, places[key]))
            for key in TERRITORY_COLUMNS
        )
    ).subquery("labels")


def _voted_amounts(selection: Selection) -> Subquery:
    """Voted amounts by territory; those of départements from the coarsest grouping set, without intercommunalités."""
    measure, anywhere = LEVER_VOTED_AMOUNT, selection.without_territory()
    votes = rows_to_aggregate(measure, anywhere)
    return union_all(
        *(
            select(votes.c[key].label("code"), func.sum(votes.c.amount).label("voted"))
            .where(
                *measure_conditions(measure, votes, anywhere, key), *_territory_condition(selection, key, votes.c[key])
            )
            .group_by(votes.c[key])
            for key in TERRITORY_COLUMNS
        )
    ).subquery("aid")


def _attendance_sums(selection: Selection) -> Subquery:
    """Visits by territory, without the private places that one territory alone would reveal, and declaration counts."""
    measure, year = DECLARED_ATTENDANCE, last_twelve_months(selection.without_territory()).with_codes("unite", ())
    rows = rows_to_aggregate(measure, year)
    parts = {name: rows.c[source] for name, source in _ATTENDANCE_COLUMNS.items()}
    return union_all(
        *(
            select(rows.c[key].label("code"), *(func.sum(part).label(name) for name, part in parts.items()))
            .where(*measure_conditions(measure, rows, year, key), *_territory_condition(selection, key, rows.c[key]))
            .group_by(rows.c[key])
            for key in TERRITORY_COLUMNS
        )
    ).subquery("attended")


def _omitted_place_counts(selection: Selection) -> Subquery:
    year = last_twelve_months(selection.without_territory()).with_codes("unite", ())
    return union_all(*(omitted_places_by_territory("declared", year, key) for key in TERRITORY_COLUMNS)).subquery(
        "omitted"
    )


_ATTENDANCE_COLUMNS = {"visits": "value", "answered": "answered", "expected": "expected"}
