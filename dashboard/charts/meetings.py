"""Outcomes of prior meetings, and targets voted for partners."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.model import Chart
from dashboard.charts.phrases import period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.base import BLUE, RED, records
from dashboard.figures.partners import draw_outcome_steps, draw_partner_targets
from data.i18n import NARROW, count, day_long, day_short, number, percent, sentence_list
from data.indicators import Indicator, indicator_named
from data.queries.indicators import read_value
from data.queries.partners import PartnerTarget, read_meeting_outcome_counts, read_partner_targets
from data.selection import FilterOptions, Selection
from data.units import MEETINGS, SHARE

PARTNERS_PATH = "/partenaires"
MAX_TARGETS = 6  # readable in one card
_OUTCOME_COLUMNS = ["step", "count", "share", "text"]
_TARGET_COLUMNS = ["partner", "label", "unit", "since", "due", "done", "value", "share", "origin", "text"]


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


def read_partner_target_progress(connection: Connection, selection: Selection, options: FilterOptions) -> pd.DataFrame:
    """One row per target voted for a partner, latest due date first, MAX_TARGETS at most: `partner`, `label` (of the
    indicator), `unit`, `since`, `due`, `done` (from the day of the baseline to the due date, or `until`; None when not
    known), `value` (of the target), `share` (of the target), `origin`, `text`. Empty without any target.
    """
    targets = [
        (target, indicator)
        for target in read_partner_targets(connection, selection)
        if (indicator := indicator_named(target.indicator))
    ]
    rows = [
        _target_row(connection, selection, options, target, indicator) for target, indicator in targets if target.value
    ]
    return pd.DataFrame(rows[:MAX_TARGETS], columns=_TARGET_COLUMNS, dtype=object)


def _target_row(
    connection: Connection, selection: Selection, options: FilterOptions, target: PartnerTarget, indicator: Indicator
) -> tuple[Any, ...]:
    until = min(target.due, selection.until)
    target_selection = replace(
        selection.with_codes("partenaire", [target.partner]), since=target.since, until=until, until_given=True
    )
    achieved = read_value(connection, indicator, target_selection).value
    partner = options.label("partenaire", target.partner).split(" (", maxsplit=1)[0]
    progress = f"{indicator.unit.value_text(achieved)} sur {indicator.unit.value_text(target.value)}"
    due = f"fin {target.due.year}" if (target.due.month, target.due.day) == (12, 31) else f"au {day_short(target.due)}"
    texts = (f"{partner}{NARROW}: ", progress, f" {indicator.unit.symbol} ({due})")
    value = int(target.value) if target.value.is_integer() else target.value
    description = (partner, indicator.label, indicator.unit.symbol, target.since, target.due)
    return *description, achieved, value, (achieved or 0) / target.value, target.origin, texts


def partner_targets_finding(frame: pd.DataFrame) -> str:
    """The number of targets reached, and the progress of the others when they are few."""
    rows = records(frame)
    reached = [row for row in rows if row["share"] >= 1]
    if len(rows) == 1:
        row = rows[0]
        return f"{row['partner']}{NARROW}: {percent(row['share'])} de l’objectif voté ({row['label'].lower()})"
    late = [row for row in rows if row["share"] < 1]
    if not late:
        return f"Les {number(len(rows))} objectifs votés sont atteints"
    have = "est atteint" if len(reached) == 1 else "sont atteints"
    text = f"{count(len(reached), 'objectif voté', 'objectifs votés')} sur {number(len(rows))} {have}"
    if not reached:
        text = f"Aucun des {number(len(rows))} objectifs votés n’est atteint à cette date"
    names = sentence_list([f"{row['partner']} ({percent(row['share'])})" for row in late])
    return f"{text}{NARROW}: {names}" if len(late) <= 2 and not reached else text


def describe_partner_targets(frame: pd.DataFrame) -> str:
    parts = [f"{row['partner']}, {row['label'].lower()} {percent(row['share'])}" for row in records(frame)]
    return f"Une barre par objectif, comparée à ce qui est visé{NARROW}: {sentence_list(parts)}."


def message_without_partner_target(selection: Selection, options: FilterOptions) -> str:
    until = day_long(selection.until)
    return f"Aucun objectif voté pour un partenaire n’a commencé {territory_text(selection, options)} au {until}"


CHARTS = (
    Chart(
        slug="suite-rencontres",
        subtitle="Rencontres préalables de plus de douze mois, suivies d’un vote Émergence, puis du label du lieu",
        read=read_meeting_outcomes,
        finding=meeting_outcomes_finding,
        describe=describe_meeting_outcomes,
        draw=draw_outcome_steps,
        office=OfficeChart("bar", ("step",), ("count",)),
        columns=(
            TableColumn("step", "Étape"),
            TableColumn("count", "Rencontres", "value", MEETINGS),
            TableColumn("share", "Part des rencontres", "value", SHARE),
        ),
        indicators=("rencontres-vers-emergence",),
        needs=("activities", "aids", "labels", "places", "schemes"),
        empty_message=message_without_meeting,
        note=recent_meetings_note,
        height="15rem",
        pages=(PARTNERS_PATH,),
    ),
    Chart(
        slug="objectifs-partenaires",
        subtitle="Objectifs votés pour les partenaires (losange rouge), comparés à ce qui est fait",
        read=read_partner_target_progress,
        finding=partner_targets_finding,
        describe=describe_partner_targets,
        draw=draw_partner_targets,
        office=OfficeChart("bar", ("partner", "label"), ("done", "value"), colours=(BLUE, RED)),
        columns=(
            TableColumn("partner", "Partenaire"),
            TableColumn("label", "Indicateur"),
            TableColumn("since", "Compté depuis le", "day"),
            TableColumn("due", "Échéance", "day"),
            TableColumn("done", "Fait", "value"),
            TableColumn("value", "Visé", "value"),
            TableColumn("unit", "Unité"),
            TableColumn("share", "Part de l’objectif", "value", SHARE),
            TableColumn("origin", "Source de l’objectif"),
        ),
        indicators=("actions-partenaires",),
        needs=("activities", "partners", "targets"),
        empty_message=message_without_partner_target,
        note=lambda _frame: "compté du début de chaque objectif à son échéance, quel que soit le début de la période",
        height="15rem",
        pages=(PARTNERS_PATH,),
    ),
)
