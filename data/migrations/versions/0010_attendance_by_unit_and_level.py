"""Attendance by unit, without the private places that a level of detail would reveal"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_SCOPE = ("dep", "epci", "holder_type", "typologies")


def _key(name: str, kind: Any = sa.Integer) -> sa.Column[Any]:
    return sa.Column(name, kind(), autoincrement=False, nullable=False)


def upgrade() -> None:
    op.drop_table("attendance_total")  # of another shape, as visit_span: filled again after the upgrade
    op.create_table(
        "attendance_total",
        _key("scope"),
        _key("unit", sa.SmallInteger),
        _key("month"),
        sa.Column("value", sa.BigInteger(), nullable=True, comment="in the unit; null when nobody declared any"),
        sa.Column("reports", sa.Integer(), nullable=False, comment="tiers-lieux that declared"),
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
        sa.Column("answered", sa.Integer(), nullable=False, comment="those of them that declared in the unit"),
        sa.PrimaryKeyConstraint("scope", "unit", "month", name=op.f("pk_attendance_total")),
        comment=(
            "One row per scope, unit and month: what was declared and expected, without what data.facts.suppression "
            "leaves out"
        ),
        sqlite_with_rowid=False,
    )
    op.drop_table("visit_span")
    op.create_table(
        "visit_span",
        _key("kind", sa.Text),
        _key("unit", sa.SmallInteger),
        _key("level", sa.SmallInteger),
        _key("dep", sa.Text),
        _key("place_id"),
        _key("first"),
        sa.Column("last", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _SCOPE[1:]),
        sa.ForeignKeyConstraint(["place_id"], ["place.place_id"], name=op.f("fk_visit_span_place_id")),
        sa.PrimaryKeyConstraint("kind", "unit", "level", "dep", "place_id", "first", name=op.f("pk_visit_span")),
        comment=(
            "One row per kind, unit, level, tiers-lieu and run of months that end twelve with a month published, or a "
            "pair"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "attendance_suppression",
        _key("kind", sa.Text),
        _key("unit", sa.SmallInteger),
        _key("level", sa.SmallInteger),
        _key("place_id"),
        _key("first"),
        sa.Column("last", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _SCOPE),
        sa.ForeignKeyConstraint(["place_id"], ["place.place_id"], name=op.f("fk_attendance_suppression_place_id")),
        sa.PrimaryKeyConstraint("kind", "unit", "level", "place_id", "first", name=op.f("pk_attendance_suppression")),
        comment=(
            "One row per kind of figure, unit, level, private tiers-lieu and run of months that the level leaves out "
            "of it"
        ),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    raise NotImplementedError("Go back by restoring the database file or dump made before the upgrade.")
