"""The territories that a chart compares: of the level that fits the selection."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from dashboard.charts.phrases import territory_text
from dashboard.charts.territories import MAX_EPCI_ROWS
from data.i18n import day_long
from data.queries.territories import read_selected_departements, read_selected_intercommunalites
from data.selection import FilterOptions, Selection
from data.types import TerritoryColumn


class Territory(NamedTuple):
    """A territory of a comparison; one with its seat outside Normandie is not `counted`: it has a row only with
    activities.
    """

    code: str
    name: str
    counted: bool


def read_territories(connection: Connection, selection: Selection) -> tuple[TerritoryColumn, list[Territory]]:
    """The intercommunalités when a territory is chosen and they are MAX_EPCI_ROWS at most, else the départements."""
    epcis = read_selected_intercommunalites(connection, selection)
    if (selection.codes("dep") or selection.codes("epci")) and len(epcis) <= MAX_EPCI_ROWS:
        return "epci", [Territory(territory.code, territory.name, territory.seat_in_normandie) for territory in epcis]
    return "dep", [
        Territory(territory.code, territory.name, True)
        for territory in read_selected_departements(connection, selection)
    ]


def message_without_place(selection: Selection, options: FilterOptions) -> str:
    return f"Aucun tiers-lieu labellisé {territory_text(selection, options)} au {day_long(selection.until)}"
