"""The reference data hold together: counts, links, places on the ground."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from data.model.indicators import Theme
from data.reference import (
    POLICY_FILES,
    Commune,
    CommuneHistory,
    read_commune_history,
    read_communes,
    read_communes_in_zero,
    read_departements,
    read_epci,
)
from data.sources.annotations import ANNOTATION_THEMES


@pytest.fixture(scope="module")
def communes() -> list[Commune]:
    return read_communes()


@pytest.fixture(scope="module")
def history() -> list[CommuneHistory]:
    return read_commune_history()


def test_communes_by_departement(communes: list[Commune]) -> None:
    counts = Counter(commune.dep for commune in communes)
    assert counts == {"14": 526, "27": 585, "50": 445, "61": 381, "76": 707}
    assert len({commune.code for commune in communes}) == 2644


def test_communes_whose_code_begins_with_zero() -> None:
    """Today's and the merged ones, by département: what a spreadsheet takes for a number of four digits."""
    names = read_communes_in_zero()
    assert len(names) == 3244
    assert {code[:2] for code in names} == {f"0{at}" for at in range(1, 10)}
    assert all(re.fullmatch(r"0\d{4}", code) and all(bearing) for code, bearing in names.items())
    assert names["01033"] == ("Valserhône", "Bellegarde-sur-Valserine")
    assert not any("'" in name for bearing in names.values() for name in bearing)


def test_code_starts_with_its_departement(communes: list[Commune]) -> None:
    assert [commune for commune in communes if commune.code[:2] != commune.dep] == []


def test_population_of_the_region(communes: list[Commune]) -> None:
    assert sum(commune.population for commune in communes) == 3_345_842
    assert min(commune.population for commune in communes) >= 0


def test_centres_are_in_normandie(communes: list[Commune]) -> None:
    outside = [c for c in communes if not (-2 < c.lon < 1.85 and 48.15 < c.lat < 50.1)]
    assert outside == []
    assert len({(commune.lon, commune.lat) for commune in communes}) == len(communes)


def test_a_commune_is_read_as_written(communes: list[Commune]) -> None:
    lisieux = next(commune for commune in communes if commune.code == "14366")
    assert (lisieux.name, lisieux.dep, lisieux.epci) == ("Lisieux", "14", "200069532")


def test_every_epci_has_a_commune_and_every_commune_an_epci(communes: list[Commune]) -> None:
    assert {commune.epci for commune in communes} == {epci.code for epci in read_epci()}


def test_epci_seats() -> None:
    epci = read_epci()
    assert len(epci) == 71
    assert {each.nature for each in epci} == {"CA", "CC", "CU", "METRO"}
    assert {each.name for each in epci if not each.seat_in_normandie} == {
        "CA Agglo du Pays de Dreux",
        "CC Maine Saosnois",
    }


def test_prefectures(communes: list[Commune]) -> None:
    named = {commune.code: commune.name for commune in communes}
    departements = read_departements()
    assert [each.name for each in departements] == ["Calvados", "Eure", "Manche", "Orne", "Seine-Maritime"]
    assert all(named[each.prefecture_code] == each.prefecture_name for each in departements)
    assert all(each.prefecture_code.startswith(each.code) for each in departements)


def test_former_codes_lead_to_communes_of_today(communes: list[Commune], history: list[CommuneHistory]) -> None:
    today = {commune.code for commune in communes}
    former = {old.old_code for old in history}
    assert len(history) == len(former) == 742
    assert {old.code for old in history} <= today
    # A former code that is also one of today would need a chain, or a choice by date.
    assert former.isdisjoint(today)


def test_former_codes_have_a_past_date(history: list[CommuneHistory]) -> None:
    assert all(date(1943, 1, 1) <= old.effective_date <= date(2026, 1, 1) for old in history)


def policy_rows(path: Path) -> list[dict[str | None, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter=";"))


@pytest.mark.parametrize("path", POLICY_FILES, ids=lambda path: path.stem)
def test_policy_files_are_complete(path: Path) -> None:
    rows = policy_rows(path)
    assert rows
    assert all(None not in row and row["source"] for row in rows)


def test_policy_codes() -> None:
    codes = [
        [next(iter(row.values())) for row in policy_rows(path)] for path in POLICY_FILES if path.stem != "annotations"
    ]
    assert codes == [
        [
            "emergence",
            "services-numeriques",
            "ess",
            "culture-patrimoine",
            "adn",
            "amenagement-territoire",
            "feder",
            "non-renseigne",
        ],
        ["aract", "aten", "tes", "universites"],
        ["lieux-labellises"],
        [
            "haut-debit",
            "salle-de-reunion",
            "espace-de-convivialite",
            "outils-mutualises",
            "bureaux-prives-et-partages",
            "animations",
        ],
        [f"QVT-{number:02}" for number in range(1, 27)],
    ]


def test_annotations_are_of_declared_themes_and_in_the_order_of_their_days() -> None:
    rows = policy_rows(next(path for path in POLICY_FILES if path.stem == "annotations"))
    spans = [
        [date.fromisoformat("-".join(reversed((row[name] or row["debut"]).split("/")))) for name in ("debut", "fin")]
        for row in rows
    ]
    assert spans == sorted(spans)
    assert all(start <= end for start, end in spans)
    assert {choice.code for choice in ANNOTATION_THEMES} == set(get_args(Theme))
    assert {theme for row in rows for theme in row["themes"].split("|")} - {""} <= set(get_args(Theme))
    assert len({row["texte"] for row in rows}) == len(rows), "one name, one thing"


def test_names_are_written_with_their_ligatures_accents_and_apostrophes(
    communes: list[Commune], history: list[CommuneHistory]
) -> None:
    names = [one.name for one in read_epci()] + [one.name for one in communes]
    assert not [name for name in (*names, *(old.old_name for old in history)) if "'" in name]
    assert not [name for name in names if re.search(r"[CcSs]oeur|[Bb]oeuf|[Oo]euvre|Evreux|Ecouch|Evrec", name)]
    assert {"CC Cœur Côte Fleurie", "CC des Villes Sœurs", "CA Évreux Portes de Normandie"} <= set(names)
