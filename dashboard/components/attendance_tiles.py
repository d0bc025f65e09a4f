"""The tiles of the page of attendance."""

from __future__ import annotations

from sqlalchemy import Connection

from dashboard.components.tile_values import Tile, response_tile, sentence_of, visits_tile
from data.facts.aggregate import over_months
from data.facts.comparable import last_year, recent_months
from data.i18n import count
from data.indicators.attendance import EVOLUTION_LIEUX_COMPARABLES, VISITES_PAR_POSTE
from data.queries.indicators import read_value
from data.selection import Selection
from data.types import month_after, month_number, months_between


def read_attendance_tiles(connection: Connection, selection: Selection) -> tuple[Tile, ...]:
    """The four tiles. Only the response rate follows the unit chosen."""
    visits = selection.choosing("unite", ())
    return (
        visits_tile(connection, visits),
        _evolution(connection, visits),
        response_tile(connection, selection),
        _by_seat(connection, visits),
    )


def _evolution(connection: Connection, selection: Selection) -> Tile:
    """Its rows are those of both years."""
    found = read_value(connection, EVOLUTION_LIEUX_COMPARABLES, selection)
    last = month_number(last_year(selection).until)
    return Tile(
        EVOLUTION_LIEUX_COMPARABLES,
        label="À lieux comparables, en un an",
        value=EVOLUTION_LIEUX_COMPARABLES.unit.figure(found.value),
        unit="de visites" if found.value is not None else "",
        status=sentence_of(found.reason or (found.note or "").split("\u202f; ")[0]),
        query=over_months(selection, month_after(last, -23), last).to_query(),
    )


def _by_seat(connection: Connection, selection: Selection) -> Tile:
    recent = recent_months(selection)
    if recent is None:
        return Tile(VISITES_PAR_POSTE, VISITES_PAR_POSTE.label, "—", "", "Aucun mois entier dans la période", "")
    found = read_value(connection, VISITES_PAR_POSTE, recent)
    months = months_between(month_number(recent.since or recent.until), month_number(recent.until))
    return Tile(
        VISITES_PAR_POSTE,
        label=f"Visites par poste et par mois, {count(len(months), 'dernier mois', 'derniers mois')}",
        value=VISITES_PAR_POSTE.unit.figure(found.value),
        unit="",
        status=sentence_of(found.reason or found.note or "Aucun lieu labellisé n’était attendu"),
        query=over_months(selection, months[0], months[-1]).to_query(),
    )
