"""Aid by year, by step, by holder, by funder; envelopes by exercice."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from data.facts.aggregate import conditions
from data.facts.aid import AIDS, VOTED
from data.facts.aid_files import COMPLEMENTARY, VOTED_BY_LEVERS, levers_of_the_region
from data.facts.credits import AUTHORISATIONS, PAYMENTS
from data.model.facts import Measure, Total
from data.queries.credits import EnvelopeUse, read_envelope_uses, why_no_envelope
from data.selection import Selection
from data.sources.aids import PAYMENT_ORDERS
from data.types import year_of

STAGES = {  # the four steps of the money -> the kinds of step that each sums
    "voted": VOTED,
    "committed": ("commitment",),
    "ordered": PAYMENT_ORDERS,
    "paid": ("payment",),
}
_ALL_STAGES = Measure(
    AIDS,
    Total(lambda rows: func.sum(rows.amount)),
    only=levers_of_the_region(*(step for steps in STAGES.values() for step in steps)),
)
_ROWS = AIDS.rows.c


def _sums_by(*keys: ColumnElement[Any]) -> Select[Any]:
    """The amounts and the files by these keys, in their order: to be narrowed to what is asked."""
    return select(*keys, func.sum(_ROWS.amount), func.sum(_ROWS.files)).group_by(*keys).order_by(*keys)


_BY_YEAR = _sums_by(year_of(_ROWS.day), _ROWS.scheme)
_BY_STAGE = _sums_by(_ROWS.scheme, case(*((_ROWS.step.in_(steps), stage) for stage, steps in STAGES.items())))
_BY_HOLDER, _BY_FUNDER = _sums_by(_ROWS.holder_type), _sums_by(_ROWS.funder)


def read_voted_by_year(connection: Connection, selection: Selection) -> dict[tuple[int, str], float]:
    """Euros by (year of the vote, scheme), for those with votes in the period."""
    query = _BY_YEAR.where(*conditions(VOTED_BY_LEVERS, AIDS.rows, selection))
    return {(int(year), scheme): float(amount) for year, scheme, amount, _files in connection.execute(query)}


def read_stages(connection: Connection, selection: Selection) -> dict[tuple[str, str], float]:
    """Euros of the levers by (stage, scheme): what was voted, committed, ordered and paid in the period."""
    query = _BY_STAGE.where(*conditions(_ALL_STAGES, AIDS.rows, selection))
    return {(stage, scheme): float(amount) for scheme, stage, amount, _files in connection.execute(query)}


class Share(NamedTuple):
    """Euros voted and the number of files, for a holder type or a funder."""

    amount: float
    files: int


def read_by_holder(connection: Connection, selection: Selection) -> dict[str, Share]:
    """What the levers gave to each type of holder (`-` when it is not known)."""
    kept = conditions(VOTED_BY_LEVERS, AIDS.rows, selection, "holder_type")
    return _read_shares(connection, _BY_HOLDER.where(*kept))


def read_by_funder(connection: Connection, selection: Selection) -> dict[str, Share]:
    """What each funder gave beside the levers: by SIREN, or by name for a funder without one."""
    kept = conditions(COMPLEMENTARY, AIDS.rows, selection)
    return _read_shares(connection, _BY_FUNDER.where(*kept))


def _read_shares(connection: Connection, query: Select[Any]) -> dict[str, Share]:
    found = {key: Share(float(amount), int(files)) for key, amount, files in connection.execute(query)}
    return dict(sorted(found.items(), key=lambda one: (-one[1].amount, one[0])))


def read_envelopes(connection: Connection, selection: Selection) -> list[EnvelopeUse]:
    """Each envelope with what was used of it: voted for AE and AP, ordered for CP. None under a filter other than the
    scheme, nor when the period begins within an exercice.
    """
    if why_no_envelope(selection):
        return []
    voted = read_envelope_uses(connection, selection, "voted", AUTHORISATIONS)
    return [*voted, *read_envelope_uses(connection, selection, "ordered", PAYMENTS)]
