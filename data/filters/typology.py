"""The filter by kind of place; a place may have several typologies."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_

from data.filters.model import Filter
from data.filters.options import read_typology_options


def _contains_any(column: ColumnElement[object], values: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(column.contains(f"|{value}|", autoescape=True) for value in values))


TYPOLOGY = Filter(
    "typologie",
    "Typologie",
    "typologies",
    "toutes",
    read_typology_options,
    narrowed_rows=("places", "aids", "activities", "needs", "attendance"),
    condition=_contains_any,
)
