"""The rows that make a figure, each with its file and its line: one list per indicator."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Float, Integer, Numeric

from dashboard.exports.columns import Kind, TableColumn
from dashboard.lists.model import Listing
from data.i18n import NARROW
from data.indicators import Indicator
from data.queries.proof import proof_rows
from data.selection import Known, Selection
from data.types import Cents, Day
from data.units import EXACT_EUROS, NUMBER, Unit

PROOF = "lignes"
_SEARCHED = frozenset(
    {"code", "name", "commune", "reference", "beneficiary", "decision_reference", "title", "partner_label"}
)
_WHERE = (TableColumn("file", "Fichier"), TableColumn("sheet", "Feuille"), TableColumn("line", "Ligne", "year"))


def proof_listing(indicator: Indicator) -> Listing:
    """The list behind an indicator, latest first."""
    fact = indicator.basis.fact
    types = fact.proof.subquery().c
    order = fact.newest if fact.newest in fact.shown else next(iter(fact.shown))
    return Listing(
        slug=PROOF,
        path=f"/indicateurs/{indicator.slug}/lignes",
        title=f"Les lignes du chiffre «{NARROW}{indicator.label}{NARROW}»",
        rows=lambda selection, _known: proof_rows(indicator, selection),
        columns=(*(_column(name, header, types[name]) for name, header in fact.shown.items()), *_WHERE),
        order=f"-{order}",
        key=fact.key,
        measured=indicator.basis if fact.counts_lines else None,
        nothing=_nothing,
        sources=indicator.sources,
        optional=indicator.optional,
        search=tuple(name for name in fact.shown if name in _SEARCHED),
        note=fact.note,
        export=f"lignes-{indicator.slug}",
    )


def _column(name: str, header: str, column: ColumnElement[Any]) -> TableColumn:
    kind, unit = _kind(column)
    return TableColumn(name, header.removesuffix(" (€)") if unit is EXACT_EUROS else header, kind, unit)


def _kind(column: ColumnElement[Any]) -> tuple[Kind, Unit | None]:
    if isinstance(column.type, Day):
        return "day", None
    if isinstance(column.type, Cents):
        return "value", EXACT_EUROS
    if isinstance(column.type, Integer | Float | Numeric):
        return "value", NUMBER
    return "text", None


def _nothing(_selection: Selection, _known: Known) -> str:
    return "Aucune ligne ne compte dans ce chiffre"
