"""Loads, and what they refused or normalised."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, ForeignKey, Integer, Text

from data.schema.base import define_table, key_column, search_key_column, sourced_table
from data.types import Cents, Day

load = define_table(
    "load",
    "One row per file read once, kept even when it was rolled back",
    key_column("load_id", Integer),
    Column("source", Text, nullable=False),
    Column("file", Text, nullable=False),
    search_key_column("file"),
    Column("sha256", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("kind", Text, nullable=False, comment="reference, demo or region"),
    Column("status", Text, nullable=False, comment="loaded, loaded_with_rejects or rolled_back"),
    Column("loaded_at", DateTime, nullable=False, comment="UTC"),
    Column("accepted", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("replaced", Integer, nullable=False),
    Column("warnings", Integer, nullable=False),
)

reject = sourced_table(
    "reject",
    "One row per refused row of a file; ended by the load that settled or repeated it",
    key_column("number", Integer),
    Column("source", Text, nullable=False),
    Column("row_key", Text, comment="the natural key as read, to recognise the row when it comes back"),
    Column("column", Text),
    Column("value", Text),
    Column("message", Text, nullable=False),
    search_key_column("message"),
    Column("amount", Cents, comment="the money that this row would have counted"),
    Column("place", Text, comment="the code of a tiers-lieu, as read"),
    Column("aid", Text, comment="the reference of an aid file, as read"),
    Column("commune", Text),
    Column("scheme", Text),
    Column("partner", Text),
    Column("holder_type", Text),
    Column("unit", Text),
    Column("day", Day),
)

remark = define_table(
    "remark",
    "One row per load, column and cause of what was normalised or signalled, the most frequent first",
    key_column("load_id", Integer, ForeignKey("load.load_id")),
    key_column("number", Integer),
    Column("sheet", Text),
    Column("column", Text),
    Column("message", Text, nullable=False),
    search_key_column("message"),
    Column("rows", Integer, comment="null: the file as a whole, or not counted by the version that loaded it"),
    Column("value", Text, comment="as read in the first of these rows"),
    Column("lines", Text, comment="of the first of these rows: 3, 17, 42"),
)
