"""Staged amounts beside those that are known: euros and thousands of euros, without and with VAT are not mixed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, case, func, select, type_coerce
from sqlalchemy.types import Integer

from data.i18n import NARROW, count
from data.schema import aid_step, aid_version, envelope, is_live
from data.sources import Source
from data.types import Cents
from etl.loading.merge import Merge
from etl.problems import Problem

TABLES = (aid_version, aid_step, envelope)
_MIN_AMOUNTS = 5
_LEAST_RATIO, _GREATEST_RATIO = 500, 2_000  # between euros and thousands of euros
_VAT = (1_200, 1_100, 1_055)  # thousandths of an amount without VAT
_LEAST_AMOUNT, _ROUNDING = 100_00, 1_00  # cents: a rate is not seen in less; amounts may be rounded to the euro


def other_amounts(connection: Connection, job: Merge, source: Source) -> list[Problem]:
    """One warning for each column whose amounts are a thousand times, or the rate of VAT, off those that are known."""
    if job.version not in TABLES:
        return []
    headers = {column.name: column.header for column in source.columns}
    amounts = [column for column in job.version.c if isinstance(column.type, Cents) and column.name in job.stage.c]
    if not connection.scalar(select(is_live(job.version)).where(is_live(job.version)).limit(1)):
        return []
    known = {column: _median(connection, job.version, column.name, is_live(job.version)) for column in amounts}
    return [
        Problem("warning", 0, headers.get(column.name), None, f"{message}{NARROW}?")
        for column, median in known.items()
        if median  # there is something to compare with
        for message in (*_other_unit(connection, job, column, median), *_other_tax(connection, job, column))
    ]


def _other_unit(connection: Connection, job: Merge, column: Column[Decimal], known: int) -> Iterator[str]:
    staged = _median(connection, job.stage, column.name)
    if staged and _LEAST_RATIO <= max(staged, known) / min(staged, known) <= _GREATEST_RATIO:
        size = "grands" if staged > known else "petits"
        yield (
            f"Montants environ mille fois plus {size} que ceux déjà chargés{NARROW}: euros et milliers d’euros mêlés"
        )


def _median(connection: Connection, table: Table, amount: str, *where: ColumnElement[bool]) -> int | None:
    """The middle amount in cents; None of too few."""
    cents = type_coerce(table.c[amount], Integer)
    filled = (cents > 0, *where)
    number = connection.scalar(select(func.count()).select_from(table).where(*filled)) or 0
    if number < _MIN_AMOUNTS:
        return None
    return connection.scalar(select(cents).where(*filled).order_by(cents).limit(1).offset((number - 1) // 2))


def _other_tax(connection: Connection, job: Merge, column: Column[Decimal]) -> Iterator[str]:
    """Most of the amounts that change do so by one rate of VAT."""
    known = job.version.alias("known")
    before, now = (type_coerce(table.c[column.name], Integer) for table in (known, job.stage))
    rates = [(rate, is_added) for rate in _VAT for is_added in (True, False)]
    alike = (
        func.abs((now if is_added else before) * 1_000 - (before if is_added else now) * rate) <= _ROUNDING * 1_000
        for rate, is_added in rates
    )
    changed, *found = connection.execute(
        select(func.count(), *(func.coalesce(func.sum(case((same, 1), else_=0)), 0) for same in alike))
        .select_from(job.stage)
        .join(known, and_(is_live(known), job.same_key(known)))
        .where(before >= _LEAST_AMOUNT, now >= _LEAST_AMOUNT, before != now)
    ).one()
    for number, (rate, is_added) in zip(found, rates, strict=True):
        if number >= _MIN_AMOUNTS and 2 * number > changed:
            how = "multiplié(s)" if is_added else "divisé(s)"
            factor = f"{Decimal(rate) / 1_000:f}".rstrip("0").replace(".", ",")
            rows = count(number, "montant déjà chargé est", "montants déjà chargés sont")
            yield f"{rows} {how} par {factor}{NARROW}: hors taxes et toutes taxes comprises mêlés"
