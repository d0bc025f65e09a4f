"""What was voted to each place"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "aid_place",
        sa.Column("place_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("scheme", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("place_id", "day", "scheme", name=op.f("pk_aid_place")),
        comment="One row per tiers-lieu, day and scheme of the levers: what the Région voted to it",
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    raise NotImplementedError("Go back by restoring the database file or dump made before the upgrade.")
