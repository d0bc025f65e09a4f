"""The label through time and on the map."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, Subquery, and_, case, func, literal, select, union_all

from data.facts.aggregate import measure_conditions, undated_measure_conditions
from data.facts.label import LABELLED_COUNT
from data.filters import PLACE_FILTERS
from data.schema import commune, label_span, live, place_version
from data.selection import Selection
from data.selection.periods import in_force_conditions
from data.types import TerritoryColumn, year_of


def read_label_changes(connection: Connection, selection: Selection) -> dict[date, int]:
    """Net change (not 0) of the number of labels by day, up to `until`, in order.

    From the first label on, whatever the start of the period: a stock is the sum of all changes before it.
    """
    moves = _label_changes(selection)
    change = func.sum(moves.c.change)
    query = select(moves.c.day, change).group_by(moves.c.day).having(change != 0).order_by(moves.c.day)
    return {day: int(count) for day, count in connection.execute(query)}


def read_label_changes_by_departement(connection: Connection, selection: Selection) -> dict[str, dict[date, int]]:
    """Net change (not 0) of the number of labels by code of département and day, up to `until`, in order."""
    moves = _label_changes(selection)
    change = func.sum(moves.c.change)
    query = select(moves.c.dep, moves.c.day, change).group_by(moves.c.dep, moves.c.day).having(change != 0)
    changes_by_dep: dict[str, dict[date, int]] = {}
    for dep, day, count in connection.execute(query.order_by(moves.c.dep, moves.c.day)):
        changes_by_dep.setdefault(dep, {})[day] = int(count)
    return changes_by_dep


class LabelStartsAndEnds(NamedTuple):
    """The numbers of labels that began (not renewals of a label in force) and that ended."""

    began: int
    ended: int


def read_label_starts_and_ends_by_year(connection: Connection, selection: Selection) -> dict[int, LabelStartsAndEnds]:
    """Starts and ends of labels by year of the period, for years with any, in order."""
    moves = _label_changes(selection)
    year = year_of(moves.c.day)
    began, ended = (func.count().filter(moves.c.change == sign) for sign in (1, -1))
    since = [moves.c.day >= selection.since] if selection.since else []
    query = select(year, began, ended).where(*since).group_by(year).order_by(year)
    return {row_year: LabelStartsAndEnds(*counts) for row_year, *counts in connection.execute(query)}


def _label_changes(selection: Selection) -> Subquery:
    """One row per label that began (`change` 1) or ended (−1), not after `until`, with its `day` and `dep`."""
    conditions = undated_measure_conditions(LABELLED_COUNT, label_span, selection)
    return union_all(
        *(changes.where(*conditions, day <= selection.until) for day, changes in _STARTS_AND_ENDS)
    ).subquery("moves")


_STARTS_AND_ENDS = tuple(
    (day, select(label_span.c.dep, day.label("day"), literal(sign).label("change")))
    for day, sign in ((label_span.c.started, 1), (label_span.c.ended, -1))
)


def place_counts_by_territory(selection: Selection, key: TerritoryColumn) -> Select[Any]:
    """One row per territory with any place `labelled` or `in_process` at `until`: `code` and both counts."""
    sums = (
        func.sum(case((label_span.c.state == state, 1), else_=0)).label(state) for state in ("labelled", "in_process")
    )
    conditions = (
        *selection.where(label_span.c, PLACE_FILTERS),
        *in_force_conditions(label_span.c, selection.until),
    )
    return select(label_span.c[key].label("code"), *sums).where(*conditions).group_by(label_span.c[key])


class LabelledPoint(NamedTuple):
    """A labelled place: its intercommunalité, its name, where it is (its own point, else the centre of its commune)."""

    epci: str
    name: str
    lon: float
    lat: float


def read_labelled_points(connection: Connection, selection: Selection) -> list[LabelledPoint]:
    """The places labelled at `until`, by name."""
    query = _LABELLED_POINTS.where(*measure_conditions(LABELLED_COUNT, label_span, selection))
    return [LabelledPoint(*row) for row in connection.execute(query)]


_LABELLED_POINTS = (
    select(
        label_span.c.epci,
        place_version.c.name,
        func.coalesce(place_version.c.lon, commune.c.lon),
        func.coalesce(place_version.c.lat, commune.c.lat),
    )
    .select_from(label_span)
    .join(place_version, and_(place_version.c.place_id == label_span.c.place_id, live(place_version)))
    .join(commune, commune.c.code == place_version.c.commune)
    .order_by(place_version.c.name)
)
