"""Links of the cells of lists: sheets of tiers-lieux and territories, rows of an aid file.

Codes and references come from files and may hold any character: they are quoted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from dashboard import ids
from dashboard.urls import partner_path, place_path
from data.queries.manager_lists import PAIR_MARK, PLACE_MARK
from data.queries.named_things import AidList

CellLink = Callable[[Mapping[str, Any]], str | None]
CellLinks = Callable[[Mapping[str, Any]], list[tuple[str, str]]]
"""The text and the target of each thing that a cell names."""


def place_link(column: str) -> CellLink:
    """A link to the sheet of the tiers-lieu whose code is in a column, if any."""
    return lambda row: place_path(str(row[column])) if row[column] else None


def territory_link(column: str) -> CellLink:
    """A link to the sheet of the territory whose code is in a column."""
    return lambda row: f"/territoires/{quote(str(row[column]), safe='')}"


def aid_file_link(column: str) -> CellLink:
    """A link to the list of voted files, searched for the reference in a column, without filters."""
    return lambda row: f"/aides?q-dossiers={quote(str(row[column]), safe='')}" if row[column] else None


def aid_file_rows_link(column: str) -> CellLink:
    """A link to the rows that vote the aid file whose reference is in a column, without filters."""
    path = "/indicateurs/aides-votees/lignes"
    return lambda row: f"{path}?q-lignes={quote(str(row[column]), safe='')}" if row[column] else None


def file_loads_link(column: str) -> CellLink:
    """A link to the loads of the file whose name is in a column."""
    path, fragment = "/donnees", ids.listing("chargements", "title")
    return lambda row: f"{path}?q-chargements={quote(str(row[column]), safe='')}#{fragment}" if row[column] else None


def place_links(column: str) -> CellLinks:
    """Links to the sheets of the tiers-lieux of a column of codes and names (data.queries.manager_lists)."""

    def links(row: Mapping[str, Any]) -> list[tuple[str, str]]:
        pairs = (pair.split(PAIR_MARK) for pair in (row[column] or "").split(PLACE_MARK) if pair)
        return [(name, place_path(code)) for code, name in pairs]

    return links


def partner_link(column: str) -> CellLink:
    """A link to the sheet of the partner whose code is in a column, if any."""
    return lambda row: partner_path(str(row[column])) if row[column] else None


_AID_LIST_ADDRESSES: Mapping[AidList, str] = {
    "voted": "/indicateurs/aides-votees/lignes?q-lignes=",
    "complementary": "/indicateurs/aides-complementaires/lignes?q-lignes=",
    "proposed": "/aides?q-propositions=",
}


def aid_list_path(shown_in: AidList, text: str) -> str:
    """The address of the list of aid files, searched for a text, without filters."""
    return f"{_AID_LIST_ADDRESSES[shown_in]}{quote(text, safe='')}"
