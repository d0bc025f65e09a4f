"""Search keys beside the texts that lists search and sort"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NAMES = {
    "departement": ("name",),
    "epci": ("name",),
    "commune": ("name",),
    "load": ("file",),
    "reject": ("message",),
    "scheme_version": ("label",),
    "aid_version": ("beneficiary", "decision_reference"),
    "partner_version": ("label",),
    "activity": ("title",),
    "mediation_place": ("name",),
    "place_version": ("name",),
    "label_event": ("decision_reference",),
    "aid_file": ("beneficiary", "decision_reference", "scheme_label", "place", "commune", "why"),
    "aid_finding": ("says",),
}


def upgrade() -> None:
    """The keys themselves are derived once the schema is there (etl.preparation.upgrade)."""
    for table, names in NAMES.items():
        for name in names:
            comment = f"how {name} is searched and sorted"
            op.add_column(table, sa.Column(f"{name}_search_key", sa.Text(), comment=comment))


def downgrade() -> None:
    raise NotImplementedError("Go back by restoring the database file or dump made before the upgrade.")
