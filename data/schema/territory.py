"""Territory: reference data, COG and EPCI of 1 January 2026."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, Text

from data.schema.base import define_table, key_column, search_key_column
from data.types import Day

departement = define_table(
    "departement",
    "One row per département",
    key_column("code", Text),
    Column("name", Text, nullable=False),
    search_key_column("name"),
)

epci = define_table(
    "epci",
    "One row per intercommunalité with at least one commune in Normandie",
    key_column("code", Text),
    Column("name", Text, nullable=False),
    search_key_column("name"),
    Column("seat_in_normandie", Boolean, nullable=False),
)

commune = define_table(
    "commune",
    "One row per commune of Normandie",
    key_column("code", Text),
    Column("name", Text, nullable=False),
    search_key_column("name"),
    Column("dep", Text, ForeignKey("departement.code"), nullable=False),
    Column("epci", Text, ForeignKey("epci.code"), nullable=False),
    Column("population", Integer, nullable=False),
    Column("lon", Float, nullable=False),
    Column("lat", Float, nullable=False),
    Index(None, "epci", "dep", "population"),
)

commune_history = define_table(
    "commune_history",
    "One row per former commune code",
    key_column("old_code", Text),
    Column("old_name", Text, nullable=False),
    Column("code", Text, ForeignKey("commune.code"), nullable=False),
    Column("effective", Day, nullable=False),
)

outline = define_table(
    "outline",
    "One row per drawn territory (département or intercommunalité); rings is JSON: [[[lon, lat], …], …]",
    key_column("level", Text),
    key_column("code", Text),
    Column("rings", Text, nullable=False),
    Column("source", Text, nullable=False),
)
