"""Where labelled places are, and whom they have within reach."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

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
from data.model.facts import MeasuredValue
from data.model.groups import TERRITORY_COLUMNS, WHOLE_KEY, GroupKey, Groups
from data.queries.epcis import (
    NO_EPCI_REASON,
    intersection_counts,
    read_distinct_values_by_key,
    read_normandie_epcis_by_group,
)
from data.queries.population import NO_INHABITANT_REASON
from data.schema import commune, epci, label_span, reach_span
from data.selection import Selection
from data.selection.periods import time_conditions


def read_covered_epci_share(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
    """Intercommunalités with a labelled place anywhere in them, of those that count; holder types and typologies narrow
    the places, labelled at the `until` of each group.
    """
    anywhere = groups.without_territories()
    key, in_force = anywhere.in_force_conditions(label_span)
    where = (label_span.c.state == "labelled", *anywhere.selection.where(label_span.c, PLACE_FILTERS), *in_force)
    covered = groups.fill_groups(read_distinct_values_by_key(connection, key, label_span.c.epci, where), frozenset())
    return {
        key: MeasuredValue(some / all_) if all_ else MeasuredValue(None, NO_EPCI_REASON)
        for key, (some, all_) in intersection_counts(read_normandie_epcis_by_group(connection, groups), covered).items()
    }


def read_population_share(connection: Connection, selection: Selection) -> MeasuredValue:
    """The share of the inhabitants of the selected communes within 15 km of a place labelled at `until`, anywhere in
    the Région; holder types and typologies narrow the places.
    """
    found = read_reached_population(connection, selection, "dep").values()
    return _reached_share(ReachedPopulation(sum(one.reached for one in found), sum(one.people for one in found)))


def read_population_shares(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
    """The same for each group."""
    if groups.column in TERRITORY_COLUMNS:
        found = read_reached_population(connection, groups.selection, "dep" if groups.column == "dep" else "epci")
        return groups.map_groups(lambda key, _part: _reached_share(found.get(str(key), ReachedPopulation(0, 0))))
    if groups.period or groups.column == "holder_type":
        return {key: _reached_share(one) for key, one in read_reached_population_by_group(connection, groups).items()}
    return groups.fill_groups(
        {WHOLE_KEY: read_population_share(connection, groups.selection)}, MeasuredValue(None, NO_INHABITANT_REASON)
    )


def _reached_share(found: ReachedPopulation) -> MeasuredValue:
    return MeasuredValue(found.reached / found.people) if found.people else MeasuredValue(None, NO_INHABITANT_REASON)


class ReachedPopulation(NamedTuple):
    """The inhabitants of some communes, and those of them within 15 km of a labelled place."""

    reached: int
    people: int


@cached_on_snapshot
def read_reached_population(
    connection: Connection, selection: Selection, key: Literal["dep", "epci"]
) -> dict[str, ReachedPopulation]:
    """By département or intercommunalité with a commune in the selection (its selected communes only), by code."""
    read = _read_reached_population_from_points if selection.codes("typologie") else _read_reached_population_from_spans
    return read(connection, selection, key)


def is_within_reach(selection: Selection) -> ColumnElement[bool]:
    """SQL, of a commune, whatever the territory: it is within 15 km of a place of the selection's holder types labelled
    at `until`. It knows nothing of typologies.
    """
    return exists().where(
        reach_span.c.commune == commune.c.code,
        *selection.where(reach_span.c, ("porteur",)),
        *time_conditions("stock", reach_span.c, None, selection.until),
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
    found: dict[str, ReachedPopulation] = {}
    for territory, code, population in connection.execute(query.order_by(commune.c[key])):
        before = found.get(territory, ReachedPopulation(0, 0))
        reached = population if code in near else 0
        found[territory] = ReachedPopulation(before.reached + reached, before.people + population)
    return found


@cached_on_snapshot
def _read_communes_within_reach(connection: Connection, selection: Selection) -> frozenset[str]:
    """The selected communes within reach of a labelled place.

    A place may have any set of typologies: no roll-up holds them all, so the distances are computed.
    """
    points = labelled_points().subquery("points")
    labelled = connection.execute(
        select(points.c.lon, points.c.lat).where(
            *selection.without_territory().where(points.c, PLACE_FILTERS),
            *time_conditions("stock", points.c, None, selection.until),
        )
    )
    places = list({(row.lon, row.lat) for row in labelled})
    columns = (commune.c.code, commune.c.lon, commune.c.lat)
    communes = connection.execute(select(*columns).where(*selection.where(commune.c, TERRITORY_FILTERS))).all()
    near = are_within_reach([(lon, lat) for _code, lon, lat in communes], places)
    return frozenset(code for (code, _lon, _lat), reached in zip(communes, near, strict=True) if reached)


def read_reached_population_by_group(connection: Connection, groups: Groups) -> dict[GroupKey, ReachedPopulation]:
    """By period (at its end) or holder type, over the selected communes: one look at all spans of reach, whatever the
    number of groups.
    """
    columns = (commune.c.code, commune.c.population, commune.c.lon, commune.c.lat)
    communes = connection.execute(select(*columns).where(*groups.selection.where(commune.c, TERRITORY_FILTERS))).all()
    ends = [(key, part.until) for key, part in groups.parts]
    rank = {key: at for at, (key, _end) in enumerate(ends)}
    changes = np.zeros((len(ends) + 1, len(communes)), dtype=np.int32)  # of the number of places near, group by group
    for holder, started, ended, near in _read_reach_periods(connection, groups.selection.without_territory(), communes):
        if groups.period:
            first, last = (bisect_left(ends, day, key=lambda one: one[1]) for day in (started, ended or date.max))
            changes[first, near] += 1
            changes[last, near] -= 1
        elif started <= groups.selection.until < (ended or date.max):
            changes[rank[holder], near] += 1
            changes[rank[holder] + 1, near] -= 1
    people = np.array([one.population for one in communes], dtype=np.int64)
    reached = (changes.cumsum(axis=0) > 0) @ people
    return {
        key: ReachedPopulation(int(some), int(people.sum()))
        for (key, _end), some in zip(ends, reached[:-1], strict=True)
    }


def _read_reach_periods(
    connection: Connection, anywhere: Selection, communes: Sequence[Any]
) -> Iterator[tuple[str, date, date | None, list[int]]]:
    """Holder type, start and end of what brings communes within reach of a label, and their ranks."""
    if not anywhere.codes("typologie"):
        rank = {one.code: at for at, one in enumerate(communes)}
        query = select(reach_span.c.holder_type, reach_span.c.started, reach_span.c.ended, reach_span.c.commune)
        for holder, started, ended, code in connection.execute(
            query.where(*anywhere.where(reach_span.c, ("porteur",)))
        ):
            if code in rank:
                yield holder, started, ended, [rank[code]]
        return
    points = labelled_points().subquery("points")
    labels = connection.execute(select(points).where(*anywhere.where(points.c, PLACE_FILTERS))).all()
    where = sorted({(one.lon, one.lat) for one in labels})
    near = dict(zip(where, places_within_reach(where, [(one.lon, one.lat) for one in communes]), strict=True))
    for one in labels:
        yield one.holder_type, one.started, one.ended, near[one.lon, one.lat]


class EpciCoverage(NamedTuple):
    """A département, an intercommunalité with communes there, and whether a labelled place stands anywhere in it."""

    dep: str
    epci: str
    has_place: bool


@cached_on_snapshot
def read_epci_coverage(connection: Connection, selection: Selection) -> list[EpciCoverage]:
    """The intercommunalités with their seat in Normandie and a commune in the selection, in each of their selected
    départements; holder types and typologies narrow the places, labelled at `until`.
    """
    anywhere = selection.without_territory()
    with_place = select(label_span.c.epci).where(
        label_span.c.state == "labelled",
        *anywhere.where(label_span.c, PLACE_FILTERS),
        *time_conditions("stock", label_span.c, None, selection.until),
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
    """Of each selected commune, the labelled place nearest to its centre, wherever it is, and the kilometres between
    them; empty without any labelled place. Holder types and typologies narrow the places.
    """
    points = labelled_points().subquery("points")
    kept = (
        *selection.without_territory().where(points.c, PLACE_FILTERS),
        *time_conditions("stock", points.c, None, selection.until),
    )
    query = select(points.c.place_id, points.c.lon, points.c.lat).where(*kept).order_by(points.c.place_id)
    labelled = connection.execute(query).all()
    centres = select(commune.c.code, commune.c.lon, commune.c.lat).where(*selection.where(commune.c, TERRITORY_FILTERS))
    communes = connection.execute(centres).all()
    if not labelled or not communes:
        return []
    found = nearest_places([(row.lon, row.lat) for row in communes], [(row.lon, row.lat) for row in labelled])
    return [(row.code, labelled[rank].place_id, far) for row, (rank, far) in zip(communes, found, strict=True)]
