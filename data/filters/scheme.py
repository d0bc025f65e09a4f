"""The filter by aid scheme."""

from __future__ import annotations

from data.filters.model import Filter
from data.filters.options import LEVERS_FIRST, options_of_table
from data.schema import scheme_version

SCHEME = Filter(
    "dispositif",
    "Dispositif",
    "scheme",
    "tous",
    options_of_table(scheme_version, LEVERS_FIRST),
    narrowed_rows=("aids",),
    themes=("aides",),
)
