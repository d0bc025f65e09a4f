"""The addresses behind the cells of lists: sheets of tiers-lieux and territories, rows of an aid file.

Codes and references come from files and may hold anything: they are quoted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from dashboard.urls import place_path

CellLink = Callable[[Mapping[str, Any]], str | None]


def place_link(column: str) -> CellLink:
    """The sheet of the tiers-lieu whose code a column holds, where there is one."""
    return lambda row: place_path(str(row[column])) if row[column] else None


def territory_link(column: str) -> CellLink:
    """The sheet of the territory whose code a column holds."""
    return lambda row: f"/territoires/{quote(str(row[column]), safe='')}"


def aid_file_link(column: str) -> CellLink:
    """What is voted, ordered and paid of the aid file of the levers whose reference a column holds, whatever the
    filters.
    """
    return lambda row: f"/aides?q-dossiers={quote(str(row[column]), safe='')}" if row[column] else None


def aid_file_rows_link(column: str) -> CellLink:
    """The lines that vote this aid file, whatever the filters."""
    path = "/indicateurs/aides-votees/lignes"
    return lambda row: f"{path}?q-lignes={quote(str(row[column]), safe='')}" if row[column] else None
