"""Axes of values in any unit: round steps, each written as the unit writes it."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10

from dashboard.figures.bars import short_amount
from dashboard.figures.base import Axis, value_axis
from data.units import EUROS, Unit

HEADROOM = 1.15  # beyond the extreme values, for their labels
_STEPS = (1, 2, 5)


def axis_text(value: float, unit: Unit) -> str:
    """A value along an axis: amounts are short (« 225 k€ »)."""
    return short_amount(value, unit) if unit == EUROS else unit.value_text(value)


def scale(values: Sequence[float], unit: Unit, ticks: int = 5) -> Axis:
    """A y axis from zero (or from below, for negative values) to a little over the values, with about so many ticks."""
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    if low == high:
        high = 1.0 if unit.symbol != "%" else 0.01
    vals, texts = _ticks(low, high * HEADROOM if high else 0.0, unit, ticks)
    bottom = min(low * HEADROOM, 0.0)
    return value_axis(
        range=[bottom, max(high * HEADROOM, 0.0)], tickmode="array", tickvals=vals, ticktext=texts, nticks=0
    )


def _ticks(low: float, high: float, unit: Unit, ticks: int) -> tuple[list[float], list[str]]:
    """The multiples of the finest round step that are not too many, and are all written differently."""
    power = floor(log10((high - low) / ticks))
    steps = (digit * 10.0**exponent for exponent in range(power, power + 12) for digit in _STEPS)
    for step in steps:
        multiples = range(ceil(low / step), floor(high / step) + 1)
        texts = [axis_text(round(at * step, 9), unit) for at in multiples]
        if len(texts) <= ticks + 1 and len(set(texts)) == len(texts) and _is_whole(step, unit):
            return [round(at * step, 9) for at in multiples], texts
    return [0.0], [axis_text(0, unit)]


def _is_whole(step: float, unit: Unit) -> bool:
    """Whether the unit writes the step without rounding it: a scale of counts has no half."""
    return axis_text(step, unit) != axis_text(0, unit) and step * _smallest(unit) >= 1


def _smallest(unit: Unit) -> float:
    """How many of the smallest quantity that the unit writes make one: 1 for counts, 100 for shares."""
    if unit.symbol == "%":
        return 100
    decimals = unit.value_text(0.125).partition(",")[2]
    return 10.0 ** sum(letter.isdigit() for letter in decimals)
