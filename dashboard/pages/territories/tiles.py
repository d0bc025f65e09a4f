"""The tiles of the pages of territories."""

from __future__ import annotations

from sqlalchemy import Connection

from dashboard.charts.coverage import MIN_PLACES_FOR_RATE
from dashboard.charts.phrases import capitalised, period_text
from dashboard.components.tile_values import Tile
from data.facts.label import LABELLED_COUNT
from data.facts.suppression import omission_text
from data.i18n import NARROW, agree, count, number, percent, uncapitalised
from data.indicators.aid import AIDES_VOTEES
from data.indicators.aid_files import AIDE_PAR_HABITANT
from data.indicators.attendance import TAUX_REPONSE, VISITES
from data.indicators.coverage import (
    EPCI_COUVERTS,
    LABELLISES_POUR_100000,
    POPULATION_15KM,
)
from data.queries.comparable_places import last_twelve_months
from data.queries.coverage import read_epci_coverage, read_reached_population
from data.queries.epcis import NO_EPCI_REASON
from data.queries.indicators import read_value
from data.queries.measures import read_measure
from data.queries.population import NO_INHABITANT_REASON, read_population
from data.queries.suppression import count_omitted_places
from data.selection import Selection


def covered_tile(connection: Connection, selection: Selection) -> Tile:
    """Intercommunalités with a labelled place."""
    coverage = {epci.epci: epci.has_place for epci in read_epci_coverage(connection, selection)}
    covered, total = sum(coverage.values()), len(coverage)
    have = "a" if covered < 2 else "ont"
    return Tile(
        EPCI_COUVERTS,
        label="Intercommunalités couvertes",
        value=percent(covered / total) if total else "—",
        unit="",
        status=f"{number(covered)} sur {number(total)} {have} un lieu labellisé"
        if total
        else capitalised(NO_EPCI_REASON),
        query=selection.to_query(),
        share=covered / total if total else None,
    )


def near_tile(connection: Connection, selection: Selection) -> Tile:
    """Inhabitants within 15 km of a labelled place, and the number of the others."""
    populations = read_reached_population(connection, selection, "dep").values()
    people = sum(population.people for population in populations)
    near = sum(population.reached for population in populations)
    far = people - near
    verb = "vit" if far < 2 else "vivent"
    far_text = f"{count(far, 'habitant', 'habitants')} {verb} plus loin" if far else "Personne ne vit plus loin"
    return Tile(
        POPULATION_15KM,
        label=f"Habitants à moins de 15{NARROW}km d’un lieu",
        value=percent(near / people) if people else "—",
        unit="",
        status=far_text if people else capitalised(NO_INHABITANT_REASON),
        query=selection.to_query(),
        share=near / people if people else None,
    )


def places_per_inhabitant_tile(connection: Connection, selection: Selection) -> Tile:
    """Labelled places for 100 000 inhabitants, with the rate of the Région when only a part of it is selected."""
    people = read_population(connection, selection)
    places = int(read_measure(connection, LABELLED_COUNT, selection).value or 0)
    few_text = f"{NARROW}: peu de cas" if 0 < places < MIN_PLACES_FOR_RATE else ""
    status = f"{count(places, 'lieu', 'lieux')} pour {count(people, 'habitant', 'habitants')}{few_text}"
    if selection.codes("dep") or selection.codes("epci"):
        region_rate = read_value(connection, LABELLISES_POUR_100000, selection.without_territory()).value
        status = f"{count(places, 'lieu', 'lieux')}{few_text} (Normandie{NARROW}: {number(region_rate or 0, 1)})"
    return Tile(
        LABELLISES_POUR_100000,
        label=f"Lieux pour 100{NARROW}000 habitants",
        value=number(places * 100_000 / people, 1) if people else "—",
        unit="",
        status=status if people else capitalised(NO_INHABITANT_REASON),
        query=selection.to_query(),
    )


def aid_per_inhabitant_tile(connection: Connection, selection: Selection) -> Tile:
    """Aid for each inhabitant."""
    reading = read_value(connection, AIDE_PAR_HABITANT, selection)
    amount = read_value(connection, AIDES_VOTEES, selection).value
    voted = AIDES_VOTEES.unit.text(amount)
    return Tile(
        AIDE_PAR_HABITANT,
        label="Aides votées par habitant",
        value=AIDE_PAR_HABITANT.unit.value_text(reading.value),
        unit="",
        status=capitalised(reading.reason)
        if reading.reason
        else f"{voted} {agree(amount or 0, 'voté', 'votés')} {period_text(selection)}",
        query=selection.to_query(),
    )


def yearly_visits_tile(connection: Connection, selection: Selection) -> Tile:
    """Visits of the last twelve whole months, with their response rate."""
    year = last_twelve_months(selection).with_codes("unite", ())
    reading = read_value(connection, VISITES, year)
    rate = read_value(connection, TAUX_REPONSE, year)
    rate_text = "" if rate.value is None else f"{uncapitalised(TAUX_REPONSE.label)}{NARROW}: {percent(rate.value)}"
    omitted = count_omitted_places(connection, "declared", year).get((), 0)
    status = reading.reason
    if reading.value is not None:
        status = f"{NARROW}; ".join(part for part in (omission_text(omitted) if omitted else "", rate_text) if part)
    return Tile(
        VISITES,
        label="Visites, douze derniers mois",
        value=VISITES.unit.value_text(reading.value),
        unit="",
        status=capitalised(status or rate.reason or ""),
        query=year.to_query(),
    )
