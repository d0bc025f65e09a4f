"""The label against its target, on the days where the rule turns."""

from __future__ import annotations

from datetime import date
from math import sqrt

import pytest

from data.queries.pace import (
    PAST_DUE_REASON,
    LabelTurnover,
    expected_labels,
    lead_in_days,
    lead_in_labels,
    project_to_due_date,
    required_pace,
    target_share,
)
from data.queries.targets import Target

START, DUE = date(2018, 9, 10), date(2021, 12, 31)
FIFTY = Target(50, DUE, START, 17, "essai")
BARE = Target(50, DUE, None, None, "essai")
DAYS = (DUE - START).days


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (START, 17),
        (date(2020, 12, 31), 17 + 33 * 843 / 1208),
        (date(2020, 2, 29), 17 + 33 * 537 / 1208),
        (DUE, 50),
        (date(2022, 1, 1), 50),
        (date(2018, 9, 9), None),
    ],
)
def test_expected(day: date, value: float | None) -> None:
    found = expected_labels(FIFTY, day)
    assert found.value == (None if value is None else pytest.approx(value))
    assert (found.note == PAST_DUE_REASON) == (day > DUE)
    assert found.reason == (None if value is not None else "la trajectoire ne commence que le 10/09/2018")


def test_lead_counts_from_the_target_itself_after_the_due_date() -> None:
    assert lead_in_labels(FIFTY, date(2022, 6, 1), 45).value == -5
    assert lead_in_labels(FIFTY, START, 17).value == 0
    assert lead_in_labels(FIFTY, date(2018, 9, 9), 17).value is None


@pytest.mark.parametrize(
    ("day", "labelled", "days"),
    [
        (START, 17, 0),
        (date(2018, 9, 20), 17, -10),
        (DUE, 50, 0),
        (date(2020, 12, 31), 50, 365),
        (date(2022, 1, 10), 50, -10),
        (date(2020, 12, 31), 51, None),  # above the target: the line never has it
        (date(2018, 12, 31), 16, None),  # below the baseline: it never had it
        (date(2018, 9, 9), 20, None),
        (date(2019, 1, 1), 18, DAYS / 33 - 113),
    ],
)
def test_lead_in_days(day: date, labelled: int, days: float | None) -> None:
    found = lead_in_days(FIFTY, day, labelled)
    assert found.value == (None if days is None else pytest.approx(days))
    assert (found.value is None) == bool(found.reason)


def test_a_flat_line_has_its_count_from_the_start() -> None:
    flat = Target(50, DUE, START, 50, "essai")
    assert lead_in_days(flat, date(2018, 9, 20), 50).value == -10
    assert lead_in_days(flat, date(2018, 9, 20), 49).value is None


def test_a_target_without_baseline_has_no_line() -> None:
    assert lead_in_days(BARE, DUE, 50).reason == "l’objectif n’a pas de point de départ enregistré"
    assert expected_labels(BARE, date(2021, 12, 30)).value is None
    assert expected_labels(BARE, DUE).value == 50


@pytest.mark.parametrize(
    ("day", "labelled", "value", "reason"),
    [
        (date(2020, 12, 31), 34, 16 / (365 / 30.4375), None),
        (date(2020, 12, 31), 50, 0, None),
        (date(2021, 12, 30), 49, 30.4375, None),
        (DUE, 49, None, "l’échéance est ce jour même"),
        (DUE, 50, 0, None),
        (date(2022, 1, 1), 49, None, PAST_DUE_REASON),
        (date(2022, 1, 1), 60, None, PAST_DUE_REASON),
    ],
)
def test_required(day: date, labelled: int, value: float | None, reason: str | None) -> None:
    found = required_pace(FIFTY, day, labelled)
    assert (found.value, found.reason) == (None if value is None else pytest.approx(value), reason)


def test_share() -> None:
    assert target_share(FIFTY, DUE, 34).value == 0.68
    assert target_share(Target(0, DUE, None, None, "essai"), DUE, 34).reason == "l’objectif est nul"


def test_projection_goes_on_as_the_year_went() -> None:
    found = project_to_due_date(FIFTY, date(2020, 12, 31), 34, LabelTurnover(awards=8, exits=1))
    left = 365 / 30.4375 / 12
    assert found.value == pytest.approx(34 + 7 * left)
    assert found.high - found.value == pytest.approx(1.2816 * sqrt(9 * left * (1 + left)))
    assert found.value - found.low == pytest.approx(found.high - found.value)


def test_projection_ends_on_the_due_date_and_never_falls_below_zero() -> None:
    assert project_to_due_date(FIFTY, DUE, 34, LabelTurnover(8, 1)) == project_to_due_date(
        FIFTY, DUE, 34, LabelTurnover(0, 6)
    )
    falling = project_to_due_date(FIFTY, START, 3, LabelTurnover(0, 20))
    assert (falling.value, falling.low) == (0, 0)
    assert falling.high >= 0


def test_a_projection_wants_six_moves() -> None:
    assert LabelTurnover(6, 0).reason is None
    assert LabelTurnover(3, 3).reason is None
    assert LabelTurnover(5, 0).reason == "trop peu de cas\u202f: 5 entrées et sorties en douze mois, il en faut 6"
    assert LabelTurnover(1, 0).reason == "trop peu de cas\u202f: 1 entrée ou sortie en douze mois, il en faut 6"
