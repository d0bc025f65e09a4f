"""With which partner."""

from __future__ import annotations

from data.filters.model import Filter
from data.filters.options import labels_of
from data.schema import partner_version

PARTNER = Filter(
    "partenaire",
    "Partenaire",
    "partner",
    "tous",
    labels_of(partner_version),
    narrows=("activities",),
    themes=("partenaires",),
)
