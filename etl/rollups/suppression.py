"""Which private places each level of the attendance figures leaves out, month by month (`data.facts.suppression`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    Select,
    SmallInteger,
    Subquery,
    Table,
    and_,
    case,
    delete,
    insert,
    literal,
    select,
    type_coerce,
    union_all,
)

from data.codes import UNITS
from data.facts.attendance import A_YEAR
from data.facts.suppression import FEWEST, KINDS, LEVELS, PRIVATE, Level
from data.model.facts import SummedPlaces
from data.schema import attendance_month, attendance_suppression, commune, label_month, live, place_version
from etl.rollups.statistics import analyze_tables

ROWS_PER_BATCH = 50_000
DECLARED_KINDS: tuple[SummedPlaces, ...] = (
    "declared",
    "seated",
    "paired",
)  # a figure, and those that sum a part of its places

suppressed_month = Table(
    "suppressed_month",
    MetaData(),
    Column("place_id", Integer, primary_key=True, autoincrement=False),
    Column("month", Integer, primary_key=True, autoincrement=False),
    Column("unit", SmallInteger, primary_key=True, autoincrement=False),  # the rank in UNITS; 0 for `expected`
    *(Column(kind, SmallInteger, nullable=False) for kind in KINDS),
    prefixes=["TEMPORARY"],
    postgresql_on_commit="DROP",
    sqlite_with_rowid=False,
)
"""One row per private place, month and unit left out by some level: the mask of these levels, by kind of figure."""


def level_rows() -> Subquery:
    """SQL: one row per level, `level` and its `bit` in a mask."""
    rows = (select(literal(one.number).label("level"), literal(one.bit).label("bit")) for one in LEVELS)
    return union_all(*rows).subquery("levels")


def refresh(connection: Connection) -> None:
    """Decide again for every month: fill `suppressed_month`, for the sums, and `attendance_suppression`, for pages."""
    places = _read_places(connection)
    declared = suppress_parts(_read_declared(connection).join(places, on="place_id"))
    expected = suppress(_read_expected(connection).join(places, on="place_id"), "expected")
    masks = pl.concat(
        [
            declared.select("place_id", "month", "unit", *(_mask_of(kind) for kind in DECLARED_KINDS)),
            expected.select("place_id", "month", "unit", _mask_of("expected")),
        ],
        how="diagonal",
    ).with_columns(pl.col(kind).fill_null(0) for kind in KINDS)
    masks = masks.filter(pl.any_horizontal(pl.col(kind) > 0 for kind in KINDS))
    connection.exec_driver_sql('DROP TABLE IF EXISTS "suppressed_month"')
    suppressed_month.create(connection)
    _insert(connection, suppressed_month, masks)
    connection.execute(delete(attendance_suppression))
    runs = runs_of(masks).join(places, on="place_id")
    unit = pl.col("unit").replace_strict(dict(enumerate(UNITS)), return_dtype=pl.String)
    _insert(connection, attendance_suppression, runs.with_columns(unit))
    analyze_tables(connection, suppressed_month, attendance_suppression)


def suppress(places: pl.DataFrame, kind: SummedPlaces) -> pl.DataFrame:
    """Add one boolean column a level: it leaves this place out of this month and unit.

    `places` has one row per private place, month and unit that a kind of figure sums, with its `dep`, `epci` and
    `typologies`.
    """
    no_flags = (pl.lit(value=False).alias(_flag(kind, level)) for level in LEVELS)
    return _apply_rules(places.with_columns(no_flags), kind)


def suppress_parts(places: pl.DataFrame) -> pl.DataFrame:
    """The same for what was declared, and for the figures that sum a part of it: `seated` and `paired` flag its rows.

    A part leaves out what the whole does; the whole less a part is three places at least, or none. The pairs are a part
    of two wholes: of their month, and of the same month a year before.
    """
    found = suppress(places, "declared")
    seated = ((~pl.col("seated") | pl.col(_flag("declared", level))).alias(_flag("seated", level)) for level in LEVELS)
    found = _apply_rules(found.with_columns(seated), "seated", of="declared")
    before = found.select(
        "place_id",
        "unit",
        pl.col("month") + A_YEAR,
        *(pl.col(_flag("declared", level)).alias(_flag("before", level)) for level in LEVELS),
    )
    paired = (
        (~pl.col("paired") | pl.col(_flag("declared", level)) | pl.col(_flag("before", level))).alias(
            _flag("paired", level)
        )
        for level in LEVELS
    )
    found = found.join(before, on=["place_id", "unit", "month"], how="left").with_columns(paired)
    return _apply_rules(found, "paired", of="declared", a_year_before=True)


def _apply_rules(
    rows: pl.DataFrame, kind: SummedPlaces, *, of: SummedPlaces | None = None, a_year_before: bool = False
) -> pl.DataFrame:
    """Apply the rules of `data.facts.suppression` until nothing moves; a flag is only ever raised, so that it ends."""
    flags = [_flag(kind, level) for level in LEVELS]
    raised = -1
    while raised != (raised := int(rows.select(pl.sum_horizontal(pl.col(flags).sum())).item())):
        for level in reversed(LEVELS):
            rows = _raise_of_parts(rows, kind, level)
            if of is not None:
                rows = _raise_complement(rows, kind, level, of, a_year_before=a_year_before)
            rows = _raise_few(rows, kind, level)
        for level in LEVELS:
            left_out = pl.col(_flag(kind, level))
            rows = rows.with_columns(pl.col(_flag(kind, part)) | left_out for part in _parts(level))
    return rows


def _raise_few(rows: pl.DataFrame, kind: SummedPlaces, level: Level) -> pl.DataFrame:
    """Rule 1: one or two published places of a cell are left out too."""
    flag = pl.col(_flag(kind, level))
    return rows.with_columns(flag | _is_few((~flag).sum().over(_cell(level))))


def _raise_of_parts(rows: pl.DataFrame, kind: SummedPlaces, level: Level) -> pl.DataFrame:
    """Rule 2: one or two published places that the parts of a cell leave out are left out of it."""
    flag = pl.col(_flag(kind, level))
    for part in _parts(level):
        hidden = pl.col(_flag(kind, part)) & ~flag
        rows = rows.with_columns(flag | (hidden & _is_few(hidden.sum().over(_cell(level)))))
    return rows


def _raise_complement(
    rows: pl.DataFrame, kind: SummedPlaces, level: Level, of: SummedPlaces, *, a_year_before: bool
) -> pl.DataFrame:
    """A figure over a part of what another publishes leaves some more out, when the rest would be one or two places:
    as many as make it three, the first by `place_id`.
    """
    flag, whole = pl.col(_flag(kind, level)), ~pl.col(_flag(of, level))
    rows = _raise_first(rows, kind, level, (whole & flag).sum().over(_cell(level)))
    if not a_year_before:
        return rows
    earlier = rows.group_by(_cell(level)).agg(whole.sum().alias("earlier")).with_columns(pl.col("month") + A_YEAR)
    rows = rows.join(earlier, on=_cell(level), how="left", maintain_order="left")
    rest = pl.col("earlier").fill_null(0) - (~flag).sum().over(_cell(level))
    return _raise_first(rows, kind, level, rest).drop("earlier")


def _raise_first(rows: pl.DataFrame, kind: SummedPlaces, level: Level, rest: pl.Expr) -> pl.DataFrame:
    flag = pl.col(_flag(kind, level))
    rank = (~flag).cum_sum().over(_cell(level), order_by="place_id")
    return rows.with_columns(flag | (_is_few(rest) & (rank <= FEWEST - rest)))


def _is_few(places: pl.Expr) -> pl.Expr:
    return places.is_between(1, FEWEST - 1)


def _cell(level: Level) -> list[str]:
    return ["unit", "month", *level.columns]


def _parts(level: Level) -> list[Level]:
    """The levels that cut a cell of this one along one more dimension."""
    return [one for one in LEVELS if one != level and set(level.columns) < set(one.columns) and _one_more(level, one)]


def _one_more(level: Level, finer: Level) -> bool:
    """A territory (an intercommunalité, cut by département, is one dimension) or a typology, not both."""
    return len({"typologies" if name == "typologies" else "territory" for name in added(level, finer)}) == 1


def added(level: Level, finer: Level) -> set[str]:
    """The columns that a finer level has more."""
    return set(finer.columns) - set(level.columns)


def _flag(kind: str, level: Level) -> str:
    return f"{kind}_{level.number}"


def _mask_of(kind: SummedPlaces) -> pl.Expr:
    """The mask of the levels that leave a row out, of those that the kind of figure sums."""
    bits = (pl.col(_flag(kind, level)).cast(pl.Int16) * level.bit for level in LEVELS)
    mask = pl.sum_horizontal(*bits)
    return (mask if kind in ("declared", "expected") else pl.when(pl.col(kind)).then(mask).otherwise(0)).alias(kind)


def runs_of(masks: pl.DataFrame) -> pl.DataFrame:
    """The runs of months of each kind, unit, level and place that the masks name: `first` and `last`, both included."""
    rank = pl.col("month") // 100 * 12 + pl.col("month") % 100
    key = ["kind", "unit", "level", "place_id"]
    runs = [
        masks.filter(pl.col(kind) & level.bit > 0).select(
            pl.lit(kind).alias("kind"), "unit", pl.lit(level.number).alias("level"), "place_id", "month"
        )
        for kind in KINDS
        for level in LEVELS
    ]
    months = pl.concat(runs).sort(*key, "month")
    run = (rank - pl.int_range(pl.len()).over(key)).alias("run")  # the same for months that follow each other
    return (
        months.group_by(*key, run)
        .agg(pl.col("month").min().alias("first"), pl.col("month").max().alias("last"))
        .drop("run")
    )


def _read_places(connection: Connection) -> pl.DataFrame:
    """The private places, with what cells are made of."""
    rows = connection.execute(
        select(place_version.c.place_id, commune.c.dep, commune.c.epci, place_version.c.typologies)
        .join(commune, commune.c.code == place_version.c.commune)
        .where(live(place_version), place_version.c.holder_type == PRIVATE)
    ).all()
    schema = {"place_id": pl.Int64, "dep": pl.String, "epci": pl.String, "typologies": pl.String}
    return pl.DataFrame([tuple(row) for row in rows], schema=schema, orient="row").with_columns(
        pl.col("typologies").fill_null(""), pl.lit(PRIVATE).alias("holder_type")
    )


def _read_declared(connection: Connection) -> pl.DataFrame:
    """One row per private place, month and unit declared: `seated` and `paired` as for the sums of visit_totals."""
    now, before = attendance_month.alias("now"), attendance_month.alias("before")
    is_twin = and_(
        before.c.place_id == now.c.place_id, before.c.month == now.c.month - A_YEAR, before.c.unit == now.c.unit
    )
    query = (
        select(
            now.c.place_id,
            now.c.month,
            type_coerce(now.c.unit, SmallInteger),
            case((place_version.c.seats > 0, 1), else_=0),
            case((before.c.place_id.is_not(None), 1), else_=0),
        )
        .select_from(now)
        .join(place_version, and_(place_version.c.place_id == now.c.place_id, live(place_version)))
        .outerjoin(before, is_twin)
        .where(place_version.c.holder_type == PRIVATE)
    )
    columns = ("place_id", "month", "unit", "seated", "paired")
    return _frame(connection, query, columns).with_columns(pl.col("seated", "paired") == 1)


def _read_expected(connection: Connection) -> pl.DataFrame:
    """One row per private place and month during which it was labelled."""
    query = (
        select(label_month.c.place_id, label_month.c.month, literal(0))
        .join(place_version, and_(place_version.c.place_id == label_month.c.place_id, live(place_version)))
        .where(place_version.c.holder_type == PRIVATE)
    )
    return _frame(connection, query, ("place_id", "month", "unit"))


def _frame(connection: Connection, query: Select[Any], columns: Sequence[str]) -> pl.DataFrame:
    """Whole numbers, read some rows at a time: all of them as Python objects would weigh hundreds of megabytes."""
    schema = dict.fromkeys(columns, pl.Int64)
    result = connection.execute(query.execution_options(yield_per=ROWS_PER_BATCH))
    parts = [pl.DataFrame([tuple(row) for row in part], schema=schema, orient="row") for part in result.partitions()]
    return pl.concat(parts) if parts else pl.DataFrame(schema=schema)


def _insert(connection: Connection, table: Table, rows: pl.DataFrame) -> None:
    names = [column.name for column in table.c]
    for part in rows.select(names).sort(names).iter_slices(ROWS_PER_BATCH):
        connection.execute(insert(table), part.to_dicts())
