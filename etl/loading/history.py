"""A staged delivery compared with what the database already knows: it loads, and what looks odd is signalled."""

from __future__ import annotations

from collections import defaultdict
from statistics import median

from sqlalchemy import ColumnElement, Connection, FromClause, Table, and_, exists, func, select, type_coerce
from sqlalchemy.types import Integer

from data.i18n import NARROW, day_short
from data.schema import attendance, is_live
from data.sources import Source
from etl.checks.attendance import MIN_OUTLIER, MIN_SERIES_LENGTH, OUTLIER_FACTOR
from etl.loading.merge import Merge
from etl.problems import Problem

SERIES = ("place_id", "unit", "audience")
MAX_REMARKS = 100
_OVERLAP = "période qui en recouvre une autre, déjà chargée, du même lieu dans la même unité"
_OUTLIER = (
    f"valeur plus de {OUTLIER_FACTOR} fois supérieure à la médiane connue du lieu{NARROW}: un zéro de trop{NARROW}?"
)
# A year before its beginning: no declared period is longer, and the index finds those that may reach it.
_ONE_YEAR = 1_00_00
_AMOUNTS = {"aid_version": "voted_amount", "aid_step": "amount", "envelope": "amount"}
_MIN_AMOUNTS = 5
_LEAST_RATIO, _GREATEST_RATIO = 500, 2_000  # between euros and thousands of euros


def compare_with_history(connection: Connection, job: Merge, source: Source) -> list[Problem]:
    """Warnings about staged rows that overlap, outgrow or are a thousand times off the live rows of their table."""
    if job.version is attendance:
        return [*_overlaps(connection, job, source), *_outliers(connection, job, source)]
    amount = _AMOUNTS.get(job.version.name)
    return _other_unit(connection, job, amount, source) if amount else []


def _same_series(job: Merge, other: FromClause) -> ColumnElement[bool]:
    return and_(*(other.c[name] == job.stage.c[name] for name in SERIES))


def _overlaps(connection: Connection, job: Merge, source: Source) -> list[Problem]:
    """New periods over others already known under another key."""
    stage, known, same = job.stage, job.version.alias("known"), job.version.alias("same")
    starts, ends = (type_coerce(stage.c[name], Integer) for name in ("starts", "ends"))
    is_new = ~exists().where(is_live(same), job.same_key(same))
    rows = connection.execute(
        select(stage.c.line, known.c.starts, known.c.ends)
        .join(known, and_(_same_series(job, known), is_live(known)))
        .where(is_new, type_coerce(known.c.starts, Integer).between(starts - _ONE_YEAR, ends))
        .where(type_coerce(known.c.ends, Integer) >= starts)
        .order_by(stage.c.line, known.c.starts)
    )
    found: dict[int, str] = {}
    for line, first, last in rows:
        if line not in found and len(found) == MAX_REMARKS:
            break
        found.setdefault(line, f"{_OVERLAP} (du {day_short(first)} au {day_short(last)})")
    return [_remark(line, source.column("starts").header, text, _OVERLAP) for line, text in found.items()]


def _outliers(connection: Connection, job: Merge, source: Source) -> list[Problem]:
    """Staged values far above the median of the live values of their series."""
    stage, version = job.stage, job.version
    named = version.c.place_id.in_(select(stage.c.place_id).distinct())
    keys = [version.c[name] for name in SERIES]
    means = (
        select(*keys, func.avg(version.c.value).label("mean"))
        .where(is_live(version), named)
        .group_by(*keys)
        .having(func.count() >= MIN_SERIES_LENGTH)
        .subquery("means")
    )
    # The median of values that are not negative is at most twice their mean: only these rows can be beyond it by far.
    suspects = connection.execute(
        select(stage.c.line, stage.c.value, *(stage.c[name] for name in SERIES))
        .join(means, and_(*(means.c[name] == stage.c[name] for name in SERIES)))
        .where(stage.c.value >= MIN_OUTLIER, stage.c.value > OUTLIER_FACTOR / 2 * means.c.mean)
        .order_by(stage.c.line)
        .limit(MAX_REMARKS)
    ).all()
    places = sorted({row.place_id for row in suspects})
    series: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for value, *key in connection.execute(
        select(version.c.value, *keys).where(is_live(version), version.c.place_id.in_(places))
    ) if places else ():  # fmt: skip
        series[tuple(key)].append(value)
    medians = {key: median(values) for key, values in series.items()}
    return [
        _remark(line, source.column("value").header, f"{_OUTLIER} ({value} pour {medians[tuple(key)]:g})", _OUTLIER)
        for line, value, *key in suspects
        if 0 < medians[tuple(key)] * OUTLIER_FACTOR < value
    ]


def _other_unit(connection: Connection, job: Merge, amount: str, source: Source) -> list[Problem]:
    """One warning when amounts are a thousand times those that are known: euros and thousands of euros."""
    staged = _median(connection, job.stage, amount)
    known = _median(connection, job.version, amount, is_live(job.version))
    if not staged or not known or not _LEAST_RATIO <= max(staged, known) / min(staged, known) <= _GREATEST_RATIO:
        return []
    message = (
        f"montants environ mille fois plus {'grands' if staged > known else 'petits'} que ceux déjà chargés{NARROW}: "
        "euros et milliers d’euros mêlés"
    )
    column = source.column(source.amount) if source.amount else None
    return [_remark(0, column.header if column else None, f"{message}{NARROW}?", message)]


def _median(connection: Connection, table: Table, amount: str, *where: ColumnElement[bool]) -> int | None:
    """The middle amount in cents; None of too few."""
    cents = type_coerce(table.c[amount], Integer)
    filled = (cents > 0, *where)
    count = connection.scalar(select(func.count()).select_from(table).where(*filled)) or 0
    if count < _MIN_AMOUNTS:
        return None
    return connection.scalar(select(cents).where(*filled).order_by(cents).limit(1).offset((count - 1) // 2))


def _remark(line: int, column: str | None, message: str, cause: str) -> Problem:
    text = f"{message[:1].upper()}{message[1:]}"
    return Problem("warning", line, column, None, text if text.endswith("?") else f"{text}.", cause=cause)
