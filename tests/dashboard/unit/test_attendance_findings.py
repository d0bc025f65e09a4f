"""The sentences above the charts of the page of attendance."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard.charts.attendance_by_departement import (
    departement_visits_finding,
    departement_visits_note,
    describe_departement_visits,
)
from dashboard.charts.attendance_declarations import (
    describe_missing_declarations,
    missing_declarations_finding,
    missing_declarations_note,
)
from dashboard.charts.attendance_years import (
    comparable_places_finding,
    comparable_places_note,
    describe_seasonal_visits,
    seasonal_visits_finding,
)
from data.indicators.attendance import comparison_text, no_comparison_reason
from data.queries.comparable_places import Comparison
from data.units import CHANGE, HOURS, VISITS

ENOUGH = Comparison(visits=1_000, now=810, before=900, places=26, declared=34, omitted=0)


def plain(text: str) -> str:
    """With ordinary spaces, to be compared."""
    return text.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (ENOUGH, None),
        (Comparison(None, None, None, 0, 0, 0), "aucune visite déclarée dans les douze derniers mois"),
        (Comparison(9, 9, 9, 0, 1, 0), "aucun lieu n’a déclaré les mêmes mois deux ans de suite, il en faut 5"),
        (Comparison(9, 9, 9, 1, 1, 0), "1 lieu a déclaré les mêmes mois deux ans de suite, il en faut 5"),
        (Comparison(9, 9, 9, 4, 9, 0), "4 lieux ont déclaré les mêmes mois deux ans de suite, il en faut 5"),
        (
            Comparison(1_000, 499, 400, 9, 9, 0),
            "les mois comparables ne portent que 50 % des visites, il en faut la moitié",
        ),
        (Comparison(1_000, 500, 400, 5, 9, 0), None),
        (Comparison(9, 9, 0, 5, 5, 0), "aucune visite un an plus tôt dans les lieux comparables"),
    ],
)
def test_two_years_are_compared_with_enough_places(found: Comparison, reason: str | None) -> None:
    shown_text = no_comparison_reason(found, VISITS)
    assert (shown_text if shown_text is None else plain(shown_text)) == reason


def comparison_frame(found: Comparison) -> pd.DataFrame:
    frame = pd.DataFrame([(202012, 5, 6)], columns=["month", "now", "before"], dtype=object)
    frame.attrs["comparison"] = found
    return frame


def test_comparable_places_finding() -> None:
    assert plain(comparison_text(ENOUGH, VISITS)) == "26 lieux sur 34 déclarants, 81 % des visites"
    assert (
        plain(comparable_places_finding(comparison_frame(ENOUGH), VISITS))
        == "À lieux comparables, les visites reculent de 10 %"
    )
    more = Comparison(1_000, 900, 600, 26, 34, 0)
    assert (
        plain(comparable_places_finding(comparison_frame(more), VISITS))
        == "À lieux comparables, les visites progressent de 50 %"
    )
    same = Comparison(1_000, 900, 890, 26, 34, 0)
    assert comparable_places_finding(comparison_frame(same), VISITS).endswith("se maintiennent sur un an")
    few = comparison_frame(Comparison(9, 9, 9, 4, 9, 0))
    assert comparable_places_finding(few, VISITS) == "Trop peu de lieux comparables pour conclure sur un an"
    assert "il en faut 5" in comparable_places_note(few, VISITS)
    alone = comparison_frame(Comparison(900, 810, 900, 26, 34, 2))
    assert "hors 2 lieux privés" in plain(comparable_places_note(alone, VISITS))
    assert comparable_places_finding(comparison_frame(ENOUGH), HOURS).startswith(
        "À lieux comparables, la fréquentation en heures recule de"
    )


def test_a_change_is_signed() -> None:
    assert [plain(CHANGE.value_text(value)) for value in (0.12, -0.3, 0.0)] == ["+12 %", "−30 %", "0 %"]


def season(values: dict[int, float]) -> pd.DataFrame:
    rows = [
        {"year": month // 100, "month": month % 100, "name": f"m{month % 100}", "average": value}
        | {"visits": value * 2, "reports": 2, "rate": 1.0, "is_weak": False, "answered": 2, "expected": 2}
        for month, value in values.items()
    ]
    return pd.DataFrame(rows, dtype=object)


def test_season_needs_a_whole_year() -> None:
    assert plain(seasonal_visits_finding(season({202001: 4.0}), VISITS)) == "M1 2020 : 4,0 visites par lieu déclarant"
    year = season({202000 + month: 10.0 + month for month in range(1, 13)})
    assert seasonal_visits_finding(year, VISITS) == (
        "Le mois le plus fréquenté est décembre (22 visites par lieu), le plus calme janvier (11 visites par lieu)"
    )
    assert "2020" in describe_seasonal_visits(year, VISITS)


def departements(**values: Any) -> pd.DataFrame:
    rows = [
        {"panel": name, "month": 202012, "day": date(2020, 12, 1), "value": value}
        | {"omitted": 2 if value is None else 0}
        for name, value in values.items()
    ]
    frame = pd.DataFrame(rows, dtype=object)
    frame.attrs["omitted"] = {name: 2 for name, value in values.items() if value is None}
    return frame


def test_departement_visits_finding() -> None:
    frame = departements(Orne=30, Manche=10, Eure=None)
    assert departement_visits_finding(frame, VISITS) == "En douze mois, de 30 visites dans l’Orne à 10 dans la Manche"
    assert departement_visits_finding(departements(Orne=30), VISITS) == "30 visites en douze mois dans l’Orne"
    assert departement_visits_finding(departements(Orne=None), VISITS).startswith("Trop peu de lieux")
    assert "Eure, hors 2 lieux privés" in departement_visits_note(frame)
    assert departement_visits_note(departements(Orne=30)) == ""
    assert "3 courbes" in describe_departement_visits(frame, VISITS)


def declaration_rows(*rows: tuple[str, int, int]) -> pd.DataFrame:
    frame = pd.DataFrame(
        [(name, got, all_, all_ - got, got / all_, f"dans {name}") for name, got, all_ in rows],
        columns=["name", "answered", "expected", "missing", "rate", "where"],
        dtype=object,
    )
    frame.attrs = {"missing": sum(frame["missing"]), "expected": sum(frame["expected"]), "all": len(rows), "omitted": 0}
    return frame


def test_missing_declarations_finding() -> None:
    frame = declaration_rows(("A", 1, 4), ("B", 3, 4))
    assert plain(missing_declarations_finding(frame)) == "4 déclarations attendues manquent sur 8 : d’abord dans A (3)"
    assert missing_declarations_finding(declaration_rows(("A", 3, 4))) == "1 déclaration attendue manque sur 4"
    assert (
        missing_declarations_finding(declaration_rows(("A", 4, 4), ("B", 4, 4)))
        == "Les 8 déclarations attendues sont toutes arrivées"
    )
    assert "A (25\u202f%)" in describe_missing_declarations(frame)
    assert missing_declarations_note(frame) == ""
    frame.attrs |= {"all": 3, "omitted": 1}
    assert missing_declarations_note(frame).startswith("1 autre territoire non dessiné\u202f; hors 1 lieu privé")
