"""What a session decides, and names of intercommunalités as they are officially written"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NAMES = {
    "200068435": "CC Cœur du Perche",
    "200071454": "CA Évreux Portes de Normandie",
    "241400415": "CC Cœur Côte Fleurie",
    "241400860": "CC Cœur de Nacre",
    "247600588": "CC des Villes Sœurs",
}


def upgrade() -> None:
    op.add_column(
        "session",
        sa.Column("decides", sa.Text(), nullable=True, comment="labels, aids or both; null: what its label suggests"),
    )
    epci = sa.table("epci", sa.column("code", sa.Text()), sa.column("name", sa.Text()))
    for code, name in NAMES.items():
        op.execute(sa.update(epci).where(epci.c.code == code).values(name=name))
    op.execute(sa.update(epci).where(epci.c.name.contains("'")).values(name=sa.func.replace(epci.c.name, "'", "’")))


def downgrade() -> None:
    raise NotImplementedError("Go back by restoring the database file or dump made before the upgrade.")
