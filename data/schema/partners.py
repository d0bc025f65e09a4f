"""Partners and their activities, attendance, the network of EPN, decision meetings."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, Text

from data.codes import AUDIENCES, UNITS
from data.schema.base import identity, key, name_key, search_key_of, version
from data.types import Coded, Day

partner = identity("partner", "One row per partner ever named by a file", key("code", Text))

partner_version = version(
    "partner_version",
    "One row per partner and load that described it",
    key("code", Text, ForeignKey("partner.code")),
    Column("label", Text, nullable=False),
    search_key_of("label"),
    Column("status", Text, comment="contracted or approached"),
    Column("since", Day),
    Column("origin", Text),
)

activity = version(
    "activity",
    "One row per partner activity",
    key("code", Text),
    Column("partner", Text, ForeignKey("partner.code"), comment="null: an event of an open agenda, not counted"),
    Column("kind", Text, nullable=False),
    Column("day", Day, nullable=False),
    Column("place_id", Integer, ForeignKey("place.place_id")),
    Column("commune", Text, ForeignKey("commune.code")),
    Column("title", Text),
    search_key_of("title"),
    Column("participants", Integer),
    Column("hours", Float),
    Column("holder", Text),
    name_key("holder_key", "holder", "the holder without case, accents or surplus spaces"),
    Column("aid_reference", Text),
    Index(None, "partner"),  # the agenda looks for those without one
)

attendance = version(
    "attendance",
    "One row per tiers-lieu, period, unit and audience (empty: everybody); the largest table",
    key("place_id", Integer, ForeignKey("place.place_id")),
    key("starts", Day),
    key("ends", Day),
    key("unit", Coded(UNITS)),
    key("audience", Coded(AUDIENCES)),
    Column("value", Integer, nullable=False),
    Column("capacity", Integer),
    Column("open_days", Integer),
)

mediation_place = version(
    "mediation_place",
    "One row per digital mediation place (EPN)",
    key("code", Text),
    Column("name", Text, nullable=False),
    search_key_of("name"),
    Column("commune", Text, comment="INSEE code; those outside Normandie are kept and not counted"),
    Column("lon", Float),
    Column("lat", Float),
    Column("services", Text),
)

session = version(
    "session",
    "One row per decision meeting",
    key("day", Day),
    key("label", Text),
    Column("decides", Text, comment="labels, aids or both; null: what its label suggests"),
)
