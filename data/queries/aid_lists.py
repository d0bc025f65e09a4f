"""Aid files one by one: those voted, those to be checked, those proposed to the next meeting."""

from __future__ import annotations

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

from data.facts.aggregate import measure_conditions
from data.facts.aid import AID_FACT, CONFORM_VERDICT
from data.facts.aid_files import is_regional_lever_aid
from data.facts.findings import BROKEN_RULE_COUNT, rule_of_finding
from data.facts.scope import NO_CODE
from data.filters import AID_FILTERS
from data.queries.sessions import next_session_after
from data.rules.aid import RULES
from data.schema import aid_file, aid_finding, aid_step, aid_version, live, place
from data.selection import Selection
from data.selection.periods import day_conditions
from data.sources.places import HOLDER_TYPES
from data.types import Cents, Day

HOLDER_TYPE_LABELS = {choice.code: choice.label for choice in HOLDER_TYPES} | {NO_CODE: "non renseigné"}
VERDICT_LABELS = {
    CONFORM_VERDICT: "conforme",
    "broken": "à vérifier",
    "derogation": "dérogation",
    "unverifiable": "non vérifiable",
}
_IS_LEVER_AID = is_regional_lever_aid(aid_file.c)


def _file_rows(*extra_columns: ColumnElement[Any]) -> Select[Any]:
    """One row per aid file: beneficiary, scheme, commune, day, and `extra_columns`."""
    return select(
        aid_file.c.aid_id,
        aid_file.c.reference,
        aid_file.c.beneficiary,
        case(HOLDER_TYPE_LABELS, value=aid_file.c.holder_type).label("holder_type"),
        aid_file.c.scheme_label.label("scheme"),
        aid_file.c.commune,
        aid_file.c.day,
        *extra_columns,
    ).select_from(aid_file)


_VOTED_FILES = _file_rows(
    *(aid_file.c[name] for name in ("voted", "eligible", "committed", "ordered", "paid", "why")),
    case(VERDICT_LABELS, value=aid_file.c.verdict).label("verdict"),
)
_BROKEN_RULES = (
    _file_rows(
        aid_file.c.voted,
        case(VERDICT_LABELS, value=aid_finding.c.verdict).label("verdict"),
        aid_finding.c.says.label("why"),
        case({rule.slug: rule.label for rule in RULES}, value=aid_finding.c.rule).label("rule"),
    )
    .join(aid_finding, aid_finding.c.aid_id == aid_file.c.aid_id)
    .where(aid_finding.c.verdict != "unverifiable")
)
_requested_amount = (
    select(func.sum(aid_step.c.amount))
    .where(aid_step.c.aid_id == aid_file.c.aid_id, aid_step.c.step == "proposal", live(aid_step))
    .scalar_subquery()
    .correlate(aid_file)
)
_PROPOSED_AMOUNT = type_coerce(case((aid_file.c.is_voted, aid_file.c.voted), else_=_requested_amount), Cents)
_PROPOSED_FILES = _file_rows(
    _PROPOSED_AMOUNT.label("amount"),
    aid_file.c.place,
    select(place.c.code).where(place.c.place_id == aid_file.c.place_id).scalar_subquery().label("place_code"),
).join(aid_version, and_(aid_version.c.aid_id == aid_file.c.aid_id, live(aid_version)))


def voted_files(selection: Selection) -> Select[Any]:
    """One row per file of the levers first voted in the period, as known today, with its verdict.

    `reference`, `beneficiary`, `holder_type`, `scheme`, `commune`, `day`, `voted`, `eligible`, `committed`, `ordered`,
    `paid`, `verdict`, `why` (French text of its findings).
    """
    return _VOTED_FILES.where(*_voted_conditions(selection))


def broken_rules_of_files(selection: Selection) -> Select[Any]:
    """One row per file of the levers voted in the period and rule that it breaks: `reference`, `beneficiary`,
    `holder_type`, `scheme`, `commune`, `day`, `voted`, `rule` (its label), `verdict`, `why` (French text with the
    numbers).
    """
    return _BROKEN_RULES.where(*_voted_conditions(selection))


def _voted_conditions(selection: Selection) -> tuple[ColumnElement[bool], ...]:
    return (
        aid_file.c.is_voted,
        _IS_LEVER_AID,
        *selection.where(aid_file.c, AID_FILTERS),
        *day_conditions(aid_file.c, selection.since, selection.until),
    )


def proposed_files(selection: Selection, today: date) -> Select[Any]:
    """One row per file of the levers that waits for its vote today, and was proposed (or requested, when the day of its
    vote is known) at `until` at the latest.

    `reference`, `beneficiary`, `holder_type`, `scheme`, `commune`, `day` (of the proposal, or of the vote to come),
    `amount` (requested, in euros), `meeting` (the day of the vote to come, else of the next session that votes aid),
    `place` (name of its tiers-lieu), `place_code`.
    """
    asked_by_then = func.coalesce(aid_version.c.requested <= selection.until, true())
    following = next_session_after(aid_file.c.day, "aids", selection, today)
    meeting = type_coerce(case((aid_file.c.is_voted, aid_file.c.day), else_=following), Day)
    return _PROPOSED_FILES.add_columns(meeting.label("meeting")).where(
        or_(  # the levers in each branch, so that each is found by an index
            and_(_IS_LEVER_AID, aid_file.c.is_voted.is_(False), aid_file.c.day <= selection.until),
            and_(_IS_LEVER_AID, aid_file.c.is_voted.is_(True), aid_file.c.day > today, asked_by_then),
        ),
        *selection.where(aid_file.c, AID_FILTERS),
    )


class ProposalTotals(NamedTuple):
    """The number of files that wait for their vote, and the amount requested in euros."""

    files: int
    amount: float


def read_proposal_totals(connection: Connection, selection: Selection, today: date) -> ProposalTotals:
    """Totals of `proposed_files`; proposals are never added to voted aid."""
    files, amount = connection.execute(
        proposed_files(selection, today).with_only_columns(func.count(), func.sum(_PROPOSED_AMOUNT))
    ).one()
    return ProposalTotals(files, float(amount or 0))


def read_file_counts_by_broken_rule(connection: Connection, selection: Selection) -> dict[str, int]:
    """The number of files of the levers voted in the period that break each rule without derogation, by slug of the
    rule.
    """
    rows = connection.execute(_LINES_BY_FINDING.where(*measure_conditions(BROKEN_RULE_COUNT, AID_FACT.rows, selection)))
    return {rule_of_finding(step): int(files) for step, files in rows}


_line_count = func.sum(AID_FACT.rows.c.lines)
_LINES_BY_FINDING = (
    select(AID_FACT.rows.c.step, _line_count)
    .group_by(AID_FACT.rows.c.step)
    .order_by(_line_count.desc(), AID_FACT.rows.c.step)
)
