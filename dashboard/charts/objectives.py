"""What each partner did by year, against the targets voted for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.drill import Drill
from dashboard.charts.heights import height_of_rows
from dashboard.charts.model import Chart
from dashboard.charts.phrases import period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.base import BLUE, RED, records
from dashboard.figures.objectives import draw_objectives
from dashboard.urls import PARTNERS_PATH
from data.i18n import NARROW, count, number, percent, sentence_list
from data.indicators import Indicator, indicator_named
from data.indicators.partners import ACTIONS_PARTENAIRES
from data.queries.indicators import read_value
from data.queries.partner_status import short_partner_name
from data.queries.partner_targets import PartnerTarget, read_activities_by_year, read_partner_targets
from data.selection import FilterOptions, Selection
from data.units import SHARE

YEARS = 3  # the last ones
MAX_ROWS = 16  # readable in one card
REACHED, MISSED, UNDER_WAY, NO_TARGET, UNKNOWN = "reached", "missed", "under_way", "no_target", "unknown"
OUTCOME_LABELS = {
    REACHED: "objectif atteint",
    MISSED: "objectif non atteint",
    UNDER_WAY: "en cours",
    NO_TARGET: "sans objectif voté",
    UNKNOWN: "non connu",
}
_COUNTED_WHOLE = "une année ou un objectif est compté en entier, quel que soit le début de la période"
_COLUMNS = [
    "partner",
    "label",
    "period",
    "since",
    "until",
    "done",
    "value",
    "unit",
    "share",
    "outcome",
    "state",
    "origin",
    "full_name",
    "group",
    "text",
    "partenaire",
    "indicator",
]


@dataclass(frozen=True)
class Progress:
    """What a partner did for an indicator from `since` (None: ever) to `until`, against a target, if any."""

    partner: str
    indicator: Indicator
    since: date | None
    due: date
    until: date
    done: float | None
    target: PartnerTarget | None

    @property
    def period(self) -> str:
        """« 2020 », « 09/2018–12/2021 », « jusqu’à 12/2021 »."""
        if self.since == date(self.due.year, 1, 1) and self.due == date(self.due.year, 12, 31):
            return str(self.due.year)
        return f"{self.since:%m/%Y}–{self.due:%m/%Y}" if self.since else f"jusqu’à {self.due:%m/%Y}"

    @property
    def is_over(self) -> bool:
        """Whether its last day is counted."""
        return self.until >= self.due

    @property
    def outcome(self) -> str:
        """What may be said of it: nothing is judged without a target, nor before its due date unless it is reached."""
        if self.target is None:
            return NO_TARGET
        if self.done is None:
            return UNKNOWN
        if self.done >= self.target.value:
            return REACHED
        return MISSED if self.is_over else UNDER_WAY

    def row(self, options: FilterOptions) -> tuple[Any, ...]:
        """The row of the frame."""
        unit, target = self.indicator.unit, self.target
        value = None if target is None else int(target.value) if target.value.is_integer() else target.value
        share = None if value is None or self.done is None else self.done / value
        progress = unit.value_text(self.done)
        progress = progress if value is None else f"{progress} sur {unit.value_text(value)}"
        under_way = "" if self.is_over else f" ({OUTCOME_LABELS[UNDER_WAY]})"
        state = OUTCOME_LABELS[self.outcome]
        state = state if self.target or self.is_over else f"{state}, {OUTCOME_LABELS[UNDER_WAY]}"
        name = short_partner_name(options.label("partenaire", self.partner))
        description = (name, self.indicator.label, self.period, self.since, self.until, self.done, value, unit.symbol)
        label = options.label("partenaire", self.partner)
        group = name if self.indicator is ACTIONS_PARTENAIRES else f"{name}, {self.indicator.label.lower()}"
        codes = (self.partner, self.indicator.slug)
        origin = target.origin if target else None
        return *description, share, self.outcome, state, origin, label, group, f"{progress}{under_way}", *codes


def read_objectives(connection: Connection, selection: Selection, options: FilterOptions) -> pd.DataFrame:
    """One row per target of a partner due in the last YEARS years of the period or later, and per year of them without
    a target in which it had activities; by partner, then indicator, latest first, MAX_ROWS at most: `partner`, `label`
    (of the indicator), `period`, `since` and `until` (days counted; None: from the start), `done` (None: not known),
    `value` (of the target, None: none), `unit`, `share` (of the target), `outcome` (a key of OUTCOME_LABELS), `state`
    (in words), `origin`, `full_name` (of the partner), `group` (the partner, and the indicator beside activities),
    `text`, and `partenaire` and `indicator` (their code and slug).
    """
    last_year = selection.until.year
    first_year = max(last_year - YEARS + 1, selection.since.year if selection.since else 0)
    targets = [
        _target_progress(connection, selection, target, indicator)
        for target in read_partner_targets(connection, selection)
        if target.due.year >= first_year and (indicator := indicator_named(target.indicator))
    ]
    with_target = {(one.partner, one.period) for one in targets if one.indicator is ACTIONS_PARTENAIRES}
    years = [
        Progress(
            partner,
            ACTIONS_PARTENAIRES,
            date(year, 1, 1),
            (end := date(year, 12, 31)),
            min(end, selection.until),
            done,
            None,
        )
        for (partner, year), done in read_activities_by_year(connection, selection).items()
        if year >= first_year and (partner, str(year)) not in with_target
    ]
    latest = sorted([*targets, *years], key=lambda one: (-one.due.toordinal(), *_sort_key(one, options)))[:MAX_ROWS]
    latest.sort(key=lambda one: (*_sort_key(one, options), -one.due.toordinal()))
    return pd.DataFrame([one.row(options) for one in latest], columns=_COLUMNS, dtype=object)


def _sort_key(progress: Progress, options: FilterOptions) -> tuple[int, bool, str]:
    """The order of partners and indicators: activities first."""
    indicator = progress.indicator
    return options.position("partenaire", progress.partner), indicator is not ACTIONS_PARTENAIRES, indicator.slug


def _target_progress(
    connection: Connection, selection: Selection, target: PartnerTarget, indicator: Indicator
) -> Progress:
    until = min(target.due, selection.until)
    counted = replace(
        selection.with_codes("partenaire", [target.partner]), since=target.since, until=until, until_given=True
    )
    done = read_value(connection, indicator, counted).value
    return Progress(target.partner, indicator, target.since, target.due, until, done, target)


def objectives_finding(frame: pd.DataFrame) -> str:
    """The number of targets reached, and the progress of the others when they are few."""
    rows = [row for row in records(frame) if row["share"] is not None]
    if not rows:
        return "Aucun objectif voté à comparer aux actions des partenaires"
    reached = [row for row in rows if row["outcome"] == REACHED]
    others = [row for row in rows if row["outcome"] != REACHED]
    if len(rows) == 1:
        name = f"«{NARROW}{rows[0]['full_name']}{NARROW}»"  # a choice of the filter that is quoted is not named again
        what = f"{percent(rows[0]['share'])} de l’objectif voté ({rows[0]['label'].lower()}{_under_way_text(rows[0])})"
        return f"{name}{NARROW}: {what}"
    if not others:
        return f"Les {number(len(rows))} objectifs votés sont atteints"
    if reached:
        have = "est atteint" if len(reached) == 1 else "sont atteints"
        return f"{count(len(reached), 'objectif voté', 'objectifs votés')} sur {number(len(rows))} {have}"
    text = f"Aucun des {number(len(rows))} objectifs votés n’est atteint à cette date"
    names = sentence_list([f"{row['partner']} ({_progress_text(row)})" for row in others])
    return f"{text}{NARROW}: {names}" if len(others) <= 2 else text


def _progress_text(row: dict[str, Any]) -> str:
    return f"{percent(row['share'])}{_under_way_text(row)}"


def _under_way_text(row: dict[str, Any]) -> str:
    return f", {OUTCOME_LABELS[UNDER_WAY]}" if row["outcome"] == UNDER_WAY else ""


def describe_objectives(frame: pd.DataFrame) -> str:
    parts = [f"{row['partner']}, {row['period']}{NARROW}: {row['text']}" for row in records(frame)]
    return f"Une barre par partenaire et par année, avec ce qui est visé. {f'{NARROW}; '.join(parts)}."


def objectives_note(frame: pd.DataFrame) -> str:
    """What is counted, and what a bar without a mark means."""
    without = any(row["value"] is None for row in records(frame))
    return f"{_COUNTED_WHOLE}{NARROW}; sans losange{NARROW}: aucun objectif voté" if without else _COUNTED_WHOLE


def message_without_objective(selection: Selection, options: FilterOptions) -> str:
    where, when = territory_text(selection, options), period_text(selection)
    return f"Aucune action des partenaires ni objectif voté {where} {when}"


def _count_lines(frame: pd.DataFrame) -> int:
    """A line for each bar and for the name of each group."""
    return len(frame) + int(frame["group"].nunique())


OBJECTIVES = Chart(
    slug="objectifs-partenaires",
    subtitle="Actions de chaque partenaire par année, et objectifs votés (losange rouge)",
    read=read_objectives,
    finding=objectives_finding,
    describe=describe_objectives,
    draw=draw_objectives,
    office=OfficeChart("bar", ("partner", "label", "period"), ("done", "value"), colours=(BLUE, RED)),
    columns=(
        TableColumn("partner", "Partenaire"),
        TableColumn("label", "Indicateur"),
        TableColumn("period", "Année"),
        TableColumn("since", "Compté depuis le", "day"),
        TableColumn("until", "Compté jusqu’au", "day"),
        TableColumn("done", "Fait", "value"),
        TableColumn("value", "Visé", "value"),
        TableColumn("unit", "Unité"),
        TableColumn("share", "Part de l’objectif", "value", SHARE),
        TableColumn("state", "État"),
        TableColumn("origin", "Source de l’objectif"),
    ),
    indicators=("actions-partenaires",),
    needs=("activities", "partners", "targets"),
    drill=Drill(filters=("partenaire",), period="span", indicator_column="indicator", is_along_axis=False),
    empty_message=message_without_objective,
    note=objectives_note,
    height=height_of_rows(1.6, 0.5, _count_lines),
    pages=(PARTNERS_PATH,),
)
CHARTS = (OBJECTIVES,)
