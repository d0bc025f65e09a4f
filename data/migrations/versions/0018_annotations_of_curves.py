"""Annotations of curves"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "annotation",
        sa.Column("starts", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("text_search_key", sa.Text(), nullable=True, comment="how text is searched and sorted"),
        sa.Column("ends", sa.Integer(), nullable=True, comment="its last day; null: a single day"),
        sa.Column(
            "themes", sa.Text(), nullable=False, comment="|label|aides|: of the curves that it explains; empty: all"
        ),
        sa.Column(
            "territories", sa.Text(), nullable=False, comment="|27|76|: départements, intercommunalités; empty: all"
        ),
        sa.Column("origin", sa.Text(), nullable=False, comment="the public act or page that gives the days"),
        sa.Column("origin_search_key", sa.Text(), nullable=True, comment="how origin is searched and sorted"),
        sa.Column(
            "extra",
            sa.Text(),
            nullable=True,
            comment="JSON: the filled columns of its source that have none of their own here",
        ),
        sa.Column("load_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ended_by"], ["load.load_id"], name=op.f("fk_annotation_ended_by")),
        sa.ForeignKeyConstraint(["load_id"], ["load.load_id"], name=op.f("fk_annotation_load_id")),
        sa.PrimaryKeyConstraint("starts", "text", "load_id", name=op.f("pk_annotation")),
        comment="One row per first day and text of what happened",
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    raise NotImplementedError("Go back by restoring the database file or dump made before the upgrade.")
