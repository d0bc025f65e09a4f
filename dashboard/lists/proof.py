"""The rows behind a figure, each with its file and line: one list per indicator."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Float, Integer, Numeric

from dashboard.exports.columns import ColumnKind, TableColumn
from dashboard.lists.links import CellLink, aid_file_link, file_loads_link, place_link, territory_link
from dashboard.lists.model import Listing
from data.i18n import NARROW
from data.indicators import Indicator
from data.model.facts import MeasuredValue
from data.model.proofs import Proof
from data.queries.indicators import read_value
from data.queries.proof import arithmetic_sentence, has_proof, proof_rows
from data.selection import FilterOptions, Selection
from data.sources.other_values import OTHER_VALUES_NAME
from data.types import Cents, Day
from data.units import EXACT_EUROS, KILOMETRES, NUMBER, Unit

PROOF_SLUG = "lignes"
_SEARCHED_COLUMNS = frozenset(
    {
        *("code", "name", "commune", "reference", "beneficiary", "decision_reference", "title", "partner_label"),
        *("territory", "place_code", "role", "need", "action"),
    }
)
_ORIGIN_COLUMNS = (
    TableColumn("file", "Fichier"),
    TableColumn("sheet", "Feuille"),
    TableColumn("line", "Ligne", "year"),
)
_KINDS: dict[str, tuple[ColumnKind, Unit | None]] = {  # numbers that are not quantities, and distances
    "month": ("month", None),
    "fiscal_year": ("year", None),
    "kilometres": ("value", KILOMETRES),
}


def proof_listing(connection: Connection, indicator: Indicator, selection: Selection) -> Listing:
    """The list behind an indicator for a selection, latest or largest first."""
    proof = indicator.proof
    types = proof_rows(connection, indicator, selection).selected_columns
    reading = read_value(connection, indicator, selection)
    return Listing(
        slug=PROOF_SLUG,
        path=f"/indicateurs/{indicator.slug}/lignes",
        title=f"Les lignes du chiffre «{NARROW}{indicator.label}{NARROW}»",
        rows=lambda page, _options: proof_rows(connection, indicator, selection, page),
        bulk_rows=lambda page, _options: proof_rows(connection, indicator, selection, page, in_bulk=True),
        columns=(*(_column(name, header, types[name]) for name, header in proof.headers.items()), *_ORIGIN_COLUMNS),
        order=f"-{proof.default_sort}",
        key=proof.key,
        paging="index" if proof.line_measure else "keys" if proof.has_costly_columns else "rows",
        measure=proof.line_measure,
        period=proof.period,
        empty_message=_message_without_row,
        sources=indicator.sources,
        filters=indicator.filters,
        optional=indicator.optional_sources,
        search=tuple(name for name in proof.headers if name in _SEARCHED_COLUMNS),
        links=_links(proof),
        note=proof.note,
        calculation=_calculation_text(connection, indicator, reading, selection),
        export=f"lignes-{indicator.slug}",
        has_rows=lambda wider: has_proof(connection, indicator, wider),
    )


def _calculation_text(
    connection: Connection, indicator: Indicator, reading: MeasuredValue, selection: Selection
) -> str:
    text = arithmetic_sentence(connection, indicator, reading, selection)
    note = f" {reading.note[:1].upper()}{reading.note[1:]}." if reading.note else ""
    return f"{text}{note}"


def _links(proof: Proof) -> dict[str, CellLink]:
    """The cells with a link: to the sheet of a tiers-lieu or a territory, to an aid file, to the loads of a file."""
    links = {"file": file_loads_link("file")}
    if "territory" in proof.headers:
        links["area"] = territory_link("area")
    if "reference" in proof.headers:
        links["reference"] = aid_file_link("lever_reference")
    if proof.place_column:
        cell = next(name for name in (proof.place_column, "name", "beneficiary") if name in proof.headers)
        links[cell] = place_link(proof.place_column)
    return links


def _column(name: str, header: str, column: ColumnElement[Any]) -> TableColumn:
    kind, unit = _KINDS.get(name) or _kind(column)
    return TableColumn(name, header, kind, unit, on_screen=name != OTHER_VALUES_NAME)


def _kind(column: ColumnElement[Any]) -> tuple[ColumnKind, Unit | None]:
    if isinstance(column.type, Day):
        return "day", None
    if isinstance(column.type, Cents):
        return "value", EXACT_EUROS
    if isinstance(column.type, Integer | Float | Numeric):
        return "value", NUMBER
    return "text", None


def _message_without_row(_selection: Selection, _options: FilterOptions) -> str:
    return "Aucune ligne ne compte dans ce chiffre"
