"""The sentences above the charts of partners: each branch, and that none says more than the data."""

import pandas as pd
import pytest

from dashboard.charts.meetings import meeting_outcomes_finding, recent_meetings_note
from dashboard.charts.partners import (
    FOLLOW_UP,
    activities_by_period_finding,
    activity_matrix_finding,
    activity_matrix_note,
)
from dashboard.figures.matrix import UNKNOWN_LABEL, draw_bubble_matrix
from dashboard.figures.partners import draw_activities_by_period
from data.queries.partners import RecentActivityCounts


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


def matrix(cells: dict[tuple[str, str], int | None], level: str = "dep") -> pd.DataFrame:
    rows = [{"row": row, "column": column, "value": value} for (row, column), value in cells.items()]
    frame = pd.DataFrame(rows, dtype=object)
    frame.attrs["level"] = level
    return frame


@pytest.mark.parametrize(
    ("cells", "level", "expected_text"),
    [
        (
            {("Orne", "A"): 3, ("Eure", "A"): 1, ("Orne", "B"): 1, ("Eure", "B"): 0},
            "dep",
            "A a mené 4 des 5 actions ; tous les départements en ont eu",
        ),
        (
            {("Orne", "A"): 3, ("Eure", "A"): 0, ("Eure", "B"): None, ("Orne", "B"): None},
            "dep",
            "A a mené 3 actions ; aucune action : Eure",
        ),
        ({("Orne", "A"): 1}, "dep", "A a mené 1 action"),
        (
            {(name, "A"): 2 * (name == "a") for name in "abcd"},
            "epci",
            "A a mené 2 actions ; 3 intercommunalités sur 4 n’en ont eu aucune",
        ),
        ({("Orne", "A"): 2, ("Sans commune", "A"): 1}, "dep", "A a mené 3 actions"),
    ],
)
def test_matrix_finding(cells: dict[tuple[str, str], int | None], level: str, expected_text: str) -> None:
    assert plain(activity_matrix_finding(matrix(cells, level))) == expected_text


def test_zero_and_unknown_bubbles_differ() -> None:
    frame = matrix({("Orne", "A"): 9, ("Orne", "B"): 0, ("Orne", "C"): None, ("Orne", "D"): 1})
    (trace,) = draw_bubble_matrix(frame)["data"]
    assert trace["text"] == ["9", "0", UNKNOWN_LABEL, "1"]
    sizes = trace["marker"]["size"]
    assert sizes[1] == sizes[2] == 0
    assert sizes[0] > sizes[3] > 0
    assert plain(activity_matrix_note(frame)).startswith("n. c. : aucune action")
    assert activity_matrix_note(matrix({("Orne", "A"): 0})) == ""


def test_digits_are_beside_a_bubble_that_they_would_hide() -> None:
    frame = matrix({("Orne", "A"): 90, ("Orne", "B"): 1, ("Orne", "C"): 0})
    (trace,) = draw_bubble_matrix(frame)["data"]
    assert trace["textposition"] == ["middle center", "middle right", "middle center"]


def periods(recent: RecentActivityCounts | None, names: list[str]) -> pd.DataFrame:
    rows = [
        {"period": name, "family": family, "position": position, "actions": actions}
        for name in names
        for position, (family, actions) in enumerate((("Animation", 3), ("Appui", 0), ("Instruction", 1)))
    ]
    frame = pd.DataFrame(rows, dtype=object)
    frame.attrs["recent"] = recent
    return frame


@pytest.mark.parametrize(
    ("recent", "expected_text"),
    [
        (
            RecentActivityCounts(38, 43),
            "38 actions en douze mois, contre 43 les douze précédents ; l’animation représente 75 % des actions",
        ),
        (RecentActivityCounts(1, None), "4 actions ; l’animation représente 75 % des actions"),
        (None, "4 actions ; l’animation représente 75 % des actions"),
    ],
)
def test_periods_finding(recent: RecentActivityCounts | None, expected_text: str) -> None:
    assert plain(activities_by_period_finding(periods(recent, ["2020"]))) == expected_text


def test_the_year_is_the_label_of_its_first_quarter() -> None:
    quarters = [f"T{quarter} {year}" for year in (2019, 2020) for quarter in (1, 2, 3, 4)]
    axis = draw_activities_by_period(periods(None, quarters))["layout"]["xaxis"]
    assert (axis["tickvals"], axis["ticktext"]) == (["T1 2019", "T1 2020"], ["2019", "2020"])
    months = [f"mois {at}" for at in range(24)]
    axis = draw_activities_by_period(periods(None, months))["layout"]["xaxis"]
    assert len(axis["tickvals"]) == 6
    assert [text.replace("<br>", " ") for text in axis["ticktext"]] == axis["tickvals"]


@pytest.mark.parametrize(
    ("counts", "recent", "expected_text", "note"),
    [
        (
            (31, 23, 16),
            7,
            "23 rencontres préalables sur 31 ont mené à une aide Émergence, 16 au label",
            "7 rencontres plus récentes n’ont pas encore eu le temps d’aboutir",
        ),
        (
            (2, 1, 0),
            1,
            "1 rencontre préalable sur 2 a mené à une aide Émergence, aucune encore au label",
            "1 rencontre plus récente n’a pas encore eu le temps d’aboutir",
        ),
        ((3, 0, 0), 0, "Aucune des 3 rencontres préalables n’a été suivie d’une aide Émergence", ""),
        ((1, 0, 0), 0, "L’unique rencontre préalable n’a pas été suivie d’une aide Émergence", ""),
    ],
)
def test_meeting_outcomes_finding(counts: tuple[int, int, int], recent: int, expected_text: str, note: str) -> None:
    frame = pd.DataFrame({"count": counts}, dtype=object)
    frame.attrs["recent"] = recent
    assert plain(meeting_outcomes_finding(frame)) == expected_text
    assert recent_meetings_note(frame) == note


@pytest.mark.parametrize(
    ("row", "expected_text"),
    [
        ((1, 0, 0), "Le seul lieu labellisé a accueilli une action depuis un an"),
        ((4, 0, 0), "Les 4 lieux labellisés ont tous accueilli une action depuis un an"),
        ((0, 0, 1), "Le seul lieu labellisé n’a jamais accueilli d’action"),
        ((0, 0, 3), "Aucun des 3 lieux labellisés n’a jamais accueilli d’action"),
        ((3, 1, 0), "1 lieu labellisé sur 4 n’a accueilli aucune action depuis un an"),
        ((3, 0, 2), "2 lieux labellisés sur 5 n’ont jamais accueilli d’action"),
        ((3, 1, 2), "3 lieux labellisés sur 6 n’ont accueilli aucune action depuis un an, dont 2 jamais"),
    ],
)
def test_follow_up_finding(row: tuple[int, int, int], expected_text: str) -> None:
    recent, older, never = row
    frame = pd.DataFrame([{"recent": recent, "older": older, "never": never, "places": sum(row)}], dtype=object)
    assert FOLLOW_UP.finding(frame) == expected_text
