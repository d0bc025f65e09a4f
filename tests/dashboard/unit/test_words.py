"""Turns of phrase that must stay true."""

from datetime import date

import pytest

from dashboard.charts.words import where_words
from data.selection import Known, Option, Selection

EPCI = (Option("1", "CC du Bocage", ("61",)), Option("2", "CC des Confins", ("50", "61")))
DEPS = (Option("50", "Manche"), Option("61", "Orne"), Option("76", "Seine-Maritime"))
DAY = date(2020, 12, 31)
KNOWN = Known({"epci": EPCI, "dep": DEPS}, DAY, DAY)


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({}, "en Normandie"),
        ({"dep": ("61",)}, "dans l’Orne"),
        ({"epci": ("1",)}, "dans la CC du Bocage"),
        ({"dep": ("61",), "epci": ("1",)}, "dans la CC du Bocage"),
        ({"dep": ("50", "61"), "epci": ("2",)}, "dans la CC des Confins"),
        ({"dep": ("61",), "epci": ("2",)}, "dans la CC des Confins, côté Orne"),
        ({"dep": ("76",), "epci": ("1",)}, "dans la CC du Bocage, côté Seine-Maritime"),
    ],
)
def test_a_part_of_an_intercommunalite_is_never_called_the_whole(
    choices: dict[str, tuple[str, ...]], words: str
) -> None:
    assert where_words(Selection(tuple(choices.items()), None, DAY), KNOWN) == words
