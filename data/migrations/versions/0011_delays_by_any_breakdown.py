"""Delays by any breakdown"""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WAITS = ("family", "funder", "is_voted", "dep", "day", "aid_id", "first_order")
SCOPE = ("epci", "scheme", "holder_type", "typologies")


def upgrade() -> None:
    op.drop_index(f"ix_aid_file_{'_'.join(WAITS)}", "aid_file")  # every breakdown is read from the index alone
    op.create_index("ix_aid_file_waits", "aid_file", [*WAITS, *SCOPE])


def downgrade() -> None:
    raise NotImplementedError("Go back by restoring the database file or dump made before the upgrade.")
