"""The rows behind the figures of the label: its periods, its first awards, what moved the count in a year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, and_, case, func, literal, select

from data.facts.aggregate import conditions, measured_rows
from data.facts.label import EVER_LABELLED, IN_PROCESS, LABELLED
from data.i18n import count, number
from data.model.facts import Measure
from data.model.proofs import Expression, Proof
from data.proofs.builders import column_words, count_of, located, plain, proof_of
from data.queries.delays import DATED_AWARDS
from data.queries.measures import read_measure
from data.queries.population import read_population
from data.schema import commune, label_event, label_span, live, place, place_version
from data.search_keys import with_search_keys
from data.selection import Selection
from data.selection.periods import year_before
from data.types import day_count

LABELLED_ROWS = count_of(LABELLED)
IN_PROCESS_ROWS = count_of(IN_PROCESS)
CUMULATED_ROWS = count_of(EVER_LABELLED)
ROLES = ("role", "code", "name", "commune", "day", "number", "decision_reference")
IN_FORCE, ENTRY, EXIT = "label en vigueur", "entrée", "sortie"
_ENDS = ("withdrawn", "expired")
_WAITED = "Jours"


def _delay_rows(_connection: Connection, selection: Selection) -> Select[Any]:
    """One row per first award of the period whose application is known, with the days between the two."""
    found = with_search_keys(DATED_AWARDS.fact.proof).subquery("rows")
    waited = (day_count(found.c.day) - day_count(found.c.applied)).label("waited")
    names = (*DATED_AWARDS.fact.shown, *DATED_AWARDS.fact.key)
    return located(found, names, waited).where(*conditions(DATED_AWARDS, found, selection))


DELAY_ROWS = Proof(
    _delay_rows,
    {**DATED_AWARDS.fact.shown, "waited": _WAITED},
    newest="day",
    key=DATED_AWARDS.fact.key,
    arithmetic=plain(f"médiane de {column_words(_WAITED)}"),
    place="code",
)


def for_inhabitants(measure: Measure, one: str, many: str) -> Expression:
    """« 34 lieux × 100 000 ÷ 3 345 842 habitants »."""

    def words(connection: Connection, selection: Selection) -> str:
        counted_ = count(read_measure(connection, measure, selection).value or 0, one, many)
        people = count(read_population(connection, selection), "habitant", "habitants")
        return f"{counted_} × {number(100_000)} ÷ {people}"

    return words


PER_INHABITANT_ROWS = proof_of(LABELLED, for_inhabitants(LABELLED, "lieu", "lieux"))


def labels_in_force(selection: Selection) -> Select[Any]:
    """One row per label in force at `until`: the columns of `ROLES`, `load_id`, `sheet`, `line`."""
    found = with_search_keys(LABELLED.fact.proof).subquery("in_force")
    return _with_role(found, IN_FORCE).where(*conditions(LABELLED, found, selection))


def entries(selection: Selection) -> Select[Any]:
    """One row per label that began in the twelve months to `until` (a renewal of one in force is none)."""
    found = with_search_keys(LABELLED.fact.proof).subquery("entries")
    kept = measured_rows(LABELLED, found, selection)
    return _with_role(found, ENTRY).where(*kept, found.c.started.between(*twelve_months(selection)))


def _with_role(rows: Any, role: str) -> Select[Any]:
    return select(
        literal(role).label("role"),
        *(rows.c[name] for name in ("code", "name", "commune")),
        rows.c.started.label("day"),
        literal(1).label("number"),
        *(rows.c[name] for name in ("decision_reference", "load_id", "sheet", "line")),
    )


def exits(selection: Selection) -> Select[Any]:
    """One row per label that ended in the twelve months to `until`: proven by its withdrawal or expiry, else by the
    line that closes the place.
    """
    same = (label_event.c.place_id == label_span.c.place_id, label_event.c.day == label_span.c.ended, live(label_event))
    step = select(func.min(label_event.c.step)).where(*same, label_event.c.step.in_(_ENDS)).scalar_subquery()
    return (
        select(
            literal(EXIT).label("role"),
            place.c.code,
            place_version.c.name,
            commune.c.name.label("commune"),
            label_span.c.ended.label("day"),
            literal(1, Integer).label("number"),
            case((label_event.c.load_id.is_(None), "fermeture du lieu"), else_=label_event.c.decision_reference).label(
                "decision_reference"
            ),
            *(_first_known(name) for name in ("load_id", "sheet", "line")),
        )
        .select_from(label_span)
        .join(place, place.c.place_id == label_span.c.place_id)
        .join(place_version, and_(place_version.c.place_id == label_span.c.place_id, live(place_version)))
        .join(commune, commune.c.code == place_version.c.commune)
        .outerjoin(label_event, and_(*same, label_event.c.step == step.correlate(label_span)))
        .where(*measured_rows(LABELLED, label_span, selection), label_span.c.ended.between(*twelve_months(selection)))
    )


def _first_known(name: str) -> ColumnElement[Any]:
    """SQL: a column of the event that ended the label, else of the line of its place."""
    closed = label_event.c.load_id.is_(None)
    return case((closed, place_version.c[name]), else_=label_event.c[name]).label(name)


def twelve_months(selection: Selection) -> tuple[date, date]:
    """The first and last day of the twelve months to `until`."""
    return year_before(selection.until) + timedelta(days=1), selection.until
