"""Attendance against other years: at comparable places, and its season."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.attendance import HALF, STABLE, nothing_declared
from dashboard.charts.model import Chart
from dashboard.charts.words import where_words
from dashboard.exports.columns import TableColumn
from dashboard.figures.base import records, sums_by
from dashboard.figures.years import draw_seasons, draw_two_years
from data.facts.aggregate import whole_months
from data.facts.comparable import Comparison, last_year, read_comparison
from data.i18n import MONTHS, NARROW, count, day_long, number, percent
from data.indicators.attendance import comparison_words, why_no_comparison
from data.queries.attendance import Visits, read_twins_by_month, read_visits_by_month
from data.selection import Known, Selection
from data.types import months_between
from data.units import AVERAGE_VISITS, PLACES, SHARE, VISITS

YEARS = 4
_SEASON = ["year", "month", "name", "average", "visits", "reports", "rate", "weak", "answered", "expected"]


def read_comparable(connection: Connection, selection: Selection, _known: Known) -> pd.DataFrame:
    """One row per month of the last twelve whole ones that compares with a year before.

    `month`, `now` and `before`: the visits of the places that declared both. The attribute `comparison` is the whole.
    """
    visits = selection.choosing("unite", ())
    found = read_twins_by_month(connection, last_year(visits))
    frame = pd.DataFrame(
        [(month, *one) for month, one in found.items()], columns=["month", "now", "before"], dtype=object
    )
    frame.attrs["comparison"] = read_comparison(connection, visits) if found else None
    return frame


def find_comparable(frame: pd.DataFrame) -> str:
    """What changed in a year, when there is enough to say it."""
    found: Comparison = frame.attrs["comparison"]
    if why_no_comparison(found) or found.now is None or not found.before:
        return "Trop peu de lieux comparables pour conclure sur un an"
    change = found.now / found.before - 1
    if abs(change) < STABLE:
        return "À lieux comparables, les visites se maintiennent sur un an"
    return f"À lieux comparables, les visites {'progressent' if change > 0 else 'reculent'} de {percent(abs(change))}"


def describe_comparable(frame: pd.DataFrame) -> str:
    """The text alternative."""
    now, before = sum(frame["now"].tolist()), sum(frame["before"].tolist())
    months = count(len(frame), "mois comparable", "mois comparables")
    return (
        f"Deux courbes sur {months}, dans les mêmes lieux{NARROW}: {VISITS.text(now)} ces douze derniers mois, "
        f"{VISITS.text(before)} un an plus tôt."
    )


def note_comparable(frame: pd.DataFrame) -> str:
    """The coverage, and why nothing is concluded."""
    found: Comparison = frame.attrs["comparison"]
    reason = why_no_comparison(found)
    return f"comparés{NARROW}: {comparison_words(found)}" + (f"{NARROW}; {reason}" if reason else "")


def nothing_comparable(selection: Selection, known: Known) -> str:
    """Why there is no curve."""
    where, until = where_words(selection, known), day_long(selection.until)
    return f"Aucun lieu n’a déclaré le même mois deux ans de suite {where}, jusqu’au {until}"


def read_season(connection: Connection, selection: Selection, _known: Known) -> pd.DataFrame:
    """One row per whole month, over the last four years, or the last four up to one that has a declaration.

    `year`, `month` (1 to 12) and its `name`, `average` (visits per place that declared; None when nobody
    did), `visits`, `reports`, `rate` (of response), `weak` (fewer than half answered). Empty when nothing was declared.
    """
    found = read_visits_by_month(connection, selection)
    declared = [month for month, one in found.items() if one.visits is not None]
    if not declared:
        return pd.DataFrame(columns=_SEASON, dtype=object)
    last = whole_months(None, selection.until)[1]
    newest = max(declared) // 100
    if newest <= last // 100 - YEARS:
        last = newest * 100 + 12
    first = max(min(declared), (last // 100 + 1 - YEARS) * 100 + 1)
    rows = []
    for month in months_between(first, last):
        one = found.get(month, Visits(None, 0, 0, 0))
        rate = one.answered / one.expected if one.expected else None
        average = None if one.visits is None or not one.reports else one.visits / one.reports
        weak = rate is not None and rate < HALF
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
            )
        )
    return pd.DataFrame(rows, columns=_SEASON, dtype=object)


def find_season(frame: pd.DataFrame) -> str:
    """The busiest and the quietest month of the year, over years that have all their months."""
    known = frame[frame["average"].notna()]
    visits, reports = sums_by(known, "month", "visits"), sums_by(known, "month", "reports")
    averages = {month: visits[month] / reports[month] for month in visits}
    if len(averages) < 12:
        last = records(known)[-1]
        when = f"{last['name']} {last['year']}"
        return f"{when.capitalize()}{NARROW}: {number(last['average'], 1)} visites par lieu déclarant"
    busy, quiet = (pick(averages, key=lambda month: averages[month]) for pick in (max, min))
    named = [f"{MONTHS[month - 1]} ({number(averages[month])} visites par lieu)" for month in (busy, quiet)]
    return f"Le mois le plus fréquenté est {named[0]}, le plus calme {named[1]}"


def describe_season(frame: pd.DataFrame) -> str:
    """The text alternative."""
    years = sorted(set(frame["year"].tolist()))
    named = f"{years[0]} à {years[-1]}" if len(years) > 1 else str(years[0])
    return (
        f"Une courbe par année, {named}, des visites par lieu déclarant, de janvier à décembre. {find_season(frame)}."
    )


def note_season(frame: pd.DataFrame) -> str:
    """The response rate over these months."""
    answered, expected = sum(frame["answered"].tolist()), sum(frame["expected"].tolist())
    return f"taux de réponse sur ces mois{NARROW}: {percent(answered / expected)}" if expected else ""


CHARTS = (
    Chart(
        slug="lieux-comparables",
        measured="Visites des douze derniers mois et d’un an avant, dans les seuls lieux qui ont déclaré les deux",
        read=read_comparable,
        finding=find_comparable,
        describe=describe_comparable,
        draw=draw_two_years,
        columns=(
            TableColumn("month", "Mois", "month"),
            TableColumn("now", "Visites", "value", VISITS),
            TableColumn("before", "Visites un an plus tôt", "value", VISITS),
        ),
        indicators=("evolution-lieux-comparables",),
        nothing=nothing_comparable,
        note=note_comparable,
        pages=("/frequentation",),
    ),
    Chart(
        slug="saison",
        measured=(
            f"Visites par lieu déclarant, mois par mois, {YEARS} dernières années{NARROW}; point creux{NARROW}: moins "
            f"de la moitié des lieux attendus ont répondu"
        ),
        read=read_season,
        finding=find_season,
        describe=describe_season,
        draw=draw_seasons,
        columns=(
            TableColumn("year", "Année", "year"),
            TableColumn("name", "Mois"),
            TableColumn("average", "Visites par lieu déclarant", "value", AVERAGE_VISITS),
            TableColumn("visits", "Visites", "value", VISITS),
            TableColumn("reports", "Lieux déclarants", "value", PLACES),
            TableColumn("rate", "Taux de réponse", "value", SHARE),
        ),
        indicators=("visites", "taux-reponse"),
        nothing=nothing_declared,
        note=note_season,
        pages=("/frequentation",),
    ),
)
