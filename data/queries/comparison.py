"""Départements and intercommunalités side by side: one row each, whole, whatever part of it is selected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Float,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from data.facts.aggregate import conditions, rows_of
from data.facts.comparable import last_year, read_declaring
from data.facts.coverage import is_reached
from data.facts.privacy import FEWEST_PLACES, reveals
from data.indicators.aid import AIDES_VOTEES
from data.indicators.attendance import TAUX_REPONSE
from data.queries.label import count_by_state
from data.schema import commune, departement, epci
from data.selection import Selection

YEAR = 12  # months


def territories(selection: Selection) -> Select[Any]:
    """One row per département and intercommunalité with a commune in the selection, each whole.

    `code`, `name`, `level`, `population`, `near` (share of its inhabitants within 15 km of a labelled place; null with
    a typology, which no roll-up of reach knows), `labelled` and `in_process` (places at `until`), `voted` (by the
    Région, levers, over the period), `visits` and `response` (over the last twelve whole months; null when nothing was
    declared, or expected, or when the visits would say those of a private place). The filters other than the territory
    narrow them as they do the indicators.
    """
    anywhere = selection.anywhere()
    areas, labels, aid, visits = (
        _areas(selection),
        _labels(anywhere),
        _aid(anywhere),
        _visits(last_year(anywhere).choosing("unite", ())),
    )
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
            rate.label("response"),
        )
        .select_from(areas)
        .outerjoin(labels, labels.c.code == areas.c.code)
        .outerjoin(aid, aid.c.code == areas.c.code)
        .outerjoin(visits, visits.c.code == areas.c.code)
    )


def hides_visits(connection: Connection, selection: Selection) -> bool:
    """Whether the visits of the period are not to be shown, since they would say those of a private place.

    The total of the whole Région always is.
    """
    if not selection.needs():
        return False
    found = read_declaring(connection, selection).values()
    return reveals(sum(places for places, _private in found), sum(private for _places, private in found))


def _areas(selection: Selection) -> Subquery:
    near: ColumnElement[Any] = null()
    if not selection.codes("typologie"):
        reached = func.sum(case((is_reached(selection), commune.c.population), else_=0))
        near = cast(reached, Float) / func.nullif(func.sum(commune.c.population), 0)
    return union_all(
        *(
            select(
                level.c.code.label("code"),
                level.c.name.label("name"),
                literal(words).label("level"),
                func.sum(commune.c.population).label("population"),
                cast(near, Float).label("near"),
            )
            .join(commune, commune.c[key] == level.c.code)
            .where(level.c.code.in_(select(commune.c[key]).where(*selection.where(commune.c))))
            .group_by(level.c.code, level.c.name)
            for level, key, words in ((departement, "dep", "Département"), (epci, "epci", "Intercommunalité"))
        )
    ).subquery("areas")


def _labels(selection: Selection) -> Subquery:
    return union_all(count_by_state(selection, "dep"), count_by_state(selection, "epci")).subquery("labels")


def _aid(selection: Selection) -> Subquery:
    votes = rows_of(AIDES_VOTEES.basis, selection)
    kept = conditions(AIDES_VOTEES.basis, votes, selection, "epci")
    return _by_code(votes, [func.sum(votes.c.amount).label("voted")], kept).subquery("aid")


def _visits(selection: Selection) -> Subquery:
    """Rows of what was expected, whatever the unit, have no value: one sum serves the visits and their response.

    The visits are left out where so few places declared any month that they would say those of a private one.
    """
    rows = rows_of(TAUX_REPONSE.basis, selection)
    private = case((rows.c.holder_type == "private", rows.c.reports), else_=0)
    parts = {name: rows.c[name] for name in ("value", "answered", "expected", "reports")} | {"private": private}
    monthly = union_all(
        *(
            select(rows.c[key].label("code"), *(func.sum(part).label(name) for name, part in parts.items()))
            .where(*conditions(TAUX_REPONSE.basis, rows, selection))
            .group_by(rows.c[key], rows.c.month)
            for key in ("dep", "epci")
        )
    ).subquery("monthly")
    hidden = and_(func.max(monthly.c.reports) < FEWEST_PLACES, func.sum(monthly.c.private) > 0)
    return (
        select(
            monthly.c.code,
            case((hidden, null()), else_=func.sum(monthly.c.value)).label("visits"),
            func.sum(monthly.c.answered).label("answered"),
            func.sum(monthly.c.expected).label("expected"),
        )
        .group_by(monthly.c.code)
        .subquery("attended")
    )


def _by_code(
    rows: FromClause, sums: Sequence[ColumnElement[Any]], kept: Sequence[ColumnElement[bool]]
) -> CompoundSelect[Any]:
    """The sums by département, and by intercommunalité: their codes never meet."""
    return union_all(
        *(select(rows.c[key].label("code"), *sums).where(*kept).group_by(rows.c[key]) for key in ("dep", "epci"))
    )
