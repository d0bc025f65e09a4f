"""The rules of `data.facts.suppression` on frames: which private places each level leaves out of a month."""

from __future__ import annotations

import polars as pl

from data.facts.attendance import MONTH_NUMBERS_A_YEAR
from data.facts.suppression import LEVELS, MIN_PRIVATE_PLACES, Level
from data.model.facts import SummedPlaces


def suppress(places: pl.DataFrame, kind: SummedPlaces) -> pl.DataFrame:
    """Add one boolean column a level: it leaves this place out of this month and unit.

    `places` has one row per private place, month and unit that a kind of figure sums, with its `dep`, `epci` and
    `typologies`.
    """
    return _suppress(_with_cells(places), kind).drop(_cell_columns())


def suppress_parts(places: pl.DataFrame) -> pl.DataFrame:
    """The same for what was declared, and for the figures that sum a part of it: `seated` and `paired` flag its rows.

    A part leaves out what the whole does; the whole less a part is three places at least, or none. The pairs are a part
    of two wholes: of their month, and of the same month a year before.
    """
    found = _suppress(_with_twins(_with_cells(places)), "declared")
    seated = (
        (~pl.col("seated") | pl.col(flag_of("declared", level))).alias(flag_of("seated", level)) for level in LEVELS
    )
    found = _apply_rules(found.with_columns(seated), "seated", of="declared")
    before = found.select(
        "place_id",
        "unit",
        pl.col("month") + MONTH_NUMBERS_A_YEAR,
        *(pl.col(flag_of("declared", level)).alias(flag_of("before", level)) for level in LEVELS),
    )
    paired = (
        (~pl.col("paired") | pl.col(flag_of("declared", level)) | pl.col(flag_of("before", level))).alias(
            flag_of("paired", level)
        )
        for level in LEVELS
    )
    found = found.join(before, on=["place_id", "unit", "month"], how="left").with_columns(paired)
    found = _apply_rules(found, "paired", of="declared", a_year_before=True)
    return found.drop(*_cell_columns(), *(_twin(level) for level in LEVELS))


def _suppress(places: pl.DataFrame, kind: SummedPlaces) -> pl.DataFrame:
    no_flags = (pl.lit(value=False).alias(flag_of(kind, level)) for level in LEVELS)
    return _apply_rules(places.with_columns(no_flags), kind)


def _with_cells(places: pl.DataFrame) -> pl.DataFrame:
    """The rows by `place_id`, with the number of their cell at each level: rules group by it, not by texts."""
    rows = places.sort("place_id")
    for level in LEVELS:
        cells = rows.select(_cell_key(level)).unique().with_row_index(_cell(level))
        rows = rows.join(cells, on=_cell_key(level), how="left", nulls_equal=True, maintain_order="left")
    return rows


def _with_twins(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the number of their cell a year before, null when there is none."""
    for level in LEVELS:
        cells = rows.select(*_cell_key(level), pl.col(_cell(level)).alias(_twin(level))).unique()
        following = cells.with_columns(pl.col("month") + MONTH_NUMBERS_A_YEAR)
        rows = rows.join(following, on=_cell_key(level), how="left", nulls_equal=True, maintain_order="left")
    return rows


def _cell_columns() -> list[str]:
    return [_cell(level) for level in LEVELS]


def _apply_rules(
    rows: pl.DataFrame, kind: SummedPlaces, *, of: SummedPlaces | None = None, a_year_before: bool = False
) -> pl.DataFrame:
    """Apply the rules of `data.facts.suppression` until nothing moves; a flag is only ever raised, so that it ends."""
    flags = [flag_of(kind, level) for level in LEVELS]
    raised = -1
    while raised != (raised := int(rows.select(pl.sum_horizontal(pl.col(flags).sum())).item())):
        for level in reversed(LEVELS):
            rows = _raise_of_parts(rows, kind, level)
            if of is not None:
                rows = _raise_complement(rows, kind, level, of, a_year_before=a_year_before)
            rows = _raise_few(rows, kind, level)
        for level in LEVELS:
            left_out = pl.col(flag_of(kind, level))
            rows = rows.with_columns(pl.col(flag_of(kind, part)) | left_out for part in _parts(level))
    return rows


def _raise_few(rows: pl.DataFrame, kind: SummedPlaces, level: Level) -> pl.DataFrame:
    """Rule 1: one or two published places of a cell are left out too."""
    flag = pl.col(flag_of(kind, level))
    return rows.with_columns(flag | _is_few((~flag).sum().over(_cell(level))))


def _raise_of_parts(rows: pl.DataFrame, kind: SummedPlaces, level: Level) -> pl.DataFrame:
    """Rule 2: one or two published places that the parts of a cell leave out are left out of it."""
    flag = pl.col(flag_of(kind, level))
    for part in _parts(level):
        hidden = pl.col(flag_of(kind, part)) & ~flag
        rows = rows.with_columns(flag | (hidden & _is_few(hidden.sum().over(_cell(level)))))
    return rows


def _raise_complement(
    rows: pl.DataFrame, kind: SummedPlaces, level: Level, of: SummedPlaces, *, a_year_before: bool
) -> pl.DataFrame:
    """A figure over a part of what another publishes leaves some more out, when the rest would be one or two places:
    as many as make it three, the first by `place_id`.
    """
    flag, whole = pl.col(flag_of(kind, level)), ~pl.col(flag_of(of, level))
    rows = _raise_first(rows, kind, level, (whole & flag).sum().over(_cell(level)))
    if not a_year_before:
        return rows
    earlier = rows.group_by(pl.col(_cell(level)).alias(_twin(level))).agg(whole.sum().alias("earlier"))
    rows = rows.join(earlier, on=_twin(level), how="left", maintain_order="left")
    rest = pl.col("earlier").fill_null(0) - (~flag).sum().over(_cell(level))
    return _raise_first(rows, kind, level, rest).drop("earlier")


def _raise_first(rows: pl.DataFrame, kind: SummedPlaces, level: Level, rest: pl.Expr) -> pl.DataFrame:
    flag = pl.col(flag_of(kind, level))
    rank = (~flag).cum_sum().over(_cell(level))  # rows come by place_id
    return rows.with_columns(flag | (_is_few(rest) & (rank <= MIN_PRIVATE_PLACES - rest)))


def _is_few(places: pl.Expr) -> pl.Expr:
    return places.is_between(1, MIN_PRIVATE_PLACES - 1)


def _cell_key(level: Level) -> list[str]:
    return ["unit", "month", *level.columns]


def _cell(level: Level) -> str:
    return f"cell_{level.number}"


def _twin(level: Level) -> str:
    return f"cell_before_{level.number}"


def _parts(level: Level) -> list[Level]:
    """The levels that cut a cell of this one along one more dimension."""
    return [one for one in LEVELS if one != level and set(level.columns) < set(one.columns) and _one_more(level, one)]


def _one_more(level: Level, finer: Level) -> bool:
    """A territory (an intercommunalité, cut by département, is one dimension) or a typology, not both."""
    return len({"typologies" if name == "typologies" else "territory" for name in added(level, finer)}) == 1


def added(level: Level, finer: Level) -> set[str]:
    """The columns that a finer level has more."""
    return set(finer.columns) - set(level.columns)


def flag_of(kind: str, level: Level) -> str:
    """The column that says whether a level leaves a row out of a kind of figure."""
    return f"{kind}_{level.number}"
