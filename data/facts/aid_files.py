"""Measures of the aid of the levers: amounts by step, and numbers, rates and expenses of files."""

from __future__ import annotations

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    func,
)

from data.facts.aid import AID_FACT, LEVER_FAMILY, UNPLACED_VOTE, VOTE_STEPS
from data.model.facts import Conditions, Measure, Ratio, Total
from data.sources.aids import PAYMENT_ORDERS, REGION_SIREN
from data.types import Columns


def lever_step_conditions(*steps: str) -> Conditions:
    """SQL conditions: these kinds of step, paid by the Région under its own two levers."""
    return lambda rows: (
        is_regional_lever_aid(rows),
        rows.step == steps[0] if len(steps) == 1 else rows.step.in_(steps),
    )


def is_regional_lever_aid(rows: Columns) -> ColumnElement[bool]:
    """SQL: the aid is the Région's, under one of its own two levers."""
    return and_(rows.funder == REGION_SIREN, rows.family == LEVER_FAMILY)


def lever_first_vote_conditions(rows: Columns) -> tuple[ColumnElement[bool], ...]:
    """SQL: rows of first votes of files of the levers, which hold the values counted once per file."""
    return (*lever_step_conditions("vote")(rows), rows.files > 0)


def lever_file_measure(value: Total | Ratio) -> Measure:
    """A measure over the first votes of files of the levers: one single row per file."""
    return Measure(
        AID_FACT, value, row_conditions=lever_first_vote_conditions, line_count=lambda rows: func.sum(rows.files)
    )


def lever_amount(*steps: str) -> Measure:
    """The sum of the amounts of these kinds of step, paid by the Région under its own two levers, in euros."""
    return Measure(AID_FACT, Total(lambda rows: func.sum(rows.amount)), row_conditions=lever_step_conditions(*steps))


LEVER_VOTED_AMOUNT, LEVER_UNPLACED_AMOUNT = lever_amount(*VOTE_STEPS), lever_amount(UNPLACED_VOTE)
LEVER_COMMITTED_AMOUNT, LEVER_ORDERED_AMOUNT, LEVER_PAID_AMOUNT = (
    lever_amount("commitment"),
    lever_amount(*PAYMENT_ORDERS),
    lever_amount("payment"),
)
LEVER_CANCELLED_AMOUNT = lever_amount("cancellation")
COMPLEMENTARY_AMOUNT = Measure(
    AID_FACT,
    Total(lambda rows: func.sum(rows.amount)),
    row_conditions=lambda rows: (rows.family == "complementary", rows.step.in_(VOTE_STEPS)),
)
LEVER_FILE_COUNT = lever_file_measure(Total(lambda rows: func.sum(rows.files)))
ELIGIBLE_EXPENSES = lever_file_measure(
    Total(lambda rows: func.sum(rows.eligible), reason="aucun dossier n’indique ses dépenses éligibles")
)
_NO_EXPENSE_REASON = "aucun dossier voté dans la période n’a de dépenses éligibles connues"
AID_RATE = lever_file_measure(
    Ratio(lambda rows: func.sum(rows.eligible_voted), lambda rows: func.sum(rows.eligible), _NO_EXPENSE_REASON)
)
EXPENSES_PER_EURO = lever_file_measure(
    Ratio(lambda rows: func.sum(rows.eligible), lambda rows: func.sum(rows.eligible_voted), _NO_EXPENSE_REASON)
)
FILES_TO_CHECK = Measure(
    AID_FACT,
    Total(lambda rows: func.sum(rows.to_check)),
    row_conditions=lambda rows: (*lever_first_vote_conditions(rows), rows.to_check > 0),
    line_count=lambda rows: func.sum(rows.to_check),
)
LEFT_TO_ORDER = Measure(
    AID_FACT,
    Total(lambda rows: func.sum(case((rows.step == "commitment", rows.amount), else_=-rows.amount))),
    row_conditions=lever_step_conditions("commitment", *PAYMENT_ORDERS),
)
