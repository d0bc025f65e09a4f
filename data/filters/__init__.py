"""The filters, one file each: key in the URL, column, options, words, and the facts that it narrows."""

from __future__ import annotations

from data.filters.holder import HOLDER
from data.filters.model import Filter, Narrowed
from data.filters.partner import PARTNER
from data.filters.scheme import SCHEME
from data.filters.territory import DEPARTEMENT, INTERCOMMUNALITE
from data.filters.typology import TYPOLOGY
from data.filters.unit import UNIT

FILTERS: tuple[Filter, ...] = (DEPARTEMENT, INTERCOMMUNALITE, HOLDER, TYPOLOGY, SCHEME, PARTNER, UNIT)


__all__ = [
    "FILTERS",
    "OF_ACTIVITIES",
    "OF_AIDS",
    "OF_ATTENDANCE",
    "OF_PLACES",
    "OF_TERRITORY",
    "Filter",
    "filter_of",
]


def _keys_of(kind: Narrowed) -> tuple[str, ...]:
    return tuple(one.key for one in FILTERS if kind in one.narrows)


# The keys of the filters that narrow each kind of table; a fact or list names its kind.
OF_TERRITORY = _keys_of("territory")
OF_PLACES = _keys_of("places")
OF_AIDS = _keys_of("aids")
OF_ACTIVITIES = _keys_of("activities")
OF_ATTENDANCE = _keys_of("attendance")


def filter_of(key: str) -> Filter:
    """The filter of that key. Raises StopIteration when there is none."""
    return next(one for one in FILTERS if one.key == key)
