"""What the application verifies of itself: each check, whether it holds, and the numbers that say so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, FromClause, exists, func, select

from data.facts.aggregate import aggregate_columns, measure_conditions, measured_value
from data.i18n import count
from data.indicators import indicator_named
from data.model.facts import TimeKind
from data.model.indicators import ComputedMeasure, Indicator
from data.queries.comparable_places import last_twelve_months
from data.queries.indicators import read_value
from data.queries.quality import LiveRows
from data.schema import aid_step, aid_version, commune, label_event, live, load, place_version
from data.selection import Selection
from data.selection.periods import over_year

CHECKED_INDICATORS = ("lieux-labellises", "aides-votees", "visites")
CHECKED_PERIODS: dict[TimeKind, Callable[[Selection], Selection]] = {  # those of the tiles that show these figures
    "stock": lambda selection: selection,
    "day": over_year,
    "month": last_twelve_months,
}


@dataclass(frozen=True)
class SelfCheck:
    """One check in French: what must hold, whether it does, and what was found."""

    statement: str
    holds: bool
    result: str


@dataclass(frozen=True)
class ReferenceCheck:
    """Each live row of a table has its (live) row of another, by these columns."""

    statement: str
    column: Column[Any]
    referenced: Column[Any]


REFERENCE_CHECKS = (
    ReferenceCheck("Chaque lieu a sa commune", place_version.c.commune, commune.c.code),
    ReferenceCheck("Chaque étape de label a son lieu", label_event.c.place_id, place_version.c.place_id),
    ReferenceCheck("Chaque étape d’aide a son dossier", aid_step.c.aid_id, aid_version.c.aid_id),
)


def read_self_checks(connection: Connection, selection: Selection, live_rows: LiveRows) -> tuple[SelfCheck, ...]:
    """Every check, in the order in which they are shown: stocks on the date of the selection, sums over the twelve
    months to it.
    """
    indicators = [found for slug in CHECKED_INDICATORS if (found := indicator_named(slug))]
    return (
        *(_check_sum_of_rows(connection, indicator, selection) for indicator in indicators),
        _check_loads(connection, live_rows),
        *(_check_reference(link, connection) for link in REFERENCE_CHECKS),
    )


def _check_sum_of_rows(connection: Connection, indicator: Indicator, selection: Selection) -> SelfCheck:
    """The figure that pages read is that of the single rows, each with its file and line; without its source, neither
    is known.
    """
    measure, selection = indicator.basis, CHECKED_PERIODS[indicator.time](selection)
    if isinstance(indicator.measure, ComputedMeasure):
        raise TypeError(f"{indicator.slug} is not a sum of rows")
    proof = measure.fact.proof.subquery("proof")
    query = (
        select(*aggregate_columns(measure, proof))
        .select_from(proof)
        .where(*measure_conditions(measure, proof, selection))
    )
    says = f"«\u202f{indicator.label}\u202f»\u202f: le chiffre affiché est celui des lignes comptées une à une"
    shown = read_value(connection, indicator, selection)
    counted = measured_value(measure, connection.execute(query).one()).value
    if shown.value is None:
        return SelfCheck(says, not counted, f"pas de chiffre\u202f: {shown.reason}")
    text = indicator.unit.text
    return SelfCheck(
        says,
        shown.value == counted,
        f"affiché\u202f: {text(shown.value)}\u202f; lignes\u202f: {text(counted)}",
    )


def _check_loads(connection: Connection, live_rows: LiveRows) -> SelfCheck:
    """No row stands that a load in force has not told."""
    known = set(connection.scalars(select(load.c.load_id).where(load.c.status != "rolled_back")))
    orphans = sum(rows for loads in live_rows.values() for number, rows in loads.items() if number not in known)
    total = sum(rows for loads in live_rows.values() for rows in loads.values())
    return _check_of_counts("Chaque ligne en vigueur vient d’un chargement en vigueur", orphans, total)


def _check_reference(link: ReferenceCheck, connection: Connection) -> SelfCheck:
    table, other = link.column.table, link.referenced.table
    its_own = exists().where(link.referenced == link.column, *_live_conditions(other))
    alone = connection.scalar(select(func.count()).select_from(table).where(live(table), ~its_own)) or 0
    total = connection.scalar(select(func.count()).select_from(table).where(live(table))) or 0
    return _check_of_counts(link.statement, alone, total)


def _live_conditions(table: FromClause) -> list[ColumnElement[bool]]:
    return [live(table)] if "ended_by" in table.c else []


def _check_of_counts(says: str, wrong: int, total: int) -> SelfCheck:
    rows = count(total, "ligne vérifiée", "lignes vérifiées")
    return SelfCheck(says, wrong == 0, f"{rows}, {count(wrong, 'écart', 'écarts')}")
