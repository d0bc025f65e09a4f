"""Activities of partners, and the vote that follows a prior meeting."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, func, or_, select, union_all

from data.facts.choices import choice_label
from data.facts.scope import standard_columns
from data.filters import ACTIVITY_FILTERS
from data.model.facts import Fact, Measure, Total
from data.schema import (
    activity,
    activity_row,
    aid_file,
    aid_version,
    commune,
    is_live,
    label_first,
    partner_version,
    place,
    place_version,
)
from data.selection import Selection
from data.selection.periods import day_conditions
from data.sources.activities import ACTIVITY_KINDS

EMERGENCE_SCHEME = "emergence"  # the scheme that requires a prior meeting
DIGITAL_SCHEME = "services-numeriques"  # the scheme that ends the path with Aract
ENRICHING_KINDS = ("support", "qvt_exchange")  # of activities of Aract that enrich a specification


def activity_rows() -> Select[Any]:
    """One row per live activity of a partner, with its scope. Events of an open agenda have none and are left out."""
    return agenda_rows().where(activity.c.partner.is_not(None))


def agenda_rows() -> Select[Any]:
    """One row per live activity or event, with its scope: the commune of its place, else its own."""
    return (
        select(
            activity.c.day,
            activity.c.code,
            activity.c.partner,
            activity.c.kind,
            activity.c.place_id,
            *standard_columns(place_version.c.holder_type, place_version.c.typologies),
            activity.c.participants,
            func.coalesce(partner_version.c.label, activity.c.partner).label("partner_label"),
            activity_kind_label(activity.c.kind).label("kind_label"),
            activity.c.title,
            place.c.code.label("place_code"),
            place_version.c.name,
            commune.c.name.label("commune"),
            activity.c.load_id,
            activity.c.sheet,
            activity.c.line,
        )
        .outerjoin(partner_version, and_(partner_version.c.code == activity.c.partner, is_live(partner_version)))
        .outerjoin(place_version, and_(place_version.c.place_id == activity.c.place_id, is_live(place_version)))
        .outerjoin(place, place.c.place_id == activity.c.place_id)
        .outerjoin(commune, commune.c.code == func.coalesce(place_version.c.commune, activity.c.commune))
        .where(is_live(activity))
    )


def activity_kind_label(kind: ColumnElement[Any]) -> ColumnElement[Any]:
    """SQL: the French name of a kind of activity."""
    return choice_label(kind, ACTIVITY_KINDS)


def prior_meeting_votes() -> CompoundSelect[Any]:
    """One row per prior meeting, Émergence file first voted on or after it, and way in which the two match: `code` (of
    the meeting), `aid_id`, `day` (of the vote), `awarded` (the day when the place of the meeting or of the aid was
    first awarded the label after the meeting).

    The file is the one that the meeting names; else one of its place, when both have one; else one of its holder.
    """
    votes = (
        select(
            *(aid_file.c[name] for name in ("aid_id", "day", "reference", "place_id")), aid_version.c.beneficiary_key
        )
        .join(aid_version, and_(aid_version.c.aid_id == aid_file.c.aid_id, is_live(aid_version)))
        .where(aid_file.c.scheme == EMERGENCE_SCHEME, aid_file.c.is_voted)
        .cte("votes")
    )
    meeting, unnamed = activity.c, activity.c.aid_reference.is_(None)
    one_without_place = or_(meeting.place_id.is_(None), votes.c.place_id.is_(None))
    awarded = and_(
        label_first.c.place_id == func.coalesce(meeting.place_id, votes.c.place_id),
        label_first.c.awarded >= meeting.day,
    )
    matches = (
        votes.c.reference == meeting.aid_reference,
        and_(unnamed, votes.c.place_id == meeting.place_id),
        and_(unnamed, one_without_place, votes.c.beneficiary_key == meeting.holder_key),
    )
    return union_all(
        *(
            select(meeting.code, votes.c.aid_id, votes.c.day, label_first.c.awarded)
            .join_from(activity, votes, match)
            .outerjoin(label_first, awarded)
            .where(is_live(activity), meeting.kind == "prior_meeting", votes.c.day >= meeting.day)
            for match in matches
        )
    )


def votes_after_prior_meetings() -> Select[Any]:
    """One row per prior meeting that was followed: `code`, `day` of the first vote of an Émergence aid on or after it,
    `labelled`, the day when the place of the meeting or of the aid was first awarded the label after the meeting.
    """
    pairs = prior_meeting_votes().subquery("pairs")
    return select(
        pairs.c.code, func.min(pairs.c.day).label("day"), func.min(pairs.c.awarded).label("labelled")
    ).group_by(pairs.c.code)


def _proof_rows() -> Select[Any]:
    """The single rows, with the vote that followed a prior meeting."""
    same_activity = and_(activity_row.c.day == activity.c.day, activity_row.c.code == activity.c.code)
    return activity_rows().add_columns(activity_row.c.followed).outerjoin(activity_row, same_activity)


def activity_conditions(selection: Selection) -> list[ColumnElement[bool]]:
    """SQL: the rows of `activity_row` that the filters keep, in the period of the selection."""
    return [
        *selection.where(activity_row.c, ACTIVITY_FILTERS),
        *day_conditions(activity_row.c, selection.since, selection.until),
    ]


ACTIVITY_FACT = Fact(
    time="day",
    rows=activity_row,
    detail=activity_row,
    proof=_proof_rows(),
    headers={
        "code": "Identifiant",
        "day": "Date",
        "partner_label": "Partenaire",
        "kind_label": "Type",
        "title": "Intitulé",
        "name": "Tiers-lieu",
        "commune": "Commune",
        "participants": "Participations",
        "followed": "Vote d’Émergence suivant",
    },
    default_sort="day",
    place_column="place_code",
    hidden_columns=("place_code",),
    filters=ACTIVITY_FILTERS,
    note="Un nombre de participants vide manque\u202f: il ne vaut jamais zéro.",
)

ACTIVITY_COUNT = Measure(ACTIVITY_FACT, Total(lambda _rows: func.count()))
PRIOR_MEETING_COUNT = Measure(
    ACTIVITY_FACT, ACTIVITY_COUNT.value, row_conditions=lambda rows: (rows.kind == "prior_meeting",)
)
ACTIVITIES_IN_PLACES = Measure(
    ACTIVITY_FACT, ACTIVITY_COUNT.value, row_conditions=lambda rows: (rows.place_id.is_not(None),)
)
