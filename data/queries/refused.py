"""The rows to correct, the loads and their remarks, as lists."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, or_, select

from data.queries.sources import is_active_load
from data.schema import is_live, load, reject, remark
from data.sources import SOURCES

MASKED_TEXT = "(masqué)"
PERSONAL_COLUMNS = (
    "porteur",
    "beneficiaire",
    "nomBeneficiaire",
    "siret",
    "siret_beneficiaire",
    "idBeneficiaire",
    "adresse",
)
MIN_LONG_TEXT, MIN_LONG_NUMBER = 80, 10  # characters of a free text, digits of a telephone or of an identifier
_DIGITS_AND_MARKS = "0123456789 .-+()"


def source_label(name: ColumnElement[str]) -> ColumnElement[Any]:
    """SQL: « registre du label » of a source's name."""
    return case({source.name: source.label for source in SOURCES}, value=name, else_=name)


def masked_value(column: ColumnElement[str], value: ColumnElement[str]) -> ColumnElement[Any]:
    """SQL: the refused value, masked when it may identify a person or a contact."""
    digits: ColumnElement[Any] = value
    for mark in " .-+()":
        digits = func.replace(digits, mark, "")
    is_long_number = (func.ltrim(value, _DIGITS_AND_MARKS) == "") & (func.length(digits) >= MIN_LONG_NUMBER)
    may_be_personal = or_(
        column.in_(PERSONAL_COLUMNS), value.contains("@"), is_long_number, func.length(value) > MIN_LONG_TEXT
    )
    return case((value.is_(None), None), (may_be_personal, MASKED_TEXT), else_=value)


def rows_to_correct() -> Select[Any]:
    """One row per refused row still to correct: source, file, sheet, line, column, value, message, amount."""
    return (
        select(
            source_label(reject.c.source).label("source"),
            load.c.file,
            reject.c.sheet,
            reject.c.line,
            reject.c.column,
            masked_value(reject.c.column, reject.c.value).label("value"),
            reject.c.message,
            reject.c.amount,
            reject.c.load_id,
            reject.c.number,
        )
        .join(load, load.c.load_id == reject.c.load_id)
        .where(is_live(reject))
    )


def remarks_of_loads() -> Select[Any]:
    """One row per cause of remarks of a load that counts: `load_id`, `number` (the most frequent first), `source`,
    `file`, `sheet`, `column`, `message`, `rows` (null: the file as a whole), `value` and `lines` of the first of them.
    """
    return (
        select(
            remark.c.load_id,
            remark.c.number,
            source_label(load.c.source).label("source"),
            load.c.file,
            remark.c.sheet,
            remark.c.column,
            remark.c.message,
            remark.c.rows,
            masked_value(remark.c.column, remark.c.value).label("value"),
            remark.c.lines,
        )
        .join(load, load.c.load_id == remark.c.load_id)
        .where(is_active_load())
    )


def rows_of_loads() -> Select[Any]:
    """One row per load: `number`, `day`, `source`, `file`, counts of rows, `state` and `nature` in French."""
    state = case(
        (load.c.status == "rolled_back", "annulé"),
        (~is_active_load(), "retiré par les fichiers de la Région"),
        else_="chargé",
    )
    natures = {"reference": "référence", "demo": "démonstration", "region": "fichier de la Région"}
    return select(
        load.c.load_id.label("number"),
        load.c.loaded_at.label("day"),
        source_label(load.c.source).label("source"),
        load.c.file,
        load.c.accepted,
        load.c.rejected,
        load.c.unchanged,
        load.c.replaced,
        state.label("state"),
        case(natures, value=load.c.kind, else_=literal("")).label("nature"),
    )
