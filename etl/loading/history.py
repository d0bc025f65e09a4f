"""Staged declarations of attendance beside those that are known: they load, and what looks odd is signalled."""

from __future__ import annotations

from collections import defaultdict
from statistics import median

from sqlalchemy import ColumnElement, Connection, FromClause, and_, exists, func, select, type_coerce
from sqlalchemy.types import Integer

from data.i18n import NARROW, day_short
from data.schema import attendance, is_live
from data.sources import Source
from etl.checks.attendance import MIN_OUTLIER, MIN_SERIES_LENGTH, OUTLIER_FACTOR
from etl.loading.merge import Merge
from etl.problems import Problem
from etl.typing.cell_problems import FileState

SERIES = ("place_id", "unit", "audience")
_OVERLAP = "période qui en recouvre une autre, déjà chargée, du même lieu dans la même unité"
_OUTLIER = (
    f"valeur plus de {OUTLIER_FACTOR} fois supérieure à la médiane connue du lieu{NARROW}: un zéro de trop{NARROW}?"
)
# A year before its beginning: no declared period is longer, and the index finds those that may reach it.
_ONE_YEAR = 1_00_00


def compare_series(connection: Connection, job: Merge, source: Source, state: FileState) -> list[Problem]:
    """Warnings about staged declarations that overlap or outgrow the live ones of their series."""
    if job.version is not attendance:
        return []
    starts, value = source.column("starts").header, source.column("value").header
    return [
        *state.warn_rows(starts, _OVERLAP, _overlaps(connection, job)),
        *state.warn_rows(value, _OUTLIER, _outliers(connection, job)),
    ]


def _same_series(job: Merge, other: FromClause) -> ColumnElement[bool]:
    return and_(*(other.c[name] == job.stage.c[name] for name in SERIES))


def _overlaps(connection: Connection, job: Merge) -> list[tuple[int, str]]:
    """Line and message of new periods over others already known under another key."""
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
        found.setdefault(line, f"{_OVERLAP} (du {day_short(first)} au {day_short(last)})")
    return [*found.items()]


def _outliers(connection: Connection, job: Merge) -> list[tuple[int, str]]:
    """Line and message of staged values far above the median of the live values of their series."""
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
    ).all()
    places = sorted({row.place_id for row in suspects})
    series: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for value, *key in connection.execute(
        select(version.c.value, *keys).where(is_live(version), version.c.place_id.in_(places))
    ) if places else ():  # fmt: skip
        series[tuple(key)].append(value)
    medians = {key: median(values) for key, values in series.items()}
    return [
        (line, f"{_OUTLIER} ({value} pour {medians[tuple(key)]:g})")
        for line, value, *key in suspects
        if 0 < medians[tuple(key)] * OUTLIER_FACTOR < value
    ]
