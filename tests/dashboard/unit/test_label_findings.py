"""The sentences above the charts of the label: each branch, and that nobody is called late without a target."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard.charts.label import (
    describe_label_by_departement,
    describe_label_changes,
    describe_label_delays,
    label_by_departement_finding,
    label_changes_finding,
    label_delays_finding,
)
from dashboard.charts.parcours import AGE_CLASSES, STAGES, describe_places_in_process, places_in_process_finding

END = date(2020, 12, 31)


def plain(text: str) -> str:
    """With ordinary spaces, to be compared."""
    return text.replace("\u202f", " ")


def waiting(**counts: list[int]) -> pd.DataFrame:
    """Places by step, in the order of the ages."""
    return pd.DataFrame(
        [
            {"stage": stage, "age": age, "places": counts.get(step, [0] * 4)[rank], "text": words, "is_late": rank > 0}
            for step, (stage, words) in STAGES.items()
            for rank, (_limit, age) in enumerate(AGE_CLASSES)
        ],
        dtype=object,
    )


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        (
            {"application": [3, 0, 1, 0], "complete_file": [1, 2, 1, 0]},
            "3 lieux en attente d’avis Aract depuis plus de 3 mois",
        ),
        ({"application": [0, 0, 0, 1]}, "1 lieu sans dossier complet depuis plus de 3 mois"),
        ({"aract_opinion": [0, 2, 0, 0]}, "2 lieux en attente de décision après l’avis Aract depuis plus de 3 mois"),
        (
            {"application": [2, 0, 0, 0], "aract_opinion": [1, 0, 0, 0]},
            "3 lieux en parcours, aucun sans nouvelle étape depuis plus de 3 mois",
        ),
    ],
)
def test_parcours_finding(counts: dict[str, list[int]], sentence: str) -> None:
    assert plain(places_in_process_finding(waiting(**counts))) == sentence


def test_describe_parcours() -> None:
    shown_text = plain(describe_places_in_process(waiting(application=[3, 0, 1, 0], complete_file=[1, 2, 0, 4])))
    assert "11 lieux en parcours" in shown_text
    assert "dossier à compléter 4, avis aract attendu 7, décision attendue 0" in shown_text.casefold()
    assert shown_text.endswith("(4). Depuis plus de 12 mois : 4.")


def panels(**stocks: list[tuple[date, int]]) -> pd.DataFrame:
    rows = [{"panel": name, "day": day, "value": stock} for name, all_ in stocks.items() for day, stock in all_]
    return pd.DataFrame(rows, dtype=object)


def curve(before: int, now: int) -> list[tuple[date, int]]:
    return [(date(2018, 1, 1), 0), (date(2019, 6, 1), before), (END, now)]


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        (
            panels(Orne=curve(1, 3), Manche=curve(2, 3), Eure=curve(2, 2)),
            "En douze mois, le label progresse dans 2 départements sur 3, surtout dans l’Orne (+2)",
        ),
        (
            panels(Orne=curve(1, 2), Manche=curve(2, 3), Eure=curve(2, 2)),
            "En douze mois, le label progresse dans 2 départements sur 3",
        ),
        (
            panels(Orne=curve(1, 1), Manche=curve(3, 2)),
            "En douze mois, le label ne progresse dans aucun des 2 départements",
        ),
        (panels(Orne=curve(1, 3)), "Orne : 3 tiers-lieux labellisés, 2 de plus qu’il y a douze mois"),
        (panels(Orne=curve(3, 2)), "Orne : 2 tiers-lieux labellisés, 1 de moins qu’il y a douze mois"),
        (panels(Orne=curve(1, 1)), "Orne : 1 tiers-lieu labellisé, autant qu’il y a douze mois"),
    ],
)
def test_label_by_departement_finding(frame: pd.DataFrame, sentence: str) -> None:
    shown_text = plain(label_by_departement_finding(frame))
    assert shown_text == sentence
    assert not any(word in shown_text for word in ("retard", "le moins", "dernier"))


def test_describe_label_by_departement() -> None:
    shown_text = plain(describe_label_by_departement(panels(Orne=curve(1, 3), Eure=curve(2, 2))))
    assert shown_text.endswith("Au 31 décembre 2020 : Orne 3, Eure 2.")


def years(*rows: tuple[int, int, int, bool]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"year": year, "began": began, "ended": ended, "net": began - ended, "is_whole": whole}
            | {"until": date(year, 12, 31) if whole else date(year, 6, 10)}
            for year, began, ended, whole in rows
        ],
        dtype=object,
    )


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        (
            years((2019, 12, 2, True), (2020, 9, 1, True)),
            "En 2020, 9 labellisations et 1 sortie, contre 12 et 2 en 2019",
        ),
        (years((2020, 1, 0, True)), "En 2020, 1 labellisation et aucune sortie"),
        (years((2019, 3, 0, False), (2020, 0, 2, True)), "En 2020, aucune labellisation et 2 sorties"),
        (
            years((2019, 3, 0, True), (2020, 0, 0, False)),
            "En 2020, ni labellisation ni sortie (compté jusqu’au 10 juin 2020)",
        ),
    ],
)
def test_label_changes_finding(frame: pd.DataFrame, sentence: str) -> None:
    assert plain(label_changes_finding(frame)) == sentence


def test_describe_label_changes() -> None:
    shown_text = plain(describe_label_changes(years((2019, 12, 2, True), (2020, 9, 1, True))))
    assert "2019 : 12 labellisations et 2 sorties ; 2020 : 9 labellisations et 1 sortie." in shown_text
    assert shown_text.endswith("Maximum en 2019.")


def medians(*rows: tuple[int, int, float | None]) -> pd.DataFrame:
    shown_text: list[dict[str, Any]] = [
        {"year": year, "cases": cases, "days": days, "has_few_cases": cases < 5} for year, cases, days in rows
    ]
    return pd.DataFrame(shown_text, dtype=object)


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        (
            medians((2018, 3, 90), (2019, 12, 173), (2020, 9, 206)),
            "Le délai de labellisation s’allonge : 206 jours en médiane en 2020, 173 en 2019",
        ),
        (
            medians((2019, 12, 206), (2020, 9, 173)),
            "Le délai de labellisation raccourcit : 173 jours en médiane en 2020, 206 en 2019",
        ),
        (
            medians((2018, 12, 200), (2019, 2, 500), (2020, 9, 210)),
            "Le délai de labellisation se maintient : 210 jours en médiane en 2020, 200 en 2018",
        ),
        (medians((2019, 2, 500), (2020, 9, 210)), "Délai de labellisation : 210 jours en médiane en 2020"),
        (medians((2019, 5, 0), (2020, 5, 9)), "Délai de labellisation : 9 jours en médiane en 2020"),
        (
            medians((2019, 2, 500), (2020, 4, 210)),
            "Délai de labellisation : trop peu de cas chaque année pour conclure, 6 en tout",
        ),
    ],
)
def test_label_delays_finding(frame: pd.DataFrame, sentence: str) -> None:
    assert plain(label_delays_finding(frame)) == sentence


def test_describe_label_delays() -> None:
    shown_text = plain(describe_label_delays(medians((2018, 3, 90), (2019, 0, None), (2020, 9, 206))))
    assert shown_text.endswith(": 2018 90 jours (3 cas), 2020 206 jours (9 cas).")
