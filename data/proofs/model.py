"""What a proof is: the rows of a figure, how people read them, and the arithmetic that makes the figure of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, Text, cast, func, null, select

from data.facts.aggregate import conditions, counted, parts_of, rows_of
from data.facts.model import Measure
from data.i18n import NARROW, number
from data.schema import load
from data.selection import Selection

Rows = Callable[[Connection, Selection], Select[Any]]
Expression = Callable[[Connection, Selection], str]
REFERENCE = "Référentiel des communes et intercommunalités (Insee)"  # where rows that no delivered file has come from
COUNT = "nombre de lignes"


def _same(selection: Selection) -> Selection:
    return selection


@dataclass(frozen=True, eq=False)
class Proof:
    """The rows behind a figure: read by a person with a spreadsheet, they give it back.

    `rows` is a select with the columns `shown` (column -> French header), those of `key`, and `file`, `sheet`, `line`
    (empty for the reference data of Insee). `arithmetic` is the right-hand side of « figure = … », in French without
    full stop; it is not asked when the figure is unknown. `newest` is the column of the first order, latest or largest
    first; `note` what a reader of the list must know; `place` the column that holds the code of the row's tiers-lieu.
    `period` turns the selection into the one whose rows count (the whole past for a balance).
    `measured`, for long lists: the measure whose sums say how many rows there are on which days. `rows` then gives
    those of every day, and the reader narrows them to the days of the selection, or of a page. `bulk` gives the same
    rows for an order that no index has, when that costs less. `costly`: columns that
    nobody sorts by cost much, so that a page works them out for its own rows only.
    """

    rows: Rows
    shown: Mapping[str, str]
    newest: str
    key: tuple[str, ...]
    arithmetic: Expression
    note: str = ""
    place: str | None = None
    period: Callable[[Selection], Selection] = _same
    measured: Measure | None = None
    bulk: Rows | None = None
    costly: bool = False


def proof_of(
    measure: Measure,
    arithmetic: Expression,
    shown: Mapping[str, str] | None = None,
    period: Callable[[Selection], Selection] = _same,
) -> Proof:
    """The rows that a measure counts, one by one, with the columns `shown` of its fact or others in their place."""
    fact = measure.fact
    columns = fact.shown if shown is None else shown
    names = (*columns, *fact.behind, *fact.key)
    by_day = fact.counts_lines

    def read(single: Select[Any]) -> Rows:
        def rows(_connection: Connection, selection: Selection) -> Select[Any]:
            found = single.subquery("rows")
            kept = counted(measure, found, selection) if by_day else conditions(measure, found, selection)
            return located(found, names).where(*kept)

        return rows

    return Proof(
        read(fact.proof),
        columns,
        newest=fact.newest if fact.newest in columns else next(iter(columns)),
        key=fact.key,
        arithmetic=arithmetic,
        note=fact.note,
        place=fact.place,
        period=period,
        measured=measure if by_day else None,
        bulk=None if fact.bulk is None else read(fact.bulk),
    )


def count_of(measure: Measure) -> Proof:
    """The rows of a measure that counts them."""
    return proof_of(measure, plain(COUNT))


def sum_of(measure: Measure, column: str, shown: Mapping[str, str] | None = None) -> Proof:
    """The rows of a measure that sums one of their columns."""
    headers = measure.fact.shown if shown is None else shown
    return proof_of(measure, plain(f"somme de {column_words(headers[column])}"), shown)


def column_words(header: str) -> str:
    """« la colonne « Montant » »."""
    return f"la colonne «{NARROW}{header}{NARROW}»"


def plain(words: str) -> Expression:
    """An arithmetic that is the same whatever the selection."""
    return lambda _connection, _selection: words


def located(rows: FromClause, names: Sequence[str], *more: ColumnElement[Any]) -> Select[Any]:
    """The columns of these names, then more, and where each row was read; rows without a load are left out."""
    return select(*_columns(rows, names), *more, load.c.file, load.c.load_id).join(
        load, load.c.load_id == rows.c.load_id
    )


def located_or_reference(rows: FromClause, names: Sequence[str]) -> Select[Any]:
    """The same; rows without a load are those of the reference data."""
    file = func.coalesce(load.c.file, REFERENCE).label("file")
    return select(*_columns(rows, names), file, load.c.load_id).join_from(
        rows, load, load.c.load_id == rows.c.load_id, isouter=True
    )


def _columns(rows: FromClause, names: Sequence[str]) -> list[ColumnElement[Any]]:
    wanted = dict.fromkeys((*names, "sheet", "line"))
    return [rows.c[name] for name in wanted if name not in ("load_id", "file")]


def no_text() -> ColumnElement[Any]:
    """SQL: no text, in a branch of a union where others have some."""
    return cast(null(), Text)


def read_parts(connection: Connection, measure: Measure, selection: Selection) -> tuple[float, float]:
    """The two sides of a ratio (0 for nothing), or a total and its number of rows."""
    rows = rows_of(measure, selection)
    query = select(*parts_of(measure, rows)).select_from(rows).where(*conditions(measure, rows, selection))
    first, second = connection.execute(query).one()
    return float(first or 0), float(second or 0)


def exact(value: float) -> str:
    """A number as an arithmetic writes it: all that it has, up to four decimals."""
    digits = next(digits for digits in range(5) if digits == 4 or abs(value - round(value, digits)) < 0.00005)
    return number(value, digits)


def exact_euros(value: float) -> str:
    """An amount to the cent, without the cents when it has none."""
    whole = abs(value - round(value)) < 0.005
    return f"{number(value, 0 if whole else 2)}{NARROW}€"
