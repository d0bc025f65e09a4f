"""Sums of aid by span"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEPT = ("family", "funder", "scheme", "dep", "epci", "holder_type", "typologies")


def upgrade() -> None:
    op.drop_table("aid_total")  # a roll-up of another shape: filled again after the upgrade
    op.create_table(
        "aid_scope",
        sa.Column("scope", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cut", sa.SmallInteger(), nullable=False, comment="data.facts.spans"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in KEPT),
        sa.Column(
            "in_whole",
            sa.Integer(),
            nullable=True,
            comment="of the cut that keeps all: the scope of each other cut that holds it",
        ),
        *(sa.Column(f"in_{name}", sa.Integer(), nullable=True) for name in ("holder", "epci", "typology")),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_aid_scope")),
        comment="One row per cut of the sums of aid and combination of what it keeps; what it does not is empty",
        sqlite_with_rowid=False,
    )
    found_by = ["cut", "epci", "typologies", "dep", "holder_type", "scheme", "funder"]
    op.create_index(f"ix_aid_scope_{'_'.join(found_by)}", "aid_scope", found_by)
    op.create_table(
        "aid_total",
        sa.Column("step", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("span", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("scope", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False, comment="the first with a step"),
        sa.Column("lines", sa.Integer(), nullable=False, comment="steps, or findings"),
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
        sa.PrimaryKeyConstraint("step", "span", "scope", name=op.f("pk_aid_total")),
        comment="One row per kind of step, scope and year, month or day; years and months hold those of their days",
        sqlite_with_rowid=False,
    )
    for columns in (("day",), ("dep", "day")):
        before = ("family", "funder", "is_voted", *columns)
        op.drop_index(f"ix_aid_file_{'_'.join(before)}", "aid_file")
        op.create_index(f"ix_aid_file_{'_'.join(before)}_aid_id", "aid_file", [*before, "aid_id"])
    op.create_index("ix_aid_step_day_aid_id_step", "aid_step", ["day", "aid_id", "step"])


def downgrade() -> None:
    raise NotImplementedError("Go back by restoring the database file or dump made before the upgrade.")
