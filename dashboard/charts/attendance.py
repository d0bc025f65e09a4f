"""Attendance by month, never without its response rate."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.drill import Drill
from dashboard.charts.model import Chart, by_unit
from dashboard.charts.phrases import capitalised, change_text, period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.base import TEAL, FrameRow, records
from dashboard.figures.trend import MIN_RESPONSE_RATE, MonthLabels, draw_monthly_visits
from data.facts.suppression import CONFIDENTIALITY_REASON, omission_text
from data.i18n import NARROW, count, month_long
from data.queries.attendance import Visits, read_visits_by_month
from data.queries.suppression import count_omitted_places
from data.selection import FilterOptions, Selection
from data.selection.periods import whole_months
from data.types import month_after, months_between
from data.units import PLACES, SHARE, SHORT_PLACES, Unit

MAX_REPORTS_CHANGE = 0.1  # of places that declared, between two comparable months, as a share
MAX_STABLE_CHANGE = 0.05
_FRAME_COLUMNS = ["month", "visits", "reports", "expected", "answered", "omitted", "rate"]


def read_monthly_visits(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per whole month from the first declaration (or the start of the period); a month without declaration has
    its row.

    `month` (yyyymm), `visits` (in the unit selected; None without any declaration), `reports` (places that declared),
    `expected` (labelled places), `answered` (expected places that declared), `omitted` (private places left out),
    `rate` (None without any expected place). The attribute `omitted` counts the private places left out of at least one
    month. Empty when no declaration exists, or none can be published.
    """
    months = read_visits_by_month(connection, selection)
    declared = [month for month, visits in months.items() if visits.visits is not None]
    if not declared:
        return pd.DataFrame(columns=_FRAME_COLUMNS, dtype=object)
    first, last = whole_months(selection.since, selection.until)
    rows = [_month_row(month, months.get(month)) for month in months_between(first or min(declared), last)]
    frame = pd.DataFrame(rows, columns=_FRAME_COLUMNS, dtype=object)
    frame.attrs["omitted"] = count_omitted_places(connection, "declared", selection).get((), 0)
    return frame


def _month_row(month: int, visits: Visits | None) -> tuple[Any, ...]:
    if visits is None:
        return month, None, 0, 0, 0, 0, None
    return month, *visits, visits.answered / visits.expected if visits.expected else None


def monthly_visits_finding(frame: pd.DataFrame, unit: Unit) -> str:
    """The last month declared, compared with the same month a year before when the two are comparable."""
    rows = records(frame)
    last = next(row for row in reversed(rows) if row["visits"] is not None)
    month, visits = month_long(last["month"]), unit.text(last["visits"])
    if month_after(rows[-1]["month"], -1) > last["month"]:
        return f"Aucune {unit.singular} déclarée depuis {month} ({visits} ce mois-là)"
    if last["rate"] is not None and last["rate"] < MIN_RESPONSE_RATE:
        return f"{month.capitalize()}{NARROW}: {visits}, mais moins de la moitié des lieux ont répondu"
    earlier = next((row for row in rows if row["month"] == last["month"] - 100 and row["visits"]), None)
    if earlier is None or not _is_comparable(last, earlier):
        places = count(last["reports"], "lieu déclarant", "lieux déclarants")
        return f"{month.capitalize()}{NARROW}: {visits} dans {places}"
    return _yearly_change_text(last["visits"] / earlier["visits"] - 1, f"{month}{NARROW}: {visits}", unit)


def _is_comparable(last: FrameRow, earlier: FrameRow) -> bool:
    """Whether two months can be compared: at least half of the places answered a year earlier too, the numbers of
    places that declared are close, and the same number of private places is left out.
    """
    if last["omitted"] != earlier["omitted"]:
        return False
    if earlier["rate"] is not None and earlier["rate"] < MIN_RESPONSE_RATE:
        return False
    return bool(abs(last["reports"] - earlier["reports"]) <= MAX_REPORTS_CHANGE * earlier["reports"])


def _yearly_change_text(change: float, month: str, unit: Unit) -> str:
    text = capitalised(change_text(unit, change, MAX_STABLE_CHANGE, declared=True))
    return f"{text} {'sur un an' if abs(change) < MAX_STABLE_CHANGE else 'en un an'} ({month})"


def describe_monthly_visits(frame: pd.DataFrame, unit: Unit) -> str:
    rows = records(frame)
    known = [row for row in rows if row["visits"] is not None]
    most, least = (pick(known, key=lambda row: row["visits"]) for pick in (max, min))
    extremes = [f"{month_long(row['month'])} ({unit.text(row['visits'])})" for row in (most, least)]
    missing = len(rows) - len(known)
    gaps = f" {count(missing, 'mois non déclaré', 'mois non déclarés')}." if missing else ""
    first_and_last = " et ".join(month_long(row["month"]) for row in (rows[0], rows[-1]))
    range_text = f"{NARROW}: maximum {extremes[0]}, minimum {extremes[1]}."
    return f"Courbe des {unit.plural} déclarées par mois, entre {first_and_last}{range_text}{gaps}"


def omitted_places_note(frame: pd.DataFrame) -> str:
    """The number of private places left out of at least one month."""
    omitted = frame.attrs.get("omitted", 0)
    return f"{omission_text(omitted)} certains mois{NARROW}: {CONFIDENTIALITY_REASON}" if omitted else ""


def message_without_declaration(unit: Unit) -> Callable[[Selection, FilterOptions], str]:
    def message(selection: Selection, options: FilterOptions) -> str:
        where, when = territory_text(selection, options), period_text(selection)
        return f"Aucune {unit.singular} déclarée que l’on puisse montrer {where} pour un mois entier {when}"

    return message


def _month_labels(unit: Unit) -> MonthLabels:
    return MonthLabels(
        unit,
        value=f"{unit.plural.capitalize()} déclarées",
        places=SHORT_PLACES,
        answered=("a répondu", "ont répondu"),
        weak="Moins de la moitié des lieux ont répondu",
    )


def _monthly_visits_chart(unit: Unit) -> Chart:
    return Chart(
        slug="visites-par-mois",
        subtitle=(
            f"{unit.plural.capitalize()} déclarées, mois entiers{NARROW}; "
            "un mois non déclaré manque, il ne vaut pas zéro"
        ),
        read=read_monthly_visits,
        finding=partial(monthly_visits_finding, unit=unit),
        describe=partial(describe_monthly_visits, unit=unit),
        draw=partial(draw_monthly_visits, labels=_month_labels(unit)),
        office=OfficeChart("line", ("month",), ("visits",), colours=(TEAL,)),
        columns=(
            TableColumn("month", "Mois", "month"),
            TableColumn("visits", unit.plural.capitalize(), "value", unit),
            TableColumn("reports", "Lieux déclarants", "value", PLACES),
            TableColumn("expected", "Lieux labellisés attendus", "value", PLACES),
            TableColumn("answered", "Lieux attendus qui ont répondu", "value", PLACES),
            TableColumn("rate", "Taux de réponse", "value", SHARE),
            TableColumn("omitted", "Lieux privés non comptés", "value", PLACES),
        ),
        indicators=("visites", "taux-reponse"),
        drill=Drill(period="month", indicator="visites"),
        empty_message=message_without_declaration(unit),
        note=omitted_places_note,
        pages=("/", "/frequentation"),
        time_column="month",
    )


CHARTS = (by_unit(_monthly_visits_chart),)
