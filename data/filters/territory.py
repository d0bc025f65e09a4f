"""The filters by département and intercommunalité."""

from __future__ import annotations

from data.filters.model import Filter, NarrowedRows
from data.filters.options import read_departement_options, read_intercommunalite_options

ALL_ROWS: tuple[NarrowedRows, ...] = ("territory", "places", "aids", "activities", "needs", "attendance")

DEPARTEMENT = Filter("dep", "Département", "dep", "tous", read_departement_options, narrowed_rows=ALL_ROWS)
INTERCOMMUNALITE = Filter(
    "epci",
    "Intercommunalité",
    "epci",
    "toutes",
    read_intercommunalite_options,
    narrowed_rows=ALL_ROWS,
    search="Rechercher une intercommunalité, ou une de ses communes",
)
