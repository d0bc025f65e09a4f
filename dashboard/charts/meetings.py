"""Outcomes of prior meetings."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.drill import NoDrill
from dashboard.charts.heights import height_of_rows
from dashboard.charts.model import Chart
from dashboard.charts.phrases import period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.base import records
from dashboard.figures.partners import draw_steps
from dashboard.urls import PARTNERS_PATH
from data.i18n import NARROW, count, number, percent
from data.queries.partners import read_meeting_outcome_counts
from data.selection import FilterOptions, Selection
from data.units import MEETINGS, SHARE

_OUTCOME_COLUMNS = ["step", "count", "share", "text"]


def read_meeting_outcomes(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """Three rows: prior meetings older than twelve months, the meetings followed by a vote of Émergence, the meetings
    whose place was then labelled: `step`, `count`, `share` (of all these meetings), `text` (label, number, share). The
    attribute `recent` counts the meetings of the last twelve months. Empty without any older meeting.
    """
    outcomes = read_meeting_outcome_counts(connection, selection)
    if not outcomes.meetings:
        return pd.DataFrame(columns=_OUTCOME_COLUMNS, dtype=object)
    steps = (
        ("Rencontres préalables", outcomes.meetings),
        ("Suivies d’un vote Émergence", outcomes.voted),
        ("Puis du label du lieu", outcomes.labelled),
    )
    rows = [
        (step, meetings, meetings / outcomes.meetings, _step_texts(step, meetings, outcomes.meetings))
        for step, meetings in steps
    ]
    frame = pd.DataFrame(rows, columns=_OUTCOME_COLUMNS, dtype=object)
    frame.attrs["recent"] = outcomes.recent
    return frame


def _step_texts(step: str, meetings: int, total: int) -> tuple[str, str, str]:
    share = "" if step == "Rencontres préalables" else f" ({percent(meetings / total)})"
    return f"{step}{NARROW}: ", number(meetings), share


def meeting_outcomes_finding(frame: pd.DataFrame) -> str:
    """The number of meetings that led to a vote of Émergence, then to the label."""
    meetings, voted, labelled = frame["count"].tolist()
    if not voted:
        if meetings == 1:
            return "L’unique rencontre préalable n’a pas été suivie d’une aide Émergence"
        return f"Aucune des {number(meetings)} rencontres préalables n’a été suivie d’une aide Émergence"
    verb = "a mené" if voted == 1 else "ont mené"
    voted_text = count(voted, "rencontre préalable", "rencontres préalables")
    label_text = f"{number(labelled)} au label" if labelled else "aucune encore au label"
    return f"{voted_text} sur {number(meetings)} {verb} à une aide Émergence, {label_text}"


def describe_meeting_outcomes(frame: pd.DataFrame) -> str:
    parts = [f"{row['step'].lower()} {number(row['count'])} ({percent(row['share'])})" for row in records(frame)]
    return f"Trois barres qui se suivent{NARROW}: {', '.join(parts)}."


def recent_meetings_note(frame: pd.DataFrame) -> str:
    """The number of meetings that are too recent to be counted."""
    recent = frame.attrs["recent"]
    if not recent:
        return ""
    verb = "n’a pas encore eu" if recent == 1 else "n’ont pas encore eu"
    return f"{count(recent, 'rencontre plus récente', 'rencontres plus récentes')} {verb} le temps d’aboutir"


def message_without_meeting(selection: Selection, options: FilterOptions) -> str:
    where, when = territory_text(selection, options), period_text(selection)
    return f"Aucune rencontre préalable de plus de douze mois {where} {when}"


CHARTS = (
    Chart(
        slug="suite-rencontres",
        subtitle="Rencontres préalables de plus de douze mois, suivies d’un vote Émergence, puis du label du lieu",
        read=read_meeting_outcomes,
        finding=meeting_outcomes_finding,
        describe=describe_meeting_outcomes,
        draw=draw_steps,
        office=OfficeChart("bar", ("step",), ("count",)),
        columns=(
            TableColumn("step", "Étape"),
            TableColumn("count", "Rencontres", "value", MEETINGS),
            TableColumn("share", "Part des rencontres", "value", SHARE),
        ),
        indicators=("rencontres-vers-emergence",),
        needs=("activities", "aids", "labels", "places", "schemes"),
        drill=NoDrill("Aucun filtre ne distingue les suites d’une rencontre"),
        empty_message=message_without_meeting,
        note=recent_meetings_note,
        height=height_of_rows(3, 0.5),
        pages=(PARTNERS_PATH,),
    ),
)
