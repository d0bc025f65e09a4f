"""What happened to places in twelve months: labels gained and lost, applications, openings, closures."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, NamedTuple, get_args

from sqlalchemy import ColumnElement, Connection, Select, and_, literal, select, union_all

from data.facts.scope import standard_columns
from data.filters import PLACE_FILTERS
from data.schema import commune, is_live, label_span, place, place_version
from data.selection import Selection
from data.selection.periods import day_conditions, over_year

PlaceChangeKind = Literal["labelled", "left", "applied", "opened", "closed"]
PLACE_CHANGE_KINDS: tuple[PlaceChangeKind, ...] = get_args(PlaceChangeKind)


class PlaceChange(NamedTuple):
    """A change of a place on a day: it got the label (not a renewal), `left` it, `applied` for it, opened, closed."""

    kind: PlaceChangeKind
    day: date
    code: str
    name: str
    commune: str


def read_place_changes(connection: Connection, selection: Selection) -> list[PlaceChange]:
    """The changes of the twelve months to `until`, wherever the period begins: the last day first, then by name.

    Filters by territory, holder type and typology apply. A place that lost its label by closing has both changes.
    """
    year = over_year(selection)
    changes = union_all(*(_change_rows(kind, *source) for kind, source in _SOURCES.items())).subquery("changes")
    query = (
        select(*(changes.c[name] for name in PlaceChange._fields))
        .where(*year.where(changes.c, PLACE_FILTERS), *day_conditions(changes.c, year.since, year.until))
        .order_by(changes.c.day.desc(), changes.c.name, changes.c.code, changes.c.kind)
    )
    return [PlaceChange(*row) for row in connection.execute(query)]


_LABELLED, _IN_PROCESS = label_span.c.state == "labelled", label_span.c.state == "in_process"
_OF_SPAN = label_span.c.place_id == place.c.place_id
_SOURCES: dict[PlaceChangeKind, tuple[ColumnElement[Any], ColumnElement[bool] | None]] = {
    "labelled": (label_span.c.started, _LABELLED),
    "left": (label_span.c.ended, _LABELLED),
    "applied": (label_span.c.started, _IN_PROCESS),
    "opened": (place_version.c.opened, None),
    "closed": (place_version.c.closed, None),
}


def _change_rows(
    kind: PlaceChangeKind, day: ColumnElement[Any], of_span: ColumnElement[bool] | None
) -> Select[tuple[Any, ...]]:
    """SQL: one row per change of a kind, with the standard columns; `of_span` selects the spans of a label, if any."""
    rows = (
        select(
            literal(kind).label("kind"),
            day.label("day"),
            place.c.code,
            place_version.c.name,
            commune.c.name.label("commune"),
            *standard_columns(place_version.c.holder_type, place_version.c.typologies),
        )
        .select_from(place)
        .join(place_version, and_(place_version.c.place_id == place.c.place_id, is_live(place_version)))
        .join(commune, commune.c.code == place_version.c.commune)
        .where(day.is_not(None))
    )
    return rows if of_span is None else rows.join(label_span, _OF_SPAN).where(of_span)
