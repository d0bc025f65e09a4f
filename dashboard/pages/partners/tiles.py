"""The tiles of the page of partners."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from dashboard.components.tile_values import Tile, indicator_tile
from data.i18n import NARROW, agree, count, number
from data.indicators.partners import (
    ACTIONS_PARTENAIRES,
    EPCI_TOUCHES,
    PARTICIPATIONS_AUX_ACTIONS,
    RENCONTRES_VERS_EMERGENCE,
)
from data.queries.indicators import read_value
from data.queries.partners import read_recent_activity_counts
from data.selection import Selection


def read_partner_tiles(connection: Connection, selection: Selection) -> tuple[Tile, ...]:
    return (
        _activities_tile(connection, selection),
        _participations_tile(connection, selection),
        indicator_tile(connection, selection, EPCI_TOUCHES, has_bar=True),
        indicator_tile(
            connection,
            selection,
            RENCONTRES_VERS_EMERGENCE,
            "Rencontres suivies d’une aide Émergence",
            has_bar=True,
        ),
    )


def _activities_tile(connection: Connection, selection: Selection) -> Tile:
    activities = int(read_value(connection, ACTIONS_PARTENAIRES, selection).value or 0)
    recent = read_recent_activity_counts(connection, selection)
    status = "Animation, appui et instruction"
    if recent:
        before = "" if recent.before is None else f", {number(recent.before)} les douze précédents"
        status = f"Dont {number(recent.last)} sur les douze derniers mois{before}"
    return Tile(
        ACTIONS_PARTENAIRES,
        label=ACTIONS_PARTENAIRES.label,
        value=number(activities),
        unit=agree(activities, "action", "actions"),
        status=status,
        query=selection.to_query(),
    )


def _participations_tile(connection: Connection, selection: Selection) -> Tile:
    tile = indicator_tile(connection, selection, PARTICIPATIONS_AUX_ACTIONS)
    return replace(tile, status=tile.status or "Aucune action dans la période")


def mediation_network_text(epn: int) -> str:
    """« Réseau des EPN : 41 lieux, jamais ajoutés aux tiers-lieux. »"""
    added = agree(epn, "ajouté", "ajoutés")
    return f"Réseau des EPN{NARROW}: {count(epn, 'lieu', 'lieux')}, jamais {added} aux tiers-lieux."
