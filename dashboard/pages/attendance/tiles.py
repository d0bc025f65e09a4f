"""The tiles of the page of attendance."""

from __future__ import annotations

from sqlalchemy import Connection

from dashboard.charts.phrases import capitalised
from dashboard.components.tile_values import Tile, response_tile, visits_tile
from data.i18n import count
from data.indicators.attendance import EVOLUTION_LIEUX_COMPARABLES, VISITES_PAR_POSTE
from data.queries.comparable_places import last_months_of_period, last_twelve_months
from data.queries.indicators import read_value
from data.selection import Selection, unit_of
from data.selection.periods import over_months
from data.types import month_after, month_number, months_between
from data.units import ATTENDANCE_UNITS


def read_attendance_tiles(connection: Connection, selection: Selection) -> tuple[Tile, ...]:
    """The four tiles, in the unit selected."""
    return (
        visits_tile(connection, selection),
        _change_tile(connection, selection),
        response_tile(connection, selection),
        _visits_by_seat_tile(connection, selection),
    )


def _change_tile(connection: Connection, selection: Selection) -> Tile:
    """The change at comparable places; its rows are those of both years."""
    indicator = EVOLUTION_LIEUX_COMPARABLES.in_selected_unit(selection)
    reading = read_value(connection, EVOLUTION_LIEUX_COMPARABLES, selection)
    last = month_number(last_twelve_months(selection).until)
    return Tile(
        indicator,
        label="À lieux comparables, en un an",
        value=indicator.unit.value_text(reading.value),
        unit=f"de {ATTENDANCE_UNITS[unit_of(selection)].plural}" if reading.value is not None else "",
        status=capitalised(reading.reason or (reading.note or "").split("\u202f; ")[0]),
        query=over_months(selection, month_after(last, -23), last).to_query(),
    )


def _visits_by_seat_tile(connection: Connection, selection: Selection) -> Tile:
    indicator = VISITES_PAR_POSTE.in_selected_unit(selection)
    recent = last_months_of_period(selection)
    if recent is None:
        return Tile(indicator, indicator.label, "—", "", "Aucun mois entier dans la période", "")
    reading = read_value(connection, VISITES_PAR_POSTE, recent)
    months = months_between(month_number(recent.since or recent.until), month_number(recent.until))
    return Tile(
        indicator,
        label=f"{indicator.label}, {count(len(months), 'dernier mois', 'derniers mois')}",
        value=indicator.unit.value_text(reading.value),
        unit="",
        status=capitalised(reading.reason or reading.note or "Aucun lieu labellisé n’était attendu"),
        query=over_months(selection, months[0], months[-1]).to_query(),
    )
