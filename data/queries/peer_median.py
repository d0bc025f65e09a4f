"""An indicator of a territory beside the territories of its kind."""

from __future__ import annotations

from statistics import median
from typing import NamedTuple

from sqlalchemy import Connection

from data.model.indicators import GROUPINGS, Indicator
from data.queries.indicators import read_breakdown
from data.queries.territories import read_selected_departements, read_selected_intercommunalites
from data.selection import FilterOptions, Selection
from data.types import TerritoryColumn

MIN_KNOWN_PEERS = 3  # a median of two is their mean, that of one is its value
_GROUPINGS = {grouping.column: grouping for grouping in GROUPINGS}


class PeerMedian(NamedTuple):
    """The median of an indicator over the territories of a kind, in the unit of the indicator.

    `peers` territories are compared, `known` of them have a value; `value` is None with fewer than MIN_KNOWN_PEERS.
    """

    value: float | None
    known: int
    peers: int


def read_peer_median(
    connection: Connection,
    indicator: Indicator,
    selection: Selection,
    column: TerritoryColumn,
    options: FilterOptions,
) -> PeerMedian:
    """The median of an indicator over all départements (`dep`) or intercommunalités (`epci`), whatever territory is
    selected; the other filters and the period apply. Raises KeyError when the indicator has no such breakdown.

    It is computed from published values only, each read as on the sheet of its territory: a value that is unknown or
    suppressed does not count, so that a median tells nothing that these sheets do not. An intercommunalité with its
    seat outside Normandie is no peer: its value is that of a part of it.
    """
    anywhere = selection.without_territory()
    readings = read_breakdown(connection, indicator, anywhere, _GROUPINGS[column], options)
    values = [readings[code].value for code in read_peer_codes(connection, anywhere, column)]
    known = [float(value) for value in values if value is not None]
    return PeerMedian(median(known) if len(known) >= MIN_KNOWN_PEERS else None, len(known), len(values))


def read_peer_codes(connection: Connection, anywhere: Selection, column: TerritoryColumn) -> list[str]:
    """The codes of the territories of a kind that are compared."""
    if column == "dep":
        return [territory.code for territory in read_selected_departements(connection, anywhere)]
    return [
        territory.code
        for territory in read_selected_intercommunalites(connection, anywhere)
        if territory.seat_in_normandie
    ]
