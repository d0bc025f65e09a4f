"""Days and spans that explain curves."""

from __future__ import annotations

from sqlalchemy import Column, Text

from data.schema.base import key_column, search_key_column, version_table
from data.types import Day

annotation = version_table(
    "annotation",
    "One row per first day and text of what happened",
    key_column("starts", Day),
    key_column("text", Text),
    search_key_column("text"),
    Column("ends", Day, comment="its last day; null: a single day"),
    Column("themes", Text, nullable=False, comment="|label|aides|: of the curves that it explains; empty: all"),
    Column("territories", Text, nullable=False, comment="|27|76|: départements, intercommunalités; empty: all"),
    Column("origin", Text, nullable=False, comment="the public act or page that gives the days"),
    search_key_column("origin"),
)
