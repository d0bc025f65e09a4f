"""The network of managers: its meetings, its needs, the roadmap of the label."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Text

from data.schema.base import key_column, search_key_column, version_table
from data.types import Day

network_meeting = version_table(
    "network_meeting",
    "One row per meeting of the managers",
    key_column("reference", Text),
    Column("day", Day, nullable=False),
    Column("label", Text, nullable=False),
    search_key_column("label"),
    Column("commune", Text, ForeignKey("commune.code")),
    Column("places", Text, nullable=False, comment="|DEMO-01|DEMO-02|: codes of the places present, or empty"),
    Column("themes", Text),
    search_key_column("themes"),
    Column("participants", Integer),
)

meeting_place = version_table(
    "meeting_place",
    "One row per meeting of the managers and tiers-lieu present",
    key_column("reference", Text),
    key_column("place_id", Integer, ForeignKey("place.place_id")),
    Index(None, "place_id"),
)

need = version_table(
    "need",
    "One row per need expressed by the network",
    key_column("reference", Text),
    Column("day", Day, nullable=False),
    Column("place_id", Integer, ForeignKey("place.place_id"), comment="null: a need of the whole network"),
    Column("theme", Text, nullable=False),
    Column("need", Text, nullable=False),
    search_key_column("need"),
    Column("state", Text, nullable=False, comment="expressed, in_progress, answered or dropped"),
    Column("answered", Day),
    Column("answer", Text),
    search_key_column("answer"),
)

roadmap_action = version_table(
    "roadmap_action",
    "One row per action of the roadmap of the label",
    key_column("reference", Text),
    Column("axis", Text, nullable=False),
    search_key_column("axis"),
    Column("action", Text, nullable=False),
    search_key_column("action"),
    Column("owner", Text, comment="an organisation, never a person"),
    search_key_column("owner"),
    Column("due", Day),
    Column("state", Text, nullable=False, comment="planned, started, done or abandoned"),
    Column("done", Day),
)
