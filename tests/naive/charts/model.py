"""What a naive frame is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from data.selection import FilterOptions, Selection
from tests.naive import Facts

Row = dict[str, Any]  # one row of a chart, by declared column
Frame = Callable[[Facts, Selection, FilterOptions], list[Row]]
