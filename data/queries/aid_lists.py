"""Aid files one by one: those voted, those to be checked, those proposed to the next meeting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    func,
    or_,
    select,
    true,
    type_coerce,
)

from data.facts.aggregate import conditions
from data.facts.aid import AIDS, CONFORM
from data.facts.aid_files import is_regional_lever_aid
from data.facts.findings import BROKEN, rule_of
from data.facts.scope import NOWHERE
from data.filters import OF_AIDS
from data.queries.sessions import next_session_after
from data.schema import aid_file, aid_finding, aid_step, aid_version, live, place
from data.selection import Selection
from data.selection.periods import period_conditions
from data.sources.places import HOLDER_TYPES
from data.types import Cents, Day

HOLDERS = {choice.code: choice.label for choice in HOLDER_TYPES} | {NOWHERE: "non renseigné"}
VERDICTS = {
    CONFORM: "conforme",
    "broken": "à vérifier",
    "derogation": "dérogation",
    "unverifiable": "non vérifiable",
}
_OF_THE_LEVERS = is_regional_lever_aid(aid_file.c)


def _files(*more: ColumnElement[Any]) -> Select[Any]:
    """The files with who asks, for what, where and when, and more."""
    return select(
        aid_file.c.aid_id,
        aid_file.c.reference,
        aid_file.c.beneficiary,
        case(HOLDERS, value=aid_file.c.holder_type).label("holder_type"),
        aid_file.c.scheme_label.label("scheme"),
        aid_file.c.commune,
        aid_file.c.day,
        *more,
    ).select_from(aid_file)


_VOTED_FILES = _files(
    *(aid_file.c[name] for name in ("voted", "eligible", "committed", "ordered", "paid", "why")),
    case(VERDICTS, value=aid_file.c.verdict).label("verdict"),
)
_CHECKED_FILES = (
    _files(
        aid_file.c.voted,
        case(VERDICTS, value=aid_finding.c.verdict).label("verdict"),
        aid_finding.c.says.label("why"),
    )
    .join(aid_finding, aid_finding.c.aid_id == aid_file.c.aid_id)
    .where(aid_finding.c.verdict != "unverifiable")
)
_asked = (
    select(func.sum(aid_step.c.amount))
    .where(aid_step.c.aid_id == aid_file.c.aid_id, aid_step.c.step == "proposal", live(aid_step))
    .scalar_subquery()
    .correlate(aid_file)
)
_AMOUNT = type_coerce(case((aid_file.c.is_voted, aid_file.c.voted), else_=_asked), Cents)
_PROPOSED_FILES = _files(
    _AMOUNT.label("amount"),
    aid_file.c.place,
    select(place.c.code).where(place.c.place_id == aid_file.c.place_id).scalar_subquery().label("place_code"),
).join(aid_version, and_(aid_version.c.aid_id == aid_file.c.aid_id, live(aid_version)))


def voted_files(selection: Selection) -> Select[Any]:
    """One row per file of the levers first voted in the period, as known today, with its verdict.

    `reference`, `beneficiary`, `holder_type`, `scheme`, `commune`, `day`, `voted`, `eligible`, `committed`, `ordered`,
    `paid`, `verdict`, `why` (what each rule that it breaks says, or what is missing to verify it).
    """
    return _VOTED_FILES.where(*_voted(selection))


def checked_files(selection: Selection, rules: Mapping[str, str]) -> Select[Any]:
    """One row per rule that a file of the levers voted in the period breaks: `reference`, `beneficiary`,
    `holder_type`, `scheme`, `commune`, `day`, `voted`, `rule` (its label), `verdict`, `why` (with the numbers).
    """
    rule = case(dict(rules), value=aid_finding.c.rule).label("rule")
    return _CHECKED_FILES.add_columns(rule).where(*_voted(selection))


def _voted(selection: Selection) -> tuple[ColumnElement[bool], ...]:
    return (
        aid_file.c.is_voted,
        _OF_THE_LEVERS,
        *selection.where(aid_file.c, OF_AIDS),
        *period_conditions("day", aid_file.c, selection.since, selection.until),
    )


def proposed_files(selection: Selection, today: date) -> Select[Any]:
    """One row per file of the levers that still waits for its vote today, proposed at `until` at the latest (asked for,
    when its vote is to come): `reference`, `beneficiary`,
    `holder_type`, `scheme`, `commune`, `day` (of its proposal, or of the vote to come), `amount` (asked for),
    `meeting` (the day of the vote to come when it is known, else of the next session that votes), `place` (its
    tiers-lieu), `place_code`.
    """
    asked_by_then = func.coalesce(aid_version.c.requested <= selection.until, true())
    following = next_session_after(aid_file.c.day, "aids", selection, today)
    meeting = type_coerce(case((aid_file.c.is_voted, aid_file.c.day), else_=following), Day)
    return _PROPOSED_FILES.add_columns(meeting.label("meeting")).where(
        or_(  # the levers in each branch, so that each is found by an index
            and_(_OF_THE_LEVERS, aid_file.c.is_voted.is_(False), aid_file.c.day <= selection.until),
            and_(_OF_THE_LEVERS, aid_file.c.is_voted.is_(True), aid_file.c.day > today, asked_by_then),
        ),
        *selection.where(aid_file.c, OF_AIDS),
    )


class Proposals(NamedTuple):
    """The files that wait for their vote: how many, for how much (euros)."""

    files: int
    amount: float


def read_proposals(connection: Connection, selection: Selection, today: date) -> Proposals:
    """Counted apart: never among what is voted."""
    files, amount = connection.execute(
        proposed_files(selection, today).with_only_columns(func.count(), func.sum(_AMOUNT))
    ).one()
    return Proposals(files, float(amount or 0))


def read_broken(connection: Connection, selection: Selection) -> dict[str, int]:
    """How many files of the levers voted in the period break each rule without derogation, by slug of the rule."""
    found = connection.execute(_BY_FINDING.where(*conditions(BROKEN, AIDS.rows, selection)))
    return {rule_of(step): int(files) for step, files in found}


_lines = func.sum(AIDS.rows.c.lines)
_BY_FINDING = select(AIDS.rows.c.step, _lines).group_by(AIDS.rows.c.step).order_by(_lines.desc(), AIDS.rows.c.step)
