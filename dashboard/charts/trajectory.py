"""The label through time, against the target."""

from __future__ import annotations

from collections import deque
from datetime import date
from functools import partial
from itertools import accumulate
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.drill import Drill
from dashboard.charts.model import Chart
from dashboard.charts.phrases import MAX_ON_TRACK_GAP, past_target_text, period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.base import BLUE, INK, RED, TEAL, FrameRow, records
from dashboard.figures.trend import TrajectoryLabels, draw_trajectory
from data.i18n import NARROW, count, day_long, fold, number
from data.queries.label import read_label_changes
from data.queries.pace import Projection, read_projection
from data.queries.targets import Target, read_target
from data.selection import FilterOptions, Selection
from data.selection.periods import year_before
from data.types import month_end, month_number
from data.units import PLACES, PLACES_EXPECTED

_FRAME_COLUMNS = ["day", "labelled", "expected", "baseline", "target", "projected", "low", "high", "remark"]
_ANNOUNCED_BASELINE = "adhésions annoncées"
TRAJECTORY_LABELS = TrajectoryLabels(
    stock="Lieux labellisés",
    counted="labellisés",
    line="Trajectoire de l’objectif",
    awaited="attendus",
    target="Objectif",
    projection="Projection",
)
MAX_CHANGE_DAYS = 250  # beyond it, the curve uses the ends of months


def read_trajectory(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per day of change since the start, plus `until`, the target's baseline day and its due date.

    `day`; `labelled` (None after `until`); `expected` on the straight line to the target (None without a target or
    before its baseline); `baseline` and `target` on their own day only; `projected`, `low`, `high` on the due date only
    (None from that date on, and without enough events); `remark` on that day. Beyond MAX_CHANGE_DAYS days of change,
    the rows are the ends of months.
    """
    changes = read_label_changes(connection, selection)
    if not changes:
        return pd.DataFrame(columns=_FRAME_COLUMNS, dtype=object)
    target = read_target(connection, "lieux-labellises", selection)
    stocks = dict(zip(changes, accumulate(changes.values()), strict=True))
    start = selection.since or min(*stocks, year_before(selection.until))
    days = _days_shown(start, selection.until, stocks, target)
    labelled = _stocks_at(days, selection.until, stocks)
    projection = _future_projection(connection, selection, target)
    rows = [_day_row(day, stock, target, projection) for day, stock in zip(days, labelled, strict=True)]
    return pd.DataFrame(rows, columns=_FRAME_COLUMNS, dtype=object)


def _future_projection(connection: Connection, selection: Selection, target: Target | None) -> Projection | None:
    """The projection at the recent pace, when the due date is in the future and there are enough events."""
    if target is None or selection.until >= target.due:
        return None
    projection = read_projection(connection, selection)
    return None if isinstance(projection, str) else projection


def _days_shown(start: date, until: date, stocks: dict[date, int], target: Target | None) -> list[date]:
    changes = [day for day in stocks if day >= start]
    if len(changes) > MAX_CHANGE_DAYS:
        changes = [day for day in map(month_end, sorted({month_number(day) for day in changes})) if day < until]
    marks = {start, until, *changes}
    if target:
        marks |= {day for day in (target.baseline_day, target.due) if day}
    return sorted(day for day in marks if day >= start)


def _stocks_at(days: list[date], until: date, stocks: dict[date, int]) -> list[int | None]:
    """The stock on each of some sorted days; None after `until`."""
    day_stocks: list[int | None] = []
    changes, stock = deque(sorted(stocks.items())), 0
    for day in days:
        while changes and changes[0][0] <= day:
            stock = changes.popleft()[1]
        day_stocks.append(stock if day <= until else None)
    return day_stocks


def _day_row(day: date, labelled: int | None, target: Target | None, projection: Projection | None) -> tuple[Any, ...]:
    if target is None:
        return day, labelled, None, None, None, None, None, None, ""
    due = target.value if day == target.due else None
    baseline = target.baseline_value if day == target.baseline_day else None
    projected = (projection.value, projection.low, projection.high) if projection and due is not None else (None,) * 3
    remark = (
        ""
        if baseline is None
        else _ANNOUNCED_BASELINE
        if fold(_ANNOUNCED_BASELINE) in fold(target.origin)
        else "au départ"
    )
    day_remark = remark or ("échéance de l’objectif" if due else "")
    return day, labelled, target.expected_at(day), baseline, due, *projected, day_remark


def trajectory_finding(frame: pd.DataFrame) -> str:
    """The trend over twelve months, and the position compared with the target."""
    known, due = _known_and_due_rows(frame)
    last, trend = known[-1], _trend_text(known)
    if due is None:
        return f"{trend}{NARROW}: {_labelled_text(last['labelled'])} au {day_long(last['day'])}"
    target = float(due["target"])
    if last["day"] > due["day"]:
        return past_target_text(due["labelled"], due["day"], target)
    target_text = f"{count(target, 'visé', 'visés')} au {day_long(due['day'])}"
    if last["labelled"] >= target:
        return f"Objectif atteint{NARROW}: {_labelled_text(last['labelled'])} pour {target_text}"
    if last["expected"] is None or last["day"] == due["day"]:
        return f"{_labelled_text(last['labelled'])} pour {target_text}"
    return f"{trend}{_position_text(trend, last['labelled'] - last['expected'])}"


def _known_and_due_rows(frame: pd.DataFrame) -> tuple[list[FrameRow], FrameRow | None]:
    """The rows up to `until`, and the row of the due date, if there is one."""
    rows = records(frame)
    known = [row for row in rows if row["labelled"] is not None]
    return known, next((row for row in rows if row["target"] is not None), None)


def _labelled_text(labelled: int) -> str:
    return count(labelled, "tiers-lieu labellisé", "tiers-lieux labellisés")


TREND_UP, TREND_DOWN, TREND_STABLE = "Le label progresse", "Le label recule", "Le label se maintient"


def _trend_text(known: list[FrameRow]) -> str:
    """Over the last twelve months, or since the start of the period when it is later."""
    from_day = max(known[0]["day"], year_before(known[-1]["day"]))
    before = next(row["labelled"] for row in reversed(known) if row["day"] <= from_day)
    change = known[-1]["labelled"] - before
    return TREND_UP if change > 0 else TREND_DOWN if change < 0 else TREND_STABLE


def _position_text(trend: str, gap: float) -> str:
    if abs(gap) < MAX_ON_TRACK_GAP:
        return ", au niveau de la trajectoire"
    if gap < 0:
        return ", mais sous la trajectoire" if trend == TREND_UP else ", sous la trajectoire"
    return ", mais reste au-dessus de la trajectoire" if trend == TREND_DOWN else ", au-dessus de la trajectoire"


def describe_trajectory(frame: pd.DataFrame) -> str:
    known, due = _known_and_due_rows(frame)
    first_and_last = " à ".join(f"{number(row['labelled'])} le {day_long(row['day'])}" for row in (known[0], known[-1]))
    counts = [row["labelled"] for row in known]
    text = (
        f"Courbe en escalier des tiers-lieux labellisés{NARROW}: de {first_and_last}, "
        f"minimum {number(min(counts))}, maximum {number(max(counts))}."
    )
    if due is None:
        return text
    text = f"{text} Objectif{NARROW}: {number(due['target'])} au {day_long(due['day'])}."
    if due["projected"] is None:
        return text
    interval = f"entre {number(due['low'])} et {number(due['high'])}"
    return f"{text} Projection à cette date{NARROW}: {number(due['projected'])}, {interval}."


def projection_note(frame: pd.DataFrame) -> str:
    """The assumption of the projection, when there is one."""
    _rows, due = _known_and_due_rows(frame)
    if due is None or due["projected"] is None:
        return ""
    return f"projection{NARROW}: si le rythme des 12 derniers mois se maintenait, intervalle à 80{NARROW}%"


def message_without_label(selection: Selection, options: FilterOptions) -> str:
    where, when = territory_text(selection, options), period_text(selection)
    return f"Aucun tiers-lieu labellisé {where} {when}"


CHARTS = (
    Chart(
        slug="trajectoire",
        subtitle=f"Lieux dont le label est en vigueur{NARROW}; tendance sur douze mois",
        read=read_trajectory,
        finding=trajectory_finding,
        describe=describe_trajectory,
        draw=partial(draw_trajectory, labels=TRAJECTORY_LABELS),
        office=OfficeChart(
            "line",
            ("day",),
            ("labelled", "expected", "target", "projected"),
            colours=(BLUE, INK, RED, TEAL),
            connected=True,
            steps=("labelled",),
        ),
        columns=(
            TableColumn("day", "Date", "day"),
            TableColumn("labelled", "Lieux labellisés", "value", PLACES),
            TableColumn("expected", "Attendus sur la trajectoire", "value", PLACES_EXPECTED),
            TableColumn("baseline", "Départ de la trajectoire", "value", PLACES),
            TableColumn("target", "Objectif", "value", PLACES),
            TableColumn("projected", "Projection", "value", PLACES),
            TableColumn("low", f"Bas de l’intervalle à 80{NARROW}%", "value", PLACES),
            TableColumn("high", f"Haut de l’intervalle à 80{NARROW}%", "value", PLACES),
            TableColumn("remark", "Remarque"),
        ),
        indicators=("lieux-labellises", "projection-echeance"),
        needs=("labels", "places"),  # the curve is drawn without its target
        drill=Drill(period="day", indicator="lieux-labellises"),
        empty_message=message_without_label,
        note=projection_note,
        height="min(29rem, 90vw)",  # with its shorter caption, as high as the map next to it
        pages=("/", "/label"),
        time_column="day",
    ),
)
