"""The rows behind the figures of the label: its periods, its first awards, its entries and exits in a year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, and_, case, func, literal, select

from data.facts.aggregate import measure_conditions, undated_measure_conditions
from data.facts.label import EVER_LABELLED_COUNT, IN_PROCESS_COUNT, LABELLED_COUNT
from data.i18n import count, number
from data.model.facts import Measure
from data.model.proofs import Arithmetic, Proof
from data.proofs.builders import column_text, count_proof, fixed_arithmetic, measure_proof, with_file
from data.queries.delays import DATED_AWARD_COUNT
from data.queries.measures import read_measure
from data.queries.population import read_population
from data.schema import commune, label_event, label_span, live, place, place_version
from data.search_keys import with_search_keys
from data.selection import Selection
from data.selection.periods import year_before
from data.types import day_count

LABELLED_PROOF = count_proof(LABELLED_COUNT)
IN_PROCESS_PROOF = count_proof(IN_PROCESS_COUNT)
EVER_LABELLED_PROOF = count_proof(EVER_LABELLED_COUNT)
ROLE_COLUMNS = ("role", "code", "name", "commune", "day", "number", "decision_reference")
IN_FORCE_ROLE, ENTRY_ROLE, EXIT_ROLE = "label en vigueur", "entrée", "sortie"
_ENDING_STEPS = ("withdrawn", "expired")
_DAYS_HEADER = "Jours"


def _delay_rows(_connection: Connection, selection: Selection) -> Select[Any]:
    """One row per first award of the period whose application is known, with the days between the two."""
    rows = with_search_keys(DATED_AWARD_COUNT.fact.proof).subquery("rows")
    delay = (day_count(rows.c.day) - day_count(rows.c.applied)).label("waited")
    names = (*DATED_AWARD_COUNT.fact.headers, *DATED_AWARD_COUNT.fact.key)
    return with_file(rows, names, delay).where(*measure_conditions(DATED_AWARD_COUNT, rows, selection))


AWARD_DELAY_PROOF = Proof(
    _delay_rows,
    {**DATED_AWARD_COUNT.fact.headers, "waited": _DAYS_HEADER},
    default_sort="day",
    key=DATED_AWARD_COUNT.fact.key,
    arithmetic=fixed_arithmetic(f"médiane de {column_text(_DAYS_HEADER)}"),
    place_column="code",
)


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
    same = (label_event.c.place_id == label_span.c.place_id, label_event.c.day == label_span.c.ended, live(label_event))
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
        .join(place_version, and_(place_version.c.place_id == label_span.c.place_id, live(place_version)))
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
