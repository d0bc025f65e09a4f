"""Sums of attendance by scope"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("attendance_total")  # of another shape: filled again after the upgrade
    op.create_table(
        "attendance_scope",
        sa.Column("cut", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("scope", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("dep", "epci", "holder_type", "typologies")),
        sa.PrimaryKeyConstraint("cut", "scope", name=op.f("pk_attendance_scope")),
        comment="One row per cut of the sums of attendance and combination of what it keeps; what it does not is empty",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "attendance_total",
        sa.Column("scope", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True, comment="visits; null when nobody declared any"),
        sa.Column("reports", sa.Integer(), nullable=False, comment="tiers-lieux that declared visits"),
        sa.Column("seated_value", sa.BigInteger(), nullable=True, comment="of those of them with known seats"),
        sa.Column("seats", sa.BigInteger(), nullable=True, comment="theirs"),
        sa.Column(
            "twin_now",
            sa.BigInteger(),
            nullable=True,
            comment="of those that declared in the same month a year before too",
        ),
        sa.Column("twin_before", sa.BigInteger(), nullable=True, comment="what these declared a year before"),
        sa.Column("expected", sa.Integer(), nullable=False, comment="tiers-lieux labelled during the month"),
        *(
            sa.Column(f"answered_{unit}", sa.Integer(), nullable=False, comment="those of them that declared")
            for unit in ("visits", "people", "person_days", "half_days", "hours")
        ),
        sa.PrimaryKeyConstraint("scope", "month", name=op.f("pk_attendance_total")),
        comment="One row per scope and month: the visits declared, and the declarations expected",
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    raise NotImplementedError("Go back by restoring the database file or dump made before the upgrade.")
