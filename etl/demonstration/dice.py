"""Seeded draws that give the same values on every version of Python."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

SEED = 2018

T = TypeVar("T")


class Dice:
    """Draws of one file: `Dice("aids")` never depends on what the other files drew.

    Only `Random.random()` is promised to stay the same from one Python to the next, so all else is made from it.
    """

    def __init__(self, name: str) -> None:
        self._random = random.Random(f"{SEED}-{name}")  # noqa: S311 -- a story, not a secret

    def chance(self, probability: float) -> bool:
        """True with that probability."""
        return self._random.random() < probability

    def real(self, low: float, high: float) -> float:
        """A number between both, uniform."""
        return low + (high - low) * self._random.random()

    def whole(self, low: int, high: int) -> int:
        """A whole number between both, included."""
        return low + int((high - low + 1) * self._random.random())

    def pick(self, items: Sequence[T]) -> T:
        """One of the items; repeat one to make it likelier."""
        return items[self.whole(0, len(items) - 1)]

    def after(self, day: date, low: int, high: int) -> date:
        """A working day about that many days later (negative: earlier)."""
        drawn = day + timedelta(days=self.whole(low, high))
        return drawn - timedelta(days=max(0, drawn.weekday() - 4))
