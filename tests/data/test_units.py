"""Units: the only place that turns a value into words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data import units
from data.indicators import INDICATORS


@pytest.mark.parametrize(
    ("unit", "value", "text", "figure"),
    [
        (units.PLACES, 1, "1 tiers-lieu", "1"),
        (units.PLACES, 34, "34 tiers-lieux", "34"),
        (units.PLACES, None, "—", "—"),
        (units.PLACES_EXPECTED, 40.25, "40,3 lieux", "40,3"),
        (units.VISITS, 0, "0 visite", "0"),
        (units.VISITS, 28_978, "28\u202f978 visites", "28\u202f978"),
        (units.EUROS, Decimal(225_000), "225\u202f000\u202f€", "225\u202f000\u202f€"),
        (units.EXACT_EUROS, Decimal("1000.5"), "1\u202f000,50\u202f€", "1\u202f000,50\u202f€"),
        (units.SHARE, 0.605, "61\u202f%", "61\u202f%"),
        (units.SHARE, None, "—", "—"),
        (units.PER_100000, 1.04, "1,0", "1,0"),
        (units.PEOPLE, 1, "1 habitant", "1"),
    ],
)
def test_values_in_words(unit: units.Unit, value: units.Quantity | None, text: str, figure: str) -> None:
    assert (unit.text(value), unit.value_text(value)) == (text, figure)


def test_every_indicator_can_be_written() -> None:
    for indicator in INDICATORS:
        assert indicator.unit.text(0)
        assert indicator.unit.symbol
        assert indicator.unit.code
