"""Naive frames of the charts that compare territories."""

from __future__ import annotations

from typing import Any

from data.i18n import fold
from data.selection import FilterOptions, Selection
from tests import naive
from tests.naive.charts.model import Frame, Row
from tests.naive.coverage import anywhere, communes, near, seats
from tests.naive.territories import departements, intercommunalites, population

MOST = 24  # intercommunalités that a chart lists
KINDS = ("CC ", "CA ", "CU ")
ARTICLES = ("du ", "de la ", "des ", "de l’", "de l'", "de ", "d’", "d'")


def labelled_in(facts: naive.Facts, selection: Selection, column: str, code: str) -> int:
    """The labelled places of a whole territory; holder types and typologies narrow them."""
    return sum(getattr(one, column) == code for one in naive.lieux_labellises(facts, anywhere(selection)))


def compared(name: str, places: int, people: int, *, has_seat: bool) -> Row:
    remarks = (["peu de cas"] if 0 < places < 5 else []) + ([] if has_seat else ["siège hors Normandie"])
    rate = places * 100_000 / people if people else None
    return {"name": name, "places": places, "population": people, "rate": rate, "remark": ", ".join(remarks)}


def epci_rows(facts: naive.Facts, selection: Selection) -> list[Row]:
    return [
        compared(
            name,
            labelled_in(facts, selection, "epci", code),
            population(facts, epci=code),
            has_seat=code in seats(),
        )
        for code, name in intercommunalites(facts, selection).items()
    ]


def coverage_map(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    return epci_rows(facts, selection)


def bare_name(name: str) -> str:
    """« CC du Pays de Caux » -> « pays de caux »: the name that orders an intercommunalité."""
    for starts in (KINDS, ARTICLES):
        name = next((name.removeprefix(one) for one in starts if name.startswith(one)), name)
    return fold(name)


def compared_territories(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    rows = epci_rows(facts, selection)
    if (selection.codes("dep") or selection.codes("epci")) and len(rows) <= MOST:
        return [row | {"level": "Intercommunalité"} for row in sorted(rows, key=lambda row: bare_name(row["name"]))]
    return [
        compared(name, labelled_in(facts, selection, "dep", code), population(facts, dep=code), has_seat=True)
        | {"level": "Département"}
        for code, name in departements(facts, selection).items()
    ]


def reached(facts: naive.Facts, selection: Selection) -> list[Any]:
    """The selected communes within 15 km of a labelled place, wherever it is."""
    centres = {one.code: (one.lon, one.lat) for one in facts.communes.itertuples()}
    points = [
        centres[place.commune] if place.lon is None or place.lat is None else (place.lon, place.lat)
        for place in naive.lieux_labellises(facts, anywhere(selection))
    ]
    return [one for one in communes(facts, selection) if any(near(one.lon, one.lat, *point) for point in points)]


def shares_row(facts: naive.Facts, selection: Selection, name: str) -> Row:
    towns, close = communes(facts, selection), reached(facts, selection)
    people, reached_people = (sum(one.population for one in some) for some in (towns, close))
    epcis = {one.epci for one in towns} & seats()
    covered = epcis & {place.epci for place in naive.lieux_labellises(facts, anywhere(selection))}
    return {
        "name": name,
        "people": people,
        "reached": reached_people,
        "near": reached_people / people if people else None,
        "epcis": len(epcis),
        "covered": len(covered),
        "share": len(covered) / len(epcis) if epcis else None,
    }


def shares(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    rows = [
        shares_row(facts, selection.with_codes("dep", [code]), name)
        for code, name in departements(facts, selection).items()
    ]
    return [*rows, shares_row(facts, anywhere(selection), "Normandie")] if rows else []


def far(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    """The ten intercommunalités with most inhabitants farther than 15 km; the code decides between equals."""
    rows = []
    for code, name in sorted(intercommunalites(facts, selection).items()):
        part = selection.with_codes("epci", [code])
        people = sum(one.population for one in communes(facts, part))
        beyond = people - sum(one.population for one in reached(facts, part))
        if beyond:
            rows.append({"name": name, "people": people, "far": beyond, "share": beyond / people})
    return sorted(rows, key=lambda row: -row["far"])[:10]


FRAMES: dict[str, Frame] = {
    "carte": coverage_map,
    "comparaison-territoires": compared_territories,
    "couverture-par-departement": shares,
    "habitants-eloignes": far,
}
