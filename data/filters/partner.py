"""The filter by partner."""

from __future__ import annotations

from data.filters.model import Filter
from data.filters.options import options_of_table
from data.schema import partner_version

PARTNER = Filter(
    "partenaire",
    "Partenaire",
    "partner",
    "tous",
    options_of_table(partner_version),
    narrowed_rows=("activities",),
    themes=("partenaires",),
)
