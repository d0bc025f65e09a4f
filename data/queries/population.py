"""Inhabitants of the selected communes, the denominator of values per inhabitant."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, func, select

from data.engine import cached_on_snapshot
from data.filters import TERRITORY_FILTERS
from data.model.cases import Cases
from data.model.facts import Measure, MeasuredValue
from data.model.groups import WHOLE_KEY, GroupKey, Groups
from data.queries.groups import execute_by_key, read_measure_by_group
from data.schema import commune
from data.selection import Selection

NO_INHABITANT_REASON = "aucun habitant dans la sélection"


@cached_on_snapshot
def read_population(connection: Connection, selection: Selection) -> int:
    """Inhabitants of the communes in the selected territory (0 without any); other filters and dates change nothing."""
    query = select(func.coalesce(func.sum(commune.c.population), 0)).where(
        *selection.where(commune.c, TERRITORY_FILTERS)
    )
    return int(connection.scalar(query) or 0)


def read_per_inhabitants(
    connection: Connection, measure: Measure, groups: Groups, each: int = 1
) -> dict[GroupKey, MeasuredValue]:
    """A measure per `each` inhabitants of the selected communes, by group."""
    people, values = read_population_by_group(connection, groups), read_measure_by_group(connection, measure, groups)
    return {
        key: MeasuredValue((values[key].value or 0) * each / people[key])
        if people[key]
        else MeasuredValue(None, NO_INHABITANT_REASON)
        for key in people
    }


def inhabitant_cases_reader(measure: Measure, each: int) -> Callable[[Connection, Groups], dict[GroupKey, Cases]]:
    """A reader, by group, of what a measure counts among the inhabitants of the selected communes, per `each` of
    them.
    """

    def read(connection: Connection, groups: Groups) -> dict[GroupKey, Cases]:
        people, values = (
            read_population_by_group(connection, groups),
            read_measure_by_group(connection, measure, groups),
        )
        return {key: Cases(int(values[key].value or 0), people[key], each) for key in people}

    return read


@cached_on_snapshot
def read_population_by_group(connection: Connection, groups: Groups) -> dict[GroupKey, int]:
    """Inhabitants by group; groups that are no territories have the population of the selection."""
    key = groups.key_column(commune, "undated")
    if key is None:
        return groups.fill_groups({WHOLE_KEY: read_population(connection, groups.selection)}, 0)
    query = select(func.sum(commune.c.population)).where(*groups.selection.where(commune.c, TERRITORY_FILTERS))
    return groups.fill_groups({code: int(row[0]) for code, row in execute_by_key(connection, key, query).items()}, 0)
