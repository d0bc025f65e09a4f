"""Labelled places with an event open to the public in the three months to a date."""

from __future__ import annotations

from data.facts.events import PLACE_EVENTS
from data.queries.labelled_share import labelled_cases_reader, labelled_share_reader, places_with_a_fact
from data.selection import Selection
from data.selection.periods import over_last_months

LIVELY_MONTHS = 3


def over_lively_months(selection: Selection) -> Selection:
    """The selection over the months to `until` in which one event is enough."""
    return over_last_months(selection, LIVELY_MONTHS)


read_lively_places = places_with_a_fact(PLACE_EVENTS, over_lively_months)
read_lively_share = labelled_share_reader(read_lively_places)
read_lively_cases = labelled_cases_reader(read_lively_places)
