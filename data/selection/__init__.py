"""The question a page asks: which territory, holders, period. The URL query is its written form.

Unknown or invalid values of a query are dropped and told, never an exception.
"""

from __future__ import annotations

from data.selection.model import Columns, Selection, unit_of
from data.selection.options import FilterOptions
from data.selection.query import EARLIEST, MAX_ECHO, MAX_QUERY

__all__ = [
    "EARLIEST",
    "MAX_ECHO",
    "MAX_QUERY",
    "Columns",
    "FilterOptions",
    "Selection",
    "unit_of",
]
