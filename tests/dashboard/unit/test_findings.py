"""The sentences above the charts: each branch, and that none says more than the data."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard.charts import CHARTS, Chart
from dashboard.charts.aid import aid_by_year_finding, describe_aid_by_year
from dashboard.charts.attendance import describe_monthly_visits, monthly_visits_finding
from dashboard.charts.coverage import coverage_finding, describe_coverage_map
from dashboard.charts.trajectory import describe_trajectory, projection_note, trajectory_finding, year_before
from data.types import months_between
from data.units import VISITS

DUE = date(2021, 12, 31)
END = date(2020, 12, 31)
LATE_WORDS = ("retard", "sous la trajectoire", "moins que prévu")


def plain(text: str) -> str:
    """With ordinary spaces, to be compared."""
    return text.replace("\u202f", " ")


def stock(*points: tuple[date, int | None], expected: float | None = None, target: float | None = None) -> pd.DataFrame:
    """A trajectory: points, the line's value at the last known one, and the target at its due date."""
    known = [day for day, labelled in points if labelled is not None]
    rows: list[dict[str, Any]] = [
        {"day": day, "labelled": labelled, "expected": expected if day == max(known) else None}
        | {"baseline": None, "target": target if day == DUE else None, "remark": ""}
        | {"projected": None, "low": None, "high": None}
        for day, labelled in points
    ]
    return pd.DataFrame(rows, dtype=object)


@pytest.mark.parametrize(
    ("before", "now", "expected", "sentence"),
    [
        (20, 34, 39.8, "Le label progresse, mais sous la trajectoire"),
        (20, 40, 39.8, "Le label progresse, au niveau de la trajectoire"),
        (20, 42, 39.8, "Le label progresse, au-dessus de la trajectoire"),
        (34, 34, 39.8, "Le label se maintient, sous la trajectoire"),
        (40, 40, 39.8, "Le label se maintient, au niveau de la trajectoire"),
        (42, 42, 39.8, "Le label se maintient, au-dessus de la trajectoire"),
        (35, 34, 39.8, "Le label recule, sous la trajectoire"),
        (44, 42, 39.8, "Le label recule, mais reste au-dessus de la trajectoire"),
        (45, 51, 39.8, "Objectif atteint : 51 tiers-lieux labellisés pour 50 visés au 31 décembre 2021"),
        (20, 34, None, "34 tiers-lieux labellisés pour 50 visés au 31 décembre 2021"),
    ],
)
def test_trajectory_finding_before_the_due_date(before: int, now: int, expected: float | None, sentence: str) -> None:
    frame = stock(
        (date(2017, 1, 1), 1), (year_before(END), before), (END, now), (DUE, None), expected=expected, target=50
    )
    assert plain(trajectory_finding(frame)) == sentence


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        (((date(2017, 1, 1), 1), (END, 34)), "Le label progresse : 34 tiers-lieux labellisés au 31 décembre 2020"),
        (((date(2020, 6, 1), 9), (END, 8)), "Le label recule : 8 tiers-lieux labellisés au 31 décembre 2020"),
        (((END, 1),), "Le label se maintient : 1 tiers-lieu labellisé au 31 décembre 2020"),
    ],
)
def test_without_a_voted_target_nobody_is_late(points: tuple[tuple[date, int], ...], sentence: str) -> None:
    shown_text = plain(trajectory_finding(stock(*points)))
    assert shown_text == sentence
    assert not any(word in shown_text for word in LATE_WORDS)


def test_trajectory_finding_on_the_due_date_and_after() -> None:
    start = (date(2017, 1, 1), 1)
    assert plain(trajectory_finding(stock(start, (DUE, 48), expected=50, target=50))) == (
        "48 tiers-lieux labellisés pour 50 visés au 31 décembre 2021"
    )
    after = stock(start, (DUE, 48), (date(2023, 1, 1), 52), expected=50, target=50)
    assert plain(trajectory_finding(after)) == (
        "48 lieux au 31/12/2021 pour 50 visés ; aucun objectif plus récent n’est enregistré"
    )


def test_the_trend_is_over_twelve_months() -> None:
    long_ago = stock((date(2017, 1, 1), 1), (date(2019, 6, 1), 34), (END, 34))
    assert trajectory_finding(long_ago).startswith("Le label se maintient")


def test_describe_trajectory() -> None:
    shown_text = plain(
        describe_trajectory(stock((date(2017, 1, 1), 3), (END, 34), (DUE, None), expected=39.8, target=50))
    )
    assert "de 3 le 1er janvier 2017 à 34 le 31 décembre 2020" in shown_text
    assert shown_text.endswith("Objectif : 50 au 31 décembre 2021.")
    assert "Objectif" not in describe_trajectory(stock((END, 34)))


def test_a_projection_is_described_as_a_projection() -> None:
    frame = stock((date(2017, 1, 1), 3), (END, 34), (DUE, None), expected=39.8, target=50)
    assert projection_note(frame) == ""
    frame.loc[frame["day"] == DUE, ["projected", "low", "high"]] = [41.2, 36.6, 45.8]
    assert plain(describe_trajectory(frame)).endswith("Projection à cette date : 41, entre 37 et 46.")
    assert "si le rythme des 12 derniers mois se maintenait, intervalle à 80 %" in plain(projection_note(frame))


def areas(*rows: tuple[str, bool, int, int]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"name": name, "seat": seat, "places": places, "population": people}
            | {"rate": places * 100_000 / people if people else None}
            for name, seat, places, people in rows
        ],
        dtype=object,
    )


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("A", True, 1, 9), ("B", True, 0, 9), ("C", False, 3, 9)], "1 intercommunalité sur 2 a un lieu labellisé"),
        ([("A", True, 1, 9), ("B", True, 2, 9), ("C", True, 0, 9)], "2 intercommunalités sur 3 ont un lieu labellisé"),
        ([("A", True, 1, 9), ("B", True, 2, 9)], "Les 2 intercommunalités ont toutes un lieu labellisé"),
        ([("A", True, 0, 9), ("B", True, 0, 9)], "Aucune des 2 intercommunalités n’a de lieu labellisé"),
        ([("CC X", True, 2, 25_000)], "CC X : 2 tiers-lieux labellisés pour 25 000 habitants"),
        ([("CC X", True, 0, 25_000)], "CC X : aucun tiers-lieu labellisé"),
        ([("A", False, 1, 9), ("B", False, 0, 9)], "1 intercommunalité sur 2 a un lieu labellisé"),
    ],
)
def test_coverage_finding(rows: list[tuple[str, bool, int, int]], sentence: str) -> None:
    assert plain(coverage_finding(areas(*rows))) == sentence


def test_describe_coverage_map() -> None:
    rows = areas(("A", True, 1, 20_000), ("B", True, 2, 20_000), ("C", True, 0, 9), ("D", True, 0, 0))
    shown_text = plain(describe_coverage_map(rows))
    assert "2 sans lieu" in shown_text
    assert shown_text.endswith("Le plus fort : B (10,0) ; le plus faible hors zéro : A (5,0).")
    assert describe_coverage_map(areas(("A", True, 0, 9))).endswith("1 sans lieu.")


def votes(**amounts: list[float]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"year": 2019 + index, "label": label, "amount": amount, "until": date(2019 + index, 12, 31)}
            for label, all_ in amounts.items()
            for index, amount in enumerate(all_)
        ],
        dtype=object,
    )


@pytest.mark.parametrize(
    ("amounts", "sentence"),
    [
        ({"A": [10.0, 10.0], "B": [40.0, 40.0]}, "« B » porte l’essentiel des aides votées (80 %)"),
        ({"A": [60.0], "B": [40.0]}, "« A » porte plus de la moitié des aides votées (60 %)"),
        ({"A": [40.0], "B": [30.0], "C": [30.0]}, "« A » est le premier dispositif d’aide (40 %)"),
        ({"A": [50.0], "B": [50.0]}, "Les aides votées se partagent entre « A » et « B »"),
        ({"A": [50.2], "B": [49.8]}, "Les aides votées se partagent entre « A » et « B »"),
        ({"A": [5.0]}, "5 € d’aides votées, au titre de « A »"),
        ({"A": [0.0]}, "Les aides votées sont toutes d’un montant nul"),
    ],
)
def test_aid_finding(amounts: dict[str, list[float]], sentence: str) -> None:
    assert plain(aid_by_year_finding(votes(**amounts))) == sentence


def test_describe_aid() -> None:
    shown_text = plain(describe_aid_by_year(votes(A=[10.0, 60.0], B=[1.0, 2.0])))
    assert shown_text.endswith("A 70 €, B 3 €. Plus forte année : 2020 (62 €) ; plus faible : 2019 (11 €).")


def visits(values: dict[int, int | None], reports: int = 20, expected: int = 25, **changed: int) -> pd.DataFrame:
    """Months from the first to the last; `m202012=5` changes the number of places that declared that
    month, `o202012=1` that of the private ones left out.
    """
    rows = []
    for month in months_between(min(values), max(values)):
        known = values.get(month)
        declared = 0 if known is None else changed.get(f"m{month}", reports)
        rate = min(declared, expected) / expected if expected else None
        omitted = changed.get(f"o{month}", 0)
        rows.append((month, known, declared, expected, min(declared, expected), omitted, rate))
    return pd.DataFrame(
        rows, columns=["month", "visits", "reports", "expected", "answered", "omitted", "rate"], dtype=object
    )


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        (
            visits({201912: 1_000, 202012: 700}),
            "Les visites déclarées reculent de 30 % en un an (décembre 2020 : 700 visites)",
        ),
        (
            visits({201912: 500, 202012: 700}),
            "Les visites déclarées progressent de 40 % en un an (décembre 2020 : 700 visites)",
        ),
        (
            visits({201912: 690, 202012: 700}),
            "Les visites déclarées se maintiennent sur un an (décembre 2020 : 700 visites)",
        ),
        (visits({202012: 1}, reports=1, expected=1), "Décembre 2020 : 1 visite dans 1 lieu déclarant"),
        (visits({201912: 500, 202012: 700}, m201912=25), "Décembre 2020 : 700 visites dans 20 lieux déclarants"),
        (visits({201912: 500, 202012: 700}, m201912=10), "Décembre 2020 : 700 visites dans 20 lieux déclarants"),
        (visits({201912: 0, 202012: 700}), "Décembre 2020 : 700 visites dans 20 lieux déclarants"),
        (
            visits({201912: 500, 202012: 700}, m202012=5),
            "Décembre 2020 : 700 visites, mais moins de la moitié des lieux ont répondu",
        ),
        (visits({202006: 700, 202012: None}), "Aucune visite déclarée depuis juin 2020 (700 visites ce mois-là)"),
        (visits({202011: 700, 202012: None}), "Novembre 2020 : 700 visites dans 20 lieux déclarants"),
        (visits({201912: 500, 202012: 700}, o202012=1), "Décembre 2020 : 700 visites dans 20 lieux déclarants"),
        (visits({202012: 700}, expected=0), "Décembre 2020 : 700 visites dans 20 lieux déclarants"),
    ],
)
def test_visits_finding(frame: pd.DataFrame, sentence: str) -> None:
    assert plain(monthly_visits_finding(frame, VISITS)) == sentence


def test_describe_visits() -> None:
    shown_text = plain(describe_monthly_visits(visits({202010: 30, 202012: 5}), VISITS))
    assert shown_text == (
        "Courbe des visites déclarées par mois, entre octobre 2020 et décembre 2020 : "
        "maximum octobre 2020 (30 visites), minimum décembre 2020 (5 visites). 1 mois non déclaré."
    )
    assert describe_monthly_visits(visits({202012: 5}), VISITS).endswith("(5 visites).")


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.slug)
def test_subtitles_and_headers_are_typeset(chart: Chart) -> None:
    words = " ".join([chart.subtitle, *(column.header for column in chart.columns)])
    assert not any(f" {mark}" in words for mark in ";:!?%")
    assert "'" not in words
