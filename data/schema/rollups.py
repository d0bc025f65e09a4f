"""Roll-ups: computed from the live rows in the transaction of each load; pages read these."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, SmallInteger, Text

from data.codes import UNITS
from data.schema.base import define_table, key_column, search_key_column
from data.types import Cents, Coded, Day

label_span = define_table(
    "label_span",
    "One row per tiers-lieu, state (labelled, in_process) and unbroken period; `ended` is the day after it",
    key_column("state", Text),
    key_column("started", Day),
    key_column("place_id", Integer, ForeignKey("place.place_id")),
    Column("dep", Text, nullable=False),
    Column("epci", Text, nullable=False),
    Column("holder_type", Text, nullable=False),
    Column("typologies", Text, nullable=False),
    Column("ended", Day),
    Column("opened", Day, nullable=False, comment="the day of the step that proves it"),
    Column("opened_by", Text, nullable=False, comment="that step"),
    Index(None, "place_id"),
)

label_first = define_table(
    "label_first",
    "One row per tiers-lieu that applied for the label or was awarded it: the first day of each",
    key_column("place_id", Integer, ForeignKey("place.place_id")),
    Column("dep", Text, nullable=False),
    Column("epci", Text, nullable=False),
    Column("holder_type", Text, nullable=False),
    Column("typologies", Text, nullable=False),
    Column("applied", Day),
    Column("awarded", Day),
)

reach_span = define_table(
    "reach_span",
    "One row per commune, holder type and unbroken period (`ended`: day after) with a label within 15 km",
    key_column("commune", Text, ForeignKey("commune.code")),
    key_column("holder_type", Text),
    key_column("started", Day),
    Column("ended", Day),
)

aid_file = define_table(
    "aid_file",
    "One row per aid file, as known today: all that lists and sums need of it",
    key_column("aid_id", Integer, ForeignKey("aid.aid_id")),
    Column("origin", Text, nullable=False, comment="aids or aids-scdl"),
    Column("reference", Text, nullable=False),
    Column("beneficiary", Text, nullable=False, comment="as it is shown: a person is masked"),
    search_key_column("beneficiary"),
    Column("decision_reference", Text),
    search_key_column("decision_reference"),
    Column("day", Day, nullable=False, comment="of its first vote; of its proposal when it has none"),
    Column("number", BigInteger, nullable=False, comment="of the step of that day"),
    Column("is_voted", Boolean, nullable=False, comment="false: a proposal only"),
    Column("scheme", Text, nullable=False),
    Column("scheme_label", Text, nullable=False),
    search_key_column("scheme_label"),
    Column("family", Text, nullable=False),
    Column("funder", Text, nullable=False),
    Column("place_id", Integer, comment="its own, or the only one that has its SIRET"),
    Column("place", Text, comment="its name"),
    search_key_column("place"),
    Column("commune", Text, comment="that of the project, else of the place; null when not in Normandie"),
    search_key_column("commune"),
    Column("dep", Text, nullable=False),
    Column("epci", Text, nullable=False),
    Column("holder_type", Text, nullable=False),
    Column("typologies", Text, nullable=False),
    Column("voted", Cents, nullable=False, comment="votes and amendments; of a vote to come, what it would give"),
    Column("committed", Cents, nullable=False),
    Column("ordered", Cents, nullable=False, comment="advances, instalments, balances"),
    Column("recovered", Cents, nullable=False),
    Column("cancelled", Cents, nullable=False),
    Column("paid", Cents, nullable=False),
    Column("eligible", Cents),
    Column("cost", Cents),
    Column("public_money", Cents, comment="the aid and other public money; null without a total cost"),
    Column("first_order", Day),
    Column("verdict", Text, nullable=False, comment="conform, broken, derogation or unverifiable"),
    Column("why", Text, comment="what its findings say, in French"),
    search_key_column("why"),
    Index(None, "place_id"),
    Index(None, "family", "funder", "is_voted", "day", "aid_id"),  # lists come in this order
    Index(  # delays are read from it alone, whatever the filters and the breakdown
        "ix_aid_file_waits",
        *("family", "funder", "is_voted", "dep", "day", "aid_id", "first_order"),
        *("epci", "scheme", "holder_type", "typologies"),
    ),
)

aid_finding = define_table(
    "aid_finding",
    "One row per aid file and rule that it breaks, or that cannot be verified",
    key_column("aid_id", Integer, ForeignKey("aid.aid_id")),
    key_column("rule", Text),
    Column("verdict", Text, nullable=False, comment="broken, derogation or unverifiable"),
    Column("says", Text, nullable=False, comment="in French, with the numbers"),
    search_key_column("says"),
)

aid_place = define_table(
    "aid_place",
    "One row per tiers-lieu, day and scheme of the levers: what the Région voted to it",
    key_column("place_id", Integer),
    key_column("day", Day),
    key_column("scheme", Text),
    Column("amount", Cents, nullable=False),
)

aid_total = define_table(
    "aid_total",
    "One row per kind of step, grouping set with its year, month or day, and combination of the dimensions that the "
    "set keeps; the others are empty",
    key_column("step", Text),  # or a verdict and its rule, on the day of the first vote
    key_column("period_key", Integer),  # data.cube: 2_00202012 is set 2, December 2020
    key_column("epci", Text),
    key_column("dep", Text),
    key_column("holder_type", Text),
    key_column("typologies", Text),
    key_column("scheme", Text),
    key_column("funder", Text),
    key_column("family", Text),
    Column("day", Day, nullable=False, comment="the first with a step"),
    Column("lines", Integer, nullable=False, comment="steps, or findings"),
    Column("amount", Cents, nullable=False),
    Column("files", Integer, nullable=False, comment="aid files first voted so; the columns below are theirs"),
    Column("eligible", Cents, comment="eligible expenses"),
    Column("eligible_voted", Cents, comment="voted to files with eligible expenses"),
    Column("private_money", Cents, comment="total cost less public money, of files with a total cost"),
    Column("costed_voted", Cents, comment="voted to files with a total cost"),
    Column("costed", Integer, nullable=False, comment="files with a total cost"),
    Column("to_check", Integer, nullable=False, comment="files that break a rule without derogation"),
)

credit_use = define_table(
    "credit_use",
    "One row per use of the credits (voted, committed, ordered), scheme, fiscal year and day",
    key_column("use", Text),
    key_column("scheme", Text),
    key_column("fiscal_year", SmallInteger),
    key_column("day", Day),
    Column("amount", Cents, nullable=False),
)

attendance_month = define_table(
    "attendance_month",
    "One row per tiers-lieu that reported, month and unit, for everybody",
    key_column("place_id", Integer, ForeignKey("place.place_id")),
    key_column("month", Integer),
    key_column("unit", Coded(UNITS)),
    Column("value", BigInteger, nullable=False),
    Column("last_day", Day, nullable=False, comment="the latest end of its declarations"),
)

label_month = define_table(
    "label_month",
    "One row per tiers-lieu and month during which it is labelled, be it a day; runs ahead of the load",
    key_column("place_id", Integer, ForeignKey("place.place_id")),
    key_column("month", Integer),
    Column("answers", Integer, comment="units that it declared, data.facts.attendance.answer_bit; null: none"),
)

attendance_total = define_table(
    "attendance_total",
    "One row per unit, grouping set with its month, and combination of the dimensions that the set keeps: what was "
    "declared and expected, without what data.facts.suppression leaves out",
    key_column("unit", Coded(UNITS)),
    key_column("period_key", Integer),  # data.cube: 7_00202012 is set 7, December 2020
    key_column("epci", Text),
    key_column("dep", Text),
    key_column("holder_type", Text),
    key_column("typologies", Text),
    Column("value", BigInteger, comment="in the unit; null when nobody declared any"),
    Column("reports", Integer, nullable=False, comment="tiers-lieux that declared"),
    Column("seated_value", BigInteger, comment="of those of them with known seats"),
    Column("seats", BigInteger, comment="theirs"),
    Column("twin_now", BigInteger, comment="of those that declared in the same month a year before too"),
    Column("twin_before", BigInteger, comment="what these declared a year before"),
    Column("expected", Integer, nullable=False, comment="tiers-lieux labelled during the month"),
    Column("answered", Integer, nullable=False, comment="those of them that declared in the unit"),
)

attendance_suppression = define_table(
    "attendance_suppression",
    "One row per kind of figure, unit, level, private tiers-lieu and run of months that the level leaves out of it",
    key_column("kind", Text),  # declared, expected (of no unit), seated, paired: data.facts.suppression
    key_column("unit", Coded(UNITS)),
    key_column("level", SmallInteger),
    key_column("place_id", Integer, ForeignKey("place.place_id")),
    key_column("first", Integer),
    Column("last", Integer, nullable=False),
    Column("dep", Text, nullable=False),
    Column("epci", Text, nullable=False),
    Column("holder_type", Text, nullable=False),
    Column("typologies", Text, nullable=False),
)

visit_span = define_table(
    "visit_span",
    "One row per kind, unit, level, tiers-lieu and run of months that end twelve with a month published, or a pair",
    key_column("kind", Text),  # declared; paired: in the same month a year before too
    key_column("unit", Coded(UNITS)),
    key_column("level", SmallInteger),  # 0: every level, of a place that is not private
    key_column("dep", Text),
    key_column("place_id", Integer, ForeignKey("place.place_id")),
    key_column("first", Integer),
    Column("last", Integer, nullable=False),
    Column("epci", Text, nullable=False),
    Column("holder_type", Text, nullable=False),
    Column("typologies", Text, nullable=False),
)

activity_row = define_table(
    "activity_row",
    "One row per live activity of a partner, with its territory",
    key_column("day", Day),
    key_column("code", Text),
    Column("partner", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("place_id", Integer),
    Column("dep", Text, nullable=False),
    Column("epci", Text, nullable=False),
    Column("holder_type", Text, nullable=False),
    Column("typologies", Text, nullable=False),
    Column("participants", Integer),
    Column("followed", Day, comment="day of the first vote of its scheme after a prior meeting"),
    Column("labelled", Day, comment="if followed: day of the first award of its place after the meeting"),
    Index(None, "dep", "partner", "day", "kind", "epci", "place_id", "participants"),  # all that pages sum
    Index(None, "kind", "day", "dep", "followed", "labelled"),
    Index(None, "epci", "day"),  # the last activity there
    Index(None, "place_id", "day"),
)

aract_path = define_table(
    "aract_path",
    "One row per project that Aract met (a place, or a holder without one): the first day of its steps",
    Column("code", Text, primary_key=True, comment="of its first meeting"),
    Column("place_id", Integer, comment="of a meeting, else of the file of Émergence that followed it"),
    Column("commune", Text, comment="that its first meeting names"),
    Column("met", Day, nullable=False),
    Column("enriched", Day, comment="first support or talk of Aract from the meeting to the vote"),
    Column("voted", Day, comment="first vote of Émergence"),
    Column("equipped", Day, comment="first payment order of the two aids"),
    Column("digital", Day, comment="first vote of Services numériques"),
    Column("emergence_id", Integer, comment="the aid file of that vote"),
    Column("digital_id", Integer, comment="the aid file of that vote"),
)

fact_day = define_table(
    "fact_day",
    "One row per day of a label event, step of aid or activity, or end of declared attendance",
    key_column("day", Day),
)

refused_scope = define_table(
    "refused_scope",
    "One row per source, scope and day of its lines to correct: how many, and their money; null where the source has "
    "no such dimension, - (no day) where the line does not say it",
    key_column("number", Integer),
    Column("source", Text, nullable=False),
    *(Column(name, Text) for name in ("dep", "epci", "holder_type", "typologies", "scheme", "partner", "unit")),
    Column("day", Day),
    Column("lines", Integer, nullable=False),
    Column("amount", Cents, nullable=False),
)

source_state = define_table(
    "source_state",
    "One row per source with live rows or lines to correct",
    key_column("source", Text),
    Column("last_day", Day, comment="the date of the last fact"),
    Column("rejects", Integer, nullable=False),
    Column("rejected_amount", Cents, nullable=False),
)

roll_up_version = define_table(
    "roll_up_version",
    "One row in all: the version of the definitions from which every roll-up was last computed",
    key_column("version", Text),
)
