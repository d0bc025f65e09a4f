"""Self-checks of the application: statement, result, and the numbers behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, FromClause, exists, func, select

from data.facts.aggregate import aggregate_columns, measure_conditions, measured_value
from data.i18n import count
from data.indicators import indicator_named
from data.model.indicators import ComputedMeasure, Indicator
from data.queries.comparable_places import last_twelve_months
from data.queries.indicators import read_value
from data.queries.quality import LiveRows
from data.schema import aid_step, aid_version, commune, label_event, live, load, place_version
from data.selection import Selection
from data.selection.periods import over_year
from data.types import TimeKind

CHECKED_INDICATORS = ("lieux-labellises", "aides-votees", "visites")
CHECKED_PERIODS: dict[TimeKind, Callable[[Selection], Selection]] = {  # those of the tiles that show these figures
    "stock": lambda selection: selection,
    "day": over_year,
    "month": last_twelve_months,
}


@dataclass(frozen=True)
class SelfCheck:
    """One check in French: the statement, whether it holds, and the result in numbers."""

    statement: str
    holds: bool
    result: str


@dataclass(frozen=True)
class ReferenceCheck:
    """The check that each live row of a table refers to a (live) row of another, by these columns."""

    statement: str
    column: Column[Any]
    referenced: Column[Any]


REFERENCE_CHECKS = (
    ReferenceCheck("Chaque lieu a sa commune", place_version.c.commune, commune.c.code),
    ReferenceCheck("Chaque étape de label a son lieu", label_event.c.place_id, place_version.c.place_id),
    ReferenceCheck("Chaque étape d’aide a son dossier", aid_step.c.aid_id, aid_version.c.aid_id),
)


def read_self_checks(connection: Connection, selection: Selection, live_rows: LiveRows) -> tuple[SelfCheck, ...]:
    """Every check, in display order: stocks at the date of the selection, sums over the twelve months to it."""
    indicators = [indicator for slug in CHECKED_INDICATORS if (indicator := indicator_named(slug))]
    return (
        *(_check_sum_of_rows(connection, indicator, selection) for indicator in indicators),
        _check_loads(connection, live_rows),
        *(_check_reference(link, connection) for link in REFERENCE_CHECKS),
    )


def _check_sum_of_rows(connection: Connection, indicator: Indicator, selection: Selection) -> SelfCheck:
    """The published figure equals the aggregate of its single rows; without its source, neither is known."""
    measure, selection = indicator.basis, CHECKED_PERIODS[indicator.time](selection)
    if isinstance(indicator.measure, ComputedMeasure):
        raise TypeError(f"{indicator.slug} is not a sum of rows")
    proof = measure.fact.proof.subquery("proof")
    query = (
        select(*aggregate_columns(measure, proof))
        .select_from(proof)
        .where(*measure_conditions(measure, proof, selection))
    )
    statement = f"«\u202f{indicator.label}\u202f»\u202f: le chiffre affiché est celui des lignes comptées une à une"
    published = read_value(connection, indicator, selection)
    counted = measured_value(measure, connection.execute(query).one()).value
    if published.value is None:
        return SelfCheck(statement, not counted, f"pas de chiffre\u202f: {published.reason}")
    text = indicator.unit.text
    return SelfCheck(
        statement,
        published.value == counted,
        f"affiché\u202f: {text(published.value)}\u202f; lignes\u202f: {text(counted)}",
    )


def _check_loads(connection: Connection, live_rows: LiveRows) -> SelfCheck:
    """Each live row comes from an active load."""
    active_loads = set(connection.scalars(select(load.c.load_id).where(load.c.status != "rolled_back")))
    orphans = sum(rows for loads in live_rows.values() for number, rows in loads.items() if number not in active_loads)
    total = sum(rows for loads in live_rows.values() for rows in loads.values())
    return _check_of_counts("Chaque ligne en vigueur vient d’un chargement en vigueur", orphans, total)


def _check_reference(link: ReferenceCheck, connection: Connection) -> SelfCheck:
    table, referenced_table = link.column.table, link.referenced.table
    has_reference = exists().where(link.referenced == link.column, *_live_conditions(referenced_table))
    orphans = connection.scalar(select(func.count()).select_from(table).where(live(table), ~has_reference)) or 0
    total = connection.scalar(select(func.count()).select_from(table).where(live(table))) or 0
    return _check_of_counts(link.statement, orphans, total)


def _live_conditions(table: FromClause) -> list[ColumnElement[bool]]:
    return [live(table)] if "ended_by" in table.c else []


def _check_of_counts(statement: str, failures: int, total: int) -> SelfCheck:
    rows = count(total, "ligne vérifiée", "lignes vérifiées")
    return SelfCheck(statement, failures == 0, f"{rows}, {count(failures, 'écart', 'écarts')}")
