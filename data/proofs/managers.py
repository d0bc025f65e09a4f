"""The rows behind the figures of the network of managers: labelled places with their last meeting, needs that wait or
were answered, actions of the roadmap that are due.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, case, func, literal, null, select, type_coerce

from data.facts.aggregate import measure_conditions
from data.facts.managers import (
    ANSWERED_NEED_COUNT,
    DUE_ACTION_COUNT,
    OPEN_NEED_COUNT,
    meeting_presence_rows,
)
from data.i18n import NARROW, count, number
from data.model.proofs import Proof
from data.proofs.builders import count_proof, delay_proof, with_file
from data.proofs.coverage import NO, YES
from data.proofs.labelled_share import labelled_place_rows, labelled_share_arithmetic, labelled_share_proof
from data.queries.managers import read_present_places, read_roadmap_progress
from data.search_keys import with_search_keys
from data.selection import Selection
from data.selection.periods import day_conditions, over_year
from data.types import Day

OPEN_NEED_PROOF = count_proof(OPEN_NEED_COUNT)
ANSWER_DELAY_PROOF = delay_proof(ANSWERED_NEED_COUNT, "started")


def _present_place_rows(_connection: Connection, selection: Selection) -> Select[Any]:
    """The labelled places, each with the last meeting of the twelve months where it was present, and their number."""
    year, presences = over_year(selection), with_search_keys(meeting_presence_rows()).subquery("presences")
    order = (presences.c.day.desc(), presences.c.reference)
    rank = func.row_number().over(partition_by=presences.c.place_code, order_by=order)
    ranked = (
        select(presences, rank.label("rank"), func.count().over(partition_by=presences.c.place_code).label("number"))
        .where(*day_conditions(presences.c, year.since, year.until))
        .subquery("ranked")
    )
    names = ("place_code", "number", "day", "label")
    last = select(*(ranked.c[name] for name in names), literal(YES).label("has_fact")).where(ranked.c.rank == 1)
    return labelled_place_rows(last, selection, *names[1:])


PRESENT_PLACES_PROOF = labelled_share_proof(
    _present_place_rows,
    {"has_fact": "Présent", "number": "Réunions", "day": "Dernière réunion", "label": "Intitulé"},
    labelled_share_arithmetic(read_present_places, "lieu présent", "lieux présents"),
    note=(
        "Une ligne par lieu labellisé à la date choisie, avec la dernière réunion du réseau où il était présent dans "
        f"les douze mois qui la précèdent{NARROW}; le fichier est celui de son label."
    ),
)


def _due_action_rows(_connection: Connection, selection: Selection) -> Select[Any]:
    """One row per action due by `until` and not abandoned, and whether it is done by then."""
    rows = with_search_keys(DUE_ACTION_COUNT.fact.proof).subquery("rows")
    is_done = rows.c.done <= selection.until
    done_by_then = type_coerce(case((is_done, rows.c.done), else_=null()), Day).label("done_by_then")
    has_fact = case((is_done, YES), else_=NO).label("has_fact")
    names = (*DUE_ACTION_COUNT.fact.headers, *DUE_ACTION_COUNT.fact.key)
    return with_file(rows, names, has_fact, done_by_then).where(*measure_conditions(DUE_ACTION_COUNT, rows, selection))


def _roadmap_arithmetic(connection: Connection, selection: Selection) -> str:
    progress = read_roadmap_progress(connection, selection)
    return f"{count(progress.done, 'action faite', 'actions faites')} ÷ {number(progress.due)}"


ROADMAP_PROOF = Proof(
    _due_action_rows,
    {**DUE_ACTION_COUNT.fact.headers, "has_fact": "Faite", "done_by_then": "Faite le"},
    default_sort=DUE_ACTION_COUNT.fact.default_sort,
    key=DUE_ACTION_COUNT.fact.key,
    arithmetic=_roadmap_arithmetic,
    note=(
        "Les actions à échéance à la date choisie, sauf celles qui sont abandonnées. Une action faite sans date est "
        "comptée faite à son échéance."
    ),
)
