"""The filter by theme of the needs that the managers express."""

from __future__ import annotations

from data.filters.model import Filter
from data.filters.options import options_of_choices
from data.sources.managers import NEED_THEMES

NEED_THEME = Filter(
    "theme",
    "Thème du besoin",
    "theme",
    "tous",
    options_of_choices({choice.code: choice.code for choice in NEED_THEMES}, NEED_THEMES),
    narrowed_rows=("needs",),
    themes=("reseau",),
)
