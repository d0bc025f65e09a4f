"""The label against its target: expected labels, pace, projection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import inf, sqrt

from sqlalchemy import Connection, func, select

from data.engine import cached_on_snapshot
from data.facts.aggregate import rows_to_aggregate, undated_measure_conditions
from data.facts.label import LABEL_SOURCES, LABELLED_COUNT
from data.i18n import NARROW, count, day_short, number
from data.model.facts import MeasuredValue
from data.model.groups import WHOLE_KEY, GroupKey, Groups, single_group
from data.queries.groups import execute_by_key, read_measure_by_group
from data.queries.targets import Target, no_target_reason, read_target
from data.selection import Selection
from data.selection.periods import at_date, year_before

TARGET_SOURCES = (*LABEL_SOURCES, "targets")
TARGET_INDICATOR = "lieux-labellises"  # the indicator of which a target is voted
DAYS_A_MONTH = 30.4375  # days
MONTHS_A_YEAR = 12  # months
MIN_EVENTS = 6  # in twelve months: with fewer, the pace predicts nothing
INTERVAL_DEVIATIONS = 1.2816  # standard deviations on each side of an interval at 80 %
PAST_DUE_REASON = "échéance dépassée"

TargetFormula = Callable[[Target, date, int], MeasuredValue]


def target_value_reader(value: TargetFormula) -> Callable[[Connection, Groups], dict[GroupKey, MeasuredValue]]:
    """A reader, by group, of a value computed from the target, the day and the number of labelled places."""

    def read(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
        labelled = read_labelled_by_group(connection, groups)

        def read_one(key: GroupKey, part: Selection) -> MeasuredValue:
            target = read_target(connection, TARGET_INDICATOR, part)
            return (
                MeasuredValue(None, no_target_reason(part))
                if target is None
                else value(target, part.until, labelled[key])
            )

        return groups.map_groups(read_one)

    return read


def read_labelled_by_group(connection: Connection, groups: Groups) -> dict[GroupKey, int]:
    """The number of places labelled at the `until` of each group."""
    return {
        key: int(value.value or 0) for key, value in read_measure_by_group(connection, LABELLED_COUNT, groups).items()
    }


def target_share(target: Target, _day: date, labelled: int) -> MeasuredValue:
    """Labelled places divided by the target's value."""
    if not target.value:
        return MeasuredValue(None, "l’objectif est nul")
    return MeasuredValue(
        labelled / target.value, note=f"objectif{NARROW}: {number(target.value)} au {day_short(target.due)}"
    )


def expected_labels(target: Target, day: date, _labelled: int = 0) -> MeasuredValue:
    """The number of labels on the target's line at a day; the target's value from the due date on."""
    value = target.expected_at(day)
    return (
        MeasuredValue(None, _before_line_reason(target))
        if value is None
        else MeasuredValue(value, note=_past_due_note(target, day))
    )


def lead_in_labels(target: Target, day: date, labelled: int) -> MeasuredValue:
    """Labelled places minus expected labels."""
    expected = expected_labels(target, day)
    return expected if expected.value is None else replace(expected, value=labelled - expected.value)


def lead_in_days(target: Target, day: date, labelled: int) -> MeasuredValue:
    """Days from `day` to the one on which the target's line reaches the number of labelled places (a fraction: the line
    is continuous).

    Unknown where the line never has that number, and before its baseline.
    """
    if target.baseline_day is None or target.baseline_value is None or day < target.baseline_day:
        return MeasuredValue(None, _before_line_reason(target))
    gained, to_gain = labelled - target.baseline_value, target.value - target.baseline_value
    share_done = gained / to_gain if to_gain else abs(gained) * inf if gained else 0.0
    if not 0 <= share_done <= 1:
        return MeasuredValue(None, f"la trajectoire ne passe pas par {count(labelled, 'lieu', 'lieux')}")
    reached = share_done * (target.due - target.baseline_day).days
    return MeasuredValue(reached - (day - target.baseline_day).days, note=_past_due_note(target, day))


def _before_line_reason(target: Target) -> str:
    if target.baseline_day is None or target.baseline_value is None:
        return "l’objectif n’a pas de point de départ enregistré"
    return f"la trajectoire ne commence que le {day_short(target.baseline_day)}"


def _past_due_note(target: Target, day: date) -> str | None:
    return PAST_DUE_REASON if day > target.due else None


def required_pace(target: Target, day: date, labelled: int) -> MeasuredValue:
    """Labels per month needed from the day to the due date; 0 once the target is reached."""
    if day > target.due:
        return MeasuredValue(None, PAST_DUE_REASON)
    if labelled >= target.value:
        return MeasuredValue(0, note="objectif atteint")
    if day == target.due:
        return MeasuredValue(None, "l’échéance est ce jour même")
    missing = target.value - labelled
    note = f"{count(missing, 'lieu', 'lieux')} en {number((target.due - day).days / DAYS_A_MONTH, 1)} mois"
    return MeasuredValue(missing / ((target.due - day).days / DAYS_A_MONTH), note=note)


def read_pace_by_group(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
    """Net labels per month over the twelve months to the `until` of each group."""
    before = read_labelled_by_group(
        connection, groups.map_selections(lambda part: at_date(part, year_before(part.until)))
    )
    now = read_labelled_by_group(connection, groups)
    return {key: _pace_value(now[key], before[key]) for key in now}


def _pace_value(now: int, before: int) -> MeasuredValue:
    return MeasuredValue(
        (now - before) / MONTHS_A_YEAR, note=f"{count(now, 'lieu', 'lieux')}, {number(before)} un an plus tôt"
    )


@cached_on_snapshot
def read_pace(connection: Connection, selection: Selection) -> MeasuredValue:
    """Net labels per month over the twelve months to `until`."""
    return read_pace_by_group(connection, single_group(selection))[WHOLE_KEY]


@dataclass(frozen=True)
class Projection:
    """The number of labels on the due date at the pace of the last twelve months, and its interval at 80 %."""

    due: date
    value: float
    low: float
    high: float

    @property
    def interval(self) -> str:
        """« 37 à 46 »."""
        return f"{number(self.low)} à {number(self.high)}"


@dataclass(frozen=True)
class LabelTurnover:
    """Labels that began (not renewals of a label in force) and that ended in twelve months."""

    awards: int
    exits: int

    @property
    def reason(self) -> str | None:
        """The French reason why these counts are too few to project; None when they are enough."""
        if self.awards + self.exits >= MIN_EVENTS:
            return None
        moves = count(self.awards + self.exits, "entrée ou sortie", "entrées et sorties")
        return f"trop peu de cas{NARROW}: {moves} en douze mois, il en faut {MIN_EVENTS}"


def project_to_due_date(target: Target, day: date, labelled: int, year: LabelTurnover) -> Projection:
    """Projection from a day to the due date: the net change of the year goes on, the interval is that of random events
    whose rate is known from one year.
    """
    years_left = (target.due - day).days / DAYS_A_MONTH / MONTHS_A_YEAR
    value = labelled + (year.awards - year.exits) * years_left
    spread = INTERVAL_DEVIATIONS * sqrt((year.awards + year.exits) * years_left * (1 + years_left))
    return Projection(target.due, *(max(0.0, bound) for bound in (value, value - spread, value + spread)))


@cached_on_snapshot
def read_projection(connection: Connection, selection: Selection) -> Projection | str:
    """The projection of a selection, or the French reason why there is none."""
    return _project_groups(connection, single_group(selection))[WHOLE_KEY]


def read_projection_by_group(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
    """The projected number of labels of each group; the note gives the interval."""
    return {key: _projection_value(projection) for key, projection in _project_groups(connection, groups).items()}


def _projection_value(projection: Projection | str) -> MeasuredValue:
    if isinstance(projection, str):
        return MeasuredValue(None, projection)
    return MeasuredValue(projection.value, note=f"intervalle à 80{NARROW}%{NARROW}: {projection.interval}")


def _project_groups(connection: Connection, groups: Groups) -> dict[GroupKey, Projection | str]:
    years, labelled = _read_label_turnover_by_group(connection, groups), read_labelled_by_group(connection, groups)

    def project_one(key: GroupKey, part: Selection) -> Projection | str:
        target = read_target(connection, TARGET_INDICATOR, part)
        if target is None:
            return no_target_reason(part)
        if part.until > target.due:
            return PAST_DUE_REASON
        return years[key].reason or project_to_due_date(target, part.until, labelled[key], years[key])

    return groups.map_groups(project_one)


@cached_on_snapshot
def read_label_turnover(connection: Connection, selection: Selection) -> LabelTurnover:
    """The labels that began and ended in the twelve months to `until`."""
    return _read_label_turnover_by_group(connection, single_group(selection))[WHOLE_KEY]


def _read_label_turnover_by_group(connection: Connection, groups: Groups) -> dict[GroupKey, LabelTurnover]:
    """The labels that began and ended in the twelve months to the `until` of each group."""
    rows = rows_to_aggregate(LABELLED_COUNT, groups.selection)
    conditions = undated_measure_conditions(LABELLED_COUNT, rows, groups.selection)
    years = groups.map_selections(lambda part: replace(part, since=year_before(part.until) + timedelta(days=1)))
    moves = []
    for day in (rows.c.started, rows.c.ended):
        key, in_year = years.day_conditions(rows, day)
        query = select(func.count()).select_from(rows).where(*conditions, *in_year)
        moves.append(
            years.fill_groups(
                {group_key: row[0] for group_key, row in execute_by_key(connection, key, query).items()}, 0
            )
        )
    began, ended = moves
    return {key: LabelTurnover(began[key], ended[key]) for key in began}
