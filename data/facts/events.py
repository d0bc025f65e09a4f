"""Events open to the public at tiers-lieux: what partners hold there, and what open agendas announce."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select

from data.facts.activity import agenda_rows
from data.schema import activity, is_live
from data.sources.activities import PUBLIC_KINDS
from data.types import Columns


def is_public_event(rows: Columns) -> ColumnElement[bool]:
    """SQL: a row with `partner` and `kind` is open to the public: an event of an open agenda, or an activity of a
    partner of a public kind.
    """
    return or_(rows.partner.is_(None), rows.kind.in_(PUBLIC_KINDS))


PLACE_EVENTS = (
    select(activity.c.place_id, activity.c.day)
    .where(is_live(activity), activity.c.place_id.is_not(None), is_public_event(activity.c))
    .subquery("place_events")
)
"""One row per event open to the public at a place: `place_id`, `day`."""

PLACE_EVENT_ROWS = agenda_rows().where(activity.c.place_id.is_not(None), is_public_event(activity.c))
"""The rows of `PLACE_EVENTS` with the columns of `agenda_rows`."""
