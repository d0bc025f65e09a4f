"""What the charts of an indicator share: periods, remarks, and why there is nothing to show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from dashboard.charts.compared_territories import read_territories
from dashboard.charts.drill import Drill, PeriodKind
from dashboard.charts.phrases import period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.figures.base import BLUE, TEAL
from data.facts.suppression import CONFIDENTIALITY_REASON
from data.i18n import NARROW, day_long, day_short, month_long
from data.indicators import Grouping, Indicator
from data.model.facts import Measure, MeasuredValue, Total
from data.queries.indicators import read_value
from data.selection import FilterOptions, Selection
from data.types import month_end, month_start


@dataclass(frozen=True)
class SeriesPeriod:
    """A month (yyyymm) or a year, and the days of it that a selection counts, both included."""

    number: int
    first: date
    last: date

    @property
    def is_month(self) -> bool:
        return self.number > 9_999

    @property
    def is_whole(self) -> bool:
        """Whether every day of it is counted, for values that add up days."""
        return self == whole_period(self.number)

    @property
    def month(self) -> int | None:
        return self.number if self.is_month else None

    @property
    def year(self) -> int | None:
        return None if self.is_month else self.number

    @property
    def flow_text(self) -> str:
        """« en décembre 2020 », « en 2020 », « en 2020 (au 15/12) », « en 2020 (du 15/03) »."""
        name = month_long(self.number) if self.is_month else str(self.number)
        if self.is_whole:
            return f"en {name}"
        part = (
            f"au {day_short(self.last)[:5]}"
            if self.last != whole_period(self.number).last
            else f"du {day_short(self.first)[:5]}"
        )
        return f"en {name} ({part})"

    @property
    def stock_text(self) -> str:
        """« fin décembre 2020 », « au 15 décembre 2020 »."""
        return (
            f"fin {month_long(self.number)}"
            if self.last == whole_period(self.number).last
            else f"au {day_long(self.last)}"
        )


def whole_period(number: int) -> SeriesPeriod:
    """The period of a number, every day of it counted."""
    if number > 9_999:
        return SeriesPeriod(number, month_start(number), month_end(number))
    return SeriesPeriod(number, date(number, 1, 1), date(number, 12, 31))


def period_of_key(key: str, selection: Selection) -> SeriesPeriod:
    """The period of a key of a breakdown: `2020-03` or `2020`. An open start leaves the first period whole."""
    whole = whole_period(int(key.replace("-", "")))
    return replace(whole, first=max(whole.first, selection.since or whole.first), last=min(whole.last, selection.until))


def has_something(indicator: Indicator, readings: Iterable[MeasuredValue]) -> bool:
    """Whether there is something to draw: a known value, other than zero for what adds up."""
    return any(reading.value or (reading.value is not None and not indicator.adds_up) for reading in readings)


def remark_text(reading: MeasuredValue) -> str:
    """Why a value is unknown, or what must be said beside it."""
    return (reading.reason if reading.value is None else reading.note) or ""


def period_drill(indicator: Indicator, grouping: Grouping, *filters: str) -> Drill:
    """What the mark of a period leads to: its rows, at its day for what is in force at a date."""
    kind: PeriodKind = "month" if grouping.period == "month" else "year"
    return Drill(filters, period="day" if indicator.time == "stock" else kind, indicator=indicator.slug)


def remark_columns(indicator: Indicator) -> tuple[TableColumn, ...]:
    """The column of remarks, for an indicator that may be unknown or leave out private places."""
    measure = indicator.measure
    is_always_known = (
        isinstance(measure, Measure) and isinstance(measure.value, Total) and measure.value.empty is not None
    )
    return () if is_always_known and not indicator.basis.disclosure else (TableColumn("remark", "Remarque"),)


def confidentiality_note(indicator: Indicator, remarks: Sequence[str]) -> str:
    """Why some values leave private places out; empty where none does."""
    is_confidential = indicator.basis.disclosure and any("hors " in remark for remark in remarks)
    sentence = "Certaines valeurs sont données sans des lieux privés"
    return f"{sentence}{NARROW}: {CONFIDENTIALITY_REASON}" if is_confidential else ""


def partial_note(is_partial: Sequence[bool]) -> str:
    """What a hollow mark is; empty without any."""
    return "En creux, une période incomplète" if any(is_partial) else ""


def theme_colour(indicator: Indicator) -> str:
    """The colour of attendance, or that of everything else."""
    return TEAL if indicator.theme == "frequentation" else BLUE


def nothing_to_show(indicator: Indicator) -> Callable[[Selection, FilterOptions], str]:
    """The message of an empty chart, whose cause is not known."""

    def message(selection: Selection, options: FilterOptions) -> str:
        where, when = territory_text(selection, options), period_text(selection)
        return f"{indicator.label}{NARROW}: rien à montrer {where} {when}"

    return message


def read_territory_reason(indicator: Indicator) -> Callable[[Connection, Selection], str | None]:
    """The reason why the value of the first territory of a selection is unknown, as a message; None when it is
    known.
    """

    def read(connection: Connection, selection: Selection) -> str | None:
        column, territories = read_territories(connection, selection)
        if not territories:
            return None
        first = selection.without_territory().with_codes(column, [territories[0].code])
        reason = read_value(connection, indicator, first).reason
        return f"{indicator.label}, par territoire{NARROW}: {reason}" if reason else None

    return read


def read_unknown_reason(indicator: Indicator) -> Callable[[Connection, Selection], str | None]:
    """The reason why the value of a selection is unknown, as a message; None when it is known."""

    def read(connection: Connection, selection: Selection) -> str | None:
        reason = read_value(connection, indicator, selection).reason
        return f"{indicator.label}{NARROW}: {reason}" if reason else None

    return read
