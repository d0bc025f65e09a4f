"""Roll-ups: computed from the live rows in the transaction of each load; pages read these."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Text

from data.codes import UNITS
from data.schema.base import key, table
from data.types import Cents, Coded, Day

label_span = table(
    "label_span",
    "One row per tiers-lieu, state (labelled, in_process) and unbroken period; `ended` is the day after it",
    key("state", Text),
    key("started", Day),
    key("place_id", Integer, ForeignKey("place.place_id")),
    Column("dep", Text, nullable=False),
    Column("epci", Text, nullable=False),
    Column("holder_type", Text, nullable=False),
    Column("typologies", Text, nullable=False),
    Column("ended", Day),
    Column("opened", Day, nullable=False, comment="the day of the step that proves it"),
    Column("opened_by", Text, nullable=False, comment="that step"),
    Index(None, "place_id"),
)

aid_total = table(
    "aid_total",
    "One row per kind of step, day, scheme, funder, territory and holder type",
    key("step", Text),
    key("funder", Text),
    key("dep", Text),  # before the day: pages of a département read its rows only
    key("day", Day),
    key("scheme", Text),
    key("epci", Text),
    key("holder_type", Text),
    Column("family", Text, nullable=False),
    Column("amount", Cents, nullable=False),
    Column("files", Integer, nullable=False),
)

attendance_month = table(
    "attendance_month",
    "One row per tiers-lieu that reported, month and unit, for everybody",
    key("place_id", Integer, ForeignKey("place.place_id")),
    key("month", Integer),
    key("unit", Coded(UNITS)),
    Column("value", BigInteger, nullable=False),
    Column("last_day", Day, nullable=False, comment="the latest end of its declarations"),
)

label_month = table(
    "label_month",
    "One row per tiers-lieu and month during which it is labelled, be it a day; runs ahead of the load",
    key("place_id", Integer, ForeignKey("place.place_id")),
    key("month", Integer),
)

attendance_total = table(
    "attendance_total",
    "One row per unit (empty: what is expected, whatever the unit), month, territory and holder type",
    key("unit", Coded(UNITS)),
    key("dep", Text),
    key("month", Integer),
    key("epci", Text),
    key("holder_type", Text),
    Column("value", BigInteger, comment="null when nobody reported"),
    Column("reports", Integer, nullable=False, comment="tiers-lieux that reported"),
    Column("expected", Integer, nullable=False, comment="tiers-lieux labelled during the month"),
    Column("answered", Integer, nullable=False, comment="those of them that reported"),
)

fact_day = table(
    "fact_day",
    "One row per day of a label event, step of aid or activity, or end of declared attendance",
    key("day", Day),
)

source_state = table(
    "source_state",
    "One row per source with live rows or lines to correct",
    key("source", Text),
    Column("last_day", Day, comment="the date of the last fact"),
    Column("rejects", Integer, nullable=False),
    Column("rejected_amount", Cents, nullable=False),
)
