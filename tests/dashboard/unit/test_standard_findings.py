"""What the charts of the service standard say, from frames written by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts.standard import criteria_finding, standard_by_departement_finding
from dashboard.figures.stacks import draw_criteria_in_parts, draw_places_in_parts

KNOWN_PLACE = "dont tous les critères obligatoires sont renseignés"
NAMES = {"missing": "manquant", "met": "respecté", "unknown": "inconnu"}


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


def criteria(*rows: tuple[int, int, int]) -> pd.DataFrame:
    """`missing`, `met` and `unknown` of criteria A, B, C…"""
    return pd.DataFrame(
        [
            {
                "name": "ABCDE"[at],
                "missing": row[0],
                "met": row[1],
                "unknown": row[2],
                "places": sum(row),
                "compulsory": "oui",
            }
            for at, row in enumerate(rows)
        ],
        dtype=object,
    )


def departements(*rows: tuple[str, int, int]) -> pd.DataFrame:
    """`name`, `met` and `known` of départements."""
    return pd.DataFrame(
        [
            {
                "name": name,
                "met": met,
                "known": known,
                "rate": met / known if known else None,
                "has_few_cases": 0 < known < 5,
            }
            for name, met, known in rows
        ],
        dtype=object,
    )


@pytest.mark.parametrize(
    ("rows", "expected_text"),
    [
        (((4, 5, 1), (2, 8, 0)), "Critère obligatoire qui manque le plus : « A » (4 lieux sur 10)"),
        (((1, 9, 0), (1, 8, 1)), "Critères obligatoires qui manquent le plus : « A » et « B » (1 lieu sur 10)"),
        (
            ((1, 1, 0), (1, 1, 0), (1, 1, 0)),
            "Critères obligatoires qui manquent le plus : 3 critères à égalité (1 lieu sur 2)",
        ),
        (
            ((0, 9, 1), (0, 7, 3)),
            "Aucun critère obligatoire ne manque ; le critère obligatoire le moins renseigné est « B » "
            "(à vérifier dans 3 lieux sur 10)",
        ),
        (
            ((0, 7, 1), (0, 7, 1)),
            "Aucun critère obligatoire ne manque ; les critères obligatoires les moins renseignés sont « A » et "
            "« B » (à vérifier dans 1 lieu sur 8)",
        ),
        (((0, 3, 0), (0, 3, 0)), "Les 3 lieux labellisés respectent les 2 critères obligatoires du standard"),
        (((0, 1, 0),), "Le seul lieu labellisé respecte le critère obligatoire du standard"),
    ],
)
def test_criteria_finding(rows: tuple[tuple[int, int, int], ...], expected_text: str) -> None:
    assert plain(criteria_finding(criteria(*rows))) == expected_text


def test_an_optional_criterion_is_not_what_the_standard_lacks_most() -> None:
    frame = criteria((1, 9, 0), (4, 6, 0))
    frame["compulsory"] = ["oui", "non"]
    assert plain(criteria_finding(frame)) == "Critère obligatoire qui manque le plus : « A » (1 lieu sur 10)"
    frame["compulsory"] = "non"
    assert plain(criteria_finding(frame)) == "Critère qui manque le plus : « B » (4 lieux sur 10)"


@pytest.mark.parametrize(
    ("rows", "expected_text"),
    [
        (
            (("Orne", 3, 5), ("Manche", 6, 6), ("Eure", 0, 0)),
            f"De 60 % (Orne) à 100 % (Manche) des lieux {KNOWN_PLACE} respectent le standard",
        ),
        (
            (("Orne", 1, 4), ("Manche", 3, 6)),
            f"De 25 % (Orne) à 50 % (Manche) des lieux {KNOWN_PLACE} respectent le standard ; peu de cas",
        ),
        ((("Orne", 4, 8), ("Eure", 3, 6)), f"Partout, 50 % des lieux {KNOWN_PLACE} respectent le standard"),
        ((("Orne", 0, 0), ("Eure", 1, 2)), f"Eure : 1 lieu labellisé sur les 2 {KNOWN_PLACE} respecte le standard"),
        ((("Eure", 0, 2),), f"Eure : aucun des 2 lieux labellisés {KNOWN_PLACE} ne respecte le standard"),
        ((("Eure", 1, 1),), f"Eure : le seul lieu labellisé {KNOWN_PLACE} respecte le standard"),
    ],
)
def test_departement_finding(rows: tuple[tuple[str, int, int], ...], expected_text: str) -> None:
    assert plain(standard_by_departement_finding(departements(*rows))) == expected_text


def test_bars_of_criteria_have_their_numbers_and_whole_names() -> None:
    frame = criteria((4, 5, 1), (0, 10, 0))
    frame.loc[0, "name"] = "Un critère dont le nom est bien trop long pour tenir à gauche d’une barre"
    missing, met, unknown, names = draw_criteria_in_parts(frame, NAMES)["data"]
    assert [one["text"] for one in (missing, met, unknown)] == [
        ["<b>4</b>", ""],
        ["<b>5</b>", "<b>10</b>"],
        ["<b>1</b>", ""],
    ]
    assert names["text"] == frame["name"].tolist()
    assert "pattern" in unknown["marker"]
    assert "pattern" not in missing["marker"]


def test_a_legend_has_the_parts_that_are_drawn() -> None:
    data = draw_criteria_in_parts(criteria((0, 9, 1), (0, 10, 0)), NAMES)["data"]
    assert [one["name"] for one in data if one["showlegend"]] == ["respecté", "inconnu"]


def test_two_parts_are_plain_and_hatched() -> None:
    frame = pd.DataFrame([{"name": "Orne", "recent": 3, "never": 1}], dtype=object)
    recent, never = draw_places_in_parts(frame, {"recent": "animés", "never": "aucun"})["data"]
    assert ["pattern" in one["marker"] for one in (recent, never)] == [False, True]
