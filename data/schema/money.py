"""Aid schemes, envelopes, aid files and their steps."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, SmallInteger, Text

from data.schema.base import identity, key, name_key, search_key_of, version
from data.types import Cents, Day

scheme = identity("scheme", "One row per aid scheme ever named by a file", key("code", Text))

scheme_version = version(
    "scheme_version",
    "One row per aid scheme and load that described it",
    key("code", Text, ForeignKey("scheme.code")),
    Column("label", Text, nullable=False),
    search_key_of("label"),
    Column("family", Text, nullable=False, comment="lever or complementary"),
    Column("funder", Text, nullable=False),
    Column("rate_max", Float, comment="fraction of the eligible expenses"),
    Column("cap", Cents),
    Column("cap_base", Text, comment="aid or expense"),
    Column("prior_meeting", Boolean),
    Column("label_required", Text, comment="no or in_process"),
    Column("starts", Day),
    Column("ends", Day),
    Column("origin", Text, nullable=False),
)

envelope = version(
    "envelope",
    "One row per scheme, fiscal year and credit type (AE, AP, CP)",
    key("scheme", Text, ForeignKey("scheme.code")),
    key("fiscal_year", SmallInteger),
    key("credit", Text),
    Column("section", Text),
    Column("amount", Cents, nullable=False),
    Column("origin", Text),
)

aid = identity(
    "aid",
    "One row per aid file ever named by a file",
    key("aid_id", Integer),
    Column("reference", Text, nullable=False, unique=True),
)

aid_version = version(
    "aid_version",
    "One row per aid file and load that described it",
    key("aid_id", Integer, ForeignKey("aid.aid_id")),
    Column("origin", Text, nullable=False, comment="aids or aids-scdl"),
    Column("scheme", Text, ForeignKey("scheme.code"), nullable=False),
    Column("place_id", Integer, ForeignKey("place.place_id")),
    Column("beneficiary", Text, nullable=False),
    search_key_of("beneficiary"),
    name_key("beneficiary_key", "beneficiary", "the beneficiary without case, accents or surplus spaces"),
    Column("siret", Text),
    Column("holder_type", Text),
    Column("project_commune", Text, comment="a commune of Normandie, or a code outside it"),
    Column("purpose", Text),
    Column("expense_nature", Text),
    Column("requested", Day),
    Column("requested_amount", Cents),
    Column("eligible_amount", Cents),
    Column("total_cost", Cents),
    Column("public_cofunding", Cents),
    Column("vote", Day, nullable=False),
    Column("decision_reference", Text),
    search_key_of("decision_reference"),
    Column("voted_amount", Cents, nullable=False),
    Column("commitment", Day),
    Column("committed_amount", Cents),
    Column("first_payment_order", Day),
    Column("payment_ordered_amount", Cents),
    Column("payment", Day),
    Column("paid_amount", Cents),
    Column("fiscal_year", SmallInteger),
    Column("lapses", Day),
    Column("justified_amount", Cents),
    Column("derogation", Text),
    Column("funder", Text, nullable=False, comment="SIREN"),
)

aid_step = version(
    "aid_step",
    "One row per aid file, kind of step, date and number",
    key("aid_id", Integer, ForeignKey("aid.aid_id")),
    key("step", Text),
    key("day", Day),
    key("number", Integer),
    key("origin", Text),
    Column("amount", Cents, nullable=False),
    Column("fiscal_year", SmallInteger),
    Index(None, "day", "aid_id", "step"),  # the rows of a figure come in this order
)
