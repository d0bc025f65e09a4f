"""Sentences and figures of agreements and targets of partners: each branch, and that none says more than the data."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from dashboard.charts.agreements import (
    AGREEMENT,
    APPROACHED,
    COVERAGE_STATES,
    coverage_matrix_finding,
    partners_at_date_text,
)
from dashboard.charts.objectives import MISSED, NO_TARGET, REACHED, UNDER_WAY, objectives_finding, objectives_note
from dashboard.figures.agreements import TimelineWindow, draw_agreement_timeline, draw_coverage_matrix
from dashboard.figures.objectives import draw_objectives
from data.queries.partner_coverage import NOT_COVERED, WHOLLY
from data.queries.partner_status import PartnerStatus

DAY = date(2020, 12, 31)


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("state", "since", "until", "expected_text"),
    [
        ("in_force", date(2018, 1, 1), date(2021, 12, 31), "sous convention jusqu’au 31/12/2021"),
        ("in_force", date(2018, 1, 1), None, "sous convention depuis le 01/01/2018, sans terme"),
        ("expired", None, date(2019, 12, 31), "convention échue le 31/12/2019"),
        ("approached", date(2018, 9, 10), None, "approché depuis le 10/09/2018"),
        ("approached", None, None, "approché"),
        ("upcoming", date(2022, 1, 1), None, "convention à compter du 01/01/2022"),
        ("not_yet", date(2022, 1, 1), None, "partenaire à compter du 01/01/2022"),
        ("undated", date(2018, 9, 10), None, "sous convention (dates non communiquées)"),
        ("unstated", None, None, "statut non renseigné"),
    ],
)
def test_status_text(state: str, since: date | None, until: date | None, expected_text: str) -> None:
    assert PartnerStatus("x", "X (y)", state, since, until, True).text == expected_text
    without = PartnerStatus("x", "X (y)", state, since, until, False)
    assert without.text.endswith(" (conventions non chargées)")
    assert without.short_name == "X"
    if state == "undated":
        assert without.text == "contractualisé depuis le 10/09/2018 (conventions non chargées)"


@pytest.mark.parametrize(
    ("contracted", "approached", "expected_text"),
    [
        (["A", "B"], ["C"], "2 partenaires sous convention au 31 décembre 2020 : A et B ; C est approché"),
        (["A"], [], "1 partenaire sous convention au 31 décembre 2020 : A"),
        ([], ["C", "D"], "Aucun partenaire sous convention au 31 décembre 2020 ; C et D sont approchés"),
        (
            list("ABCD"),
            list("EFGH"),
            "4 partenaires sous convention au 31 décembre 2020 ; 4 partenaires sont approchés",
        ),
    ],
)
def test_partners_at_a_date(contracted: list[str], approached: list[str], expected_text: str) -> None:
    assert plain(partners_at_date_text(contracted, approached, DAY)) == expected_text


def coverage(cells: dict[tuple[str, str], tuple[str, int]], level: str = "dep") -> pd.DataFrame:
    """The cells of a matrix, each an extent and a number of actions, as `read_coverage_matrix` gives them."""
    rows = [
        {
            "row": row,
            "column": column,
            "extent": extent,
            "state": COVERAGE_STATES[extent, actions > 0],
            "actions": actions,
        }
        for (row, column), (extent, actions) in cells.items()
    ]
    frame = pd.DataFrame(rows, dtype=object)
    frame.attrs["level"] = level
    return frame


@pytest.mark.parametrize(
    ("cells", "level", "expected_text"),
    [
        (
            {("Orne", "A"): (WHOLLY, 2), ("Orne", "B"): (WHOLLY, 1)},
            "dep",
            "Chaque partenaire sous convention a agi dans tous les départements que couvre sa convention",
        ),
        (
            {("Orne", "A"): (WHOLLY, 2)},
            "epci",
            "A a agi dans toutes les intercommunalités que couvre sa convention",
        ),
        (
            {("Orne", "A"): (WHOLLY, 0), ("Eure", "A"): (NOT_COVERED, 0)},
            "dep",
            "A n’a mené aucune action dans le département que couvre sa convention",
        ),
        (
            {("a", "A"): (WHOLLY, 0), ("b", "A"): (WHOLLY, 1)},
            "epci",
            "A n’a mené aucune action dans une des 2 intercommunalités que couvre sa convention",
        ),
        (
            {(name, "A"): (WHOLLY, 0) for name in "abc"},
            "dep",
            "A n’a mené aucune action dans les 3 départements que couvre sa convention",
        ),
        (
            {(name, "A"): (WHOLLY, int(name == "c")) for name in "abc"} | {("a", "B"): (WHOLLY, 0)},
            "dep",
            "A n’a mené aucune action dans 2 départements sur les 3 que couvre sa convention",
        ),
    ],
)
def test_coverage_finding(cells: dict[tuple[str, str], tuple[str, int]], level: str, expected_text: str) -> None:
    frame = coverage(cells, level)
    assert coverage_matrix_finding(frame) == expected_text
    drawn = {trace["name"] for trace in draw_coverage_matrix(frame)["data"]}
    assert drawn == {COVERAGE_STATES[extent, actions > 0] for extent, actions in cells.values()}


def timeline(since: date | None, last: date, *starts: date | None) -> dict[str, Any]:
    rows = [
        {"partner": f"P{at}", "mark": AGREEMENT if at else APPROACHED, "since": start, "until": None}
        | {"purpose": "Un objet" if at else None, "status": "…"}
        for at, start in enumerate(starts)
    ]
    frame = pd.DataFrame(rows, dtype=object)
    frame.attrs["window"] = TimelineWindow(since, DAY, last)
    return draw_agreement_timeline(frame)


@pytest.mark.parametrize(
    ("since", "last", "starts"),
    [
        (None, DAY, (date(2018, 9, 10), date(2018, 1, 1))),
        (None, DAY, (None, date(2008, 5, 1))),
        (date(2020, 1, 1), DAY, (date(2018, 9, 10), date(2018, 1, 1))),
        (date(2020, 12, 30), DAY, (date(2018, 9, 10), date(2018, 1, 1))),
        (None, date(2031, 12, 31), (date(2020, 12, 31),)),
        (date(2020, 6, 15), date(2021, 2, 28), (None, date(2018, 1, 1))),
        (None, DAY, (None,)),
    ],
)
def test_the_time_axis_has_few_labels_inside_its_window(
    since: date | None, last: date, starts: tuple[date | None, ...]
) -> None:
    axis = timeline(since, last, *starts)["layout"]["xaxis"]
    first, end = axis["range"]
    assert first < end
    assert len(axis["ticktext"]) <= 5
    assert len(set(axis["ticktext"])) == len(axis["ticktext"])
    assert all(first <= day <= end for day in axis["tickvals"])


def objective(partner: str, share: float | None, outcome: str, period: str = "2020") -> dict[str, Any]:
    value = None if share is None else 10
    row = {
        "partner": partner,
        "full_name": partner,
        "group": partner,
        "label": "Actions",
        "period": period,
        "done": 10 * (share or 0.5),
        "value": value,
    }
    return row | {"share": share, "outcome": outcome, "text": "…", "unit": "actions"}


@pytest.mark.parametrize(
    ("rows", "expected_text"),
    [
        ([("A", None, NO_TARGET)], "Aucun objectif voté à comparer aux actions des partenaires"),
        ([("A", 0.5, MISSED)], "« A » : 50 % de l’objectif voté (actions)"),
        (
            [("A", 0.5, UNDER_WAY), ("B", None, NO_TARGET)],
            "« A » : 50 % de l’objectif voté (actions, en cours)",
        ),
        ([("A", 1.2, REACHED), ("B", 1.0, REACHED)], "Les 2 objectifs votés sont atteints"),
        (
            [("A", 0.9, MISSED), ("B", 0.6, UNDER_WAY)],
            "Aucun des 2 objectifs votés n’est atteint à cette date : A (90 %) et B (60 %, en cours)",
        ),
        ([("A", 1.1, REACHED), ("B", 0.6, UNDER_WAY)], "1 objectif voté sur 2 est atteint"),
    ],
)
def test_objectives_finding(rows: list[tuple[str, float | None, str]], expected_text: str) -> None:
    frame = pd.DataFrame([objective(*row) for row in rows], dtype=object)
    assert plain(objectives_finding(frame)) == expected_text
    assert ("sans losange" in objectives_note(frame)) is any(share is None for _name, share, _outcome in rows)


def test_marks_and_texts_of_targets_are_inside_the_figure() -> None:
    rows = [
        objective("A", 0.2, UNDER_WAY),
        objective("A", None, NO_TARGET, "2019"),
        objective("B", 3.0, REACHED),
    ]
    drawn = draw_objectives(pd.DataFrame(rows, dtype=object))
    bars, marks, _texts, heads = drawn["data"]
    assert len(bars["x"]) == 3
    assert len(marks["x"]) == 2, "no mark without a target"
    assert max([*bars["x"], *marks["x"]]) <= drawn["layout"]["xaxis"]["range"][1]
    assert drawn["layout"]["meta"]["fits"]["2"] == "ends", "the axis is made long enough for them where they are drawn"
    assert [plain(text) for text in heads["text"]] == ["<b>A</b>", "<b>B</b>"]
    assert bars["x"][2] == 1, "one scale for all"
