"""Tiers-lieux, the life of their label, and targets."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, Text

from data.schema.base import identity_table, key_column, search_key_column, version_table
from data.types import Day

place = identity_table(
    "place",
    "One row per tiers-lieu ever named by a file",
    key_column("place_id", Integer),
    Column("code", Text, nullable=False, unique=True),
)

place_version = version_table(
    "place_version",
    "One row per tiers-lieu and load that described it",
    key_column("place_id", Integer, ForeignKey("place.place_id")),
    Column("name", Text, nullable=False),
    search_key_column("name"),
    Column("commune", Text, ForeignKey("commune.code"), nullable=False),
    Column("holder", Text, nullable=False),
    Column("holder_type", Text, nullable=False, comment="public, private or nonprofit"),
    Column("legal_form", Text),
    Column("siret", Text),
    Column("siren", Text, comment="of the SIRET, or given in its place"),
    Column("typologies", Text, nullable=False, comment="|coworking|fablab|, or empty"),
    Column("opened", Day),
    Column("closed", Day),
    Column("seats", Integer),
    Column("surface_m2", Float),
    Column("speed_mbps", Float),
    Column("meeting_room", Boolean),
    Column("convivial_space", Boolean),
    Column("shared_tools", Boolean),
    Column("lon", Float),
    Column("lat", Float),
)

label_event = version_table(
    "label_event",
    "One row per tiers-lieu, step of its label and date",
    key_column("place_id", Integer, ForeignKey("place.place_id")),
    key_column("day", Day),
    key_column("step", Text),
    Column("opinion", Text, comment="favorable, reserved or unfavorable"),
    Column("decision_reference", Text),
    search_key_column("decision_reference"),
    Column("ceremony", Day),
    Column("comment", Text),
)

target = version_table(
    "target",
    "One row per indicator, territory (empty: Région), partner, scheme and due date",
    key_column("indicator", Text),
    key_column("territory", Text),
    key_column("partner", Text),
    key_column("scheme", Text),
    key_column("due", Day),
    Column("value", Float, nullable=False),
    Column("baseline_day", Day),
    Column("baseline_value", Float),
    Column("origin", Text, nullable=False),
)
