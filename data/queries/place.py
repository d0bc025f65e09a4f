"""One tiers-lieu: its facts, steps, aids and activities, each with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, select

from data.facts.activity import activity_kind_label
from data.facts.privacy import SOLE_TRADERS, shown_name
from data.queries.partners import OPEN_AGENDA_LABEL
from data.queries.places import FACT_COLUMNS, FORMER_STATE, NO_STATE, STATE_LABELS
from data.schema import (
    activity,
    aid_file,
    aid_version,
    attendance,
    attendance_month,
    commune,
    departement,
    epci,
    is_live,
    label_event,
    label_month,
    label_span,
    load,
    partner_version,
    place,
    place_version,
)
from data.selection import Selection
from data.selection.periods import whole_months
from data.sources.other_values import other_values
from data.sources.places import LABEL_STEPS, LABELS

_OPINION_LABELS = {
    choice.code: choice.label for column in LABELS.columns for choice in column.choices if column.name == "opinion"
}


@dataclass(frozen=True)
class FileLine:
    """File, sheet and line of a fact."""

    file: str
    sheet: str | None
    line: int


@dataclass(frozen=True)
class Place:
    """One tiers-lieu as it is known today.

    `holder`, `siret` and `siren` are not those of a person; None: not known. `facts` holds the value of each of
    FACT_COLUMNS, by name. `others` is what its file says beside all these.
    """

    place_id: int
    code: str
    name: str
    commune: str
    epci: str
    epci_name: str
    departement: str
    holder: str
    siret: str | None
    siren: str | None
    facts: Mapping[str, Any]
    others: str | None
    proof: FileLine


def place_exists(connection: Connection, code: str) -> bool:
    """Whether a tiers-lieu of that code is described."""
    found = exists().where(place.c.code == code, place_version.c.place_id == place.c.place_id, is_live(place_version))
    return bool(connection.scalar(select(found)))


def read_place(connection: Connection, code: str) -> Place | None:
    """The tiers-lieu of that code, if any."""
    return next((_place_from_row(dict(row)) for row in connection.execute(place_row(code)).mappings()), None)


def place_row(code: str) -> Select[Any]:
    """One row for the tiers-lieu of that code, if any: the facts of `Place`, with `file`, `sheet` and `line`."""
    version = place_version.c
    is_sole_trader = func.lower(func.trim(version.legal_form)).in_(SOLE_TRADERS)
    return (
        select(
            *(version[column.name] for column in FACT_COLUMNS),
            place.c.place_id,
            place.c.code,
            version.name,
            commune.c.name.label("commune"),
            commune.c.epci,
            epci.c.name.label("epci_name"),
            departement.c.name.label("departement"),
            shown_name(version.holder, version.legal_form).label("holder"),
            *(
                case((func.coalesce(is_sole_trader, False), None), else_=version[name]).label(name)
                for name in ("siret", "siren")
            ),
            other_values(place_version),
            *_file_columns(place_version),
        )
        .select_from(place_version)
        .join(place, place.c.place_id == version.place_id)
        .join(commune, commune.c.code == version.commune)
        .join(epci, epci.c.code == commune.c.epci)
        .join(departement, departement.c.code == commune.c.dep)
        .join(load, load.c.load_id == version.load_id)
        .where(place.c.code == code, is_live(place_version))
    )


def _place_from_row(row: dict[str, Any]) -> Place:
    proof = FileLine(*(row.pop(name) for name in ("file", "sheet", "line")))
    facts = {column.name: row.pop(column.name) for column in FACT_COLUMNS}
    return Place(**row, facts=facts, proof=proof)


def _file_columns(table: Any) -> tuple[ColumnElement[Any], ...]:
    return load.c.file, table.c.sheet, table.c.line


def label_step_rows(place_id: int, until: date) -> Select[Any]:
    """Steps of the label of a place up to a date, latest first: `day`, `step` and `opinion` (in French),
    `decision_reference`, `file`, `sheet`, `line`.
    """
    steps = {choice.code: choice.label for choice in LABEL_STEPS}
    return (
        select(
            label_event.c.day,
            case(steps, value=label_event.c.step).label("step"),
            case(_OPINION_LABELS, value=label_event.c.opinion).label("opinion"),
            label_event.c.decision_reference,
            *_file_columns(label_event),
        )
        .join(load, load.c.load_id == label_event.c.load_id)
        .where(label_event.c.place_id == place_id, label_event.c.day <= until, is_live(label_event))
        .order_by(
            label_event.c.day.desc(),
            case({code: rank for rank, code in enumerate(steps)}, value=label_event.c.step).desc(),
        )
    )


def aid_rows_of_place(place_id: int, selection: Selection) -> Select[Any]:
    """Aid files of a place voted in the period, latest first: `reference`, `scheme`, `beneficiary` (masked for a
    person), `day` of the vote, `voted`, `ordered`, `paid`, `file`, `sheet`, `line`.
    """
    since = [aid_file.c.day >= selection.since] if selection.since else []
    return (
        select(
            aid_file.c.reference,
            aid_file.c.scheme_label.label("scheme"),
            aid_file.c.beneficiary,
            *(aid_file.c[name] for name in ("day", "voted", "ordered", "paid")),
            *_file_columns(aid_version),
        )
        .select_from(aid_file)
        .join(aid_version, and_(aid_version.c.aid_id == aid_file.c.aid_id, is_live(aid_version)))
        .join(load, load.c.load_id == aid_version.c.load_id)
        .where(aid_file.c.place_id == place_id, aid_file.c.is_voted, aid_file.c.day <= selection.until, *since)
        .order_by(aid_file.c.day.desc(), aid_file.c.reference)
    )


def activity_rows_of_place(place_id: int, selection: Selection) -> Select[Any]:
    """Activities of partners and events of open agendas in a place during the period, latest first: `day`, `partner`
    (of an event, that its agenda is open), `kind`, `title`, `participants`, `file`, `sheet`, `line`.
    """
    since = [activity.c.day >= selection.since] if selection.since else []
    return (
        select(
            activity.c.day,
            func.coalesce(partner_version.c.label, activity.c.partner, OPEN_AGENDA_LABEL).label("partner"),
            activity_kind_label(activity.c.kind).label("kind"),
            activity.c.title,
            activity.c.participants,
            *_file_columns(activity),
        )
        .join(load, load.c.load_id == activity.c.load_id)
        .outerjoin(partner_version, and_(partner_version.c.code == activity.c.partner, is_live(partner_version)))
        .where(activity.c.place_id == place_id, activity.c.day <= selection.until, *since, is_live(activity))
        .order_by(activity.c.day.desc(), activity.c.code)
    )


def read_monthly_attendance(connection: Connection, place_id: int, selection: Selection) -> dict[int, int | None]:
    """Attendance of a place by month (yyyymm) up to the date, in the unit of the selection; None for a month during
    which it was labelled and declared nothing.
    """
    last = whole_months(None, selection.until)[1]
    month = attendance_month.c
    declarations = connection.execute(
        select(month.month, month.value)
        .where(month.place_id == place_id, month.month <= last)
        .where(*selection.where(month, ("unite",)))
    )
    expected = connection.scalars(
        select(label_month.c.month).where(label_month.c.place_id == place_id, label_month.c.month <= last)
    )
    declared = {row.month: row.value for row in declarations}
    return {month_number: declared.get(month_number) for month_number in sorted({*declared, *expected})}


def read_attendance_files(connection: Connection, place_id: int) -> list[tuple[str, int]]:
    """Names of the files with attendance of a place, each with its number of live rows."""
    rows = connection.execute(
        select(load.c.file, func.count())
        .join(attendance, attendance.c.load_id == load.c.load_id)
        .where(attendance.c.place_id == place_id, is_live(attendance))
        .group_by(load.c.file)
        .order_by(load.c.file)
    )
    return [(file, lines) for file, lines in rows]


def read_label_state(connection: Connection, place_id: int, until: date) -> tuple[str, date | None]:
    """State of a place's label at a date, in French, and its first day."""
    span = label_span.c
    rows = connection.execute(select(span.state, span.started, span.ended).where(span.place_id == place_id)).all()
    for state, started, ended in rows:
        if started <= until and (ended is None or ended > until):
            return STATE_LABELS[state], started
    ends = [ended for state, _started, ended in rows if state == "labelled" and ended and ended <= until]
    return (FORMER_STATE, max(ends)) if ends else (NO_STATE, None)
