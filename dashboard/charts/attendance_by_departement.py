"""Visits by département, in panels with the same axes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.drill import Drill
from dashboard.charts.heights import height_of_panels
from dashboard.charts.model import Chart, by_unit
from dashboard.charts.phrases import period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.base import YEAR_BEFORE, records, sums_by
from dashboard.figures.multiples import CurveStyle, draw_panels
from dashboard.figures.trend import MIN_RESPONSE_RATE
from data.facts.suppression import CONFIDENTIALITY_REASON, omission_text
from data.i18n import NARROW, count, in_territory, month_long, number
from data.queries.attendance import NO_VISITS, Visits, read_visits_by_departement
from data.queries.suppression import count_omitted_places
from data.selection import FilterOptions, Selection
from data.selection.periods import over_months, whole_months
from data.types import month_after, month_start, months_between
from data.units import PLACES, SHARE, Unit

MAX_MONTHS = 24
_FRAME_COLUMNS = [
    "panel",
    "code",
    "month",
    "day",
    "value",
    "reports",
    "expected",
    "answered",
    "rate",
    "is_weak",
    "text",
    "omitted",
    "dep",
]


def read_departement_visits(connection: Connection, selection: Selection, options: FilterOptions) -> pd.DataFrame:
    """One row per month and département with a declared or expected place: the last 24 whole months of the period.

    `panel` (its name), `code`, `month`, `day` (the first of the month), `value` (in the unit selected; None without any
    declaration that can be published), `reports`, `expected`, `answered`, `rate`, `is_weak` (fewer than half answered),
    `text`, `omitted` (private places left out), `dep` (as `code`). The attribute `omitted` maps each département to its
    number of private places left out. Empty when no declaration exists, or none can be published.
    """
    first, last = whole_months(selection.since, selection.until)
    first = max(first or 0, month_after(last, 1 - MAX_MONTHS))
    if first > last:
        return pd.DataFrame(columns=_FRAME_COLUMNS, dtype=object)
    period = over_months(selection, first, last)
    visits_by_month = read_visits_by_departement(connection, period)
    declared = [month for (_dep, month), visits in visits_by_month.items() if visits.visits is not None]
    if not declared:
        return pd.DataFrame(columns=_FRAME_COLUMNS, dtype=object)
    rows = [
        (options.label("dep", dep), dep, *_month_values(month, visits_by_month.get((dep, month), NO_VISITS)), dep)
        for dep in sorted({dep for dep, _month in visits_by_month})
        for month in months_between(min(declared), last)
    ]
    frame = pd.DataFrame(rows, columns=_FRAME_COLUMNS, dtype=object)
    omitted = count_omitted_places(connection, "declared", period, "dep")
    frame.attrs["omitted"] = {options.label("dep", dep): places for (dep,), places in sorted(omitted.items())}
    return frame


def _month_values(month: int, visits: Visits) -> tuple[Any, ...]:
    rate = visits.answered / visits.expected if visits.expected else None
    response_text = f"{number(visits.answered)} sur {number(visits.expected)}" if visits.expected else "aucun attendu"
    return (
        *(month, month_start(month), visits.visits, visits.reports, visits.expected, visits.answered, rate),
        rate is not None and rate < MIN_RESPONSE_RATE,
        response_text,
        visits.omitted,
    )


def departement_visits_finding(frame: pd.DataFrame, unit: Unit) -> str:
    """The départements with the most and the fewest visits declared in the last twelve months."""
    since = month_after(max(frame["month"].tolist()), -11)
    sums = sums_by(frame[(frame["month"] >= since) & frame["value"].notna()], "panel", "value")
    if not sums:
        return f"Trop peu de lieux ont déclaré des {unit.plural} pour les montrer par département"
    most, least = (pick(sums, key=lambda name: sums[name]) for pick in (max, min))
    if most == least:
        return f"{unit.text(sums[most])} en douze mois {in_territory(most)}"
    return (
        f"En douze mois, de {unit.text(sums[most])} {in_territory(most)} à {number(sums[least])} {in_territory(least)}"
    )


def describe_departement_visits(frame: pd.DataFrame, unit: Unit) -> str:
    rows = [row for row in records(frame) if row["value"] is not None]
    panels = len(frame["panel"].unique())
    text = (
        f"{count(panels, 'courbe', 'courbes')} des {unit.plural} déclarées par mois, une par "
        "département, aux mêmes échelles."
    )
    if not rows:
        return text
    most, least = (pick(rows, key=lambda row: row["value"]) for pick in (max, min))
    extremes = [f"{row['panel']}, {month_long(row['month'])} ({unit.text(row['value'])})" for row in (most, least)]
    return f"{text} Maximum{NARROW}: {extremes[0]}{NARROW}; minimum{NARROW}: {extremes[1]}."


def departement_visits_note(frame: pd.DataFrame) -> str:
    """The private places left out of each département, and the reason."""
    omitted = [f"{name}, {omission_text(places)}" for name, places in frame.attrs["omitted"].items()]
    return f"{f'{NARROW}; '.join(omitted)} (certains mois){NARROW}: {CONFIDENTIALITY_REASON}" if omitted else ""


def message_without_recent_month(unit: Unit) -> Callable[[Selection, FilterOptions], str]:
    def message(selection: Selection, options: FilterOptions) -> str:
        where, when = territory_text(selection, options), period_text(selection)
        return (
            f"Aucune {unit.singular} déclarée que l’on puisse montrer {where} pour l’un des {MAX_MONTHS} derniers mois "
            f"entiers {when}"
        )

    return message


def _departement_visits_chart(unit: Unit) -> Chart:
    hover = f"%{{x|%B\u00a0%Y}}<br>{unit.plural.capitalize()} déclarées{NARROW}: %{{y}}{YEAR_BEFORE}"
    return Chart(
        slug="visites-par-departement",
        subtitle=(
            f"{unit.plural.capitalize()} déclarées par mois, {MAX_MONTHS} derniers mois entiers{NARROW}; point creux"
            f"{NARROW}: moins de la moitié des lieux attendus ont répondu"
        ),
        read=read_departement_visits,
        finding=partial(departement_visits_finding, unit=unit),
        describe=partial(describe_departement_visits, unit=unit),
        draw=partial(draw_panels, style=CurveStyle(hover=f"{hover}<br>Lieux ayant répondu{NARROW}: %{{text}}")),
        office=OfficeChart("line", ("month",), ("value",), series="panel"),
        columns=(
            TableColumn("panel", "Département"),
            TableColumn("month", "Mois", "month"),
            TableColumn("value", unit.plural.capitalize(), "value", unit),
            TableColumn("reports", "Lieux déclarants", "value", PLACES),
            TableColumn("expected", "Lieux labellisés attendus", "value", PLACES),
            TableColumn("answered", "Lieux attendus qui ont répondu", "value", PLACES),
            TableColumn("rate", "Taux de réponse", "value", SHARE),
            TableColumn("omitted", "Lieux privés non comptés", "value", PLACES),
        ),
        indicators=("visites", "taux-reponse"),
        drill=Drill(filters=("dep",), period="month", indicator="visites"),
        empty_message=message_without_recent_month(unit),
        note=departement_visits_note,
        height=height_of_panels,
        pages=("/frequentation",),
        time_column="day",
    )


CHARTS = (by_unit(_departement_visits_chart),)
