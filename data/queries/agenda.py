"""The agenda: activities of partners and events of places, past and to come."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    case,
    func,
    literal,
    select,
    union_all,
)

from data.facts.activity import activity_kind_label, agenda_rows
from data.filters import ACTIVITY_FILTERS
from data.queries.partners import NO_PLACE_LABEL, OPEN_AGENDA_LABEL
from data.schema import (
    activity,
    activity_row,
    commune,
    is_live,
    partner_version,
    place,
    place_version,
)
from data.selection import Selection
from data.sources.other_values import OTHER_VALUES_NAME, other_values


def selected_agenda_rows(selection: Selection, today: date) -> Select[Any]:
    """One row per activity of a partner or event of an open agenda that the filters keep, of the period; those to come
    are there too unless the date was chosen.

    `code`, `where` (the place, else the commune), `day`, `when` (« à venir » or « passée »), `kind_label`, `title`,
    `partner_label`, `partner_code` (null for an open agenda), `participants`, `place_code`, `others`.
    """
    event = _selected_events(selection).subquery("event")
    proof = (activity.c.code == event.c.code, is_live(activity))
    version, town = place_version.alias("its_place"), commune.alias("town")
    is_place = (version.c.place_id == event.c.place_id, is_live(version))

    def of(column: ColumnElement[Any], *conditions: ColumnElement[bool]) -> ColumnElement[Any]:
        return select(column).where(*conditions).correlate(event).scalar_subquery()

    commune_name = select(town.c.name).join(activity, activity.c.commune == town.c.code).where(*proof).correlate(event)
    return select(
        event.c.code,
        event.c.day,
        activity_kind_label(event.c.kind).label("kind_label"),
        of(activity.c.title, *proof).label("title"),
        of(other_values(activity), *proof).label(OTHER_VALUES_NAME),
        event.c.participants,
        of(place.c.code, place.c.place_id == event.c.place_id, *is_place).label("place_code"),
        func.coalesce(of(version.c.name, *is_place), commune_name.scalar_subquery(), literal(NO_PLACE_LABEL)).label(
            "where"
        ),
        case((event.c.day > today, "à venir"), else_="passée").label("when"),
        func.coalesce(
            of(partner_version.c.label, partner_version.c.code == event.c.partner, is_live(partner_version)),
            event.c.partner,
            literal(OPEN_AGENDA_LABEL),
        ).label("partner_label"),
        event.c.partner.label("partner_code"),
    )


def _selected_events(selection: Selection) -> CompoundSelect[Any]:
    """One row per live activity or event of the period and filters; future ones are included unless `until` was chosen.

    Only the columns that filter and sort: `selected_agenda_rows` looks names up by scalar subqueries, so that a page of
    a list of thousands looks up the names of its own rows only.
    """
    until = selection.until if selection.until_given else None

    def kept(rows: FromClause) -> Select[Any]:
        columns = rows.c
        dated = [columns.day <= until] if until else []
        dated += [columns.day >= selection.since] if selection.since else []
        names = ("code", "day", "kind", "partner", "place_id", "participants")
        return select(*(columns[name] for name in names)).where(*selection.where(columns, ACTIVITY_FILTERS), *dated)

    return union_all(kept(activity_row), kept(_OPEN_AGENDA_EVENTS))


_OPEN_AGENDA_EVENTS = agenda_rows().where(activity.c.partner.is_(None)).subquery("open_events")
