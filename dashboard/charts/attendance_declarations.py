"""Missing declarations by territory: the places to remind."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.drill import Drill, territory_codes
from dashboard.charts.heights import height_of_rows
from dashboard.charts.model import Chart
from dashboard.charts.phrases import period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.base import records
from dashboard.figures.declarations import draw_declarations
from data.facts.suppression import CONFIDENTIALITY_REASON, omission_text
from data.i18n import NARROW, count, in_territory, number, percent
from data.queries.attendance import DeclarationCounts, read_declaration_counts_by_column
from data.queries.comparable_places import last_months_of_period
from data.queries.comparable_places import read_declarations as read_declaration_count
from data.queries.suppression import count_omitted_places
from data.selection import FilterOptions, Selection
from data.types import TerritoryColumn
from data.units import DECLARATIONS, SHARE

MISSING_DECLARATIONS = replace(DECLARATIONS, singular="déclaration manque", plural="déclarations manquent")
MAX_BARS = 8  # that fit in a card
_FRAME_COLUMNS = ["name", "answered", "expected", "missing", "rate", "where", "dep", "epci"]


def read_missing_declarations(connection: Connection, selection: Selection, options: FilterOptions) -> pd.DataFrame:
    """One row per département (per intercommunalité when a territory is chosen), most missing first, eight at most.

    `name`, `answered`, `expected` (declarations of the last twelve whole months of the period, in the unit chosen),
    `missing`, `rate`, `where` (« dans l’Eure »), `dep` and `epci` (its code, in one of them); a single row for the
    selection when no territory can be shown by itself. The attributes `missing`, `expected`, `all` (number of
    territories) and `omitted` are those of the whole selection. Empty when no declaration was expected, or none can be
    shown.
    """
    recent = last_months_of_period(selection)
    column: TerritoryColumn = "epci" if selection.codes("dep") or selection.codes("epci") else "dep"
    answered, expected = read_declaration_count(connection, recent) if recent else (0, 0)
    if recent is None or not expected:
        return pd.DataFrame(columns=_FRAME_COLUMNS, dtype=object)
    counts = read_declaration_counts_by_column(connection, recent, column)
    rows = [
        (*_territory_row(column, options.label(column, code), declarations), *territory_codes(column, code))
        for code, declarations in counts.items()
    ]
    rows.sort(key=lambda row: (-row[3], row[0]))
    if not rows:
        where, rate = territory_text(recent, options), answered / expected
        rows = [(recent.territory_text(options), answered, expected, expected - answered, rate, where, None, None)]
    frame = pd.DataFrame(rows[:MAX_BARS], columns=_FRAME_COLUMNS, dtype=object)
    omitted = sum(count_omitted_places(connection, "expected", recent, column).values())
    frame.attrs = {"missing": expected - answered, "expected": expected, "all": len(rows), "omitted": omitted}
    return frame


def _territory_row(column: str, name: str, declarations: DeclarationCounts) -> tuple[Any, ...]:
    missing, rate = declarations.expected - declarations.answered, declarations.answered / declarations.expected
    return (
        name,
        declarations.answered,
        declarations.expected,
        missing,
        rate,
        in_territory(name) if column == "dep" else f"dans la {name}",
    )


def missing_declarations_finding(frame: pd.DataFrame) -> str:
    """The number of missing declarations, and the territory that misses the most."""
    missing, expected, first = frame.attrs["missing"], frame.attrs["expected"], records(frame)[0]
    if not missing:
        return f"Les {number(expected)} déclarations attendues sont toutes arrivées"
    noun = "déclaration attendue manque" if missing < 2 else "déclarations attendues manquent"
    text = f"{number(missing)} {noun} sur {number(expected)}"
    return text if len(frame) == 1 else f"{text}{NARROW}: d’abord {first['where']} ({number(first['missing'])})"


def describe_missing_declarations(frame: pd.DataFrame) -> str:
    rows = records(frame)
    most, least = (pick(rows, key=lambda row: row["rate"]) for pick in (max, min))
    extremes = [f"{row['name']} ({percent(row['rate'])})" for row in (most, least)]
    return (
        f"{count(len(rows), 'barre', 'barres')} de déclarations reçues et manquantes. Meilleur taux de réponse"
        f"{NARROW}: {extremes[0]}{NARROW}; plus faible{NARROW}: {extremes[1]}."
    )


def missing_declarations_note(frame: pd.DataFrame) -> str:
    """The numbers of territories not drawn and of private places not counted."""
    others, omitted = frame.attrs["all"] - len(frame), frame.attrs["omitted"]
    others_text = count(others, "autre territoire non dessiné", "autres territoires non dessinés") if others else ""
    omitted_text = f"{omission_text(omitted)}{NARROW}: {CONFIDENTIALITY_REASON}" if omitted else ""
    return f"{NARROW}; ".join(part for part in (others_text, omitted_text) if part)


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
        office=OfficeChart("bar", ("name",), ("answered", "missing"), stacked=True),
        columns=(
            TableColumn("name", "Territoire"),
            TableColumn("answered", "Reçues", "value", DECLARATIONS),
            TableColumn("expected", "Attendues", "value", DECLARATIONS),
            TableColumn("missing", "Manquantes", "value", DECLARATIONS),
            TableColumn("rate", "Taux de réponse", "value", SHARE),
        ),
        indicators=("taux-reponse",),
        drill=Drill(filters=("dep", "epci"), listing="declarations"),
        empty_message=message_without_expected_declaration,
        note=missing_declarations_note,
        height=height_of_rows(3, 0.5),
        pages=("/frequentation",),
    ),
)
