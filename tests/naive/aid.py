"""Naive values of the indicators of data/indicators/aid.py, by slug."""

from __future__ import annotations

from collections.abc import Callable

from data.selection import Selection
from tests import naive

VALUES: dict[str, Callable[[naive.Facts, Selection], float | None]] = {
    "aides-votees": lambda facts, selection: float(sum(one.amount for one in naive.aides_votees(facts, selection))),
}
