"""What pages read of visits and activities"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

VOTED = ("family", "funder", "is_voted", "dep", "day", "aid_id")
READ = (
    ["dep", "partner", "day", "kind", "epci", "place_id", "participants"],
    ["kind", "day", "dep", "followed", "labelled"],
    ["epci", "day"],
    ["place_id", "day"],
)


def upgrade() -> None:
    op.drop_table("twin_span")  # its runs are those of the kind `paired`: filled again after the upgrade
    op.create_table(
        "visit_span",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("dep", sa.Text(), nullable=False),
        sa.Column("place_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("epci", "holder_type", "typologies")),
        sa.ForeignKeyConstraint(["place_id"], ["place.place_id"], name=op.f("fk_visit_span_place_id")),
        sa.PrimaryKeyConstraint("kind", "dep", "place_id", "first", name=op.f("pk_visit_span")),
        comment=(
            "One row per kind, tiers-lieu and run of months that end twelve months with visits declared, "
            "or a pair of them"
        ),
        sqlite_with_rowid=False,
    )
    op.add_column(
        "label_month",
        sa.Column(
            "answers",
            sa.Integer(),
            nullable=True,
            comment="units that it declared, data.facts.attendance.answer_bit; null: none",
        ),
    )
    op.create_index("ix_activity_partner", "activity", ["partner"])
    op.drop_index(f"ix_aid_file_{'_'.join(VOTED)}", "aid_file")  # delays are read from the index alone
    op.create_index(f"ix_aid_file_{'_'.join((*VOTED, 'first_order'))}", "aid_file", [*VOTED, "first_order"])
    for columns in READ:
        op.create_index(f"ix_activity_row_{'_'.join(columns)}", "activity_row", columns)


def downgrade() -> None:
    raise NotImplementedError("Go back by restoring the database file or dump made before the upgrade.")
