"""Agreements with partners, and the suggestions of Aract."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Text

from data.schema.base import key_column, search_key_column, version_table
from data.types import Day

agreement = version_table(
    "agreement",
    "One row per partner and first day of an agreement with the Région",
    key_column("partner", Text, ForeignKey("partner.code")),
    key_column("starts", Day),
    Column("ends", Day, comment="its last day; null: open"),
    Column("purpose", Text, nullable=False),
    search_key_column("purpose"),
    Column("territories", Text, nullable=False, comment="|14|200066827|: départements, intercommunalités; empty: all"),
    Column("origin", Text),
)

qvt_suggestion = version_table(
    "qvt_suggestion",
    "One row per suggestion on the quality of life at work",
    key_column("code", Text),
    Column("theme", Text, nullable=False),
    search_key_column("theme"),
    Column("suggestion", Text, nullable=False),
    search_key_column("suggestion"),
    Column("conditions", Text, nullable=False, comment="|rural|small|: for whom, how large, when, where; empty: all"),
    Column("origin", Text),
)
