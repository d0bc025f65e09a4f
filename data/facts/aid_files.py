"""What no single aggregate says of aid: how it levers, how long the first order takes, how much for whom."""

from __future__ import annotations

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    func,
)

from data.facts.aid import AIDS, LEVER, UNPLACED, VOTED
from data.model.facts import Columns, Conditions, Measure, Ratio, Total
from data.sources.aids import PAYMENT_ORDERS, REGION_SIREN


def levers_of_the_region(*steps: str) -> Conditions:
    """The Région's money for its own two levers, by kinds of step."""
    return lambda rows: (
        is_regional_lever_aid(rows),
        rows.step == steps[0] if len(steps) == 1 else rows.step.in_(steps),
    )


def is_regional_lever_aid(rows: Columns) -> ColumnElement[bool]:
    """SQL: the Région's money for its own two levers."""
    return and_(rows.funder == REGION_SIREN, rows.family == LEVER)


def files_of_the_levers(rows: Columns) -> tuple[ColumnElement[bool], ...]:
    """SQL: the rows that say what is counted once for a file of the levers, on the day of its first vote."""
    return (*levers_of_the_region("vote")(rows), rows.files > 0)


def measure_of_files(value: Total | Ratio) -> Measure:
    """What is counted once for a file of the levers: its single rows are first votes."""
    return Measure(AIDS, value, only=files_of_the_levers, lines=lambda rows: func.sum(rows.files))


def amount_of(*steps: str) -> Measure:
    """The Région's money for its own two levers, by kinds of step."""
    return Measure(AIDS, Total(lambda rows: func.sum(rows.amount)), only=levers_of_the_region(*steps))


VOTED_BY_LEVERS, VOTED_WITHOUT_PLACE = amount_of(*VOTED), amount_of(UNPLACED)
COMMITTED, ORDERED, PAID = amount_of("commitment"), amount_of(*PAYMENT_ORDERS), amount_of("payment")
CANCELLED = amount_of("cancellation")
COMPLEMENTARY = Measure(
    AIDS,
    Total(lambda rows: func.sum(rows.amount)),
    only=lambda rows: (rows.family == "complementary", rows.step.in_(VOTED)),
)
FILES_OF_LEVERS = measure_of_files(Total(lambda rows: func.sum(rows.files)))
ELIGIBLE = measure_of_files(
    Total(lambda rows: func.sum(rows.eligible), reason="aucun dossier n’indique ses dépenses éligibles")
)
_NO_EXPENSE = "aucun dossier voté dans la période n’a de dépenses éligibles connues"
RATE = measure_of_files(
    Ratio(lambda rows: func.sum(rows.eligible_voted), lambda rows: func.sum(rows.eligible), _NO_EXPENSE)
)
EXPENSES_PER_EURO = measure_of_files(
    Ratio(lambda rows: func.sum(rows.eligible), lambda rows: func.sum(rows.eligible_voted), _NO_EXPENSE)
)
TO_CHECK = Measure(
    AIDS,
    Total(lambda rows: func.sum(rows.to_check)),
    only=lambda rows: (*files_of_the_levers(rows), rows.to_check > 0),
    lines=lambda rows: func.sum(rows.to_check),
)
LEFT_TO_ORDER = Measure(
    AIDS,
    Total(lambda rows: func.sum(case((rows.step == "commitment", rows.amount), else_=-rows.amount))),
    only=levers_of_the_region("commitment", *PAYMENT_ORDERS),
)
