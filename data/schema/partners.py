"""Partners and their activities, attendance, the network of EPN, decision meetings."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, Text

from data.codes import AUDIENCES, UNITS
from data.schema.base import identity_table, key_column, name_key_column, search_key_column, version_table
from data.types import Coded, Day

partner = identity_table("partner", "One row per partner ever named by a file", key_column("code", Text))

partner_version = version_table(
    "partner_version",
    "One row per partner and load that described it",
    key_column("code", Text, ForeignKey("partner.code")),
    Column("label", Text, nullable=False),
    search_key_column("label"),
    Column("status", Text, comment="contracted or approached"),
    Column("since", Day),
    Column("origin", Text),
)

activity = version_table(
    "activity",
    "One row per partner activity",
    key_column("code", Text),
    Column("partner", Text, ForeignKey("partner.code"), comment="null: an event of an open agenda, not counted"),
    Column("kind", Text, nullable=False),
    Column("day", Day, nullable=False),
    Column("place_id", Integer, ForeignKey("place.place_id")),
    Column("commune", Text, ForeignKey("commune.code")),
    Column("title", Text),
    search_key_column("title"),
    Column("participants", Integer),
    Column("hours", Float),
    Column("holder", Text),
    name_key_column("holder_key", "holder", "the holder without case, accents or surplus spaces"),
    Column("aid_reference", Text),
    Index(None, "partner"),  # the agenda looks for those without one
)

attendance = version_table(
    "attendance",
    "One row per tiers-lieu, period, unit and audience (empty: everybody); the largest table",
    key_column("place_id", Integer, ForeignKey("place.place_id")),
    key_column("starts", Day),
    key_column("ends", Day),
    key_column("unit", Coded(UNITS)),
    key_column("audience", Coded(AUDIENCES)),
    Column("value", Integer, nullable=False),
    Column("capacity", Integer),
    Column("open_days", Integer),
)

mediation_place = version_table(
    "mediation_place",
    "One row per digital mediation place (EPN)",
    key_column("code", Text),
    Column("name", Text, nullable=False),
    search_key_column("name"),
    Column("commune", Text, comment="INSEE code; those outside Normandie are kept and not counted"),
    Column("lon", Float),
    Column("lat", Float),
    Column("services", Text),
)

session = version_table(
    "session",
    "One row per decision meeting",
    key_column("day", Day),
    key_column("label", Text),
    Column("decides", Text, comment="labels, aids or both; null: what its label suggests"),
)
