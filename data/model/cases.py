"""Cases among a known number: the margin of error of a share or of a rate, and whether two of them differ."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

Z_95 = 1.959964  # of a two-sided interval of 95 %


class Cases(NamedTuple):
    """`cases` among `base`: a share of them (34 places of 60), or, when `per` is above 1, a number of events per
    `per` inhabitants of `base`.
    """

    cases: int
    base: int
    per: int = 1


class RateInterval(NamedTuple):
    """A share (0 to 1) or a rate per `per` inhabitants, with its interval of 95 %."""

    value: float
    low: float
    high: float
    per: int = 1


def rate_interval(cases: Cases) -> RateInterval | None:
    """The share with its Wilson interval, or the rate with the score interval of a Poisson count; None among none."""
    if not cases.base:
        return None
    return _wilson_interval(cases) if cases.per == 1 else _poisson_interval(cases)


def _wilson_interval(cases: Cases) -> RateInterval:
    share, base, square = cases.cases / cases.base, cases.base, Z_95**2
    centre = share + square / (2 * base)
    spread = Z_95 * sqrt(share * (1 - share) / base + square / (4 * base**2))
    low, high = ((centre + way * spread) / (1 + square / base) for way in (-1, 1))
    return RateInterval(share, min(max(low, 0.0), share), max(min(high, 1.0), share))


def _poisson_interval(cases: Cases) -> RateInterval:
    each = cases.per / cases.base
    centre, spread = cases.cases + Z_95**2 / 2, Z_95 * sqrt(cases.cases + Z_95**2 / 4)
    return RateInterval(cases.cases * each, max(centre - spread, 0.0) * each, (centre + spread) * each, cases.per)


def is_notably_above(rate: RateInterval, other: RateInterval) -> bool:
    """Whether a rate is above another and their intervals do not overlap."""
    return rate.low > other.high


def notably_below(rates: Sequence[RateInterval | None], position: int) -> list[int]:
    """The positions of the rates above which that of `position` notably is."""
    rate = rates[position]
    if rate is None:
        return []
    return [each for each, other in enumerate(rates) if other is not None and is_notably_above(rate, other)]


def notable_rank(rates: Sequence[RateInterval | None], position: int) -> int | None:
    """The rank from the highest, 1 the first, of a rate that differs notably from every other known one; None for
    another, and when it is alone.
    """
    rate = rates[position]
    others = [other for each, other in enumerate(rates) if each != position and other is not None]
    if rate is None or not others:
        return None
    above = sum(is_notably_above(other, rate) for other in others)
    below = sum(is_notably_above(rate, other) for other in others)
    return above + 1 if above + below == len(others) else None
