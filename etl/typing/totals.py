"""Rows of totals among the data: taken out, then compared with the sums of the rows around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl

from data.i18n import NARROW, number
from data.sources import Column
from data.sources.other_values import display_encoded
from data.units import EXACT_EUROS
from etl.problems import Problem
from etl.typing.cells import Cells

SUMMED_KINDS = frozenset({"amount", "whole"})
_LABEL = (
    r"(?i)^\W*(?:(?:montants?|sous|s|grand|somme)\W{0,2})?tota(?:l|ux)\b"
    r"|\btotal(?:\s+g[ée]n[ée]ral)?\W*$|^\s*(?:somme|cumul|ensemble)\s*:?\s*$"
)
_TAKEN_OUT = "Ligne de total retirée des données"
_FIGURE = r"(?i)^[-+−(]?[\d\s.,\x1d]+\)?\s*(?:€|euros?|%)?$"


@dataclass(frozen=True)
class Mismatch:
    """A total of the file that is the sum of no run of rows beside it. `summed`: that of all rows above it."""

    line: int
    column: Column
    stated: int
    summed: int

    def sentence(self) -> str:
        """What is wrong, in French."""
        stated, summed = (
            EXACT_EUROS.value_text(Decimal(value) / 100) if self.column.kind == "amount" else number(value)
            for value in (self.stated, self.summed)
        )
        return (
            f"Le total de la ligne {self.line} ({self.column.header}{NARROW}: {stated}) n’est pas la somme des lignes "
            f"({summed})."
        )


@dataclass(frozen=True)
class _Stated:
    line: int
    column: Column
    value: int
    above: int


@dataclass
class Totals:
    """The rows of totals of a file, and the sums at each: filled batch by batch, complete when the file is read.

    `sums`: column -> sum of its values so far (cents, or whole numbers), over refused rows too; None once a cell of it
    cannot be read. `marks`: column -> that sum at the beginning and at each row of totals.
    """

    sums: dict[str, int | None] = field(default_factory=dict)
    marks: dict[str, set[int]] = field(default_factory=dict)
    stated: list[_Stated] = field(default_factory=list)

    def take_out(self, batch: pl.DataFrame, cells: Sequence[Cells], misshapen: pl.Series) -> pl.Series:
        """True at the rows of totals of a batch: those with such a label, or whose figures are the sums above.

        A row of totals lacks what a row of data must have. Rows of the wrong length make every sum unknown.
        """
        summed = [each for each in cells if each.column.kind in SUMMED_KINDS]
        labelled, unlabelled = _candidates(batch, cells)
        above = {each.column.name: _running(each.values, self.sums.get(each.column.name, 0)) for each in summed}
        removed = dict.fromkeys(above, 0)
        is_total = [False] * len(batch)
        for at in (labelled | unlabelled).arg_true():
            row = {each.column.name: each.values[at] for each in summed if each.values[at] is not None}
            before = {name: sums[at] - removed[name] for name, sums in above.items() if sums is not None}
            if not labelled[at] and not (row and all(self._is_sum(name, row[name], before.get(name)) for name in row)):
                continue
            is_total[at] = True
            for each in summed:
                name = each.column.name
                if name not in before:
                    continue
                self.marks.setdefault(name, {0}).add(before[name])
                if name in row:
                    self.stated.append(_Stated(batch["line"][at], each.column, row[name], before[name]))
                    removed[name] += row[name]
        totals = pl.Series(is_total, dtype=pl.Boolean)
        for each in summed:
            self._add(each, totals, misshapen)
        return totals

    def _is_sum(self, name: str, value: int, above: int | None) -> bool:
        return above is not None and value != 0 and above - value in self.marks.get(name, {0})

    def _add(self, each: Cells, totals: pl.Series, misshapen: pl.Series) -> None:
        known = self.sums.get(each.column.name, 0)
        unreadable = ((each.unreadable() | misshapen) & ~totals).any()
        added = int(each.values.filter(~totals).sum())
        self.sums[each.column.name] = None if known is None or unreadable else known + added

    def mismatches(self) -> Iterator[Mismatch]:
        """The totals that are neither the sum of the rows above, nor of a run of blocks that ends or begins there."""
        for total in self.stated:
            final = self.sums.get(total.column.name)
            if final is None:
                continue
            marks = self.marks[total.column.name] | {final}
            if total.above - total.value not in marks and total.above + total.value not in marks:
                yield Mismatch(total.line, total.column, total.value, total.above)

    def warnings(self, batch: pl.DataFrame, totals: pl.Series) -> list[Problem]:
        """One warning for each row of totals of a batch, with its figures."""
        found = []
        for line in batch["line"].filter(totals).to_list():
            figures = [f"{one.column.header}{NARROW}: {display_encoded(one.value, one.column)}"
                       for one in self.stated if one.line == line]  # fmt: skip
            shown = f" ({', '.join(figures)})" if figures else ""
            message = f"{_TAKEN_OUT}{shown}."
            found.append(Problem("warning", line, None, None, message, cause=f"{_TAKEN_OUT}."))
        return found


def _running(values: pl.Series, before: int | None) -> pl.Series | None:
    """The sum of the column above each row of the batch."""
    if before is None:
        return None
    filled = values.fill_null(0).cast(pl.Int64)
    return filled.cum_sum() - filled + before


def _candidates(batch: pl.DataFrame, cells: Sequence[Cells]) -> tuple[pl.Series, pl.Series]:
    """Rows with the label of a total, and rows that hold figures only; both lack required cells."""
    required = [each for each in cells if each.column.required]
    lacking = pl.Series([0] * len(batch), dtype=pl.Int64)
    for each in required:
        lacking += each.missing().cast(pl.Int64)
    if not lacking.max():
        nowhere = pl.repeat(value=False, n=len(batch), dtype=pl.Boolean, eager=True)
        return nowhere, nowhere
    texts = [name for name, dtype in batch.schema.items() if dtype == pl.String]
    others = len([each for each in required if each.column.kind not in SUMMED_KINDS])
    looks = batch.select(
        pl.any_horizontal(pl.col(texts).str.contains(_LABEL).fill_null(value=False)).alias("label"),
        pl.sum_horizontal(pl.col(texts).is_not_null() & ~pl.col(texts).str.contains(_FIGURE)).alias("words"),
    )
    labelled = looks["label"] & ((lacking >= 2) | ((lacking == 1) & (looks["words"] == 1)))
    unlabelled = ~looks["label"] & (looks["words"] == 0) & (lacking >= max(others, 1))
    return labelled, unlabelled
