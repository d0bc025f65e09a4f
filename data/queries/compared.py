"""Indicators side by side: the value of each for every compared item and for the whole Région."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from data.engine import cached_on_snapshot
from data.filters import filter_named
from data.model.cases import Cases, RateInterval, notable_rank, notably_below, rate_interval
from data.model.facts import Measure, MeasuredValue, Total
from data.model.groups import WHOLE_KEY, GroupKey, Groups, single_group
from data.model.indicators import GROUPINGS, ComputedMeasure, Grouping, Indicator, groupings_of
from data.queries.indicators import read_breakdown, read_value
from data.queries.population import read_population_by_group
from data.selection import TERRITORY_KIND, ComparedItem, FilterOptions, Selection
from data.units import ACTIVITIES, FILES, MEETINGS, NEEDS, PLACES

COUNTED_UNITS = (PLACES, FILES, ACTIVITIES, MEETINGS, NEEDS)  # of things that are there, or happen, one by one
INHABITANTS_OF_A_RATE = 100_000


@dataclass(frozen=True)
class ComparedIndicator:
    """One indicator of a comparison, in the order of its items.

    `values` is what each item has; `rates` the share or the rate per inhabitants on which it may be ranked, None when
    it has none. `regional` and `regional_rate` are those of the whole Région under the same filters.
    """

    indicator: Indicator
    items: tuple[ComparedItem, ...]
    values: tuple[MeasuredValue, ...]
    rates: tuple[RateInterval | None, ...]
    regional: MeasuredValue
    regional_rate: RateInterval | None

    def rank(self, position: int) -> int | None:
        """The rank of an item from the highest; None unless it differs notably from every other one, and unless all
        items are alike: a département and an intercommunalité have no order.
        """
        return notable_rank(self.rates, position) if self.are_alike else None

    def lower_items(self, position: int) -> list[int]:
        """The positions of the items above which an item notably is; none unless all items are alike."""
        return notably_below(self.rates, position) if self.are_alike else []

    @property
    def are_alike(self) -> bool:
        """Whether all items are codes of one filter."""
        return len({item.filter_key for item in self.items}) == 1


def grouping_of_item(item: ComparedItem) -> Grouping:
    """The breakdown that has an item as a key."""
    return next(grouping for grouping in GROUPINGS if grouping.filter == item.filter_key)


def is_comparable(indicator: Indicator, selection: Selection) -> bool:
    """Whether an indicator can be broken down by every item that a selection compares."""
    allowed = groupings_of(indicator)
    return all(grouping_of_item(item) in allowed for item in selection.compared)


def over_compared_items(selection: Selection) -> Selection:
    """The selection without the territory and without the filters of the compared items, which they replace."""
    anywhere = selection.without_territory()
    for key in {item.filter_key for item in selection.compared}:
        anywhere = anywhere.with_codes(key, ())
    return anywhere


@cached_on_snapshot
def read_compared_indicator(
    connection: Connection, indicator: Indicator, selection: Selection, options: FilterOptions
) -> ComparedIndicator:
    """An indicator for each compared item, suppressed as its breakdown is, and for the whole Région."""
    anywhere = over_compared_items(selection)
    worded = indicator.in_selected_unit(selection)
    values, cases = _read_items(connection, worded, selection, options)
    regional = read_value(connection, worded, anywhere)
    whole = single_group(anywhere)
    regional_cases = _read_cases(connection, worded, whole, {WHOLE_KEY: regional}, _is_territorial(selection))
    return ComparedIndicator(
        worded,
        selection.compared,
        tuple(values[item] for item in selection.compared),
        tuple(_rate(values[item], cases.get(item)) for item in selection.compared),
        regional,
        _rate(regional, regional_cases.get(WHOLE_KEY)),
    )


def _read_items(
    connection: Connection, indicator: Indicator, selection: Selection, options: FilterOptions
) -> tuple[dict[ComparedItem, MeasuredValue], dict[ComparedItem, Cases]]:
    anywhere = over_compared_items(selection)
    codes_by_filter: dict[str, list[str]] = defaultdict(list)
    for item in selection.compared:
        codes_by_filter[item.filter_key].append(item.code)
    values: dict[ComparedItem, MeasuredValue] = {}
    cases: dict[ComparedItem, Cases] = {}
    for key, codes in codes_by_filter.items():
        grouping = grouping_of_item(ComparedItem(key, ""))
        part = anywhere.with_codes(key, codes)
        breakdown = read_breakdown(connection, indicator, part, grouping, options)
        values |= {ComparedItem(key, code): breakdown[code] for code in codes}
        database_values = filter_named(key).database_values
        keys = {code: database_values.get(code, code) for code in breakdown if code in codes}
        parts = tuple((value, part.with_codes(key, [code])) for code, value in keys.items())
        groups = Groups(part, parts, column=grouping.column)  # those of the breakdown: what both read is cached
        by_key: dict[GroupKey, MeasuredValue] = {keys[code]: breakdown[code] for code in codes}
        read = _read_cases(connection, indicator, groups, by_key, _is_territorial(selection))
        cases |= {ComparedItem(key, code): read[keys[code]] for code in codes if keys[code] in read}
    return values, cases


def _is_territorial(selection: Selection) -> bool:
    return all(item.filter_key in TERRITORY_KIND.filters for item in selection.compared)


def _read_cases(
    connection: Connection,
    indicator: Indicator,
    groups: Groups,
    values: Mapping[GroupKey, MeasuredValue],
    territorial: bool,
) -> Mapping[GroupKey, Cases]:
    """The cases of an indicator by group: those that it declares, else, for a count by territory, what it counts among
    the inhabitants; none for any other.
    """
    measure = indicator.measure
    if isinstance(measure, ComputedMeasure):
        return measure.read_cases(connection, groups) if measure.read_cases else {}
    if not territorial or not is_count(measure, indicator):
        return {}
    people = read_population_by_group(connection, groups)
    return {key: Cases(int(values[key].value or 0), people[key], INHABITANTS_OF_A_RATE) for key in people}


def is_count(measure: Measure, indicator: Indicator) -> bool:
    """Whether a measure counts things one by one, and is no sum of amounts, visits or participations."""
    return isinstance(measure.value, Total) and indicator.unit in COUNTED_UNITS


def _rate(value: MeasuredValue, cases: Cases | None) -> RateInterval | None:
    """The rate of a known value."""
    return None if value.value is None or cases is None else rate_interval(cases)
