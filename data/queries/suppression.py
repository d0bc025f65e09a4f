"""Private places that attendance figures omit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, func, select

from data.engine import cached_on_snapshot
from data.facts.suppression import omission_conditions, omission_text
from data.filters import PLACE_FILTERS
from data.i18n import NARROW
from data.model.facts import MeasuredValue, SummedPlaces
from data.schema import attendance_suppression
from data.selection import Selection
from data.selection.periods import whole_months
from data.types import months_between


class OmissionRun(NamedTuple):
    """The months (yyyymm, both included) during which a level of disclosure omits a place."""

    place_id: int
    dep: str
    epci: str
    holder_type: str
    first: int
    last: int

    def overlaps(self, selection: Selection) -> bool:
        """Whether the whole months of a selection include one of these months."""
        first, last = whole_months(selection.since, selection.until)
        return self.first <= last and self.last >= (first or 0)


@cached_on_snapshot
def read_omission_runs(connection: Connection, kind: SummedPlaces, selection: Selection, *by: str) -> list[OmissionRun]:
    """Runs of months omitted from a figure of the selection broken down by these columns."""
    table = attendance_suppression.c
    query = select(*(table[name] for name in OmissionRun._fields)).where(
        *omission_conditions(kind, selection, by),
        *selection.where(table, PLACE_FILTERS),
        *_overlap_conditions(selection),
    )
    return [OmissionRun(*row) for row in connection.execute(query)]


def _overlap_conditions(selection: Selection) -> list[ColumnElement[bool]]:
    first, last = whole_months(selection.since, selection.until)
    since = [attendance_suppression.c.last >= first] if first else []
    return [attendance_suppression.c.first <= last, *since]


def count_omitted_places(
    connection: Connection, kind: SummedPlaces, selection: Selection, *by: str
) -> dict[tuple[Any, ...], int]:
    """Number of private places omitted in some month of the period, by the values of the columns `by`: standard ones,
    `month` (yyyymm), `year`. The key of the whole is `()`.
    """
    first, last = whole_months(selection.since, selection.until)
    places_by_key: dict[tuple[Any, ...], set[int]] = {}
    for run in read_omission_runs(connection, kind, selection, *by):
        months = [last]
        if "month" in by or "year" in by:
            months = months_between(max(run.first, first or 0), min(run.last, last))
        for month in months:
            periods = {"month": month, "year": month // 100}
            key = tuple(periods[name] if name in periods else getattr(run, name) for name in by)
            places_by_key.setdefault(key, set()).add(run.place_id)
    return {key: len(places) for key, places in places_by_key.items()}


def omitted_places_by_territory(kind: SummedPlaces, selection: Selection, column: str) -> Select[Any]:
    """SQL: `code` and `omitted`, the number of private places omitted from the figure of each territory."""
    code = attendance_suppression.c[column]
    return (
        select(code.label("code"), func.count(attendance_suppression.c.place_id.distinct()).label("omitted"))
        .where(
            *omission_conditions(kind, selection, [column]), *selection.where(attendance_suppression.c, PLACE_FILTERS)
        )
        .where(*_overlap_conditions(selection))
        .group_by(code)
    )


def with_omission_note(reading: MeasuredValue, places: int) -> MeasuredValue:
    """A value with the note of the private places that it omits; unknown for that reason when nothing is left."""
    if not places:
        return reading
    if reading.value is None:
        return replace(
            reading, reason=f"{omission_text(places)}{NARROW}: la fréquentation d’un lieu privé est confidentielle"
        )
    return replace(reading, note="\u202f; ".join((omission_text(places), *([reading.note] if reading.note else []))))
