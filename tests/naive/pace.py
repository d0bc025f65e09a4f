"""Naive values of the indicators of data/indicators/pace.py, by slug."""

from __future__ import annotations

from collections.abc import Callable

from data.selection import Selection
from tests import naive

VALUES: dict[str, Callable[[naive.Facts, Selection], float | None]] = {}
