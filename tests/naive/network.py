"""Naive values of the indicators of data/indicators/network.py, by slug."""

from __future__ import annotations

from collections.abc import Callable

from data.selection import Selection
from tests import naive
from tests.naive.coverage import inhabitants


def epn(facts: naive.Facts, selection: Selection) -> int:
    deps, epcis = selection.codes("dep"), selection.codes("epci")
    return sum((not deps or one.dep in deps) and (not epcis or one.epci in epcis) for one in facts.epn)


def epn_pour_100000(facts: naive.Facts, selection: Selection) -> float | None:
    people = inhabitants(facts, selection)
    return epn(facts, selection) / people * 100_000 if people else None


VALUES: dict[str, Callable[[naive.Facts, Selection], float | None]] = {"epn": epn, "epn-pour-100000": epn_pour_100000}
