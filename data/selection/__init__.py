"""The question a page asks: which territory, holders, period. The URL query is its written form.

Unknown or invalid values of a query are dropped and told, never an exception.
"""

from __future__ import annotations

from data.selection.filters import (
    FILTERS,
    OF_ACTIVITIES,
    OF_AIDS,
    OF_ATTENDANCE,
    OF_PLACES,
    OF_TERRITORY,
    Filter,
    filter_of,
)
from data.selection.known import Known
from data.selection.model import Columns, Selection, unit_of
from data.selection.query import EARLIEST, MAX_ECHO, MAX_QUERY

__all__ = [
    "EARLIEST",
    "FILTERS",
    "MAX_ECHO",
    "MAX_QUERY",
    "OF_ACTIVITIES",
    "OF_AIDS",
    "OF_ATTENDANCE",
    "OF_PLACES",
    "OF_TERRITORY",
    "Columns",
    "Filter",
    "Known",
    "Selection",
    "filter_of",
    "unit_of",
]
