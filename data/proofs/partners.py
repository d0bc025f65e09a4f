"""The rows behind the figures of partners: activities, the intercommunalités that they touch, meetings with the vote
that followed.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, case, null, select, type_coerce

from data.facts.activity import ACTIVITIES, DONE, HELD_IN_PLACES, MET
from data.facts.aggregate import conditions
from data.i18n import count, number
from data.model.groups import WHOLE, whole
from data.model.proofs import Proof
from data.proofs.builders import COUNT, count_of, located, plain, proof_of, sum_of
from data.proofs.coverage import AREA, area_rows
from data.queries.partner_reach import read_active_places, read_epci_last_activities, read_followed_meetings
from data.search_keys import with_search_keys
from data.selection import Selection
from data.selection.periods import year_before
from data.types import Day

_BRIEF = {name: header for name, header in ACTIVITIES.shown.items() if name != "followed"}
DONE_ROWS = proof_of(DONE, plain(COUNT), _BRIEF)
PARTICIPATION_ROWS = sum_of(DONE, "participants", _BRIEF)
MET_ROWS = count_of(MET)


def _touched_rows(_connection: Connection, selection: Selection) -> Select[Any]:
    """Whether an activity of the period took place in an intercommunalité, how many, and the last of them."""
    found, anywhere = with_search_keys(DONE.fact.proof).subquery("done"), selection.anywhere()
    done = select(found).where(*conditions(DONE, found, anywhere))
    return area_rows(
        done, selection, lambda rows: (rows.day.desc(), rows.code), "day", "partner_label", "kind_label", "code"
    )


def _touched(connection: Connection, selection: Selection) -> str:
    areas = {one.code: one.last is not None for one in read_epci_last_activities(connection, selection)}
    touched = count(sum(areas.values()), "intercommunalité touchée", "intercommunalités touchées")
    return f"{touched} ÷ {number(len(areas))}"


TOUCHED_ROWS = Proof(
    _touched_rows,
    {
        **AREA,
        "has_fact": "Touchée",
        "number": "Actions",
        "day": "Dernière action",
        "partner_label": "Partenaire",
        "kind_label": "Type",
        "code": "Identifiant de l’action",
    },
    newest="number",
    key=("area",),
    arithmetic=_touched,
    note=(
        "Une ligne par intercommunalité qui a son siège en Normandie et une commune dans la sélection\u202f; le "
        "fichier est celui de la dernière action menée là durant la période."
    ),
)


def _places(connection: Connection, selection: Selection) -> str:
    places = int(read_active_places(connection, whole(selection))[WHOLE].value or 0)
    return count(places, "identifiant de lieu différent", "identifiants de lieu différents")


PLACES_ROWS = proof_of(
    HELD_IN_PLACES,
    _places,
    {"place_code": "Identifiant du lieu", **{name: header for name, header in _BRIEF.items() if name != "commune"}},
)


def _followed_rows(_connection: Connection, selection: Selection) -> Select[Any]:
    """One row per prior meeting of the period, more than twelve months before `until`, with the vote that followed it
    by then.
    """
    found = with_search_keys(MET.fact.proof).subquery("rows")
    by_then = type_coerce(case((found.c.followed <= selection.until, found.c.followed), else_=null()), Day)
    names = (*_BRIEF, *ACTIVITIES.behind, *ACTIVITIES.key)
    kept = (*conditions(MET, found, selection), found.c.day < year_before(selection.until))
    return located(found, names, by_then.label("voted")).where(*kept)


def _followed(connection: Connection, selection: Selection) -> str:
    followed, meetings = read_followed_meetings(connection, selection)
    return f"{count(followed, 'rencontre suivie', 'rencontres suivies')} d’un vote ÷ {number(meetings)}"


FOLLOWED_ROWS = Proof(
    _followed_rows,
    {
        **{name: header for name, header in _BRIEF.items() if name != "participants"},
        "voted": "Vote d’Émergence suivant",
    },
    newest="day",
    key=ACTIVITIES.key,
    arithmetic=_followed,
    place="place_code",
)
