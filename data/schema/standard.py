"""The service standard of the label."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, Text

from data.schema.base import key_column, search_key_column, version_table
from data.types import Day

standard_criterion = version_table(
    "standard_criterion",
    "One row per criterion of the service standard",
    key_column("code", Text),
    Column("label", Text, nullable=False),
    search_key_column("label"),
    Column("basis", Text, nullable=False, comment="a column of place_version, or declared"),
    Column("threshold", Float, comment="the least value, of a measured column"),
    Column("is_compulsory", Boolean, nullable=False),
    Column("since", Day, comment="null: always in force"),
    Column("origin", Text),
)

standard_declaration = version_table(
    "standard_declaration",
    "One row per tiers-lieu, criterion and day of the finding",
    key_column("place_id", Integer, ForeignKey("place.place_id")),
    key_column("criterion", Text),
    key_column("day", Day),
    Column("finding", Text, nullable=False, comment="met or missing"),
    Column("origin", Text),
)
