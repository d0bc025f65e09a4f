"""Territories compared: labelled places per inhabitant, inhabitants near a place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.coverage import MIN_PLACES_FOR_RATE
from dashboard.charts.drill import Drill, territory_codes
from dashboard.charts.heights import height_of_rows
from dashboard.charts.model import Chart
from dashboard.charts.phrases import message_without_commune
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.base import FrameRow, records
from dashboard.figures.territories import (
    CoverageLabels,
    TerritoryRateLabels,
    draw_coverage_shares,
    draw_territory_rates,
    short_territory_name,
)
from data.i18n import NARROW, count, fold, number, percent
from data.indicators.coverage import LABELLISES_POUR_100000
from data.queries.coverage import ReachedPopulation, read_epci_coverage, read_reached_population
from data.queries.indicators import read_value
from data.queries.territories import (
    read_place_counts_by_territory,
    read_selected_departements,
    read_selected_intercommunalites,
)
from data.selection import FilterOptions, Selection
from data.units import EPCIS, PEOPLE, PER_100000, PLACES, SHARE, SHORT_PLACES

TERRITORIES_PATH = "/territoires"
MAX_EPCI_ROWS = 24  # readable in one figure: any département has fewer
TERRITORY_RATE_LABELS = TerritoryRateLabels(
    PER_100000,
    lambda row: SHORT_PLACES.text(row["places"]),
    none="aucun lieu",
    few="peu de cas (moins de 5 lieux)",
    whole="Normandie",
)
COVERAGE_LABELS = CoverageLabels(
    near="habitants à moins de 15 km d’un lieu",
    covered="intercommunalités qui ont un lieu",
    none="aucune n’est comptée",
)
_RATE_COLUMNS = [
    "name",
    "level",
    "places",
    "population",
    "rate",
    "has_few_cases",
    "remark",
    "is_counted",
    "dep",
    "epci",
]
_COVERAGE_COLUMNS = ["name", "is_region", "people", "reached", "near", "epcis", "covered", "share", "dep"]


def read_territory_rates(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per intercommunalité of the chosen territory, sorted by name without its kind; per département, sorted by
    code, when no territory is chosen or its intercommunalités are more than MAX_EPCI_ROWS. Each is whole, even when
    only a part of it is selected.

    `name`, `level`, `places` (labelled at `until`), `population`, `rate` (places for 100 000 inhabitants; None without
    inhabitants), `has_few_cases` (1 to MIN_PLACES_FOR_RATE - 1 places), `remark`, `is_counted` (its seat is in
    Normandie), `dep` and `epci` (its code, in one of them). The attribute `whole` is the rate of the Région.
    """
    anywhere = selection.without_territory()
    epcis = read_selected_intercommunalites(connection, selection)
    if (selection.codes("dep") or selection.codes("epci")) and len(epcis) <= MAX_EPCI_ROWS:
        places = read_place_counts_by_territory(connection, anywhere, "epci")
        rows = [
            _rate_row(
                "Intercommunalité",
                territory.name,
                territory.population,
                places.get(territory.code, 0),
                territory.seat_in_normandie,
            )
            + territory_codes("epci", territory.code)
            for territory in sorted(epcis, key=lambda epci: fold(short_territory_name(epci.name)))
        ]
    else:
        places = read_place_counts_by_territory(connection, anywhere, "dep")
        deps = read_selected_departements(connection, selection)
        rows = [
            _rate_row("Département", territory.name, territory.population, places.get(territory.code, 0))
            + territory_codes("dep", territory.code)
            for territory in deps
        ]
    frame = pd.DataFrame(rows, columns=_RATE_COLUMNS, dtype=object)
    frame.attrs["whole"] = read_value(connection, LABELLISES_POUR_100000, anywhere).value
    return frame


def _rate_row(level: str, name: str, population: int, places: int, is_counted: bool = True) -> tuple[Any, ...]:
    rate = places * 100_000 / population if population else None
    few = 0 < places < MIN_PLACES_FOR_RATE
    remarks = (["peu de cas"] if few else []) + ([] if is_counted else ["siège hors Normandie"])
    return name, level, places, population, rate, few, ", ".join(remarks), is_counted


def territory_rates_finding(frame: pd.DataFrame) -> str:
    """Départements: the lowest and the highest rate. Intercommunalités are never ranked: the number above the Région's
    rate.
    """
    rows = records(frame)
    rated = [row for row in rows if row["rate"] is not None]
    if len(rows) == 1 and not rows[0]["places"]:
        return f"{rows[0]['name']}{NARROW}: aucun tiers-lieu labellisé"
    if not any(row["places"] for row in rows):
        return "Aucun de ces territoires n’a de lieu labellisé"
    if rows[0]["level"] == "Département" and len(rated) > 1:
        least, most = (pick(rated, key=lambda row: row["rate"]) for pick in (min, max))
        few = f"{NARROW}; peu de cas" if least["has_few_cases"] or most["has_few_cases"] else ""
        return (
            f"De {number(least['rate'], 1)} ({least['name']}) à {number(most['rate'], 1)} ({most['name']}) "
            f"lieux labellisés pour 100{NARROW}000 habitants{few}"
        )
    return _epci_rates_finding(rated, frame.attrs["whole"])


def _epci_rates_finding(rows: list[FrameRow], region_rate: float | None) -> str:
    region_text = f"Normandie{NARROW}: {number(region_rate or 0, 1)}"
    if len(rows) == 1:
        rate = f"{number(rows[0]['rate'], 1)} lieu labellisé pour 100{NARROW}000 habitants"
        return f"{rows[0]['name']}{NARROW}: {rate} ({region_text})"
    rows = [row for row in rows if row["is_counted"]] or rows
    above = sum(row["rate"] > (region_rate or 0) for row in rows)
    have = "n’a" if above == 0 else "a" if above == 1 else "ont"
    subject = "Aucune intercommunalité" if above == 0 else count(above, "intercommunalité", "intercommunalités")
    return (
        f"{subject} sur {number(len(rows))} {have} plus de lieux labellisés par habitant que la Région ({region_text})"
    )


def describe_territory_rates(frame: pd.DataFrame) -> str:
    rows = records(frame)
    listed = f"{NARROW}; ".join(
        f"{row['name']} {PER_100000.value_text(row['rate'])} ({count(row['places'], 'lieu', 'lieux')})" for row in rows
    )
    return f"Barres du nombre de lieux labellisés pour 100{NARROW}000 habitants{NARROW}: {listed}."


def read_coverage_shares(connection: Connection, selection: Selection, options: FilterOptions) -> pd.DataFrame:
    """One row per département of the selection, sorted by code, then one for the whole Région.

    `name`, `is_region`, `people` (inhabitants of its selected communes), `reached` (inhabitants within 15 km of a
    labelled place), `near` (their share; None without inhabitants), `epcis` (intercommunalités counted), `covered`
    (with a labelled place), `share` (None when none is counted), `dep` (its code; None: the Région). Empty when the
    selection has no commune.
    """
    epci_coverage, populations = (
        read_epci_coverage(connection, selection),
        read_reached_population(connection, selection, "dep"),
    )
    rows = [
        (
            *_coverage_row(
                options.label("dep", dep),
                False,
                population,
                {epci.epci: epci.has_place for epci in epci_coverage if epci.dep == dep},
            ),
            dep,
        )
        for dep, population in populations.items()
    ]
    if rows:
        anywhere = selection.without_territory()
        region_populations = (
            populations if anywhere == selection else read_reached_population(connection, anywhere, "dep")
        ).values()
        region_population = ReachedPopulation(
            sum(population.reached for population in region_populations),
            sum(population.people for population in region_populations),
        )
        covered = {population.epci: population.has_place for population in read_epci_coverage(connection, anywhere)}
        rows.append((*_coverage_row("Normandie", True, region_population, covered), None))
    return pd.DataFrame(rows, columns=_COVERAGE_COLUMNS, dtype=object)


def _coverage_row(
    name: str, is_region: bool, population: ReachedPopulation, covered: Mapping[str, bool]
) -> tuple[Any, ...]:
    near = population.reached / population.people if population.people else None
    with_place, total = sum(covered.values()), len(covered)
    return (
        name,
        is_region,
        population.people,
        population.reached,
        near,
        total,
        with_place,
        with_place / total if total else None,
    )


def coverage_shares_finding(frame: pd.DataFrame) -> str:
    """The share of inhabitants near a place, with the lowest and highest département, or with the share of the
    Région.
    """
    *rows, region = records(frame)
    people = sum(row["people"] for row in rows)
    if not people:
        return "Aucun habitant dans la sélection"
    near = sum(row["reached"] for row in rows) / people
    sentence = f"{percent(near)} des habitants vivent à moins de 15{NARROW}km d’un lieu labellisé"
    known = [row for row in rows if row["near"] is not None]
    least, most = (pick(known, key=lambda row: row["near"]) for pick in (min, max))
    if percent(least["near"]) != percent(most["near"]):
        extremes = f"{percent(least['near'])} ({least['name']}) à {percent(most['near'])} ({most['name']})"
        return f"{sentence}{NARROW}: {extremes}"
    return sentence if people == region["people"] else f"{sentence} (Normandie{NARROW}: {percent(region['near'])})"


def describe_coverage_shares(frame: pd.DataFrame) -> str:
    listed = f"{NARROW}; ".join(
        f"{row['name']} {SHARE.value_text(row['near'])} des habitants, {EPCIS.text(row['covered'])} sur "
        f"{number(row['epcis'])}"
        for row in records(frame)
    )
    return f"Barres par département, habitants près d’un lieu et intercommunalités qui en ont un{NARROW}: {listed}."


CHARTS = (
    Chart(
        slug="couverture-par-departement",
        subtitle=f"Habitants à 15{NARROW}km au plus, à vol d’oiseau, d’un lieu labellisé de la Région"
        f"{NARROW}; intercommunalités qui en ont un",
        read=read_coverage_shares,
        finding=coverage_shares_finding,
        describe=describe_coverage_shares,
        draw=partial(draw_coverage_shares, labels=COVERAGE_LABELS),
        office=OfficeChart("bar", ("name",), ("near", "share")),
        columns=(
            TableColumn("name", "Territoire"),
            TableColumn("people", "Habitants", "value", PEOPLE),
            TableColumn("reached", f"Habitants à moins de 15{NARROW}km", "value", PEOPLE),
            TableColumn("near", "Part des habitants", "value", SHARE),
            TableColumn("epcis", "Intercommunalités", "value", EPCIS),
            TableColumn("covered", "Intercommunalités avec un lieu", "value", EPCIS),
            TableColumn("share", "Part des intercommunalités", "value", SHARE),
        ),
        indicators=("population-15km", "epci-couverts"),
        drill=Drill(filters=("dep",), indicator="lieux-labellises"),
        empty_message=message_without_commune,
        height=height_of_rows(3, 5),
        pages=(TERRITORIES_PATH,),
    ),
    Chart(
        slug="comparaison-territoires",
        subtitle=f"Lieux labellisés pour 100{NARROW}000 habitants, par territoire entier",
        read=read_territory_rates,
        finding=territory_rates_finding,
        describe=describe_territory_rates,
        draw=partial(draw_territory_rates, labels=TERRITORY_RATE_LABELS),
        office=OfficeChart("bar", ("name",), ("rate",)),
        columns=(
            TableColumn("name", "Territoire"),
            TableColumn("level", "Niveau"),
            TableColumn("places", "Lieux labellisés", "value", PLACES),
            TableColumn("population", "Habitants", "value", PEOPLE),
            TableColumn("rate", f"Pour 100{NARROW}000 habitants", "value", PER_100000),
            TableColumn("remark", "Remarque"),
        ),
        indicators=("labellises-pour-100000",),
        drill=Drill(filters=("dep", "epci"), indicator="lieux-labellises"),
        empty_message=message_without_commune,
        height=height_of_rows(1.6, 4),
        pages=(TERRITORIES_PATH,),
    ),
)
