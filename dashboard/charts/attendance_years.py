"""Attendance compared with other years: at comparable places, and by season."""

from __future__ import annotations

from functools import partial

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.attendance import (
    MAX_STABLE_CHANGE,
    message_without_declaration,
    omitted_places_note,
)
from dashboard.charts.drill import Drill
from dashboard.charts.model import Chart, by_unit
from dashboard.charts.phrases import change_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.base import MUTED, TEAL, records, sums_by
from dashboard.figures.trend import MIN_RESPONSE_RATE
from dashboard.figures.years import draw_two_years, draw_years_overlaid
from data.facts.suppression import CONFIDENTIALITY_REASON, omission_text
from data.i18n import MONTHS, NARROW, count, day_long, number, percent
from data.indicators.attendance import comparison_text, no_comparison_reason
from data.queries.attendance import NO_VISITS, read_comparable_months, read_visits_by_month
from data.queries.comparable_places import Comparison, last_twelve_months, read_comparison
from data.queries.suppression import count_omitted_places
from data.selection import FilterOptions, Selection
from data.selection.periods import over_months, whole_months
from data.types import month_end, month_start, months_between
from data.units import PLACES, SHARE, Unit, average_unit

MAX_YEARS = 4
_SEASON_COLUMNS = [
    "year",
    "month",
    "name",
    "average",
    "visits",
    "reports",
    "rate",
    "is_weak",
    "answered",
    "expected",
    "omitted",
    "since",
    "until",
]


def read_comparable_places(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per month, among the last twelve whole months, that can be compared with the same month a year
    before.

    `month`, `now` and `before`: the total, in the unit selected, of the places that declared both. The attribute
    `comparison` is the Comparison over all these months.
    """
    months = read_comparable_months(connection, last_twelve_months(selection))
    frame = pd.DataFrame(
        [(month, *visits) for month, visits in months.items()], columns=["month", "now", "before"], dtype=object
    )
    frame.attrs["comparison"] = read_comparison(connection, selection) if months else None
    return frame


def comparable_places_finding(frame: pd.DataFrame, unit: Unit) -> str:
    """The change in a year, when there are enough comparable places."""
    comparison: Comparison = frame.attrs["comparison"]
    if no_comparison_reason(comparison, unit) or comparison.now is None or not comparison.before:
        return "Trop peu de lieux comparables pour conclure sur un an"
    change = comparison.now / comparison.before - 1
    text = f"À lieux comparables, {change_text(unit, change, MAX_STABLE_CHANGE)}"
    return f"{text} sur un an" if abs(change) < MAX_STABLE_CHANGE else text


def describe_comparable_places(frame: pd.DataFrame, unit: Unit) -> str:
    now, before = sum(frame["now"].tolist()), sum(frame["before"].tolist())
    months = count(len(frame), "mois comparable", "mois comparables")
    return (
        f"Deux courbes sur {months}, dans les mêmes lieux{NARROW}: {unit.text(now)} ces douze derniers mois, "
        f"{unit.text(before)} un an plus tôt."
    )


def comparable_places_note(frame: pd.DataFrame, unit: Unit) -> str:
    """The coverage of the comparison, the reason without a conclusion, and the private places left out."""
    comparison: Comparison = frame.attrs["comparison"]
    reason = no_comparison_reason(comparison, unit) or ""
    omitted = f"{omission_text(comparison.omitted)}{NARROW}: {CONFIDENTIALITY_REASON}" if comparison.omitted else ""
    coverage = f"comparés{NARROW}: {comparison_text(comparison, unit)}"
    return f"{NARROW}; ".join(part for part in (coverage, reason, omitted) if part)


def message_without_comparable_month(selection: Selection, options: FilterOptions) -> str:
    where, until = territory_text(selection, options), day_long(selection.until)
    return f"Aucun lieu à montrer n’a déclaré le même mois deux ans de suite {where}, jusqu’au {until}"


def read_seasonal_visits(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per whole month of four years: the last four, or the last four that end with a declaration.

    `year`, `month` (1 to 12) and its `name`, `average` (in the unit selected, per place that declared; None without any
    declaration), `visits`, `reports`, `rate` (of response), `is_weak` (fewer than half answered), `answered`,
    `expected`, `omitted` (private places left out), `since` and `until` (its days). Empty when no declaration exists,
    or none can be published.
    """
    months = read_visits_by_month(connection, selection)
    declared = [month for month, visits in months.items() if visits.visits is not None]
    if not declared:
        return pd.DataFrame(columns=_SEASON_COLUMNS, dtype=object)
    last = whole_months(None, selection.until)[1]
    newest = max(declared) // 100
    if newest <= last // 100 - MAX_YEARS:
        last = newest * 100 + 12
    first = max(min(declared), (last // 100 + 1 - MAX_YEARS) * 100 + 1)
    rows = []
    for month in months_between(first, last):
        visits = months.get(month, NO_VISITS)
        rate = visits.answered / visits.expected if visits.expected else None
        average = None if visits.visits is None or not visits.reports else visits.visits / visits.reports
        weak = rate is not None and rate < MIN_RESPONSE_RATE
        year, calendar_month = divmod(month, 100)
        rows.append(
            (
                year,
                calendar_month,
                MONTHS[calendar_month - 1],
                average,
                visits.visits,
                visits.reports,
                rate,
                weak,
                visits.answered,
                visits.expected,
                visits.omitted,
                month_start(month),
                month_end(month),
            )
        )
    frame = pd.DataFrame(rows, columns=_SEASON_COLUMNS, dtype=object)
    frame.attrs["omitted"] = count_omitted_places(connection, "declared", over_months(selection, first, last)).get(
        (), 0
    )
    return frame


def seasonal_visits_finding(frame: pd.DataFrame, unit: Unit) -> str:
    """The busiest and the quietest month of the year, when all twelve months are known."""
    known = frame[frame["average"].notna()]
    visits, reports = sums_by(known, "month", "visits"), sums_by(known, "month", "reports")
    averages = {month: visits[month] / reports[month] for month in visits}
    if len(averages) < 12:
        last = records(known)[-1]
        when = f"{last['name']} {last['year']}"
        return f"{when.capitalize()}{NARROW}: {number(last['average'], 1)} {unit.plural} par lieu déclarant"
    busy, quiet = (pick(averages, key=lambda month: averages[month]) for pick in (max, min))
    extremes = [f"{MONTHS[month - 1]} ({number(averages[month])} {unit.plural} par lieu)" for month in (busy, quiet)]
    return f"Le mois le plus fréquenté est {extremes[0]}, le plus calme {extremes[1]}"


def describe_seasonal_visits(frame: pd.DataFrame, unit: Unit) -> str:
    years = sorted(set(frame["year"].tolist()))
    years_text = f"{years[0]} à {years[-1]}" if len(years) > 1 else str(years[0])
    return (
        f"Une courbe par année, {years_text}, des {unit.plural} par lieu déclarant, de janvier à décembre. "
        f"{seasonal_visits_finding(frame, unit)}."
    )


def seasonal_visits_note(frame: pd.DataFrame) -> str:
    """The response rate over these months."""
    answered, expected = sum(frame["answered"].tolist()), sum(frame["expected"].tolist())
    rate = f"taux de réponse sur ces mois{NARROW}: {percent(answered / expected)}" if expected else ""
    return f"{NARROW}; ".join(part for part in (rate, omitted_places_note(frame)) if part)


def _comparable_places_chart(unit: Unit) -> Chart:
    return Chart(
        slug="lieux-comparables",
        subtitle=(
            f"{unit.plural.capitalize()} des douze derniers mois et d’un an avant, dans les seuls lieux qui ont "
            "déclaré "
            "les deux"
        ),
        read=read_comparable_places,
        finding=partial(comparable_places_finding, unit=unit),
        describe=partial(describe_comparable_places, unit=unit),
        draw=partial(draw_two_years, unit=unit),
        office=OfficeChart("line", ("month",), ("now", "before"), colours=(TEAL, MUTED)),
        columns=(
            TableColumn("month", "Mois", "month"),
            TableColumn("now", unit.plural.capitalize(), "value", unit),
            TableColumn("before", f"{unit.plural.capitalize()} un an plus tôt", "value", unit),
        ),
        indicators=("evolution-lieux-comparables",),
        drill=Drill(period="month"),
        empty_message=message_without_comparable_month,
        note=partial(comparable_places_note, unit=unit),
        pages=("/frequentation",),
    )


def _season_chart(unit: Unit) -> Chart:
    return Chart(
        slug="saison",
        subtitle=(
            f"{unit.plural.capitalize()} par lieu déclarant, mois par mois, {MAX_YEARS} dernières années{NARROW}; "
            "point "
            f"creux{NARROW}: moins de la moitié des lieux attendus ont répondu"
        ),
        read=read_seasonal_visits,
        finding=partial(seasonal_visits_finding, unit=unit),
        describe=partial(describe_seasonal_visits, unit=unit),
        draw=partial(draw_years_overlaid, unit=average_unit(unit, "par lieu")),
        office=OfficeChart("line", ("name",), ("average",), series="year"),
        columns=(
            TableColumn("year", "Année", "year"),
            TableColumn("name", "Mois"),
            TableColumn(
                "average", f"{unit.plural.capitalize()} par lieu déclarant", "value", average_unit(unit, "par lieu")
            ),
            TableColumn("visits", unit.plural.capitalize(), "value", unit),
            TableColumn("reports", "Lieux déclarants", "value", PLACES),
            TableColumn("rate", "Taux de réponse", "value", SHARE),
            TableColumn("omitted", "Lieux privés non comptés", "value", PLACES),
        ),
        indicators=("visites", "taux-reponse"),
        drill=Drill(period="span", indicator="visites", is_along_axis=False),
        empty_message=message_without_declaration(unit),
        note=seasonal_visits_note,
        pages=("/frequentation",),
    )


CHARTS = (by_unit(_comparable_places_chart), by_unit(_season_chart))
