"""Aid by year, by step, by holder, by funder; envelopes by exercice."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, case, func, select

from data.facts.aggregate import conditions, rows_of
from data.facts.aid import AIDS, VOTED
from data.facts.aid_files import levers_of_the_region
from data.facts.credits import AUTHORISATIONS, PAYMENTS, Used, read_used, why_no_envelope
from data.facts.model import Measure, Total
from data.indicators.aid import AIDES_COMPLEMENTAIRES, AIDES_VOTEES
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


def read_voted_by_year(connection: Connection, selection: Selection) -> dict[tuple[int, str], float]:
    """Euros by (year of the vote, scheme), for those with votes in the period."""
    votes = rows_of(AIDES_VOTEES.basis, selection)
    year = year_of(votes.c.day)
    query = (
        select(year, votes.c.scheme, func.sum(votes.c.amount))
        .where(*conditions(AIDES_VOTEES.basis, votes, selection))
        .group_by(year, votes.c.scheme)
        .order_by(year, votes.c.scheme)
    )
    return {(int(year_), scheme): float(amount) for year_, scheme, amount in connection.execute(query)}


def read_stages(connection: Connection, selection: Selection) -> dict[tuple[str, str], float]:
    """Euros of the levers by (stage, scheme): what was voted, committed, ordered and paid in the period."""
    rows = rows_of(_ALL_STAGES, selection)
    stage = case(*((rows.c.step.in_(steps), name) for name, steps in STAGES.items()))
    query = (
        select(stage, rows.c.scheme, func.sum(rows.c.amount))
        .where(*conditions(_ALL_STAGES, rows, selection))
        .group_by(stage, rows.c.scheme)
        .order_by(rows.c.scheme)
    )
    return {(stage_, scheme): float(amount) for stage_, scheme, amount in connection.execute(query)}


class Share(NamedTuple):
    """Euros voted and the number of files, for a holder type or a funder."""

    amount: float
    files: int


def read_by_holder(connection: Connection, selection: Selection) -> dict[str, Share]:
    """What the levers gave to each type of holder (`-` when it is not known)."""
    return _read_shares(connection, selection, AIDES_VOTEES.basis, "holder_type")


def read_by_funder(connection: Connection, selection: Selection) -> dict[str, Share]:
    """What each funder gave beside the levers: by SIREN, or by name for a funder without one."""
    return _read_shares(connection, selection, AIDES_COMPLEMENTAIRES.basis, "funder")


def _read_shares(connection: Connection, selection: Selection, measure: Measure, column: str) -> dict[str, Share]:
    rows = rows_of(measure, selection)
    query = (
        select(rows.c[column], func.sum(rows.c.amount), func.sum(rows.c.files))
        .where(*conditions(measure, rows, selection, column))
        .group_by(rows.c[column])
    )
    found = {key: Share(float(amount), int(files)) for key, amount, files in connection.execute(query)}
    return dict(sorted(found.items(), key=lambda one: (-one[1].amount, one[0])))


def read_envelopes(connection: Connection, selection: Selection) -> list[Used]:
    """Each envelope with what was used of it: voted for AE and AP, ordered for CP. None under a filter other than the
    scheme, nor when the period begins within an exercice.
    """
    if why_no_envelope(selection):
        return []
    voted = read_used(connection, selection, "voted", AUTHORISATIONS)
    return [*voted, *read_used(connection, selection, "ordered", PAYMENTS)]
