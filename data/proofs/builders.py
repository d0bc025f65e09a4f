"""Builders of proofs: rows with their file and line, and French arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, Text, cast, func, null, select

from data.facts.aggregate import measure_conditions, undated_measure_conditions
from data.i18n import NARROW, number
from data.model.facts import Measure
from data.model.proofs import Arithmetic, Proof, ProofRows, same_selection
from data.schema import load
from data.search_keys import with_search_keys
from data.selection import Selection
from data.types import day_count

REFERENCE_FILE = (
    "Référentiel des communes et intercommunalités (Insee)"  # where rows that no delivered file has come from
)
ROW_COUNT_TEXT = "nombre de lignes"
DAYS_HEADER = "Jours"


def measure_proof(
    measure: Measure,
    arithmetic: Arithmetic,
    headers: Mapping[str, str] | None = None,
    period: Callable[[Selection], Selection] = same_selection,
) -> Proof:
    """The proof of a measure: its single rows, with the columns of `headers` (those of its fact by default)."""
    fact = measure.fact
    columns = fact.headers if headers is None else headers
    names = (*columns, *fact.hidden_columns, *fact.key)
    by_day = fact.has_line_counts

    def read(single: Select[Any]) -> ProofRows:
        keyed = with_search_keys(single)

        def rows(_connection: Connection, selection: Selection) -> Select[Any]:
            single_rows = keyed.subquery("rows")
            conditions = (
                undated_measure_conditions(measure, single_rows, selection)
                if by_day
                else measure_conditions(measure, single_rows, selection)
            )
            return with_file(single_rows, names).where(*conditions)

        return rows

    return Proof(
        read(fact.proof),
        columns,
        default_sort=fact.default_sort if fact.default_sort in columns else next(iter(columns)),
        key=fact.key,
        arithmetic=arithmetic,
        note=fact.note,
        place_column=fact.place_column,
        period=period,
        line_measure=measure if by_day else None,
        bulk_rows=None if fact.bulk_proof is None else read(fact.bulk_proof),
    )


def count_proof(measure: Measure) -> Proof:
    """The proof of a measure that counts rows."""
    return measure_proof(measure, fixed_arithmetic(ROW_COUNT_TEXT))


def sum_proof(measure: Measure, column: str, headers_by_column: Mapping[str, str] | None = None) -> Proof:
    """The proof of a measure that sums one column of its rows."""
    headers = measure.fact.headers if headers_by_column is None else headers_by_column
    return measure_proof(measure, fixed_arithmetic(f"somme de {column_text(headers[column])}"), headers_by_column)


def delay_proof(measure: Measure, start: str) -> Proof:
    """The proof of a median delay: the single rows of a measure of a flow, each with the days from its column `start`
    to its `day`.
    """
    fact = measure.fact

    def rows(_connection: Connection, selection: Selection) -> Select[Any]:
        single_rows = with_search_keys(fact.proof).subquery("rows")
        delay = (day_count(single_rows.c.day) - day_count(single_rows.c[start])).label("waited")
        names = (*fact.headers, *fact.hidden_columns, *fact.key)
        return with_file(single_rows, names, delay).where(*measure_conditions(measure, single_rows, selection))

    return Proof(
        rows,
        {**fact.headers, "waited": DAYS_HEADER},
        default_sort=fact.default_sort,
        key=fact.key,
        arithmetic=fixed_arithmetic(f"médiane de {column_text(DAYS_HEADER)}"),
        note=fact.note,
        place_column=fact.place_column,
    )


def column_text(header: str) -> str:
    """« la colonne « Montant » »."""
    return f"la colonne «{NARROW}{header}{NARROW}»"


def fixed_arithmetic(text: str) -> Arithmetic:
    """An arithmetic with the same text for every selection."""
    return lambda _connection, _selection: text


def with_file(rows: FromClause, names: Sequence[str], *extra_columns: ColumnElement[Any]) -> Select[Any]:
    """The columns of these names, `extra_columns`, `sheet`, `line`, `file` and `load_id`; rows without a load are left
    out.
    """
    return select(*_columns_and_line(rows, names), *extra_columns, load.c.file, load.c.load_id).join(
        load, load.c.load_id == rows.c.load_id
    )


def with_file_or_reference(rows: FromClause, names: Sequence[str]) -> Select[Any]:
    """The columns of these names, `sheet`, `line`, `file` and `load_id`; rows without a load have `REFERENCE_FILE` as
    `file`.
    """
    file = func.coalesce(load.c.file, REFERENCE_FILE).label("file")
    return select(*_columns_and_line(rows, names), file, load.c.load_id).join_from(
        rows, load, load.c.load_id == rows.c.load_id, isouter=True
    )


def _columns_and_line(rows: FromClause, names: Sequence[str]) -> list[ColumnElement[Any]]:
    all_names = dict.fromkeys((*names, "sheet", "line"))
    return [rows.c[name] for name in all_names if name not in ("load_id", "file")]


def null_text() -> ColumnElement[Any]:
    """SQL: a null text, for a branch of a union where other branches have a text."""
    return cast(null(), Text)


def exact_number_text(value: float) -> str:
    """A number with up to four decimals, without trailing zeros, in French."""
    digits = next(digits for digits in range(5) if digits == 4 or abs(value - round(value, digits)) < 0.00005)
    return number(value, digits)


def exact_euros_text(value: float) -> str:
    """An amount in French, with its cents when there are any."""
    is_whole = abs(value - round(value)) < 0.005
    return f"{number(value, 0 if is_whole else 2)}{NARROW}€"
