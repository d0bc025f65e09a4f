"""Which cut of the sums of attendance a selection reads."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from data.facts.visit_cuts import (
    ALL,
    DEPARTEMENT_HOLDERS,
    DEPARTEMENT_TYPOLOGIES,
    DEPARTEMENTS,
    EPCIS,
    HOLDERS,
    TYPOLOGIES,
    WHOLE,
    Cut,
    cut_of,
)
from data.selection import Selection


@pytest.mark.parametrize(
    ("filters", "by", "expected"),
    [
        ((), (), WHOLE),
        (("unite",), ("month",), WHOLE),
        (("dep", "unite"), ("month",), DEPARTEMENTS),
        ((), ("dep",), DEPARTEMENTS),
        (("dep",), ("holder_type",), DEPARTEMENT_HOLDERS),
        (("porteur",), (), HOLDERS),
        ((), ("holder_type",), HOLDERS),
        (("epci",), (), EPCIS),
        ((), ("epci", "month"), EPCIS),
        (("epci", "porteur"), (), EPCIS),
        (("typologie",), ("dep",), DEPARTEMENT_TYPOLOGIES),
        (("porteur", "typologie"), ("year",), TYPOLOGIES),
        (("epci", "typologie"), (), ALL),
        (("typologie",), ("epci",), ALL),
    ],
)
def test_the_fewest_rows_that_keep_what_is_asked(filters: tuple[str, ...], by: tuple[str, ...], expected: Cut) -> None:
    asked = Selection(tuple((key, ("x",)) for key in filters), None, date(2020, 12, 31))
    chosen: Any = cut_of(asked, frozenset(by))[0]
    assert chosen.right.value == expected.number


def test_a_period_is_its_whole_months() -> None:
    _cut, last, first = map(str, cut_of(Selection((), date(2020, 1, 2), date(2020, 12, 30)), frozenset()))
    assert "month <=" in last
    assert "month >=" in first
    assert len(cut_of(Selection((), None, date(2020, 12, 30)), frozenset())) == 2
