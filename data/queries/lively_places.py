"""Labelled places with an event open to the public in the three months to a date."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from data.facts.events import PLACE_EVENTS
from data.model.groups import Groups
from data.queries.labelled_share import (
    LabelledShare,
    labelled_share_reader,
    places_with_a_fact,
    read_labelled_shares,
)
from data.selection import Selection
from data.selection.periods import over_last_months
from data.types import TerritoryColumn

LIVELY_MONTHS = 3


def over_lively_months(selection: Selection) -> Selection:
    """The selection over the months to `until` in which one event is enough."""
    return over_last_months(selection, LIVELY_MONTHS)


read_lively_places = places_with_a_fact(PLACE_EVENTS, over_lively_months)
read_lively_share = labelled_share_reader(read_lively_places)


def read_lively_shares_by_territory(
    connection: Connection, selection: Selection, column: TerritoryColumn, codes: Iterable[str]
) -> dict[str, LabelledShare]:
    """The labelled places of each territory, and those with an event in the months to `until`."""
    parts = tuple((code, selection.with_codes(column, [code])) for code in codes)
    shares = read_labelled_shares(connection, Groups(selection, parts, column=column), read_lively_places)
    return {str(code): share for code, share in shares.items()}
