"""Where refused rows belong"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reject", sa.Column("place", sa.Text(), comment="the code of a tiers-lieu, as read"))
    op.add_column("reject", sa.Column("aid", sa.Text(), comment="the reference of an aid file, as read"))
    for name in ("commune", "scheme", "partner", "holder_type", "unit"):
        op.add_column("reject", sa.Column(name, sa.Text()))
    op.add_column("reject", sa.Column("day", sa.Integer()))
    op.create_table(
        "refused_scope",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=True)
            for name in ("dep", "epci", "holder_type", "typologies", "scheme", "partner", "unit")
        ),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_refused_scope")),
        comment="One row per source, scope and day of its lines to correct: how many, and their money; null where the "
        "source has no such dimension, - (no day) where the line does not say it",
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    raise NotImplementedError("Go back by restoring the database file or dump made before the upgrade.")
