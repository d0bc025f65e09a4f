"""Median delays, in days: of a label, from the first application to the first award; of an answer to a need."""

from __future__ import annotations

from statistics import median

from sqlalchemy import Connection, func, literal, select

from data.engine import cached_on_snapshot
from data.facts.aggregate import measure_conditions
from data.facts.label import FIRST_AWARD_FACT, IN_PROCESS_COUNT
from data.facts.managers import ANSWERED_NEED_COUNT, OPEN_NEED_COUNT
from data.i18n import agree, count, number
from data.model.facts import Measure, MeasuredValue, Total
from data.model.groups import WHOLE_KEY, GroupKey, Groups
from data.queries.groups import read_measure_by_group
from data.selection import Selection
from data.types import day_count, year_of

DATED_AWARD_COUNT = Measure(
    FIRST_AWARD_FACT, Total(lambda _rows: func.count()), row_conditions=lambda rows: (rows.applied <= rows.day,)
)
"""First awards after a known application."""


@cached_on_snapshot
def read_award_delays(connection: Connection, selection: Selection) -> list[tuple[int, int]]:
    """(year of the award, days from application to award) of the first awards of the period with known application."""
    query = _AWARD_DELAYS.where(*measure_conditions(DATED_AWARD_COUNT, FIRST_AWARD_FACT.rows, selection))
    return [(year, days) for year, days in connection.execute(query)]


_day, _applied = FIRST_AWARD_FACT.rows.c.day, FIRST_AWARD_FACT.rows.c.applied
_AWARD_DELAYS = select(year_of(_day), day_count(_day) - day_count(_applied))  # whole numbers: dates would cost more


def read_median_award_delay(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
    """The median delay in days of the first awards of each group; the note gives their number, and the places still in
    process at its `until`.
    """
    delays = read_delays_by_group(connection, groups, DATED_AWARD_COUNT, "applied")
    waiting = read_measure_by_group(connection, IN_PROCESS_COUNT, groups)
    return groups.map_groups(lambda key, _part: _median_award_delay(delays[key], int(waiting[key].value or 0)))


def _median_award_delay(delays: list[int], waiting: int) -> MeasuredValue:
    note = f"{count(len(delays), 'délai', 'délais')}, {number(waiting)} encore {'ouvert' if waiting < 2 else 'ouverts'}"
    return median_delay(delays, "aucune première labellisation après une candidature connue dans la période", note)


def read_median_answer_delay(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
    """The median delay in days of the needs answered in each group; the note gives their number, and the needs that
    still wait at its `until`.
    """
    delays = read_delays_by_group(connection, groups, ANSWERED_NEED_COUNT, "started")
    waiting = read_measure_by_group(connection, OPEN_NEED_COUNT, groups)
    return groups.map_groups(lambda key, _part: _median_answer_delay(delays[key], int(waiting[key].value or 0)))


def _median_answer_delay(delays: list[int], waiting: int) -> MeasuredValue:
    still = f"{number(waiting)} {agree(waiting, 'attend', 'attendent')} encore"
    note = f"{count(len(delays), 'besoin a reçu une réponse', 'besoins ont reçu une réponse')}, {still}"
    return median_delay(delays, "aucun besoin n’a reçu de réponse datée dans la période", note)


def read_delays_by_group(
    connection: Connection, groups: Groups, measure: Measure, start: str
) -> dict[GroupKey, list[int]]:
    """By group, the days from the column `start` to the `day` of each row of a flow that the measure counts."""
    rows = measure.fact.rows
    key = groups.key_column(rows, "day")
    query = select(literal(WHOLE_KEY) if key is None else key, day_count(rows.c.day) - day_count(rows.c[start]))
    delays: dict[GroupKey, list[int]] = {}
    for group_key, days in connection.execute(query.where(*measure_conditions(measure, rows, groups.selection))):
        delays.setdefault(group_key, []).append(days)
    return groups.fill_groups(delays, [])


def median_delay(delays: list[int], reason: str, note: str) -> MeasuredValue:
    """The median of delays in days; without any, None for the reason."""
    return MeasuredValue(median(delays), note=note) if delays else MeasuredValue(None, reason, note)
