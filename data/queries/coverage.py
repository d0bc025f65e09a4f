"""Territories with labelled places, and inhabitants within reach of one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import (
    ColumnElement,
    Connection,
    case,
    exists,
    func,
    select,
)

from data.engine import cached_on_snapshot
from data.facts.label import labelled_points
from data.filters import PLACE_FILTERS, TERRITORY_FILTERS
from data.geo import are_within_reach, nearest_places, places_within_reach
from data.model.cases import Cases
from data.model.facts import MeasuredValue
from data.model.groups import WHOLE_KEY, GroupKey, Groups
from data.queries.epcis import (
    NO_EPCI_REASON,
    intersection_counts,
    read_distinct_values_by_key,
    read_normandie_epcis_by_group,
)
from data.queries.population import NO_INHABITANT_REASON
from data.schema import commune, epci, label_span, reach_span
from data.selection import Selection
from data.selection.periods import in_force_conditions
from data.types import TERRITORY_COLUMNS, TerritoryColumn


def read_covered_epci_share(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
    """Share of the intercommunalités with their seat in Normandie that have a labelled place anywhere in them, at the
    `until` of each group; holder types and typologies filter the places.
    """
    return {
        key: MeasuredValue(cases.cases / cases.base) if cases.base else MeasuredValue(None, NO_EPCI_REASON)
        for key, cases in read_covered_epci_cases(connection, groups).items()
    }


@cached_on_snapshot
def read_covered_epci_cases(connection: Connection, groups: Groups) -> dict[GroupKey, Cases]:
    """The intercommunalités of `read_covered_epci_share`: those with a labelled place among all, by group."""
    anywhere = groups.without_territories()
    key, in_force = anywhere.in_force_conditions(label_span)
    conditions = (label_span.c.state == "labelled", *anywhere.selection.where(label_span.c, PLACE_FILTERS), *in_force)
    covered = groups.fill_groups(
        read_distinct_values_by_key(connection, key, label_span.c.epci, conditions), frozenset()
    )
    counted = read_normandie_epcis_by_group(connection, groups)
    return {key: Cases(*counts) for key, counts in intersection_counts(counted, covered).items()}


def read_population_share(connection: Connection, selection: Selection) -> MeasuredValue:
    """Share of the inhabitants of the selected communes within 15 km of a place labelled at `until`, anywhere in the
    Région; holder types and typologies filter the places.
    """
    areas = read_reached_population(connection, selection, "dep").values()
    return _reached_share(ReachedPopulation(sum(area.reached for area in areas), sum(area.people for area in areas)))


def read_population_shares(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
    """Share of the inhabitants within 15 km of a labelled place (`read_population_share`), by group."""
    if groups.column in TERRITORY_COLUMNS:
        by_code = read_reached_population(connection, groups.selection, "dep" if groups.column == "dep" else "epci")
        return groups.map_groups(lambda key, _part: _reached_share(by_code.get(str(key), ReachedPopulation(0, 0))))
    if groups.period or groups.column == "holder_type":
        return {
            key: _reached_share(population)
            for key, population in read_reached_population_by_group(connection, groups).items()
        }
    return groups.fill_groups(
        {WHOLE_KEY: read_population_share(connection, groups.selection)}, MeasuredValue(None, NO_INHABITANT_REASON)
    )


def _reached_share(population: ReachedPopulation) -> MeasuredValue:
    return (
        MeasuredValue(population.reached / population.people)
        if population.people
        else MeasuredValue(None, NO_INHABITANT_REASON)
    )


class ReachedPopulation(NamedTuple):
    """Inhabitants of some communes within 15 km of a labelled place (`reached`), and all of them (`people`)."""

    reached: int
    people: int


@cached_on_snapshot
def read_reached_population(
    connection: Connection, selection: Selection, key: TerritoryColumn
) -> dict[str, ReachedPopulation]:
    """Reached population by code of département or intercommunalité, over the selected communes."""
    read = _read_reached_population_from_points if selection.codes("typologie") else _read_reached_population_from_spans
    return read(connection, selection, key)


def is_within_reach(selection: Selection) -> ColumnElement[bool]:
    """SQL: a commune is within 15 km of a place labelled at `until`, of the selection's holder types, anywhere in the
    Région. Typologies are ignored: no roll-up has them.
    """
    return exists().where(
        reach_span.c.commune == commune.c.code,
        *selection.where(reach_span.c, ("porteur",)),
        *in_force_conditions(reach_span.c, selection.until),
    )


def _read_reached_population_from_spans(
    connection: Connection, selection: Selection, key: str
) -> dict[str, ReachedPopulation]:
    near = case((is_within_reach(selection), commune.c.population), else_=0)
    query = (
        select(commune.c[key], func.sum(near), func.sum(commune.c.population))
        .where(*selection.where(commune.c, TERRITORY_FILTERS))
        .group_by(commune.c[key])
        .order_by(commune.c[key])
    )
    return {code: ReachedPopulation(int(reached), int(people)) for code, reached, people in connection.execute(query)}


def _read_reached_population_from_points(
    connection: Connection, selection: Selection, key: str
) -> dict[str, ReachedPopulation]:
    near = _read_communes_within_reach(connection, selection)
    query = select(commune.c[key], commune.c.code, commune.c.population).where(
        *selection.where(commune.c, TERRITORY_FILTERS)
    )
    by_territory: dict[str, ReachedPopulation] = {}
    for territory, code, population in connection.execute(query.order_by(commune.c[key])):
        before = by_territory.get(territory, ReachedPopulation(0, 0))
        reached = population if code in near else 0
        by_territory[territory] = ReachedPopulation(before.reached + reached, before.people + population)
    return by_territory


@cached_on_snapshot
def _read_communes_within_reach(connection: Connection, selection: Selection) -> frozenset[str]:
    """Codes of the selected communes within reach of a labelled place; distances are computed, since no roll-up has
    every set of typologies.
    """
    points = labelled_points().subquery("points")
    labelled = connection.execute(
        select(points.c.lon, points.c.lat).where(
            *selection.without_territory().where(points.c, PLACE_FILTERS),
            *in_force_conditions(points.c, selection.until),
        )
    )
    places = list({(row.lon, row.lat) for row in labelled})
    columns = (commune.c.code, commune.c.lon, commune.c.lat)
    communes = connection.execute(select(*columns).where(*selection.where(commune.c, TERRITORY_FILTERS))).all()
    near = are_within_reach([(lon, lat) for _code, lon, lat in communes], places)
    return frozenset(code for (code, _lon, _lat), reached in zip(communes, near, strict=True) if reached)


def read_reached_population_by_group(connection: Connection, groups: Groups) -> dict[GroupKey, ReachedPopulation]:
    """Reached population by period (at its end) or holder type, over the selected communes: one pass over all reach
    periods, whatever the number of groups.
    """
    columns = (commune.c.code, commune.c.population, commune.c.lon, commune.c.lat)
    communes = connection.execute(select(*columns).where(*groups.selection.where(commune.c, TERRITORY_FILTERS))).all()
    ends = [(key, part.until) for key, part in groups.parts]
    rank = {key: position for position, (key, _end) in enumerate(ends)}
    changes = np.zeros((len(ends) + 1, len(communes)), dtype=np.int32)  # of the number of places near, group by group
    for holder, started, ended, near in _read_reach_periods(connection, groups.selection.without_territory(), communes):
        if groups.period:
            first, last = (bisect_left(ends, day, key=lambda item: item[1]) for day in (started, ended or date.max))
            changes[first, near] += 1
            changes[last, near] -= 1
        elif started <= groups.selection.until < (ended or date.max):
            changes[rank[holder], near] += 1
            changes[rank[holder] + 1, near] -= 1
    people = np.array([item.population for item in communes], dtype=np.int64)
    reached = (changes.cumsum(axis=0) > 0) @ people
    return {
        key: ReachedPopulation(int(population), int(people.sum()))
        for (key, _end), population in zip(ends, reached[:-1], strict=True)
    }


def _read_reach_periods(
    connection: Connection, anywhere: Selection, communes: Sequence[Any]
) -> Iterator[tuple[str, date, date | None, list[int]]]:
    """Holder type, start and end of each period that brings communes within reach, with the positions of these
    communes.
    """
    if not anywhere.codes("typologie"):
        rank = {town.code: position for position, town in enumerate(communes)}
        query = select(reach_span.c.holder_type, reach_span.c.started, reach_span.c.ended, reach_span.c.commune)
        for holder, started, ended, code in connection.execute(
            query.where(*anywhere.where(reach_span.c, ("porteur",)))
        ):
            if code in rank:
                yield holder, started, ended, [rank[code]]
        return
    points = labelled_points().subquery("points")
    labels = connection.execute(select(points).where(*anywhere.where(points.c, PLACE_FILTERS))).all()
    coordinates = sorted({(label.lon, label.lat) for label in labels})
    near = dict(
        zip(coordinates, places_within_reach(coordinates, [(town.lon, town.lat) for town in communes]), strict=True)
    )
    for label in labels:
        yield label.holder_type, label.started, label.ended, near[label.lon, label.lat]


class EpciCoverage(NamedTuple):
    """A département, an intercommunalité with communes in it, and whether that one has a labelled place anywhere."""

    dep: str
    epci: str
    has_place: bool


@cached_on_snapshot
def read_epci_coverage(connection: Connection, selection: Selection) -> list[EpciCoverage]:
    """One item per selected département and intercommunalité with its seat in Normandie and a commune in the selection;
    holder types and typologies filter the places, labelled at `until`.
    """
    anywhere = selection.without_territory()
    with_place = select(label_span.c.epci).where(
        label_span.c.state == "labelled",
        *anywhere.where(label_span.c, PLACE_FILTERS),
        *in_force_conditions(label_span.c, selection.until),
    )
    pairs = (
        select(commune.c.epci, commune.c.dep)
        .where(*selection.where(commune.c, TERRITORY_FILTERS))
        .group_by(commune.c.epci, commune.c.dep)
        .subquery("pairs")
    )
    query = (
        select(pairs.c.dep, pairs.c.epci, case((pairs.c.epci.in_(with_place), 1), else_=0))
        .join(epci, epci.c.code == pairs.c.epci)
        .where(epci.c.seat_in_normandie)
        .order_by(pairs.c.dep, pairs.c.epci)
    )
    return [EpciCoverage(dep, code, bool(has_place)) for dep, code, has_place in connection.execute(query)]


NearestPlace = tuple[str, int, float]  # commune, place_id of the nearest labelled place, kilometres


@cached_on_snapshot
def read_nearest_places(connection: Connection, selection: Selection) -> list[NearestPlace]:
    """The labelled place nearest to the centre of each selected commune, anywhere in the Région, with its distance in
    kilometres; empty without any labelled place. Holder types and typologies filter the places.
    """
    points = labelled_points().subquery("points")
    conditions = (
        *selection.without_territory().where(points.c, PLACE_FILTERS),
        *in_force_conditions(points.c, selection.until),
    )
    query = select(points.c.place_id, points.c.lon, points.c.lat).where(*conditions).order_by(points.c.place_id)
    labelled = connection.execute(query).all()
    centres = select(commune.c.code, commune.c.lon, commune.c.lat).where(*selection.where(commune.c, TERRITORY_FILTERS))
    communes = connection.execute(centres).all()
    if not labelled or not communes:
        return []
    nearest = nearest_places([(row.lon, row.lat) for row in communes], [(row.lon, row.lat) for row in labelled])
    return [(row.code, labelled[rank].place_id, far) for row, (rank, far) in zip(communes, nearest, strict=True)]
