"""What the whole product counts"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("aid_total", "attendance_total"):  # roll-ups of another shape: filled again after the upgrade
        op.drop_table(name)
    op.create_table(
        "activity_row",
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("dep", sa.Text(), nullable=False),
        sa.Column("epci", sa.Text(), nullable=False),
        sa.Column("holder_type", sa.Text(), nullable=False),
        sa.Column("typologies", sa.Text(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column(
            "followed", sa.Integer(), nullable=True, comment="day of the first vote of its scheme after a prior meeting"
        ),
        sa.Column(
            "labelled",
            sa.Integer(),
            nullable=True,
            comment="if followed: day of the first award of its place after the meeting",
        ),
        sa.PrimaryKeyConstraint("day", "code", name=op.f("pk_activity_row")),
        comment="One row per live activity of a partner, with its territory",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "aid_total",
        sa.Column("step", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("funder", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("dep", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("scheme", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("epci", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("holder_type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column(
            "files", sa.Integer(), nullable=False, comment="aid files first voted so; the columns below are theirs"
        ),
        sa.Column("eligible", sa.BigInteger(), nullable=True, comment="eligible expenses"),
        sa.Column("eligible_voted", sa.BigInteger(), nullable=True, comment="voted to files with eligible expenses"),
        sa.Column(
            "private_money",
            sa.BigInteger(),
            nullable=True,
            comment="total cost less public money, of files with a total cost",
        ),
        sa.Column("costed_voted", sa.BigInteger(), nullable=True, comment="voted to files with a total cost"),
        sa.Column("costed", sa.Integer(), nullable=False, comment="files with a total cost"),
        sa.Column("to_check", sa.Integer(), nullable=False, comment="files that break a rule without derogation"),
        sa.PrimaryKeyConstraint(
            "step", "funder", "dep", "day", "scheme", "epci", "holder_type", name=op.f("pk_aid_total")
        ),
        comment="One row per kind of step, day, scheme, funder, territory and holder type",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "attendance_total",
        sa.Column("unit", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("dep", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("epci", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("holder_type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True, comment="null when nobody reported"),
        sa.Column("reports", sa.Integer(), nullable=False, comment="tiers-lieux that reported"),
        sa.Column("expected", sa.Integer(), nullable=False, comment="tiers-lieux labelled during the month"),
        sa.Column("answered", sa.Integer(), nullable=False, comment="those of them that reported"),
        sa.Column(
            "seated_value", sa.BigInteger(), nullable=True, comment="of the places with known seats that reported"
        ),
        sa.Column("seats", sa.BigInteger(), nullable=True, comment="theirs"),
        sa.Column(
            "twin_now",
            sa.BigInteger(),
            nullable=True,
            comment="of the places that reported in the same month a year before too",
        ),
        sa.Column("twin_before", sa.BigInteger(), nullable=True, comment="what these reported a year before"),
        sa.PrimaryKeyConstraint("unit", "dep", "month", "epci", "holder_type", name=op.f("pk_attendance_total")),
        comment="One row per unit (empty: what is expected, whatever the unit), month, territory and holder type",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "credit_use",
        sa.Column("use", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("scheme", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("fiscal_year", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("use", "scheme", "fiscal_year", "day", name=op.f("pk_credit_use")),
        comment="One row per use of the credits (voted, committed, ordered), scheme, fiscal year and day",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "aid_file",
        sa.Column("aid_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("origin", sa.Text(), nullable=False, comment="aids or aids-scdl"),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("beneficiary", sa.Text(), nullable=False, comment="as it is shown: a person is masked"),
        sa.Column("decision_reference", sa.Text(), nullable=True),
        sa.Column("day", sa.Integer(), nullable=False, comment="of its first vote; of its proposal when it has none"),
        sa.Column("number", sa.BigInteger(), nullable=False, comment="of the step of that day"),
        sa.Column("is_voted", sa.Boolean(), nullable=False, comment="false: a proposal only"),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("scheme_label", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("funder", sa.Text(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True, comment="its own, or the only one that has its SIRET"),
        sa.Column("place", sa.Text(), nullable=True, comment="its name"),
        sa.Column(
            "commune",
            sa.Text(),
            nullable=True,
            comment="that of the project, else of the place; null when not in Normandie",
        ),
        sa.Column("dep", sa.Text(), nullable=False),
        sa.Column("epci", sa.Text(), nullable=False),
        sa.Column("holder_type", sa.Text(), nullable=False),
        sa.Column("typologies", sa.Text(), nullable=False),
        sa.Column(
            "voted",
            sa.BigInteger(),
            nullable=False,
            comment="votes and amendments; of a vote to come, what it would give",
        ),
        sa.Column("committed", sa.BigInteger(), nullable=False),
        sa.Column("ordered", sa.BigInteger(), nullable=False, comment="advances, instalments, balances"),
        sa.Column("recovered", sa.BigInteger(), nullable=False),
        sa.Column("cancelled", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("eligible", sa.BigInteger(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column(
            "public_money",
            sa.BigInteger(),
            nullable=True,
            comment="the aid and other public money; null without a total cost",
        ),
        sa.Column("first_order", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=False, comment="conform, broken, derogation or unverifiable"),
        sa.Column("why", sa.Text(), nullable=True, comment="what its findings say, in French"),
        sa.ForeignKeyConstraint(["aid_id"], ["aid.aid_id"], name=op.f("fk_aid_file_aid_id")),
        sa.PrimaryKeyConstraint("aid_id", name=op.f("pk_aid_file")),
        comment="One row per aid file, as known today: all that lists and sums need of it",
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("aid_file", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_aid_file_family_funder_is_voted_day"), ["family", "funder", "is_voted", "day"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_aid_file_family_funder_is_voted_dep_day"),
            ["family", "funder", "is_voted", "dep", "day"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_aid_file_place_id"), ["place_id"], unique=False)

    op.create_table(
        "aid_finding",
        sa.Column("aid_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rule", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False, comment="broken, derogation or unverifiable"),
        sa.Column("says", sa.Text(), nullable=False, comment="in French, with the numbers"),
        sa.ForeignKeyConstraint(["aid_id"], ["aid.aid_id"], name=op.f("fk_aid_finding_aid_id")),
        sa.PrimaryKeyConstraint("aid_id", "rule", name=op.f("pk_aid_finding")),
        comment="One row per aid file and rule that it breaks, or that cannot be verified",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "label_first",
        sa.Column("place_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("dep", sa.Text(), nullable=False),
        sa.Column("epci", sa.Text(), nullable=False),
        sa.Column("holder_type", sa.Text(), nullable=False),
        sa.Column("typologies", sa.Text(), nullable=False),
        sa.Column("applied", sa.Integer(), nullable=True),
        sa.Column("awarded", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["place_id"], ["place.place_id"], name=op.f("fk_label_first_place_id")),
        sa.PrimaryKeyConstraint("place_id", name=op.f("pk_label_first")),
        comment="One row per tiers-lieu that applied for the label or was awarded it: the first day of each",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reach_span",
        sa.Column("commune", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("holder_type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("started", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ended", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["commune"], ["commune.code"], name=op.f("fk_reach_span_commune")),
        sa.PrimaryKeyConstraint("commune", "holder_type", "started", name=op.f("pk_reach_span")),
        comment="One row per commune, holder type and unbroken period (`ended`: day after) with a label within 15 km",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "twin_span",
        sa.Column("unit", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("place_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("dep", sa.Text(), nullable=False),
        sa.Column("epci", sa.Text(), nullable=False),
        sa.Column("holder_type", sa.Text(), nullable=False),
        sa.Column("typologies", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["place.place_id"], name=op.f("fk_twin_span_place_id")),
        sa.PrimaryKeyConstraint("unit", "place_id", "first", name=op.f("pk_twin_span")),
        comment="One row per unit, tiers-lieu and run of months that end twelve months with a pair a year apart",
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("twin_span", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_twin_span_unit_last"), ["unit", "last"], unique=False)

    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "holder_key", sa.Text(), nullable=True, comment="the holder without case, accents or surplus spaces"
            )
        )
        batch_op.alter_column(
            "partner",
            existing_type=sa.TEXT(),
            nullable=True,
            comment="null: an event of an open agenda, not counted",
        )

    with op.batch_alter_table("aid_version", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "beneficiary_key",
                sa.Text(),
                nullable=True,
                comment="the beneficiary without case, accents or surplus spaces",
            )
        )

    with op.batch_alter_table("mediation_place", schema=None) as batch_op:
        batch_op.alter_column(
            "commune",
            existing_type=sa.TEXT(),
            comment="INSEE code; those outside Normandie are kept and not counted",
        )


def downgrade() -> None:
    raise NotImplementedError("Go back by restoring the database file or dump made before the upgrade.")
