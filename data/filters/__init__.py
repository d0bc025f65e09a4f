"""The filters, one file each: key in the URL, column, options, French texts, and the rows that it applies to."""

from __future__ import annotations

from data.filters.axis import AXIS
from data.filters.holder import HOLDER
from data.filters.model import Filter, NarrowedRows
from data.filters.need_theme import NEED_THEME
from data.filters.partner import PARTNER
from data.filters.scheme import SCHEME
from data.filters.territory import DEPARTEMENT, INTERCOMMUNALITE
from data.filters.typology import TYPOLOGY
from data.filters.unit import UNIT

FILTERS: tuple[Filter, ...] = (
    DEPARTEMENT,
    INTERCOMMUNALITE,
    HOLDER,
    TYPOLOGY,
    SCHEME,
    PARTNER,
    NEED_THEME,
    AXIS,
    UNIT,
)


__all__ = [
    "ACTIVITY_FILTERS",
    "AID_FILTERS",
    "ATTENDANCE_FILTERS",
    "FILTERS",
    "NEED_FILTERS",
    "PLACE_FILTERS",
    "ROADMAP_FILTERS",
    "TERRITORY_FILTERS",
    "Filter",
    "filter_named",
]


def _filters_narrowing(kind: NarrowedRows) -> tuple[str, ...]:
    return tuple(each.key for each in FILTERS if kind in each.narrowed_rows)


# The keys of the filters that narrow each kind of table; a fact or list names its kind.
TERRITORY_FILTERS = _filters_narrowing("territory")
PLACE_FILTERS = _filters_narrowing("places")
AID_FILTERS = _filters_narrowing("aids")
ACTIVITY_FILTERS = _filters_narrowing("activities")
NEED_FILTERS = _filters_narrowing("needs")
ROADMAP_FILTERS = _filters_narrowing("roadmap")
ATTENDANCE_FILTERS = _filters_narrowing("attendance")


def filter_named(key: str) -> Filter:
    """The filter of that key. Raises StopIteration when there is none."""
    return next(each for each in FILTERS if each.key == key)
