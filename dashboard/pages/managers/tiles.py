"""The tiles of the page of the network of managers."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from dashboard.components.tile_values import Tile, indicator_tile
from data.filters import PLACE_FILTERS
from data.i18n import NARROW, agree
from data.indicators.managers import BESOINS_OUVERTS, DELAI_REPONSE, FEUILLE_DE_ROUTE, LIEUX_AU_RESEAU
from data.queries.indicators import read_value
from data.selection import Selection


def read_network_tiles(connection: Connection, selection: Selection) -> tuple[Tile, ...]:
    needs = indicator_tile(connection, selection, BESOINS_OUVERTS)
    return (
        indicator_tile(connection, selection, LIEUX_AU_RESEAU, "Lieux présents en douze mois", has_bar=True),
        replace(needs, status=needs.status or "Aucun besoin n’attend"),
        _delay_tile(connection, selection),
        _roadmap_tile(connection, selection),
    )


def _delay_tile(connection: Connection, selection: Selection) -> Tile:
    days = read_value(connection, DELAI_REPONSE, selection).value
    tile = indicator_tile(connection, selection, DELAI_REPONSE, "Délai médian de réponse")
    return replace(tile, unit="" if days is None else agree(days, "jour", "jours"))


def _roadmap_tile(connection: Connection, selection: Selection) -> Tile:
    """The roadmap, which is that of the whole Région whatever the place filters."""
    tile = indicator_tile(connection, selection, FEUILLE_DE_ROUTE, has_bar=True)
    if not any(selection.codes(key) for key in PLACE_FILTERS):
        return tile
    return replace(tile, status=f"{tile.status}{NARROW}; toute la Région")
