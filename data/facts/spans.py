"""How the sums of aid are cut: few rows for what is often asked, whatever the number of steps and of years.

A cut keeps some standard columns (the others are empty) and whole years and months; days too where it is small, else
those of `DAYS`, which keeps everything. A period is then some years, some months and the days left at its two ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, FromClause, select

from data.filters import OF_AIDS
from data.schema import aid_scope, aid_total
from data.selection import EARLIEST, Selection
from data.selection.periods import whole_months
from data.types import day_number, day_of, month_end, month_number, months_between

BEFORE = EARLIEST.year - 1  # stands for all the years before
FIRST_MONTH, FIRST_DAY = 10_000, 10_000_000  # periods: years, then months, then days
CUTS = 100_000_000  # a span is a cut and a period in one number


@dataclass(frozen=True)
class Cut:
    """One cut: its number, what it keeps beside the family, funder, scheme and département, whether it has days.

    `within` is the column that says, of a scope of the cut that keeps all, which scope of this one holds it.
    """

    number: int
    within: str
    keeps: tuple[str, ...]
    has_days: bool = False

    def span(self, period: int) -> int:
        """A year, a month or a day of this cut."""
        return self.number * CUTS + period


WHOLE = Cut(1, "in_whole", (), has_days=True)
HOLDERS = Cut(2, "in_holder", ("holder_type",))
EPCIS = Cut(3, "in_epci", ("epci", "holder_type"))
TYPOLOGIES = Cut(4, "in_typology", ("holder_type", "typologies"))
DAYS = Cut(9, "scope", ("epci", "holder_type", "typologies"), has_days=True)
COARSE = (WHOLE, HOLDERS, EPCIS, TYPOLOGIES)  # the fewest rows first
FINE = frozenset(DAYS.keeps)
KEPT = ("family", "funder", "scheme", "dep", *DAYS.keeps)


def _rows(*kept: ColumnElement[bool]) -> FromClause:
    rows = select(aid_total, *(aid_scope.c[name] for name in KEPT))
    return rows.join(aid_scope, aid_scope.c.scope == aid_total.c.scope).where(*kept).subquery("aid_total")


EVERY = _rows()  # of every cut: to be narrowed to one


def cut_of(selection: Selection, by: frozenset[str]) -> Sequence[ColumnElement[bool]]:
    """SQL: those of `EVERY` that add up to the period of a selection, and have the columns of its filters and of a
    breakdown.
    """
    needed = (selection.needs() | by) & FINE
    cuts = (WHOLE,) if "day" in by else COARSE
    cut = next((one for one in cuts if needed <= set(one.keeps)), DAYS)
    span = EVERY.c.span
    if cut is DAYS or "day" in by:
        since = day_number(selection.since) if selection.since else FIRST_DAY
        return [span.between(cut.span(since), cut.span(day_number(selection.until)))]
    dated = span.in_(list(spans_of(cut, selection, by_month="month" in by)))
    if not selection.codes("epci"):
        return [dated]
    there = aid_scope.alias("there")  # few of many: each is then found by the key
    mine = there.c.cut.in_([cut.number, DAYS.number])
    return [dated, EVERY.c.scope.in_(select(there.c.scope).where(mine, *selection.where(there.c, OF_AIDS)))]


def all_years() -> FromClause:
    """The rows of `aid_total` that add up to everything, whatever the date."""
    return _rows(aid_total.c.span.between(WHOLE.span(0), WHOLE.span(FIRST_MONTH)))


def spans_of(cut: Cut, selection: Selection, *, by_month: bool) -> Iterator[int]:
    """The spans whose rows make the period of a selection: whole years (but by month), months, then days."""
    since, until = selection.since or date(BEFORE, 1, 1), selection.until
    days = cut if cut.has_days else DAYS
    first, last = whole_months(since, until)
    if first is None or first > last:
        yield from _days(days, since, until)
        return
    if since < day_of(first * 100 + 1):
        yield from _days(days, since, month_end(month_number(since)))
    for year in range(first // 100, last // 100 + 1):
        months = range(max(first, year * 100 + 1), min(last, year * 100 + 12) + 1)
        yield from (cut.span(one) for one in ([year] if len(months) == 12 and not by_month else months))
    if until > month_end(last):
        yield from _days(days, day_of(month_number(until) * 100 + 1), until)


def _days(cut: Cut, first: date, last: date) -> Iterator[int]:
    for month in months_between(month_number(first), month_number(last)):
        start, end = max(first, day_of(month * 100 + 1)), min(last, month_end(month))
        yield from range(cut.span(day_number(start)), cut.span(day_number(end)) + 1)
