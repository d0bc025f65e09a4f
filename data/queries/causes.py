"""Why there is nothing to show: the filter whose removal gives an answer, found by asking again without it."""

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
    """What of a selection leaves nothing, in French (« la période choisie »), and what the reader can do about it."""

    name: str
    remedy: str


def find_blocking_filter(
    has_answer: Callable[[Selection], bool], selection: Selection, options: FilterOptions
) -> BlockingFilter | None:
    """The first filter, or else all of them, without which there is an answer; None when no filter is the cause.

    It costs one question for each filter chosen: asked only where there is nothing.
    """
    return next((cause for cause, wider in _wider_selections(selection, options) if has_answer(wider)), None)


def _wider_selections(selection: Selection, options: FilterOptions) -> Iterator[tuple[BlockingFilter, Selection]]:
    """The selection without each of its filters, then without any."""
    whole = replace(selection, since=None, until=options.until, until_given=False)
    anywhere = selection.without_territory()
    found = [
        (BlockingFilter("la période choisie", "Élargissez la période pour en voir."), whole),
        (
            BlockingFilter("le territoire choisi", "Il y en a ailleurs en Normandie\u202f: retirez le territoire."),
            anywhere,
        ),
        *(
            (
                BlockingFilter(
                    f"le filtre «\u202f{one.label.lower()}\u202f»",
                    f"Retirez le filtre «\u202f{one.label.lower()}\u202f» pour en voir.",
                ),
                selection.with_codes(one.key, ()),
            )
            for one in FILTERS
            if one.key not in TERRITORY_FILTER_KEYS
        ),
        (
            BlockingFilter("les filtres choisis ensemble", "Retirez les filtres pour en voir."),
            replace(whole, choices=()),
        ),
    ]
    narrowed = [(cause, wider) for cause, wider in found if wider != selection]
    yield from narrowed if len(narrowed) > 2 else narrowed[:1]  # alone, a filter is all of them


def read_value_with_cause(
    connection: Connection, indicator: Indicator, selection: Selection, options: FilterOptions
) -> MeasuredValue:
    """The indicator; when it is unknown, its reason also names the filter that is the cause, if one is."""
    found = read_value(connection, indicator, selection)
    if found.value is not None:
        return found
    cause = find_blocking_filter_of_indicator(connection, indicator, selection, options)
    return replace(found, reason=reason_with_cause(found.reason or "", cause))


def find_blocking_filter_of_indicator(
    connection: Connection, indicator: Indicator, selection: Selection, options: FilterOptions
) -> BlockingFilter | None:
    """The filter that leaves an indicator unknown; None when its source was never loaded, or no filter does."""
    if missing_source_reason(connection, indicator.required_sources):
        return None
    return find_blocking_filter(
        lambda wider: read_value(connection, indicator, wider).value is not None, selection, options
    )


def reason_with_cause(reason: str, cause: BlockingFilter | None) -> str:
    """« aucun lieu n’a déclaré de visites (en cause : le territoire choisi) »."""
    return f"{reason} (en cause\u202f: {cause.name})" if cause else reason
