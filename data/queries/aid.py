"""Aid by year, by step, by holder, by funder; envelopes by exercice."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from data.facts.aggregate import measure_conditions
from data.facts.aid import AID_FACT, VOTE_STEPS
from data.facts.aid_files import COMPLEMENTARY_AMOUNT, LEVER_VOTED_AMOUNT, lever_step_conditions
from data.facts.credits import AUTHORISATION_CREDITS, PAYMENT_CREDITS
from data.model.facts import Measure, Total
from data.queries.credits import EnvelopeUse, no_envelope_reason, read_envelope_uses
from data.selection import Selection
from data.sources.aids import PAYMENT_ORDERS
from data.types import year_of

STEPS_BY_STAGE = {  # the four steps of the money -> the kinds of step that each sums
    "voted": VOTE_STEPS,
    "committed": ("commitment",),
    "ordered": PAYMENT_ORDERS,
    "paid": ("payment",),
}
_ALL_STAGES_AMOUNT = Measure(
    AID_FACT,
    Total(lambda rows: func.sum(rows.amount)),
    row_conditions=lever_step_conditions(*(step for steps in STEPS_BY_STAGE.values() for step in steps)),
)
_ROWS = AID_FACT.rows.c


def _sums_grouped_by(*keys: ColumnElement[Any]) -> Select[Any]:
    """Sums of amounts and files grouped by these keys, in their order, without conditions."""
    return select(*keys, func.sum(_ROWS.amount), func.sum(_ROWS.files)).group_by(*keys).order_by(*keys)


_SUMS_BY_YEAR = _sums_grouped_by(year_of(_ROWS.day), _ROWS.scheme)
_SUMS_BY_STAGE = _sums_grouped_by(
    _ROWS.scheme, case(*((_ROWS.step.in_(steps), stage) for stage, steps in STEPS_BY_STAGE.items()))
)
_SUMS_BY_HOLDER_TYPE, _SUMS_BY_FUNDER = _sums_grouped_by(_ROWS.holder_type), _sums_grouped_by(_ROWS.funder)


def read_voted_by_year(connection: Connection, selection: Selection) -> dict[tuple[int, str], float]:
    """Euros by (year of the vote, scheme), for those with votes in the period."""
    query = _SUMS_BY_YEAR.where(*measure_conditions(LEVER_VOTED_AMOUNT, AID_FACT.rows, selection))
    return {(int(year), scheme): float(amount) for year, scheme, amount, _files in connection.execute(query)}


def read_amounts_by_stage(connection: Connection, selection: Selection) -> dict[tuple[str, str], float]:
    """Euros of the levers by (stage, scheme): what was voted, committed, ordered and paid in the period."""
    query = _SUMS_BY_STAGE.where(*measure_conditions(_ALL_STAGES_AMOUNT, AID_FACT.rows, selection))
    return {(stage, scheme): float(amount) for scheme, stage, amount, _files in connection.execute(query)}


class AidShare(NamedTuple):
    """Euros voted and the number of files, for a holder type or a funder."""

    amount: float
    files: int


def read_aid_by_holder_type(connection: Connection, selection: Selection) -> dict[str, AidShare]:
    """Aid of the levers voted in the period, by type of holder (`-` when unknown), largest first."""
    conditions = measure_conditions(LEVER_VOTED_AMOUNT, AID_FACT.rows, selection, "holder_type")
    return _read_shares(connection, _SUMS_BY_HOLDER_TYPE.where(*conditions))


def read_aid_by_funder(connection: Connection, selection: Selection) -> dict[str, AidShare]:
    """Complementary aid voted in the period, by funder (SIREN, or name without one), largest first."""
    conditions = measure_conditions(COMPLEMENTARY_AMOUNT, AID_FACT.rows, selection)
    return _read_shares(connection, _SUMS_BY_FUNDER.where(*conditions))


def _read_shares(connection: Connection, query: Select[Any]) -> dict[str, AidShare]:
    shares = {key: AidShare(float(amount), int(files)) for key, amount, files in connection.execute(query)}
    return dict(sorted(shares.items(), key=lambda item: (-item[1].amount, item[0])))


def read_envelopes(connection: Connection, selection: Selection) -> list[EnvelopeUse]:
    """Each envelope with its use in euros: voted for AE and AP, ordered for CP. Empty under a filter other than the
    scheme, or when the period begins within a fiscal year.
    """
    if no_envelope_reason(selection):
        return []
    voted = read_envelope_uses(connection, selection, "voted", AUTHORISATION_CREDITS)
    return [*voted, *read_envelope_uses(connection, selection, "ordered", PAYMENT_CREDITS)]
