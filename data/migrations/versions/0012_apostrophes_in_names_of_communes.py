"""Names of communes with the apostrophe of French typography"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NAMES = (("commune", "name"), ("commune_history", "old_name"))


def upgrade() -> None:
    for table, name in NAMES:
        column: sa.ColumnClause[str] = sa.column(name, sa.Text())
        named = sa.table(table, column)
        op.execute(sa.update(named).where(column.contains("'")).values({name: sa.func.replace(column, "'", "’")}))


def downgrade() -> None:
    raise NotImplementedError("Go back by restoring the database file or dump made before the upgrade.")
