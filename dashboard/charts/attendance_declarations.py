"""Where declarations are missing: whom to remind."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.model import Chart
from dashboard.charts.phrases import period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.figures.base import records
from dashboard.figures.declarations import draw_declarations
from data.facts.suppression import CONFIDENTIALITY_REASON, omission_text
from data.i18n import NARROW, count, in_territory, number, percent
from data.queries.attendance import DeclarationCount, read_declarations_by
from data.queries.comparable_places import last_months_of_period
from data.queries.comparable_places import read_declarations as read_declaration_count
from data.queries.suppression import count_omitted_places
from data.selection import FilterOptions, Selection
from data.units import DECLARATIONS, SHARE

MISSING_DECLARATIONS = replace(DECLARATIONS, singular="déclaration manque", plural="déclarations manquent")
MAX_BARS = 8  # bars that a card can hold
_FRAME_COLUMNS = ["name", "answered", "expected", "missing", "rate", "where"]


def read_missing_declarations(connection: Connection, selection: Selection, options: FilterOptions) -> pd.DataFrame:
    """One row per département (per intercommunalité when a territory is chosen), most missing first, eight at most.

    `name`, `answered`, `expected` (declarations of the last twelve whole months of the period, in the unit chosen),
    `missing`, `rate`, `where` (« dans l’Eure »); one row for the whole when no territory alone can be shown. The
    attributes `missing` and `expected` are those of the whole. Empty when none was expected, or can be shown.
    """
    recent = last_months_of_period(selection)
    column = "epci" if selection.codes("dep") or selection.codes("epci") else "dep"
    answered, expected = read_declaration_count(connection, recent) if recent else (0, 0)
    if recent is None or not expected:
        return pd.DataFrame(columns=_FRAME_COLUMNS, dtype=object)
    found = read_declarations_by(connection, recent, column)
    rows = [_territory_row(column, options.label(column, code), one) for code, one in found.items()]
    rows.sort(key=lambda row: (-row[3], row[0]))
    if not rows:
        where, rate = territory_text(recent, options), answered / expected
        rows = [(recent.territory_text(options), answered, expected, expected - answered, rate, where)]
    frame = pd.DataFrame(rows[:MAX_BARS], columns=_FRAME_COLUMNS, dtype=object)
    omitted = sum(count_omitted_places(connection, "expected", recent, column).values())
    frame.attrs = {"missing": expected - answered, "expected": expected, "all": len(rows), "omitted": omitted}
    return frame


def _territory_row(column: str, name: str, one: DeclarationCount) -> tuple[Any, ...]:
    missing, rate = one.expected - one.answered, one.answered / one.expected
    return name, one.answered, one.expected, missing, rate, in_territory(name) if column == "dep" else f"dans la {name}"


def missing_declarations_finding(frame: pd.DataFrame) -> str:
    """How many declarations are missing, and where most of them are."""
    missing, expected, first = frame.attrs["missing"], frame.attrs["expected"], records(frame)[0]
    if not missing:
        return f"Les {number(expected)} déclarations attendues sont toutes arrivées"
    lack = "déclaration attendue manque" if missing < 2 else "déclarations attendues manquent"
    words = f"{number(missing)} {lack} sur {number(expected)}"
    return words if len(frame) == 1 else f"{words}{NARROW}: d’abord {first['where']} ({number(first['missing'])})"


def describe_missing_declarations(frame: pd.DataFrame) -> str:
    rows = records(frame)
    most, least = (pick(rows, key=lambda row: row["rate"]) for pick in (max, min))
    named = [f"{row['name']} ({percent(row['rate'])})" for row in (most, least)]
    return (
        f"{count(len(rows), 'barre', 'barres')} de déclarations reçues et manquantes. Meilleur taux de réponse"
        f"{NARROW}: {named[0]}{NARROW}; plus faible{NARROW}: {named[1]}."
    )


def missing_declarations_note(frame: pd.DataFrame) -> str:
    """That not every territory is drawn, nor every place counted."""
    others, omitted = frame.attrs["all"] - len(frame), frame.attrs["omitted"]
    drawn = count(others, "autre territoire non dessiné", "autres territoires non dessinés") if others else ""
    counted = f"{omission_text(omitted)}{NARROW}: {CONFIDENTIALITY_REASON}" if omitted else ""
    return f"{NARROW}; ".join(one for one in (drawn, counted) if one)


def message_without_expected_declaration(selection: Selection, options: FilterOptions) -> str:
    where, when = territory_text(selection, options), period_text(selection)
    return f"Aucune déclaration attendue que l’on puisse montrer {where} {when}"


CHARTS = (
    Chart(
        slug="taux-de-reponse",
        subtitle="Déclarations mensuelles reçues et attendues des lieux labellisés, douze derniers mois entiers",
        read=read_missing_declarations,
        finding=missing_declarations_finding,
        describe=describe_missing_declarations,
        draw=partial(draw_declarations, units={"answered": DECLARATIONS, "missing": MISSING_DECLARATIONS}),
        columns=(
            TableColumn("name", "Territoire"),
            TableColumn("answered", "Reçues", "value", DECLARATIONS),
            TableColumn("expected", "Attendues", "value", DECLARATIONS),
            TableColumn("missing", "Manquantes", "value", DECLARATIONS),
            TableColumn("rate", "Taux de réponse", "value", SHARE),
        ),
        indicators=("taux-reponse",),
        empty_message=message_without_expected_declaration,
        note=missing_declarations_note,
        pages=("/frequentation",),
    ),
)
