"""Charts of a comparison: main indicators by year, and every indicator beside the whole Région."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import NamedTuple

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.compared_phrases import item_position, place_phrases, short_names
from dashboard.charts.drill import NoDrill
from dashboard.charts.model import Chart, by_unit
from dashboard.charts.phrases import period_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.base import records
from dashboard.figures.compared import ITEM_COLOURS, draw_compared_years
from dashboard.urls import COMPARE_PATH
from data.facts.aggregate import value_without_rows
from data.i18n import NARROW, agree, count, day_short, euros, sentence_list
from data.indicators import GROUPINGS, Indicator
from data.indicators.aid import AIDES_VOTEES
from data.indicators.attendance import VISITES
from data.indicators.label import LIEUX_LABELLISES
from data.indicators.partners import ACTIONS_PARTENAIRES
from data.model.facts import Measure, MeasuredValue
from data.queries.compared import over_compared_items
from data.queries.indicators import read_breakdown
from data.selection import ComparedItem, FilterOptions, Selection
from data.units import ACTIVITIES, EUROS, PLACES, Quantity, Unit

YEAR_GROUPING = next(grouping for grouping in GROUPINGS if grouping.key == "annee")
IGNORED_FILTERS = ("dep", "epci")  # each compared item is counted whole
YEAR_COLUMNS = ["name", "position", "year", "value", "remark", "phrase"]
NO_DRILL = NoDrill("Aucun filtre ne choisit un élément comparé\u202f: sa fiche est en haut de la page")
MAX_NAMED_ITEMS = 3  # in a title
TERRITORIES, PARTNERS, SCHEMES, HOLDERS = "t", "partenaires", "dispositifs", "porteurs"


def with_compared_items(selection: Selection, options: FilterOptions) -> Selection:
    """The selection with what it compares; the départements when nothing is chosen."""
    departements = tuple(ComparedItem("dep", option.code) for option in options.by_filter["dep"])
    return replace(selection, compared=selection.compared or departements)


def read_compared_years(
    connection: Connection, selection: Selection, options: FilterOptions, indicator: Indicator
) -> pd.DataFrame:
    """One row per compared item and year, from the first year in which one of them has a value: `name`, `position` (in
    the list of all known ones), `year`, `value`, `remark` (an unfinished year, why there is no value, or what it leaves
    out), `phrase` (« dans l’Orne »). Empty when no value is above 0.
    """
    selection = with_compared_items(selection, options)
    measure, anywhere = indicator.measure, over_compared_items(selection)
    assert isinstance(measure, Measure), "counts and sums by year"
    empty = value_without_rows(measure)
    series = [
        read_breakdown(connection, indicator, anywhere.with_codes(item.filter_key, [item.code]), YEAR_GROUPING, options)
        for item in selection.compared
    ]
    known_years = [int(year) for values in series for year, value in values.items() if value.value]
    years = range(min(known_years, default=0), max((int(year) for values in series for year in values), default=-1) + 1)
    phrases, names = place_phrases(selection, options), short_names(selection, options)
    rows = [
        (
            name,
            item_position(item, options),
            year,
            values.get(str(year), empty).value,
            _remark(values.get(str(year), empty), year, selection.until),
            phrase,
        )
        for item, name, values, phrase in zip(selection.compared, names, series, phrases, strict=True)
        for year in (years if known_years else ())
    ]
    return pd.DataFrame(rows, columns=YEAR_COLUMNS, dtype=object)


def _remark(value: MeasuredValue, year: int, until: date) -> str:
    unfinished = f"jusqu’au {day_short(until)}" if year == until.year and (until.month, until.day) != (12, 31) else ""
    return f"{NARROW}; ".join(part for part in (unfinished, value.reason, value.note) if part)


def compared_years_finding(frame: pd.DataFrame, text: Callable[[Quantity], str], unit: Unit) -> str:
    """« En 2020, 6 lieux labellisés dans l’Eure, 3 dans l’Orne »: the last year in which a value is known; the lowest
    and the highest of more than MAX_NAMED_ITEMS.
    """
    rows = records(frame)
    year = max(row["year"] for row in rows if row["value"] is not None)
    last = [row for row in rows if row["year"] == year]
    known = [row for row in last if row["value"] is not None]
    if len(last) > MAX_NAMED_ITEMS:
        low, high = (pick(row["value"] for row in known) for pick in (min, max))
        if low < high:
            return f"En {year}, de {unit.value_text(low)} à {text(high)}, selon ce qui est comparé"
        return f"En {year}, {text(low)} pour chacun"
    unknown = [row["phrase"] for row in last if row["value"] is None]
    texts = [
        f"{text(row['value']) if at == 0 else unit.value_text(row['value'])} {row['phrase']}"
        for at, row in enumerate(known)
    ]
    rest = f"{NARROW}; valeur inconnue {sentence_list(unknown)}" if unknown else ""
    return f"En {year}, {', '.join(texts)}{rest}"


def describe_compared_years(frame: pd.DataFrame, text: Callable[[Quantity], str], unit: Unit) -> str:
    years = sorted(set(frame["year"].tolist()))
    names = list(dict.fromkeys(frame["name"].tolist()))
    period = f"de {years[0]} à {years[-1]}" if len(years) > 1 else f"en {years[0]}"
    lines = count(len(names), "courbe", "courbes")
    return f"{lines} par année, {period}{NARROW}: {sentence_list(names)}. {compared_years_finding(frame, text, unit)}."


def compared_years_note(frame: pd.DataFrame) -> str:
    """The last year when it is unfinished, as all items have it."""
    remarks = [row["remark"] for row in records(frame) if row["remark"].startswith("jusqu’au")]
    return f"dernière année {remarks[0].partition(NARROW)[0]}" if remarks else ""


class YearsTexts(NamedTuple):
    """What is measured (`subtitle`), a value with its noun (`text`), and what there is none of (`nothing`)."""

    subtitle: str
    text: Callable[[Quantity], str]
    nothing: str


def _years_chart(slug: str, indicator: Indicator, unit: Unit, texts: YearsTexts, compares: tuple[str, ...]) -> Chart:
    return Chart(
        slug=slug,
        subtitle=texts.subtitle,
        read=partial(read_compared_years, indicator=indicator),
        finding=partial(compared_years_finding, text=texts.text, unit=unit),
        describe=partial(describe_compared_years, text=texts.text, unit=unit),
        draw=partial(draw_compared_years, unit=unit),
        office=OfficeChart("line", ("year",), ("value",), series="name", position="position", colours=ITEM_COLOURS),
        columns=(
            TableColumn("name", "Comparé"),
            TableColumn("year", "Année", "year"),
            TableColumn(
                "value", unit.plural.capitalize() if indicator.unit_wording else indicator.label, "value", unit
            ),
            TableColumn("remark", "Remarque"),
        ),
        indicators=(indicator.slug,),
        empty_message=lambda selection, _options: f"{texts.nothing} à comparer {period_text(selection)}",
        note=compared_years_note,
        pages=(COMPARE_PATH,),
        ignores=IGNORED_FILTERS,
        compares=compares,
        drill=NO_DRILL,
    )


def _visits_chart(unit: Unit) -> Chart:
    texts = YearsTexts(
        f"{unit.plural.capitalize()} par année",
        lambda value: f"{unit.text(value)} {agree(value, 'déclarée', 'déclarées')}",
        f"Aucune {unit.singular} déclarée",
    )
    return _years_chart("visites-comparees", VISITES, unit, texts, (TERRITORIES, HOLDERS))


CHARTS: tuple[Chart, ...] = (
    _years_chart(
        "labellises-compares",
        LIEUX_LABELLISES,
        PLACES,
        YearsTexts(
            "Tiers-lieux labellisés en fin d’année",
            lambda value: count(value, "lieu labellisé", "lieux labellisés"),
            "Aucun lieu labellisé",
        ),
        (TERRITORIES, HOLDERS),
    ),
    _years_chart(
        "aides-comparees",
        AIDES_VOTEES,
        EUROS,
        YearsTexts(
            "Aides votées par année, au titre des leviers de la Région",
            lambda value: f"{euros(value)} d’aides votées",
            "Aucune aide votée",
        ),
        (TERRITORIES, SCHEMES, HOLDERS),
    ),
    by_unit(_visits_chart),
    _years_chart(
        "actions-comparees",
        ACTIONS_PARTENAIRES,
        ACTIVITIES,
        YearsTexts(
            "Actions des partenaires par année",
            lambda value: count(value, "action de partenaires", "actions de partenaires"),
            "Aucune action de partenaires",
        ),
        (TERRITORIES, PARTNERS, HOLDERS),
    ),
)
