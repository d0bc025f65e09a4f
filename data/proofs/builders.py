"""How the proof of a measure is made: its rows, where each was read, and the arithmetic in words."""

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

REFERENCE_FILE = (
    "Référentiel des communes et intercommunalités (Insee)"  # where rows that no delivered file has come from
)
ROW_COUNT_TEXT = "nombre de lignes"


def measure_proof(
    measure: Measure,
    arithmetic: Arithmetic,
    shown: Mapping[str, str] | None = None,
    period: Callable[[Selection], Selection] = same_selection,
) -> Proof:
    """The rows that a measure counts, one by one, with the columns `shown` of its fact or others in their place."""
    fact = measure.fact
    columns = fact.headers if shown is None else shown
    names = (*columns, *fact.hidden_columns, *fact.key)
    by_day = fact.has_line_counts

    def read(single: Select[Any]) -> ProofRows:
        keyed = with_search_keys(single)

        def rows(_connection: Connection, selection: Selection) -> Select[Any]:
            found = keyed.subquery("rows")
            kept = (
                undated_measure_conditions(measure, found, selection)
                if by_day
                else measure_conditions(measure, found, selection)
            )
            return with_file(found, names).where(*kept)

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
    """The rows of a measure that counts them."""
    return measure_proof(measure, fixed_arithmetic(ROW_COUNT_TEXT))


def sum_proof(measure: Measure, column: str, shown: Mapping[str, str] | None = None) -> Proof:
    """The rows of a measure that sums one of their columns."""
    headers = measure.fact.headers if shown is None else shown
    return measure_proof(measure, fixed_arithmetic(f"somme de {column_text(headers[column])}"), shown)


def column_text(header: str) -> str:
    """« la colonne « Montant » »."""
    return f"la colonne «{NARROW}{header}{NARROW}»"


def fixed_arithmetic(words: str) -> Arithmetic:
    """An arithmetic that is the same whatever the selection."""
    return lambda _connection, _selection: words


def with_file(rows: FromClause, names: Sequence[str], *more: ColumnElement[Any]) -> Select[Any]:
    """The columns of these names, then more, and where each row was read; rows without a load are left out."""
    return select(*_columns_and_line(rows, names), *more, load.c.file, load.c.load_id).join(
        load, load.c.load_id == rows.c.load_id
    )


def with_file_or_reference(rows: FromClause, names: Sequence[str]) -> Select[Any]:
    """The same; rows without a load are those of the reference data."""
    file = func.coalesce(load.c.file, REFERENCE_FILE).label("file")
    return select(*_columns_and_line(rows, names), file, load.c.load_id).join_from(
        rows, load, load.c.load_id == rows.c.load_id, isouter=True
    )


def _columns_and_line(rows: FromClause, names: Sequence[str]) -> list[ColumnElement[Any]]:
    wanted = dict.fromkeys((*names, "sheet", "line"))
    return [rows.c[name] for name in wanted if name not in ("load_id", "file")]


def null_text() -> ColumnElement[Any]:
    """SQL: no text, in a branch of a union where others have some."""
    return cast(null(), Text)


def exact_number_text(value: float) -> str:
    """A number as an arithmetic writes it: all that it has, up to four decimals."""
    digits = next(digits for digits in range(5) if digits == 4 or abs(value - round(value, digits)) < 0.00005)
    return number(value, digits)


def exact_euros_text(value: float) -> str:
    """An amount to the cent, without the cents when it has none."""
    whole = abs(value - round(value)) < 0.005
    return f"{number(value, 0 if whole else 2)}{NARROW}€"
