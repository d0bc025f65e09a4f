"""Who holds the place: public, private, associations."""

from __future__ import annotations

from data.filters.model import Filter
from data.filters.options import fixed_options
from data.sources.places import HOLDER_TYPES

_CODES = {"public": "public", "prive": "private", "associatif": "nonprofit"}

HOLDER = Filter(
    "porteur",
    "Porteur",
    "holder_type",
    "tous",
    fixed_options(_CODES, HOLDER_TYPES),
    narrows=("places", "aids", "activities", "attendance"),
    values=_CODES,
)
