"""The live rows of a source as a file of that source: what `load` reads back without changing anything."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Text, func, select

from data.formulas import escape_formula
from data.i18n import NARROW
from data.schema import aid, is_live, load, metadata, place
from data.sources import Column, Source
from data.sources.model import LIST_KINDS
from data.types import day_of
from etl.sources import load_source_of

ROWS_PER_FETCH = 10_000
_IDENTITIES = {"place_id": (place, "code"), "aid_id": (aid, "reference")}  # number in a version table -> key in files
_TEXTS = frozenset({"text", "identifier", "choice", *LIST_KINDS})  # the others cannot be taken for a formula


class ExportError(Exception):
    """The file cannot be written there; the message, in French, is the reason."""


def write_export(connection: Connection, source: Source, path: Path) -> int:
    """Write the live rows that files of this source brought to a new CSV (`;`, UTF-8 with BOM). Returns their number.

    Raises ExportError when the file exists or is not called .csv, OSError.
    """
    if path.suffix.lower() != ".csv":
        raise ExportError(f"Le nom du fichier doit finir par .csv{NARROW}: {path.name}")
    rows = 0
    try:
        with path.open("x", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow([column.header for column in source.columns])
            for row in _read_rows(connection, source):
                writer.writerow([_text(row.get(column.name), column) for column in source.columns])
                rows += 1
    except FileExistsError as error:
        raise ExportError(f"«{NARROW}{path}{NARROW}» existe déjà{NARROW}: il n’est pas remplacé.") from error
    return rows


def _read_rows(connection: Connection, source: Source) -> Iterator[Mapping[str, Any]]:
    """The values of each row by the names of the columns of the source, in the order of its key."""
    prefix = load_source_of(source).code_prefix
    result = connection.execute(_live_rows(source), execution_options={"yield_per": ROWS_PER_FETCH})
    for row in result.mappings():
        values = {**json.loads(row["extra"] or "{}"), **{name: value for name, value in row.items() if name != "extra"}}
        if "siren" in values:
            values["siret"] = values["siret"] or values["siren"]
        if prefix:
            values["code"] = str(values["code"]).removeprefix(prefix)
        yield values


def _live_rows(source: Source) -> Select[Any]:
    version = metadata.tables[source.table]
    columns: dict[str, ColumnElement[Any]] = {}
    joined: Any = version.join(load, load.c.load_id == version.c.load_id)
    for column in version.c:
        identity = _IDENTITIES.get(column.name)
        if identity is None:
            columns[column.name] = column
            continue
        table, key = identity
        named = any(one.name == column.name for one in source.columns)
        if not named and key in version.c:  # a reference that this source does not make
            continue
        joined = joined.outerjoin(table, table.c[column.name] == column)
        columns[column.name if named else key] = table.c[key]
    wanted = {one.name for one in source.columns} | {"extra", "siren"}
    keys = [columns[name] for name in source.key if name in columns] or [aid.c.reference]  # SCDL has no reference
    order = [each for one in keys for each in ((func.length(one), one) if isinstance(one.type, Text) else (one,))]
    return (
        select(*(column.label(name) for name, column in columns.items() if name in wanted))
        .select_from(joined)
        .where(is_live(version), load.c.source == source.name)
        .order_by(*order)
    )


def _text(value: Any, column: Column) -> str:
    """A typed value as the loader reads it back: days and amounts of `extra` are whole numbers."""
    if value is None:
        return ""
    if column.kind == "day":
        return f"{value if isinstance(value, date) else day_of(int(value)):%d/%m/%Y}"
    if column.kind == "amount":
        amount = value if isinstance(value, Decimal) else Decimal(int(value)) / 100
        return f"{amount:.2f}".replace(".", ",")
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}".replace(".", ",")
    text = str(value).strip("|") if column.kind in LIST_KINDS else str(value)
    if column.kind == "choice":
        text = next((choice.label for choice in column.choices if choice.code == text), text)
    return escape_formula(text) if column.kind in _TEXTS else text
