"""Values of aid that no single aggregate gives: leverage, delay of the first order, aid per inhabitant or place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import accumulate
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Subquery,
    Text,
    cast,
    func,
    literal,
    select,
    type_coerce,
)

from data.engine import cached_on_snapshot
from data.facts.aid_files import (
    LEFT_TO_ORDER,
    LEVER_FILE_COUNT,
    LEVER_UNPLACED_AMOUNT,
    LEVER_VOTED_AMOUNT,
    is_regional_lever_aid,
)
from data.filters import AID_FILTERS
from data.i18n import NARROW, count, euros
from data.model.facts import MeasuredValue
from data.model.groups import WHOLE_KEY, GroupKey, Groups, single_group
from data.queries.groups import execute_by_key, read_measure_by_group, read_sums_by_key
from data.queries.labelled_share import NO_LABELLED_PLACE_REASON, labelled_places_by_group
from data.queries.population import read_per_inhabitants
from data.schema import aid_file, aid_place
from data.selection import Selection
from data.selection.periods import day_conditions
from data.types import day_number, day_of


def read_leverage(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
    """Private money per euro voted, over the files with a known total cost, by group; the note gives their number."""
    return {key: _leverage_value(sums) for key, sums in _read_leverage_sums_by_group(connection, groups).items()}


def _leverage_value(sums: LeverageSums) -> MeasuredValue:
    note = f"coût total connu pour {count(sums.costed, 'dossier', 'dossiers')} sur {sums.files}"
    if not sums.voted:
        return MeasuredValue(None, "aucun dossier voté n’a de coût total connu", note)
    return MeasuredValue(sums.private_money / sums.voted, note=note)


class LeverageSums(NamedTuple):
    """Private money and votes in euros and number of the files with a known total cost; `files`: the number of all
    files.
    """

    private_money: float
    voted: float
    costed: int
    files: int


@cached_on_snapshot
def read_leverage_sums(connection: Connection, selection: Selection) -> LeverageSums:
    """The two sides of the leverage, over the files first voted in the period."""
    return _read_leverage_sums_by_group(connection, single_group(selection))[WHOLE_KEY]


def _read_leverage_sums_by_group(connection: Connection, groups: Groups) -> dict[GroupKey, LeverageSums]:
    names = ("private_money", "costed_voted", "costed", "files")
    sums = read_sums_by_key(
        connection, LEVER_FILE_COUNT, groups, lambda rows: [func.sum(rows.c[name]).label(name) for name in names]
    )
    sums_of_all = groups.fill_groups(sums, (None,) * len(names))
    return {
        key: LeverageSums(float(private or 0), float(voted or 0), int(costed or 0), int(files or 0))
        for key, (private, voted, costed, files) in sums_of_all.items()
    }


def read_left_to_order(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
    """Committed minus ordered amounts in euros, over every step up to the `until` of each group; the start of the
    period changes nothing.
    """
    open_groups = groups.map_selections(lambda part: replace(part, since=None))
    if not groups.period:
        return read_measure_by_group(connection, LEFT_TO_ORDER, open_groups)
    changes = read_sums_by_key(
        connection, LEFT_TO_ORDER, open_groups, lambda rows: [LEFT_TO_ORDER.value.aggregate(rows.c)]
    )
    periods = sorted(changes)
    totals = list(accumulate((changes[key][0] for key in periods), initial=0))
    return groups.map_groups(lambda key, _part: MeasuredValue(float(totals[bisect_right(periods, key)])))


def read_first_order_delay(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
    """The median number of days from the vote to the first order, over the files voted in the period and ordered by the
    `until` of each group; the note gives the numbers of files with and without an order.
    """
    waits_by_group = groups.fill_groups(_read_waits(connection, groups), (0, Counter()))
    return {key: _delay_value(voted, waits) for key, (voted, waits) in waits_by_group.items()}


def _delay_value(voted: int, waits: Counter[int]) -> MeasuredValue:
    note = f"{count(waits.total(), 'dossier', 'dossiers')}, {voted - waits.total()} sans mandat à ce jour"
    if not waits:
        return MeasuredValue(None, "aucun dossier voté dans la période n’a de mandat à cette date", note)
    return MeasuredValue(median_of_counts(waits), note=note)


@cached_on_snapshot
def _read_waits(connection: Connection, groups: Groups) -> dict[GroupKey, tuple[int, Counter[int]]]:
    """By group key: the number of files voted, and a counter of the days that those ordered by `until` waited.

    A covering index has every column, by département and day. The files of one day are aggregated into one text («
    200066827 20200131,… »: group key and first order), which costs neither a sort of all files nor a row per file.
    """
    key = groups.key_column(aid_file, "undated")
    order = func.coalesce(cast(type_coerce(aid_file.c.first_order, Integer), Text), "")
    query = select(
        aid_file.c.day, func.aggregate_strings((literal(WHOLE_KEY) if key is None else key) + " " + order, ",")
    )
    answer = connection.execute(
        query.where(
            aid_file.c.is_voted,
            is_regional_lever_aid(aid_file.c),
            *groups.selection.where(aid_file.c, AID_FILTERS),
            *day_conditions(aid_file.c, groups.selection.since, groups.selection.until),
        ).group_by(aid_file.c.dep, aid_file.c.day)
    )
    ends = {group_key: day_number(part.until) for group_key, part in groups.parts}
    voted: Counter[GroupKey] = Counter()
    waits: dict[GroupKey, Counter[int]] = {}
    days: dict[str, int] = {}  # of an order: the same for many votes
    for day, texts in answer:
        start, period = day.toordinal(), groups.period_key_of(day)
        for text, files in Counter(texts.split(",")).items():
            key_text, _space, ordered = text.rpartition(" ")
            group_key: GroupKey = key_text if period is None else period
            voted[group_key] += files
            if ordered and int(ordered) <= ends.get(group_key, 0):
                order_day = days.get(ordered) or days.setdefault(ordered, day_of(int(ordered)).toordinal())
                waits.setdefault(group_key, Counter())[order_day - start] += files
    return {group_key: (files, waits.get(group_key, Counter())) for group_key, files in voted.items()}


def median_of_counts(counts: Mapping[int, int]) -> float | int:
    """The median of values given with the number of times that each is met; there is at least one."""
    ordered, total = sorted(counts), sum(counts.values())
    ranks = list(accumulate(counts[value] for value in ordered))
    low, high = (ordered[bisect_left(ranks, rank)] for rank in ((total + 1) // 2, total // 2 + 1))
    return low if low == high else (low + high) / 2


def read_aid_per_inhabitant(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
    """Euros voted per inhabitant of the selected communes, by group."""
    return read_per_inhabitants(connection, LEVER_VOTED_AMOUNT, groups)


def read_aid_per_place(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
    """Euros voted in the period to the places labelled at the `until` of each group, per such place; the note gives the
    amount voted without a place.
    """
    unplaced = read_measure_by_group(connection, LEVER_UNPLACED_AMOUNT, groups)
    voted_to_places = _read_voted_to_places_by_group(connection, groups)
    return groups.map_groups(lambda key, _part: _per_place_value(*voted_to_places[key], unplaced[key].value or 0))


def _per_place_value(voted: float, places: int, unplaced: float) -> MeasuredValue:
    note = f"à part{NARROW}: {euros(unplaced)} votés sans tiers-lieu" if unplaced else None
    return MeasuredValue(voted / places, note=note) if places else MeasuredValue(None, NO_LABELLED_PLACE_REASON, note)


@cached_on_snapshot
def read_voted_to_places(connection: Connection, selection: Selection) -> tuple[float, int]:
    """Euros voted in the period to the places of the selection labelled at `until`, and the number of these places."""
    return _read_voted_to_places_by_group(connection, single_group(selection))[WHOLE_KEY]


def _read_voted_to_places_by_group(connection: Connection, groups: Groups) -> dict[GroupKey, tuple[float, int]]:
    places = labelled_places_by_group(groups)
    number = execute_by_key(connection, places.c.get("key"), select(func.count()).select_from(places))
    numbers = groups.fill_groups(number, (0,))
    voted = _read_amounts_voted_to(connection, groups, places)
    return groups.map_groups(lambda key, _part: (voted[key], int(numbers[key][0])))


def labelled_place_ids(selection: Selection) -> Select[Any]:
    """The `place_id` of the places of the selection labelled at `until`, once each."""
    return select(labelled_places_by_group(single_group(selection)).c.place_id)


def _read_amounts_voted_to(connection: Connection, groups: Groups, places: Subquery) -> dict[GroupKey, float]:
    """Euros voted to these places, wherever the project was: of the filters only the scheme applies to the aid."""
    if groups.period:
        day = type_coerce(aid_place.c.day, Integer)
        dated: list[ColumnElement[bool]] = [day.between(places.c.first, places.c.last)]
    else:
        dated = day_conditions(aid_place.c, groups.selection.since, groups.selection.until)
    query = (
        select(func.sum(aid_place.c.amount))
        .join(places, places.c.place_id == aid_place.c.place_id)
        .where(*dated, *groups.selection.where(aid_place.c, ("dispositif",)))
    )
    key = places.c.key if "key" in places.c else groups.key_column(aid_place, "undated")
    return {
        group_key: float(row[0] or 0)
        for group_key, row in groups.fill_groups(execute_by_key(connection, key, query), (0,)).items()
    }
