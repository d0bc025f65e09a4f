"""The life of the label, as pages read it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import Connection, case, delete, func, insert, select

from data.facts.scope import standard_columns
from data.rules.label_life import label_spans
from data.schema import commune, label_event, label_first, label_month, label_span, live, place_version
from data.types import month_after, month_number, months_between

ONE_DAY = timedelta(days=1)
MONTHS_AHEAD = 36  # `expected` reaches so far after the load, for databases that stay without one
SCOPE = ("dep", "epci", "holder_type", "typologies")


def refresh(connection: Connection, today: date) -> None:
    """Compute the roll-ups of the label again."""
    _refresh_label_span(connection)
    _refresh_label_month(connection, today)
    _refresh_label_first(connection)


def _refresh_label_span(connection: Connection) -> None:
    connection.execute(delete(label_span))
    places = {
        row.place_id: row
        for row in connection.execute(
            select(
                place_version.c.place_id,
                place_version.c.closed,
                *standard_columns(place_version.c.holder_type, place_version.c.typologies),
            )
            .join(commune, commune.c.code == place_version.c.commune)
            .where(live(place_version))
        )
    }
    events = connection.execute(
        select(label_event.c.place_id, label_event.c.day, label_event.c.step)
        .where(live(label_event))
        .order_by(label_event.c.place_id)
    )
    rows = [
        {
            "state": span.state,
            "started": span.started,
            "ended": span.ended,
            "opened": span.opening[0],
            "opened_by": span.opening[1],
            "place_id": place_id,
            **{name: getattr(places[place_id], name) for name in SCOPE},
        }
        for place_id, group in groupby(events, key=lambda event: event.place_id)
        if place_id in places
        for span in label_spans([(event.day, event.step) for event in group], places[place_id].closed)
    ]
    if rows:
        connection.execute(insert(label_span), rows)


def _refresh_label_month(connection: Connection, today: date) -> None:
    """A label without end runs ahead of today."""
    horizon = month_after(month_number(today), MONTHS_AHEAD)
    spans = connection.execute(
        select(label_span.c.place_id, label_span.c.started, label_span.c.ended).where(label_span.c.state == "labelled")
    )
    pairs = {
        (month, place_id)
        for place_id, started, ended in spans
        for month in months_between(month_number(started), month_number(ended - ONE_DAY) if ended else horizon)
    }
    connection.execute(delete(label_month))
    if pairs:
        connection.execute(
            insert(label_month), [{"month": month, "place_id": place_id} for month, place_id in sorted(pairs)]
        )


def _refresh_label_first(connection: Connection) -> None:
    """The first application (the complete file when no application is recorded) and the first award."""
    days = {
        step: func.min(case((label_event.c.step == step, label_event.c.day)))
        for step in ("application", "complete_file", "awarded")
    }
    firsts = (
        select(
            label_event.c.place_id,
            func.coalesce(days["application"], days["complete_file"]).label("applied"),
            days["awarded"].label("awarded"),
        )
        .where(live(label_event), label_event.c.step.in_(days))
        .group_by(label_event.c.place_id)
        .subquery("firsts")
    )
    connection.execute(delete(label_first))
    connection.execute(
        insert(label_first).from_select(
            ["place_id", *SCOPE, "applied", "awarded"],
            select(
                firsts.c.place_id,
                *standard_columns(place_version.c.holder_type, place_version.c.typologies),
                firsts.c.applied,
                firsts.c.awarded,
            )
            .join(place_version, place_version.c.place_id == firsts.c.place_id)
            .join(commune, commune.c.code == place_version.c.commune)
            .where(live(place_version))
            .order_by(firsts.c.place_id),
        )
    )
