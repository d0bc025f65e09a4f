"""Territories compared: places for their inhabitants, who lives near one, and where people live far from any."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.coverage import MIN_PLACES_FOR_RATE
from dashboard.charts.model import Chart
from dashboard.charts.phrases import message_without_commune, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.figures.base import FrameRow, records
from dashboard.figures.territories import (
    CoverageLabels,
    TerritoryRateLabels,
    draw_coverage_shares,
    draw_remote_population,
    draw_territory_rates,
    short_territory_name,
)
from data.i18n import NARROW, count, fold, number, percent
from data.indicators.coverage import LABELLISES_POUR_100000
from data.queries.coverage import ReachedPopulation, read_epci_coverage, read_reached_population
from data.queries.indicators import read_value
from data.queries.territories import read_departements, read_intercommunalites, read_place_counts_by_territory
from data.selection import FilterOptions, Selection
from data.units import EPCIS, PEOPLE, PER_100000, PLACES, SHARE, SHORT_PLACES

PAGE = "/territoires"
MAX_EPCI_ROWS = 24  # intercommunalités that can be read one under the other: any département has fewer
MAX_REMOTE_AREAS = 10
TERRITORY_RATE_LABELS = TerritoryRateLabels(
    PER_100000, SHORT_PLACES, none="aucun lieu", few="peu de cas (moins de 5 lieux)", whole="Normandie"
)
COVERAGE_LABELS = CoverageLabels(
    near="habitants à moins de 15 km d’un lieu",
    covered="intercommunalités qui ont un lieu",
    none="aucune n’est comptée",
)
_RATE_COLUMNS = ["name", "level", "places", "population", "rate", "few", "remark", "counted"]
_COVERAGE_COLUMNS = ["name", "whole", "people", "reached", "near", "epcis", "covered", "share"]
_REMOTE_COLUMNS = ["name", "people", "far", "share"]


def read_territory_rates(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per intercommunalité of the territory chosen, by name without its kind; per département, by code, when
    none is chosen or there would be too many. Each is whole, even when only a part of it is selected.

    `name`, `level`, `places` (labelled at `until`), `population`, `rate` (places for 100 000 inhabitants; None without
    inhabitants), `few` (fewer than five places, but some), `remark`, `counted` (not when its seat is out of Normandie).
    The attribute `whole` is the Région's rate.
    """
    anywhere = selection.without_territory()
    epcis = read_intercommunalites(connection, selection)
    if (selection.codes("dep") or selection.codes("epci")) and len(epcis) <= MAX_EPCI_ROWS:
        places = read_place_counts_by_territory(connection, anywhere, "epci")
        rows = [
            _rate_row("Intercommunalité", one.name, one.population, places.get(one.code, 0), one.seat_in_normandie)
            for one in sorted(epcis, key=lambda one: fold(short_territory_name(one.name)))
        ]
    else:
        places = read_place_counts_by_territory(connection, anywhere, "dep")
        deps = read_departements(connection, selection)
        rows = [_rate_row("Département", one.name, one.population, places.get(one.code, 0)) for one in deps]
    frame = pd.DataFrame(rows, columns=_RATE_COLUMNS, dtype=object)
    frame.attrs["whole"] = read_value(connection, LABELLISES_POUR_100000, anywhere).value
    return frame


def _rate_row(level: str, name: str, population: int, places: int, counted: bool = True) -> tuple[Any, ...]:
    rate = places * 100_000 / population if population else None
    few = 0 < places < MIN_PLACES_FOR_RATE
    remarks = (["peu de cas"] if few else []) + ([] if counted else ["siège hors Normandie"])
    return name, level, places, population, rate, few, ", ".join(remarks), counted


def territory_rates_finding(frame: pd.DataFrame) -> str:
    """Départements: from least to most. Intercommunalités are never ranked: how many have more than the Région."""
    rows = records(frame)
    rated = [row for row in rows if row["rate"] is not None]
    if len(rows) == 1 and not rows[0]["places"]:
        return f"{rows[0]['name']}{NARROW}: aucun tiers-lieu labellisé"
    if not any(row["places"] for row in rows):
        return "Aucun de ces territoires n’a de lieu labellisé"
    if rows[0]["level"] == "Département" and len(rated) > 1:
        least, most = (pick(rated, key=lambda row: row["rate"]) for pick in (min, max))
        few = f"{NARROW}; peu de cas" if least["few"] or most["few"] else ""
        return (
            f"De {number(least['rate'], 1)} ({least['name']}) à {number(most['rate'], 1)} ({most['name']}) "
            f"lieux labellisés pour 100{NARROW}000 habitants{few}"
        )
    return _epci_rates_finding(rated, frame.attrs["whole"])


def _epci_rates_finding(rows: list[FrameRow], whole: float | None) -> str:
    words = f"Normandie{NARROW}: {number(whole or 0, 1)}"
    if len(rows) == 1:
        rate = f"{number(rows[0]['rate'], 1)} lieu labellisé pour 100{NARROW}000 habitants"
        return f"{rows[0]['name']}{NARROW}: {rate} ({words})"
    rows = [row for row in rows if row["counted"]] or rows
    above = sum(row["rate"] > (whole or 0) for row in rows)
    have = "n’a" if above == 0 else "a" if above == 1 else "ont"
    who = "Aucune intercommunalité" if above == 0 else count(above, "intercommunalité", "intercommunalités")
    return f"{who} sur {number(len(rows))} {have} plus de lieux labellisés par habitant que la Région ({words})"


def describe_territory_rates(frame: pd.DataFrame) -> str:
    rows = records(frame)
    listed = f"{NARROW}; ".join(
        f"{row['name']} {PER_100000.value_text(row['rate'])} ({count(row['places'], 'lieu', 'lieux')})" for row in rows
    )
    return f"Barres du nombre de lieux labellisés pour 100{NARROW}000 habitants{NARROW}: {listed}."


def read_coverage_shares(connection: Connection, selection: Selection, options: FilterOptions) -> pd.DataFrame:
    """One row per département of the selection, by code, then the whole Région.

    `name`, `whole` (the Région), `people` (inhabitants of its selected communes), `reached` (those within 15 km of a
    labelled place), `near` (their share; None without inhabitants), `epcis` (intercommunalités counted), `covered`
    (with a labelled place), `share` (None when none is counted). Empty when the selection has no commune.
    """
    counted, found = read_epci_coverage(connection, selection), read_reached_population(connection, selection, "dep")
    rows = [
        _coverage_row(
            options.label("dep", dep), False, one, {epci.epci: epci.has_place for epci in counted if epci.dep == dep}
        )
        for dep, one in found.items()
    ]
    if rows:
        anywhere = selection.without_territory()
        everyone = (found if anywhere == selection else read_reached_population(connection, anywhere, "dep")).values()
        whole = ReachedPopulation(sum(one.reached for one in everyone), sum(one.people for one in everyone))
        covered = {one.epci: one.has_place for one in read_epci_coverage(connection, anywhere)}
        rows.append(_coverage_row("Normandie", True, whole, covered))
    return pd.DataFrame(rows, columns=_COVERAGE_COLUMNS, dtype=object)


def _coverage_row(name: str, whole: bool, one: ReachedPopulation, covered: Mapping[str, bool]) -> tuple[Any, ...]:
    near = one.reached / one.people if one.people else None
    with_place, total = sum(covered.values()), len(covered)
    return name, whole, one.people, one.reached, near, total, with_place, with_place / total if total else None


def coverage_shares_finding(frame: pd.DataFrame) -> str:
    """The share of inhabitants near a place, from least to most; a part of the Région, beside the whole."""
    *rows, whole = records(frame)
    people = sum(row["people"] for row in rows)
    if not people:
        return "Aucun habitant dans la sélection"
    near = sum(row["reached"] for row in rows) / people
    sentence = f"{percent(near)} des habitants vivent à moins de 15{NARROW}km d’un lieu labellisé"
    known = [row for row in rows if row["near"] is not None]
    least, most = (pick(known, key=lambda row: row["near"]) for pick in (min, max))
    if percent(least["near"]) != percent(most["near"]):
        ends = f"{percent(least['near'])} ({least['name']}) à {percent(most['near'])} ({most['name']})"
        return f"{sentence}{NARROW}: {ends}"
    return sentence if people == whole["people"] else f"{sentence} (Normandie{NARROW}: {percent(whole['near'])})"


def describe_coverage_shares(frame: pd.DataFrame) -> str:
    listed = f"{NARROW}; ".join(
        f"{row['name']} {SHARE.value_text(row['near'])} des habitants, {EPCIS.text(row['covered'])} sur "
        f"{number(row['epcis'])}"
        for row in records(frame)
    )
    return f"Barres par département, habitants près d’un lieu et intercommunalités qui en ont un{NARROW}: {listed}."


def read_remote_population(connection: Connection, selection: Selection, options: FilterOptions) -> pd.DataFrame:
    """One row per intercommunalité with inhabitants of the selection farther than 15 km from any labelled place, the
    ten with most of them. Empty when nobody lives so far.

    `name`, `people` (inhabitants of its selected communes), `far` (those beyond 15 km), `share`. The attributes `far`,
    `people` and `areas` count them all.
    """
    found = read_reached_population(connection, selection, "epci")
    areas = sorted(
        (code for code, one in found.items() if _remote_people(one)), key=lambda code: -_remote_people(found[code])
    )
    rows = [
        (
            options.label("epci", code),
            found[code].people,
            _remote_people(found[code]),
            _remote_people(found[code]) / found[code].people,
        )
        for code in areas[:MAX_REMOTE_AREAS]
    ]
    frame = pd.DataFrame(rows, columns=_REMOTE_COLUMNS, dtype=object)
    people = sum(one.people for one in found.values())
    frame.attrs.update(far=sum(_remote_people(one) for one in found.values()), people=people, areas=len(areas))
    return frame


def _remote_people(one: ReachedPopulation) -> int:
    return one.people - one.reached


def remote_population_finding(frame: pd.DataFrame) -> str:
    """How many live far from a place, and how much of that the areas shown hold."""
    far, areas, shown = frame.attrs["far"], frame.attrs["areas"], len(frame)
    if far == frame.attrs["people"]:
        return f"Personne ne vit à moins de 15{NARROW}km d’un lieu labellisé"
    have = "vit" if far < 2 else "vivent"
    sentence = f"{PEOPLE.text(far)} {have} à plus de 15{NARROW}km d’un lieu labellisé"
    if areas <= shown:
        return f"{sentence}, dans {count(areas, 'intercommunalité', 'intercommunalités')}"
    return f"{sentence}, dont {percent(sum(frame['far'].tolist()) / far)} dans {number(shown)} intercommunalités"


def describe_remote_population(frame: pd.DataFrame) -> str:
    listed = f"{NARROW}; ".join(f"{row['name']} {number(row['far'])}" for row in records(frame))
    return f"Barres des habitants à plus de 15{NARROW}km d’un lieu labellisé, par intercommunalité{NARROW}: {listed}."


def message_without_remote_population(selection: Selection, options: FilterOptions) -> str:
    """Why there is no bar."""
    return f"Personne ne vit à plus de 15{NARROW}km d’un lieu labellisé {territory_text(selection, options)}"


CHARTS = (
    Chart(
        slug="couverture-par-departement",
        subtitle=f"Habitants à 15{NARROW}km au plus, à vol d’oiseau, d’un lieu labellisé de la Région"
        f"{NARROW}; intercommunalités qui en ont un",
        read=read_coverage_shares,
        finding=coverage_shares_finding,
        describe=describe_coverage_shares,
        draw=partial(draw_coverage_shares, labels=COVERAGE_LABELS),
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
        empty_message=message_without_commune,
        height="24rem",
        pages=(PAGE,),
    ),
    Chart(
        slug="comparaison-territoires",
        subtitle=f"Lieux labellisés pour 100{NARROW}000 habitants, par territoire entier",
        read=read_territory_rates,
        finding=territory_rates_finding,
        describe=describe_territory_rates,
        draw=partial(draw_territory_rates, labels=TERRITORY_RATE_LABELS),
        columns=(
            TableColumn("name", "Territoire"),
            TableColumn("level", "Niveau"),
            TableColumn("places", "Lieux labellisés", "value", PLACES),
            TableColumn("population", "Habitants", "value", PEOPLE),
            TableColumn("rate", f"Pour 100{NARROW}000 habitants", "value", PER_100000),
            TableColumn("remark", "Remarque"),
        ),
        indicators=("labellises-pour-100000",),
        empty_message=message_without_commune,
        height="24rem",
        pages=(PAGE,),
    ),
    Chart(
        slug="habitants-eloignes",
        subtitle=f"Habitants à plus de 15{NARROW}km, à vol d’oiseau, de tout lieu labellisé, par intercommunalité",
        read=read_remote_population,
        finding=remote_population_finding,
        describe=describe_remote_population,
        draw=partial(draw_remote_population, unit=PEOPLE),
        columns=(
            TableColumn("name", "Intercommunalité"),
            TableColumn("people", "Habitants", "value", PEOPLE),
            TableColumn("far", f"Habitants à plus de 15{NARROW}km", "value", PEOPLE),
            TableColumn("share", "Part des habitants", "value", SHARE),
        ),
        indicators=("population-15km",),
        empty_message=message_without_remote_population,
        height="24rem",
        pages=(PAGE,),
    ),
)
