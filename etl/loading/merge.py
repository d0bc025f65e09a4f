"""Merge a stage into its version table: end what changed, keep what did not, add what is new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, exists, func, insert, literal, or_, select, update

from data.schema import is_live, load
from data.schema.base import derived_columns
from etl.loading.staging import PROVENANCE

CODES_PER_STATEMENT = 10_000


@dataclass(frozen=True)
class Merged:
    """How many rows of a delivery have a new key, replaced a live row, and were equal to one; and how many live rows
    ended because the delivery lacks or cancels them.
    """

    added: int
    replaced: int
    unchanged: int
    ended: int


@dataclass(frozen=True)
class Merge:
    """A stage and where it goes. `key`: the columns that are in both and identify a row among the live ones.

    `complete_for`: the stage holds all rows of each value that it names of these columns, but for the `incomplete`
    values of the first of them: some of their rows were refused, so that a row may be missing by mistake.
    """

    version: Table
    stage: Table
    key: tuple[str, ...]
    complete_for: tuple[str, ...] = ()
    incomplete: frozenset[int] = frozenset()

    def same_key(self, other: Any) -> ColumnElement[bool]:
        """SQL: a row of the stage and one of `other` (the version table or an alias) have the same key."""
        return and_(*(other.c[name] == self.stage.c[name] for name in self.key))

    def same_facts(self, other: Any) -> ColumnElement[bool]:
        """SQL: their facts are equal, derived texts and provenance aside."""
        derived = dict(derived_columns(self.version))
        facts = [c.name for c in self.version.c if c.name not in (*self.key, *PROVENANCE, *derived)]
        return and_(literal(True), *(other.c[name].is_not_distinct_from(self.stage.c[name]) for name in facts))

    def absent(self) -> ColumnElement[bool]:
        """SQL: a live row of an owner that the stage names, which the stage lacks."""
        version, stage = self.version, self.stage
        named = exists().where(and_(*(stage.c[name] == version.c[name] for name in self.complete_for)))
        whole = version.c[self.complete_for[0]].not_in(self.incomplete)
        return and_(is_live(version), named, whole, ~exists().where(self.same_key(version)))


def merge(connection: Connection, job: Merge, load_id: int, sheet: str | None) -> Merged:
    """Apply a stage without duplicate keys, as one load."""
    version, stage = job.version, job.stage
    staged = connection.scalar(select(func.count()).select_from(stage)) or 0
    replaced = connection.execute(
        update(version)
        .values(ended_by=load_id)
        .where(is_live(version), version.c.load_id != load_id, job.same_key(version), ~job.same_facts(version))
    ).rowcount
    ended = 0
    if job.complete_for:
        gone = update(version).values(ended_by=load_id).where(job.absent(), version.c.load_id != load_id)
        ended = connection.execute(gone).rowcount
    current = version.alias("current")
    known = exists().where(is_live(current), job.same_key(current))
    names = [column.name for column in stage.c if column.name in version.c]
    inserted = connection.execute(
        insert(version).from_select(
            [*names, "load_id", "sheet"],
            select(*(stage.c[name] for name in names), literal(load_id), literal(sheet, type_=version.c.sheet.type))
            .where(~known)
            .order_by(*(stage.c[name] for name in job.key)),
        ),
        execution_options={"preserve_rowcount": True},
    ).rowcount
    return Merged(inserted - replaced, replaced, staged - inserted, ended)


def changes_nothing(connection: Connection, job: Merge) -> bool:
    """Whether merging the stage would insert, replace and end no row."""
    now = job.version.alias("now")
    matching = exists().where(is_live(now), job.same_key(now), job.same_facts(now))
    changes = [exists().where(~matching).select_from(job.stage)]
    if job.complete_for:
        changes.append(exists().select_from(job.version).where(job.absent()))
    return not connection.scalar(select(or_(*changes)))


def end_cancelled(connection: Connection, version: Table, codes: Sequence[str], load_id: int) -> int:
    """End the live rows of these codes, which a delivery cancels. Returns how many."""
    ended = 0
    for some in _in_parts(codes):
        gone = version.c.code.in_(some) & (version.c.load_id != load_id)
        ended += connection.execute(update(version).values(ended_by=load_id).where(is_live(version), gone)).rowcount
    return ended


def end_packaged(connection: Connection, job: Merge, load_id: int) -> int:
    """End the live rows packaged with the application whose key the stage lacks. Returns how many."""
    version = job.version
    packaged = version.c.load_id.in_(select(load.c.load_id).where(load.c.kind == "reference"))
    lacking = ~exists().where(job.same_key(version))
    query = update(version).where(is_live(version), packaged, lacking).values(ended_by=load_id)
    return connection.execute(query).rowcount


def any_live(connection: Connection, version: Table, codes: Sequence[str]) -> bool:
    """Whether a row of these codes is live."""
    return any(
        connection.scalar(select(exists().where(is_live(version), version.c.code.in_(some))))
        for some in _in_parts(codes)
    )


def _in_parts(codes: Sequence[str]) -> Iterator[Sequence[str]]:
    return (codes[start : start + CODES_PER_STATEMENT] for start in range(0, len(codes), CODES_PER_STATEMENT))


def count_returning(connection: Connection, job: Merge) -> int:
    """Staged rows that would bring back a value of the Région's that a later delivery has replaced, or ended by its
    absence from a table that it holds whole.
    """
    past, now, of = job.version.alias("past"), job.version.alias("now"), load.alias("of")
    ended = exists().where(
        past.c.ended_by.is_not(None),
        past.c.load_id == of.c.load_id,
        of.c.kind == "region",
        job.same_key(past),
        job.same_facts(past),
    )
    if job.complete_for:
        changes = ~exists().where(is_live(now), job.same_key(now), job.same_facts(now))
    else:  # the largest tables: most rows of a delivery have no live row to compare with
        changes = exists().where(is_live(now), job.same_key(now), ~job.same_facts(now))
    return connection.scalar(select(func.count()).select_from(job.stage).where(changes, ended)) or 0


def count_overwritten(connection: Connection, job: Merge, loads: Sequence[int]) -> int:
    """Staged rows that would replace a row of one of these loads."""
    now = job.version.alias("now")
    other = exists().where(is_live(now), now.c.load_id.in_(loads), job.same_key(now), ~job.same_facts(now))
    return connection.scalar(select(func.count()).select_from(job.stage).where(other)) or 0
