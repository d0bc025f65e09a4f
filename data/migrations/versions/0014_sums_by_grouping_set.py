"""Sums of aid and of attendance by grouping set, each in one table"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_PLACED = ("epci", "dep", "holder_type", "typologies")


def _key(name: str, kind: Any = sa.Text) -> sa.Column[Any]:
    return sa.Column(name, kind(), autoincrement=False, nullable=False)


def _sum(name: str, kind: Any, comment: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind(), nullable=nullable, comment=comment)


def upgrade() -> None:
    for name in ("aid_total", "aid_scope", "attendance_total", "attendance_scope"):  # filled again after the upgrade
        op.drop_table(name)
    _create(
        "aid_total",
        ("step", sa.Text),
        (*_PLACED, "scheme", "funder", "family"),
        (
            _sum("day", sa.Integer, "the first with a step"),
            _sum("lines", sa.Integer, "steps, or findings"),
            _sum("amount", sa.BigInteger),
            _sum("files", sa.Integer, "aid files first voted so; the columns below are theirs"),
            _sum("eligible", sa.BigInteger, "eligible expenses", nullable=True),
            _sum("eligible_voted", sa.BigInteger, "voted to files with eligible expenses", nullable=True),
            _sum(
                "private_money",
                sa.BigInteger,
                "total cost less public money, of files with a total cost",
                nullable=True,
            ),
            _sum("costed_voted", sa.BigInteger, "voted to files with a total cost", nullable=True),
            _sum("costed", sa.Integer, "files with a total cost"),
            _sum("to_check", sa.Integer, "files that break a rule without derogation"),
        ),
        "One row per kind of step, grouping set with its year, month or day, and combination of the dimensions that "
        "the set keeps; the others are empty",
    )
    _create(
        "attendance_total",
        ("unit", sa.SmallInteger),
        _PLACED,
        (
            _sum("value", sa.BigInteger, "in the unit; null when nobody declared any", nullable=True),
            _sum("reports", sa.Integer, "tiers-lieux that declared"),
            _sum("seated_value", sa.BigInteger, "of those of them with known seats", nullable=True),
            _sum("seats", sa.BigInteger, "theirs", nullable=True),
            _sum(
                "twin_now", sa.BigInteger, "of those that declared in the same month a year before too", nullable=True
            ),
            _sum("twin_before", sa.BigInteger, "what these declared a year before", nullable=True),
            _sum("expected", sa.Integer, "tiers-lieux labelled during the month"),
            _sum("answered", sa.Integer, "those of them that declared in the unit"),
        ),
        "One row per unit, grouping set with its month, and combination of the dimensions that the set keeps: what was "
        "declared and expected, without what data.facts.suppression leaves out",
    )


def _create(
    name: str, key: tuple[str, Any], dimensions: tuple[str, ...], sums: tuple[sa.Column[Any], ...], comment: str
) -> None:
    op.create_table(
        name,
        _key(*key),
        _key("period_key", sa.Integer),
        *(_key(one) for one in dimensions),
        *sums,
        sa.PrimaryKeyConstraint(key[0], "period_key", *dimensions, name=op.f(f"pk_{name}")),
        comment=comment,
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    raise NotImplementedError("Go back by restoring the database file or dump made before the upgrade.")
