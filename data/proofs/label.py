"""The rows behind the figures of the label: its periods, its first awards, its entries and exits in a year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, and_, case, func, literal, select

from data.facts.aggregate import measure_conditions, undated_measure_conditions
from data.facts.label import EVER_LABELLED_COUNT, IN_PROCESS_COUNT, LABELLED_COUNT
from data.i18n import count, number
from data.model.facts import Measure
from data.model.proofs import Arithmetic
from data.proofs.builders import count_proof, delay_proof, measure_proof
from data.queries.delays import DATED_AWARD_COUNT
from data.queries.measures import read_measure
from data.queries.population import read_population
from data.schema import commune, is_live, label_event, label_span, place, place_version
from data.search_keys import with_search_keys
from data.selection import Selection
from data.selection.periods import year_before

LABELLED_PROOF = count_proof(LABELLED_COUNT)
IN_PROCESS_PROOF = count_proof(IN_PROCESS_COUNT)
EVER_LABELLED_PROOF = count_proof(EVER_LABELLED_COUNT)
ROLE_COLUMNS = ("role", "code", "name", "commune", "day", "number", "decision_reference")
IN_FORCE_ROLE, ENTRY_ROLE, EXIT_ROLE = "label en vigueur", "entrée", "sortie"
_ENDING_STEPS = ("withdrawn", "expired")


AWARD_DELAY_PROOF = delay_proof(DATED_AWARD_COUNT, "applied")


def per_inhabitants_arithmetic(measure: Measure, singular: str, plural: str) -> Arithmetic:
    """« 34 lieux × 100 000 ÷ 3 345 842 habitants »."""

    def arithmetic(connection: Connection, selection: Selection) -> str:
        counted_ = count(read_measure(connection, measure, selection).value or 0, singular, plural)
        people = count(read_population(connection, selection), "habitant", "habitants")
        return f"{counted_} × {number(100_000)} ÷ {people}"

    return arithmetic


LABELLED_PER_INHABITANT_PROOF = measure_proof(
    LABELLED_COUNT, per_inhabitants_arithmetic(LABELLED_COUNT, "lieu", "lieux")
)


def label_in_force_rows(selection: Selection) -> Select[Any]:
    """One row per label in force at `until`: `ROLE_COLUMNS`, `load_id`, `sheet`, `line`."""
    rows = with_search_keys(LABELLED_COUNT.fact.proof).subquery("in_force")
    return _with_role(rows, IN_FORCE_ROLE).where(*measure_conditions(LABELLED_COUNT, rows, selection))


def label_entry_rows(selection: Selection) -> Select[Any]:
    """One row per label that began in the twelve months to `until` (not a renewal of a label in force)."""
    rows = with_search_keys(LABELLED_COUNT.fact.proof).subquery("entries")
    conditions = undated_measure_conditions(LABELLED_COUNT, rows, selection)
    return _with_role(rows, ENTRY_ROLE).where(*conditions, rows.c.started.between(*twelve_month_bounds(selection)))


def _with_role(rows: Any, role: str) -> Select[Any]:
    return select(
        literal(role).label("role"),
        *(rows.c[name] for name in ("code", "name", "commune")),
        rows.c.started.label("day"),
        literal(1).label("number"),
        *(rows.c[name] for name in ("decision_reference", "load_id", "sheet", "line")),
    )


def label_exit_rows(selection: Selection) -> Select[Any]:
    """One row per label that ended in the twelve months to `until`, with the file and line of its withdrawal or expiry,
    or else of the closed place.
    """
    same = (
        label_event.c.place_id == label_span.c.place_id,
        label_event.c.day == label_span.c.ended,
        is_live(label_event),
    )
    step = select(func.min(label_event.c.step)).where(*same, label_event.c.step.in_(_ENDING_STEPS)).scalar_subquery()
    return (
        select(
            literal(EXIT_ROLE).label("role"),
            place.c.code,
            place_version.c.name,
            commune.c.name.label("commune"),
            label_span.c.ended.label("day"),
            literal(1, Integer).label("number"),
            case((label_event.c.load_id.is_(None), "fermeture du lieu"), else_=label_event.c.decision_reference).label(
                "decision_reference"
            ),
            *(_event_or_place_column(name) for name in ("load_id", "sheet", "line")),
        )
        .select_from(label_span)
        .join(place, place.c.place_id == label_span.c.place_id)
        .join(place_version, and_(place_version.c.place_id == label_span.c.place_id, is_live(place_version)))
        .join(commune, commune.c.code == place_version.c.commune)
        .outerjoin(label_event, and_(*same, label_event.c.step == step.correlate(label_span)))
        .where(
            *undated_measure_conditions(LABELLED_COUNT, label_span, selection),
            label_span.c.ended.between(*twelve_month_bounds(selection)),
        )
    )


def _event_or_place_column(name: str) -> ColumnElement[Any]:
    """SQL: a column of the event that ended the label, or else of the version of its place."""
    closed = label_event.c.load_id.is_(None)
    return case((closed, place_version.c[name]), else_=label_event.c[name]).label(name)


def twelve_month_bounds(selection: Selection) -> tuple[date, date]:
    """The first and last day of the twelve months to `until`."""
    return year_before(selection.until) + timedelta(days=1), selection.until
