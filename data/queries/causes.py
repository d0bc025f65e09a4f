"""The filter that leaves nothing to show, found by reading again without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from data.filters import FILTERS
from data.model.facts import MeasuredValue
from data.model.indicators import Indicator
from data.queries.indicators import read_value
from data.queries.sources import missing_source_reason
from data.selection import FilterOptions, Selection

TERRITORY_FILTER_KEYS = ("dep", "epci")


@dataclass(frozen=True)
class BlockingFilter:
    """The filter that leaves nothing, as a French text (« la période choisie »), and the remedy for the reader."""

    name: str
    remedy: str


def find_blocking_filter(
    has_answer: Callable[[Selection], bool], selection: Selection, options: FilterOptions
) -> BlockingFilter | None:
    """The first filter, or else all of them, whose removal gives a result; None when no filter blocks.

    `has_answer` is called once per chosen filter: call this only where a result is empty.
    """
    return next((cause for cause, wider in _wider_selections(selection, options) if has_answer(wider)), None)


def _wider_selections(selection: Selection, options: FilterOptions) -> Iterator[tuple[BlockingFilter, Selection]]:
    """The selection without each of its filters, then without any."""
    any_period = replace(selection, since=None, until=options.until, until_given=False)
    anywhere = selection.without_territory()
    candidates = [
        (BlockingFilter("la période choisie", "Élargissez la période pour en voir."), any_period),
        (
            BlockingFilter("le territoire choisi", "Il y en a ailleurs en Normandie\u202f: retirez le territoire."),
            anywhere,
        ),
        *(
            (
                BlockingFilter(
                    f"le filtre «\u202f{filter_.label.lower()}\u202f»",
                    f"Retirez le filtre «\u202f{filter_.label.lower()}\u202f» pour en voir.",
                ),
                selection.with_codes(filter_.key, ()),
            )
            for filter_ in FILTERS
            if filter_.key not in TERRITORY_FILTER_KEYS
        ),
        (
            BlockingFilter("les filtres choisis ensemble", "Retirez les filtres pour en voir."),
            replace(any_period, choices=()),
        ),
    ]
    wider_ones = [(cause, wider) for cause, wider in candidates if wider != selection]
    yield from wider_ones if len(wider_ones) > 2 else wider_ones[:1]  # alone, a filter is all of them


def read_value_with_cause(
    connection: Connection, indicator: Indicator, selection: Selection, options: FilterOptions
) -> MeasuredValue:
    """The value of an indicator; when unknown, its reason also names the blocking filter, if any."""
    value = read_value(connection, indicator, selection)
    if value.value is not None:
        return value
    cause = find_blocking_filter_of_indicator(connection, indicator, selection, options)
    return replace(value, reason=reason_with_cause(value.reason or "", cause))


def find_blocking_filter_of_indicator(
    connection: Connection, indicator: Indicator, selection: Selection, options: FilterOptions
) -> BlockingFilter | None:
    """The filter that leaves an indicator unknown; None when a required source is not loaded, or no filter blocks."""
    if missing_source_reason(connection, indicator.required_sources):
        return None
    return find_blocking_filter(
        lambda wider: read_value(connection, indicator, wider).value is not None, selection, options
    )


def reason_with_cause(reason: str, cause: BlockingFilter | None) -> str:
    """« aucun lieu n’a déclaré de visites (en cause : le territoire choisi) »."""
    return f"{reason} (en cause\u202f: {cause.name})" if cause else reason
