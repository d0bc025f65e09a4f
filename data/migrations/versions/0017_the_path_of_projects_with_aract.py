"""The path of projects with Aract"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "aract_path",
        sa.Column("code", sa.Text(), nullable=False, comment="of its first meeting"),
        sa.Column(
            "place_id",
            sa.Integer(),
            nullable=True,
            comment="of a meeting, else of the file of Émergence that followed it",
        ),
        sa.Column("commune", sa.Text(), nullable=True, comment="that its first meeting names"),
        sa.Column("met", sa.Integer(), nullable=False),
        sa.Column(
            "enriched",
            sa.Integer(),
            nullable=True,
            comment="first support or talk of Aract from the meeting to the vote",
        ),
        sa.Column("voted", sa.Integer(), nullable=True, comment="first vote of Émergence"),
        sa.Column("equipped", sa.Integer(), nullable=True, comment="first payment order of the two aids"),
        sa.Column("digital", sa.Integer(), nullable=True, comment="first vote of Services numériques"),
        sa.Column("emergence_id", sa.Integer(), nullable=True, comment="the aid file of that vote"),
        sa.Column("digital_id", sa.Integer(), nullable=True, comment="the aid file of that vote"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_aract_path")),
        comment="One row per project that Aract met (a place, or a holder without one): the first day of its steps",
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    raise NotImplementedError("Go back by restoring the database file or dump made before the upgrade.")
