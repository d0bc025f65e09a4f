"""Aid schemes, envelopes, aid files and their steps."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, SmallInteger, Text

from data.schema.base import identity_table, key_column, name_key_column, search_key_column, version_table
from data.types import Cents, Day

scheme = identity_table("scheme", "One row per aid scheme ever named by a file", key_column("code", Text))

scheme_version = version_table(
    "scheme_version",
    "One row per aid scheme and load that described it",
    key_column("code", Text, ForeignKey("scheme.code")),
    Column("label", Text, nullable=False),
    search_key_column("label"),
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

envelope = version_table(
    "envelope",
    "One row per scheme, fiscal year and credit type (AE, AP, CP)",
    key_column("scheme", Text, ForeignKey("scheme.code")),
    key_column("fiscal_year", SmallInteger),
    key_column("credit", Text),
    Column("section", Text),
    Column("amount", Cents, nullable=False),
    Column("origin", Text),
)

aid = identity_table(
    "aid",
    "One row per aid file ever named by a file",
    key_column("aid_id", Integer),
    Column("reference", Text, nullable=False, unique=True),
)

aid_version = version_table(
    "aid_version",
    "One row per aid file and load that described it",
    key_column("aid_id", Integer, ForeignKey("aid.aid_id")),
    Column("origin", Text, nullable=False, comment="aids or aids-scdl"),
    Column("scheme", Text, ForeignKey("scheme.code"), nullable=False),
    Column("place_id", Integer, ForeignKey("place.place_id")),
    Column("beneficiary", Text, nullable=False),
    search_key_column("beneficiary"),
    name_key_column("beneficiary_key", "beneficiary", "the beneficiary without case, accents or surplus spaces"),
    Column("siret", Text),
    Column("siren", Text, comment="of the SIRET, or given in its place"),
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
    search_key_column("decision_reference"),
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

aid_step = version_table(
    "aid_step",
    "One row per aid file, kind of step, date and number",
    key_column("aid_id", Integer, ForeignKey("aid.aid_id")),
    key_column("step", Text),
    key_column("day", Day),
    key_column("number", Integer),
    key_column("origin", Text),
    Column("amount", Cents, nullable=False),
    Column("fiscal_year", SmallInteger),
    Index(None, "day", "aid_id", "step"),  # the rows of a figure come in this order
)
