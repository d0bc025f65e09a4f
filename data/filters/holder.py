"""The filter by type of holder: public, private, association."""

from __future__ import annotations

from data.filters.model import Filter
from data.filters.options import options_of_choices
from data.sources.places import HOLDER_TYPES

_DATABASE_VALUES = {"public": "public", "prive": "private", "associatif": "nonprofit"}

HOLDER = Filter(
    "porteur",
    "Porteur",
    "holder_type",
    "tous",
    options_of_choices(_DATABASE_VALUES, HOLDER_TYPES),
    narrowed_rows=("places", "aids", "activities", "needs", "attendance"),
    database_values=_DATABASE_VALUES,
)
