"""A selection: territory, holders and other filters, period; written as a URL query.

Unknown or invalid values of a query are ignored with a French notice, never an exception.
"""

from __future__ import annotations

from data.selection.compared import (
    COMPARISON_KINDS,
    MAX_COMPARED_ITEMS,
    MIN_COMPARED_ITEMS,
    TERRITORY_KIND,
    ComparedItem,
    ComparisonKind,
    kind_of_items,
)
from data.selection.model import Selection, unit_of
from data.selection.options import FilterOptions
from data.selection.query import ANNOTATIONS_KEY, EARLIEST_DAY, MAX_ECHO_LENGTH, MAX_QUERY_LENGTH

__all__ = [
    "ANNOTATIONS_KEY",
    "COMPARISON_KINDS",
    "EARLIEST_DAY",
    "MAX_COMPARED_ITEMS",
    "MAX_ECHO_LENGTH",
    "MAX_QUERY_LENGTH",
    "MIN_COMPARED_ITEMS",
    "TERRITORY_KIND",
    "ComparedItem",
    "ComparisonKind",
    "FilterOptions",
    "Selection",
    "kind_of_items",
    "unit_of",
]
