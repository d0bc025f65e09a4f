"""The rows behind the figures of partners: activities, active intercommunalités, prior meetings and the vote after
them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, case, null, select, type_coerce

from data.facts.activity import ACTIVITIES_IN_PLACES, ACTIVITY_COUNT, ACTIVITY_FACT, PRIOR_MEETING_COUNT
from data.facts.aggregate import measure_conditions
from data.i18n import count, number
from data.model.groups import WHOLE_KEY, single_group
from data.model.proofs import Proof
from data.proofs.builders import ROW_COUNT_TEXT, count_proof, fixed_arithmetic, measure_proof, sum_proof, with_file
from data.proofs.coverage import EPCI_HEADERS, epci_rows
from data.queries.partner_reach import read_active_places, read_epci_last_activities, read_followed_meetings
from data.search_keys import with_search_keys
from data.selection import Selection
from data.selection.periods import year_before
from data.types import Day

_ACTIVITY_HEADERS = {name: header for name, header in ACTIVITY_FACT.headers.items() if name != "followed"}
ACTIVITY_PROOF = measure_proof(ACTIVITY_COUNT, fixed_arithmetic(ROW_COUNT_TEXT), _ACTIVITY_HEADERS)
PARTICIPATION_PROOF = sum_proof(ACTIVITY_COUNT, "participants", _ACTIVITY_HEADERS)
PRIOR_MEETING_PROOF = count_proof(PRIOR_MEETING_COUNT)


def _active_epci_rows(_connection: Connection, selection: Selection) -> Select[Any]:
    """Whether an activity of the period took place in an intercommunalité, how many, and the last of them."""
    found, anywhere = with_search_keys(ACTIVITY_COUNT.fact.proof).subquery("done"), selection.without_territory()
    done = select(found).where(*measure_conditions(ACTIVITY_COUNT, found, anywhere))
    return epci_rows(
        done, selection, lambda rows: (rows.day.desc(), rows.code), "day", "partner_label", "kind_label", "code"
    )


def _active_epci_arithmetic(connection: Connection, selection: Selection) -> str:
    areas = {one.code: one.last_day is not None for one in read_epci_last_activities(connection, selection)}
    touched = count(sum(areas.values()), "intercommunalité touchée", "intercommunalités touchées")
    return f"{touched} ÷ {number(len(areas))}"


ACTIVE_EPCI_PROOF = Proof(
    _active_epci_rows,
    {
        **EPCI_HEADERS,
        "has_fact": "Touchée",
        "number": "Actions",
        "day": "Dernière action",
        "partner_label": "Partenaire",
        "kind_label": "Type",
        "code": "Identifiant de l’action",
    },
    default_sort="number",
    key=("area",),
    arithmetic=_active_epci_arithmetic,
    note=(
        "Une ligne par intercommunalité qui a son siège en Normandie et une commune dans la sélection\u202f; le "
        "fichier est celui de la dernière action menée là durant la période."
    ),
)


def _active_places_arithmetic(connection: Connection, selection: Selection) -> str:
    places = int(read_active_places(connection, single_group(selection))[WHOLE_KEY].value or 0)
    return count(places, "identifiant de lieu différent", "identifiants de lieu différents")


ACTIVE_PLACES_PROOF = measure_proof(
    ACTIVITIES_IN_PLACES,
    _active_places_arithmetic,
    {
        "place_code": "Identifiant du lieu",
        **{name: header for name, header in _ACTIVITY_HEADERS.items() if name != "commune"},
    },
)


def _followed_meeting_rows(_connection: Connection, selection: Selection) -> Select[Any]:
    """One row per prior meeting of the period, more than twelve months before `until`, with the vote that followed it
    by then.
    """
    found = with_search_keys(PRIOR_MEETING_COUNT.fact.proof).subquery("rows")
    by_then = type_coerce(case((found.c.followed <= selection.until, found.c.followed), else_=null()), Day)
    names = (*_ACTIVITY_HEADERS, *ACTIVITY_FACT.hidden_columns, *ACTIVITY_FACT.key)
    kept = (*measure_conditions(PRIOR_MEETING_COUNT, found, selection), found.c.day < year_before(selection.until))
    return with_file(found, names, by_then.label("voted")).where(*kept)


def _followed_meeting_arithmetic(connection: Connection, selection: Selection) -> str:
    followed, meetings = read_followed_meetings(connection, selection)
    return f"{count(followed, 'rencontre suivie', 'rencontres suivies')} d’un vote ÷ {number(meetings)}"


FOLLOWED_MEETING_PROOF = Proof(
    _followed_meeting_rows,
    {
        **{name: header for name, header in _ACTIVITY_HEADERS.items() if name != "participants"},
        "voted": "Vote d’Émergence suivant",
    },
    default_sort="day",
    key=ACTIVITY_FACT.key,
    arithmetic=_followed_meeting_arithmetic,
    place_column="place_code",
)
