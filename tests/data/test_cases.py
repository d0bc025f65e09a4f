"""Margins of error: never a rank where they overlap, whatever the order."""

from __future__ import annotations

from math import comb, exp, factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model.cases import Cases, RateInterval, is_notably_above, notable_rank, notably_below, rate_interval


@st.composite
def cases(draw: st.DrawFn) -> Cases:
    base = draw(st.integers(0, 400))
    if draw(st.booleans()):
        return Cases(draw(st.integers(0, base)), base)
    return Cases(draw(st.integers(0, 60)), base * 1_000, 100_000)


rates = st.lists(cases().map(rate_interval), max_size=6)


@given(cases())
def test_an_interval_holds_its_value(one: Cases) -> None:
    interval = rate_interval(one)
    assert (interval is None) == (one.base == 0)
    if interval:
        assert 0 <= interval.low <= interval.value <= interval.high
        assert interval.value == pytest.approx(one.cases * one.per / one.base)
        assert interval.per > 1 or interval.high <= 1


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5, 0.8, 0.95])
def test_wilson_intervals_hold_the_true_share_in_95_cases_of_100(share: float) -> None:
    chances = {count: comb(60, count) * share**count * (1 - share) ** (60 - count) for count in range(61)}
    assert 0.92 < sum(chance for count, chance in chances.items() if holds(Cases(count, 60), share)) < 0.98


@pytest.mark.parametrize("mean", [1.5, 4.0, 12.0, 30.0])
def test_rate_intervals_hold_the_true_rate_in_95_cases_of_100(mean: float) -> None:
    chances = {count: exp(-mean) * mean**count / factorial(count) for count in range(100)}
    assert 0.92 < sum(chance for count, chance in chances.items() if holds(Cases(count, 1, 2), 2 * mean)) < 0.98


def holds(one: Cases, truth: float) -> bool:
    interval = rate_interval(one)
    return interval is not None and interval.low <= truth <= interval.high


@given(rates, st.randoms())
def test_a_rank_needs_intervals_apart_and_ignores_the_order(found: list[RateInterval | None], random: object) -> None:
    for position, rate in enumerate(found):
        others = [other for each, other in enumerate(found) if each != position and other]
        rank = notable_rank(found, position)
        if rank is None:
            continue
        assert rate
        assert all(other.high < rate.low or rate.high < other.low for other in others)
        assert rank == 1 + sum(other.value > rate.value for other in others)
    order = list(range(len(found)))
    random.shuffle(order)  # type: ignore[attr-defined]
    shuffled = [found[each] for each in order]
    assert [notable_rank(shuffled, at) for at in range(len(order))] == [notable_rank(found, each) for each in order]


@given(rates)
def test_a_difference_is_named_once_and_in_one_way(found: list[RateInterval | None]) -> None:
    below = {position: set(notably_below(found, position)) for position in range(len(found))}
    for position, positions in below.items():
        for other in positions:
            assert position not in below[other]
            first, second = found[position], found[other]
            assert first
            assert second
            assert is_notably_above(first, second)
            assert first.value > second.value
