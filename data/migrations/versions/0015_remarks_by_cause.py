"""Remarks of loads by cause, and the SIREN of places and of beneficiaries"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_PER_CAUSE = 100  # remarks that a load kept of one cause
_MAX_LINES = 20
_DETAILS = re.compile(r" \([^()]*\)(?=\W*$| — dit une fois)")
_REST = "Autres remarques de ce chargement, dont le détail n’a pas été gardé."


def upgrade() -> None:
    connection = op.get_bind()
    for name in ("aid_version", "place_version"):
        op.add_column(name, sa.Column("siren", sa.Text(), comment="of the SIRET, or given in its place"))
        version = sa.table(name, sa.column("siren"), sa.column("siret"))
        op.execute(sa.update(version).values(siren=sa.func.substr(version.c.siret, 1, 9)))
    kept = connection.execute(
        sa.text('SELECT load_id, sheet, line, "column", value, message FROM remark ORDER BY load_id, number')
    ).all()
    counted = {row.load_id: row.warnings for row in connection.execute(sa.text("SELECT load_id, warnings FROM load"))}
    op.drop_table("remark")
    remark = op.create_table(
        "remark",
        sa.Column("load_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sheet", sa.Text()),
        sa.Column("column", sa.Text()),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("message_search_key", sa.Text(), comment="how message is searched and sorted"),
        sa.Column(
            "rows", sa.Integer(), comment="null: the file as a whole, or not counted by the version that loaded it"
        ),
        sa.Column("value", sa.Text(), comment="as read in the first of these rows"),
        sa.Column("lines", sa.Text(), comment="of the first of these rows: 3, 17, 42"),
        sa.ForeignKeyConstraint(["load_id"], ["load.load_id"], name=op.f("fk_remark_load_id")),
        sa.PrimaryKeyConstraint("load_id", "number", name=op.f("pk_remark")),
        comment="One row per load, column and cause of what was normalised or signalled, the most frequent first",
        sqlite_with_rowid=False,
    )
    rows = [
        {"load_id": load_id, "number": number, **row}
        for load_id, remarks in groupby(kept, key=lambda row: row.load_id)
        for number, row in enumerate(_by_cause(list(remarks), counted[load_id]), 1)
    ]
    if rows:
        op.bulk_insert(remark, rows)


def _by_cause(remarks: Sequence[sa.Row[Any]], counted: int) -> Iterator[dict[str, Any]]:
    """The remarks of a load by cause. What was counted and not kept goes to the only cause that was cut off, if any."""
    groups: dict[tuple[str | None, str], list[sa.Row[Any]]] = {}
    for remark in remarks:
        groups.setdefault((remark.column, _DETAILS.sub("", remark.message)), []).append(remark)
    rest = max(0, counted - len(remarks))
    cut_off = [key for key, alike in groups.items() if len(alike) >= _PER_CAUSE]
    for key in sorted(groups, key=lambda key: -len(groups[key])):
        alike = groups[key]
        rows = len(alike) + (rest if cut_off == [key] else 0)
        first = alike[0]
        message = first.message if rows == 1 else key[1]
        is_counted = first.line is not None and (first.column or rows > 1) and "dit une fois" not in message
        yield {
            "sheet": first.sheet,
            "column": first.column,
            "message": message,
            "rows": rows if is_counted else None,
            "value": first.value,
            "lines": _lines(alike, rows),
        }
    if rest and len(cut_off) != 1:
        yield {**dict.fromkeys(("sheet", "column", "value", "lines")), "message": _REST, "rows": rest}


def _lines(alike: Iterable[sa.Row[Any]], rows: int) -> str | None:
    lines = sorted({remark.line for remark in alike if remark.line is not None})
    named = [str(line) for line in lines[:_MAX_LINES]]
    return ", ".join([*named, "…"] if rows > len(named) else named) if named else None


def downgrade() -> None:
    raise NotImplementedError("Go back by restoring the database file or dump made before the upgrade.")
