"""How a chart is drawn by Office: its declaration, and the table that a native chart draws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Literal

from dashboard.exports.cells import office_text
from dashboard.exports.columns import TableColumn, cell_text
from dashboard.exports.number_formats import GENERAL_FORMAT, number_format
from dashboard.figures.base import MUTED, SERIES
from data.types import month_start

OfficeKind = Literal["bar", "column", "line", "picture"]
OFFICE_COLOURS = (*SERIES, MUTED)  # five series, as the départements
MAX_LABELLED_MARKS = {"bar": 24, "column": 10}  # more marks leave no room for their values
MAX_STACKED_COLUMNS = 24
MIN_LABEL_DISTANCE = 0.07  # of the height of the chart, between the labels of two lines
MAX_TIME_LABELS = 9  # below an axis of time
DAY_FORMAT, MONTH_FORMAT = "dd/mm/yyyy", "[$-40C]mmm yyyy"  # names of months in French, whatever the Office


@dataclass(frozen=True)
class OfficeChart:
    """How Office draws a chart: horizontal `bar`s, `column`s or `line`s; `picture`: what Office cannot draw (a map, a
    matrix), shown as an image beside its data.

    `category`: the columns whose texts, joined, name the marks (a single column of days or months makes an axis of
    time). `values`: the columns drawn, all in one unit; a series each, or with `series` one series for each value of
    that column. `colours` are those of the series, in their order, or by the column `position` (the rank of a series
    among all things that are known, whatever the filter). `stacked`: series are parts of a whole. `connected`: a line
    goes on over unknown values, as between the days on which a stock changes; otherwise it breaks. `steps`: the values
    that stay until the day of the next one: stairs, where a line from day to day would pass through numbers that never
    were.
    """

    kind: OfficeKind
    category: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    series: str = ""
    position: str = ""
    colours: tuple[str, ...] = OFFICE_COLOURS
    stacked: bool = False
    connected: bool = False
    steps: tuple[str, ...] = ()


PICTURE = OfficeChart("picture")


@dataclass(frozen=True)
class ChartSeries:
    """A series: its name, a value for each category (None when unknown), its colour (`#1f4e79`); stairs, if it
    `is_stepped`.
    """

    name: str
    values: tuple[Any, ...]
    colour: str
    is_stepped: bool

    @property
    def has_marks(self) -> bool:
        """Whether each value has a mark: not along stairs, whose corners are no events."""
        return not self.is_stepped or sum(value is not None for value in self.values) == 1

    @property
    def last_known(self) -> int:
        """The place of its last known value; -1 without any."""
        return max((at for at, value in enumerate(self.values) if value is not None), default=-1)


@dataclass(frozen=True)
class ChartTable:
    """What a native chart draws: one row per category, one column per series; `header` names the categories, which are
    all days (`is_dated`) or all texts. Formats are those of Office.
    """

    office: OfficeChart
    header: str
    categories: tuple[date | str, ...]
    series: tuple[ChartSeries, ...]
    category_format: str
    value_format: str

    @property
    def is_dated(self) -> bool:
        return bool(self.category_format)

    @property
    def has_labels(self) -> bool:
        """Whether there is room for the value of each mark."""
        if self.office.stacked:
            return len(self.categories) <= MAX_STACKED_COLUMNS
        return len(self.categories) * len(self.series) <= MAX_LABELLED_MARKS.get(self.office.kind, 0)

    @property
    def last_points(self) -> tuple[int | None, ...]:
        """For lines: the place of the last known value of each series, to write it there; None for all of them when
        they are too near each other.
        """
        ends = [
            max((at for at, value in enumerate(one.values) if value is not None), default=-1) for one in self.series
        ]
        heights = sorted(one.values[at] for one, at in zip(self.series, ends, strict=True) if at >= 0)
        highest = max((value for one in self.series for value in one.values if value is not None), default=0)
        if any(above - below < MIN_LABEL_DISTANCE * highest for below, above in pairwise(heights)):
            return (None,) * len(ends)
        return tuple(at if at >= 0 else None for at in ends)

    @property
    def label_format(self) -> str:
        """The format of values beside the marks. In a stack nothing is written of a part of nothing, which would cover
        its neighbours'.
        """
        short = self.axis_format
        return f"{short};-{short};" if self.office.stacked and ";" not in short else short

    @property
    def axis_format(self) -> str:
        """The format of values along their axis: whole euros and percents."""
        return self.value_format.replace(".00", "").replace("0.0%", "0%")

    @property
    def months_between_labels(self) -> int:
        """For an axis of time: the months from one label to the next."""
        days = [category for category in self.categories if isinstance(category, date)]
        months = (days[-1].year - days[0].year) * 12 + days[-1].month - days[0].month + 1
        return next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 600) if months / step <= MAX_TIME_LABELS)


def chart_table(
    office: OfficeChart, columns: Sequence[TableColumn], rows: Iterable[Mapping[str, Any]]
) -> ChartTable | None:
    """The table of a chart, from the rows of its frame; None without rows, and for a picture."""
    rows = list(rows)
    if not rows or office.kind == "picture":
        return None
    by_name = {column.name: column for column in columns}
    category_columns = [by_name[name] for name in office.category]
    unit = by_name[office.values[0]].unit
    first = category_columns[0]
    categories = _categories(office, category_columns, rows)
    series = tuple(_series(office, by_name, category_columns, categories, rows))
    if office.steps:
        categories, series = _with_corners(categories, series)
    return ChartTable(
        office,
        header=" – ".join(column.header for column in category_columns),
        categories=categories,
        series=series,
        category_format={"day": DAY_FORMAT, "month": MONTH_FORMAT}.get(first.kind, ""),
        value_format=number_format(unit) if unit else GENERAL_FORMAT,
    )


def _categories(
    office: OfficeChart, columns: Sequence[TableColumn], rows: Sequence[Mapping[str, Any]]
) -> tuple[date | str, ...]:
    """Each row is a category, but in a chart with one series for each value of a column, whose rows share them."""
    categories = [_category(columns, row) for row in rows]
    if not office.series:
        return tuple(categories)
    unique = dict.fromkeys(categories)
    return tuple(sorted(unique, key=_as_day) if columns[0].kind in ("day", "month") else unique)


def _as_day(category: date | str) -> date:
    assert isinstance(category, date), "days and months are days"
    return category


def _category(columns: Sequence[TableColumn], row: Mapping[str, Any]) -> date | str:
    first = columns[0]
    value = row[first.name]
    if first.kind == "day":
        day: date = value
        return day
    if first.kind == "month":
        return month_start(value)
    return office_text(", ".join(cell_text(column, row[column.name]) for column in columns))


def _series(
    office: OfficeChart,
    by_name: Mapping[str, TableColumn],
    category_columns: Sequence[TableColumn],
    categories: Sequence[date | str],
    rows: Sequence[Mapping[str, Any]],
) -> Iterable[ChartSeries]:
    if not office.series:
        for at, name in enumerate(office.values):
            values = tuple(_number(row[name]) for row in rows)
            if at == 0 or any(value is not None for value in values):
                yield ChartSeries(office_text(by_name[name].header), values, _colour(office, at), name in office.steps)
        return
    column, value_name = by_name[office.series], office.values[0]
    groups: dict[Any, dict[date | str, Any]] = {}
    positions: dict[Any, int] = {}
    for row in rows:
        group = row[office.series]
        groups.setdefault(group, {})[_category(category_columns, row)] = _number(row[value_name])
        positions.setdefault(group, row[office.position] if office.position else len(positions))
    for group, values_of in groups.items():
        values = tuple(values_of.get(category) for category in categories)
        yield ChartSeries(
            office_text(cell_text(column, group)), values, _colour(office, positions[group]), value_name in office.steps
        )


def _with_corners(
    days: Sequence[date | str], series: Sequence[ChartSeries]
) -> tuple[tuple[date | str, ...], tuple[ChartSeries, ...]]:
    """The table with the day before each change of a stepped series, on which it still had its former value."""
    rows: list[tuple[date | str, tuple[Any, ...]]] = []
    held: list[Any] = [None] * len(series)
    for day, values in zip(days, zip(*(one.values for one in series), strict=True), strict=True):
        eve = _as_day(day) - timedelta(1)
        former = tuple(
            old if one.is_stepped and new is not None and old != new else None
            for one, old, new in zip(series, held, values, strict=True)
        )
        if any(value is not None for value in former):
            known = rows.pop()[1] if rows[-1][0] == eve else former
            rows.append((eve, tuple(new if old is None else old for old, new in zip(known, former, strict=True))))
        rows.append((day, values))
        held = [old if new is None else new for old, new in zip(held, values, strict=True)]
    columns = zip(*(values for _day, values in rows), strict=True)
    stairs = tuple(replace(one, values=values) for one, values in zip(series, columns, strict=True))
    return tuple(day for day, _values in rows), stairs


def _number(value: Any) -> Any:
    return None if value is None else float(value) if not isinstance(value, int) else value


def _colour(office: OfficeChart, at: int) -> str:
    return office.colours[at % len(office.colours)]
