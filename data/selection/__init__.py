"""The question a page asks: which territory, holders, period. The URL query is its written form.

Unknown or invalid values of a query are dropped and told, never an exception.
"""

from __future__ import annotations

from data.selection.model import Columns, Selection, unit_of
from data.selection.options import FilterOptions
from data.selection.query import EARLIEST_DAY, MAX_ECHO_LENGTH, MAX_QUERY_LENGTH

__all__ = [
    "EARLIEST_DAY",
    "MAX_ECHO_LENGTH",
    "MAX_QUERY_LENGTH",
    "Columns",
    "FilterOptions",
    "Selection",
    "unit_of",
]
