"""Attendance against other years: at comparable places, and its season."""

from __future__ import annotations

from functools import partial

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.attendance import (
    MAX_STABLE_CHANGE,
    MIN_RESPONSE_RATE,
    message_without_declaration,
    omitted_places_note,
)
from dashboard.charts.model import Chart, by_unit
from dashboard.charts.phrases import change_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.figures.base import records, sums_by
from dashboard.figures.years import draw_seasons, draw_two_years
from data.facts.suppression import CONFIDENTIALITY_REASON, omission_text
from data.i18n import MONTHS, NARROW, count, day_long, number, percent
from data.indicators.attendance import comparison_text, no_comparison_reason
from data.queries.attendance import NO_VISITS, read_comparable_months, read_visits_by_month
from data.queries.comparable_places import Comparison, last_twelve_months, read_comparison
from data.queries.suppression import count_omitted_places
from data.selection import FilterOptions, Selection
from data.selection.periods import over_months, whole_months
from data.types import months_between
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
    "weak",
    "answered",
    "expected",
    "omitted",
]


def read_comparable_places(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per month of the last twelve whole ones that compares with a year before.

    `month`, `now` and `before`: what the places that declared both declared, in the unit selected. The attribute
    `comparison` is the whole.
    """
    found = read_comparable_months(connection, last_twelve_months(selection))
    frame = pd.DataFrame(
        [(month, *one) for month, one in found.items()], columns=["month", "now", "before"], dtype=object
    )
    frame.attrs["comparison"] = read_comparison(connection, selection) if found else None
    return frame


def comparable_places_finding(frame: pd.DataFrame, unit: Unit) -> str:
    """What changed in a year, when there is enough to say it."""
    found: Comparison = frame.attrs["comparison"]
    if no_comparison_reason(found, unit) or found.now is None or not found.before:
        return "Trop peu de lieux comparables pour conclure sur un an"
    change = found.now / found.before - 1
    words = f"À lieux comparables, {change_text(unit, change, MAX_STABLE_CHANGE)}"
    return f"{words} sur un an" if abs(change) < MAX_STABLE_CHANGE else words


def describe_comparable_places(frame: pd.DataFrame, unit: Unit) -> str:
    now, before = sum(frame["now"].tolist()), sum(frame["before"].tolist())
    months = count(len(frame), "mois comparable", "mois comparables")
    return (
        f"Deux courbes sur {months}, dans les mêmes lieux{NARROW}: {unit.text(now)} ces douze derniers mois, "
        f"{unit.text(before)} un an plus tôt."
    )


def comparable_places_note(frame: pd.DataFrame, unit: Unit) -> str:
    """The coverage, why nothing is concluded, and whom it leaves out."""
    found: Comparison = frame.attrs["comparison"]
    reason = no_comparison_reason(found, unit) or ""
    omitted = f"{omission_text(found.omitted)}{NARROW}: {CONFIDENTIALITY_REASON}" if found.omitted else ""
    compared = f"comparés{NARROW}: {comparison_text(found, unit)}"
    return f"{NARROW}; ".join(one for one in (compared, reason, omitted) if one)


def message_without_comparable_month(selection: Selection, options: FilterOptions) -> str:
    """Why there is no curve: neither declared, or none that can be published."""
    where, until = territory_text(selection, options), day_long(selection.until)
    return f"Aucun lieu à montrer n’a déclaré le même mois deux ans de suite {where}, jusqu’au {until}"


def read_season(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per whole month, over the last four years, or the last four up to one that has a declaration.

    `year`, `month` (1 to 12) and its `name`, `average` (in the unit selected, per place that declared; None when nobody
    did), `visits`, `reports`, `rate` (of response), `weak` (fewer than half answered), `omitted` (private places left
    out). Empty when nothing was declared, or can be published.
    """
    found = read_visits_by_month(connection, selection)
    declared = [month for month, one in found.items() if one.visits is not None]
    if not declared:
        return pd.DataFrame(columns=_SEASON_COLUMNS, dtype=object)
    last = whole_months(None, selection.until)[1]
    newest = max(declared) // 100
    if newest <= last // 100 - MAX_YEARS:
        last = newest * 100 + 12
    first = max(min(declared), (last // 100 + 1 - MAX_YEARS) * 100 + 1)
    rows = []
    for month in months_between(first, last):
        one = found.get(month, NO_VISITS)
        rate = one.answered / one.expected if one.expected else None
        average = None if one.visits is None or not one.reports else one.visits / one.reports
        weak = rate is not None and rate < MIN_RESPONSE_RATE
        year, number_ = divmod(month, 100)
        rows.append(
            (
                year,
                number_,
                MONTHS[number_ - 1],
                average,
                one.visits,
                one.reports,
                rate,
                weak,
                one.answered,
                one.expected,
                one.omitted,
            )
        )
    frame = pd.DataFrame(rows, columns=_SEASON_COLUMNS, dtype=object)
    frame.attrs["omitted"] = count_omitted_places(connection, "declared", over_months(selection, first, last)).get(
        (), 0
    )
    return frame


def season_finding(frame: pd.DataFrame, unit: Unit) -> str:
    """The busiest and the quietest month of the year, over years that have all their months."""
    known = frame[frame["average"].notna()]
    visits, reports = sums_by(known, "month", "visits"), sums_by(known, "month", "reports")
    averages = {month: visits[month] / reports[month] for month in visits}
    if len(averages) < 12:
        last = records(known)[-1]
        when = f"{last['name']} {last['year']}"
        return f"{when.capitalize()}{NARROW}: {number(last['average'], 1)} {unit.plural} par lieu déclarant"
    busy, quiet = (pick(averages, key=lambda month: averages[month]) for pick in (max, min))
    named = [f"{MONTHS[month - 1]} ({number(averages[month])} {unit.plural} par lieu)" for month in (busy, quiet)]
    return f"Le mois le plus fréquenté est {named[0]}, le plus calme {named[1]}"


def describe_season(frame: pd.DataFrame, unit: Unit) -> str:
    years = sorted(set(frame["year"].tolist()))
    named = f"{years[0]} à {years[-1]}" if len(years) > 1 else str(years[0])
    return (
        f"Une courbe par année, {named}, des {unit.plural} par lieu déclarant, de janvier à décembre. "
        f"{season_finding(frame, unit)}."
    )


def season_note(frame: pd.DataFrame) -> str:
    """The response rate over these months."""
    answered, expected = sum(frame["answered"].tolist()), sum(frame["expected"].tolist())
    rate = f"taux de réponse sur ces mois{NARROW}: {percent(answered / expected)}" if expected else ""
    return f"{NARROW}; ".join(one for one in (rate, omitted_places_note(frame)) if one)


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
        columns=(
            TableColumn("month", "Mois", "month"),
            TableColumn("now", unit.plural.capitalize(), "value", unit),
            TableColumn("before", f"{unit.plural.capitalize()} un an plus tôt", "value", unit),
        ),
        indicators=("evolution-lieux-comparables",),
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
        read=read_season,
        finding=partial(season_finding, unit=unit),
        describe=partial(describe_season, unit=unit),
        draw=partial(draw_seasons, unit=average_unit(unit, "par lieu")),
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
        empty_message=message_without_declaration(unit),
        note=season_note,
        pages=("/frequentation",),
    )


CHARTS = (by_unit(_comparable_places_chart), by_unit(_season_chart))
