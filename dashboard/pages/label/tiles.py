"""The tiles of the page of the label: labelled places, pace, places in process, median delay."""

from __future__ import annotations

from sqlalchemy import Connection

from dashboard.charts.parcours import LATE_MONTHS
from dashboard.charts.phrases import capitalised
from dashboard.components.tile_values import Tile, Tone, labelled_tile
from data.i18n import agree, count, number
from data.indicators.label import DELAI_LABELLISATION, LIEUX_EN_COURS
from data.indicators.pace import RYTHME_OBSERVE, RYTHME_REQUIS
from data.queries.indicators import read_value
from data.queries.pace import DAYS_A_MONTH
from data.queries.parcours import read_waiting_places
from data.queries.target_position import TargetPosition
from data.selection import Selection


def read_label_tiles(connection: Connection, selection: Selection, position: TargetPosition) -> tuple[Tile, ...]:
    return (
        labelled_tile(selection, position),
        _pace_tile(connection, selection, position),
        _in_process_tile(connection, selection),
        _delay_tile(connection, selection),
    )


def _pace_tile(connection: Connection, selection: Selection, position: TargetPosition) -> Tile:
    """The observed pace; late only against the pace required by a voted target, after its baseline."""
    observed = read_value(connection, RYTHME_OBSERVE, selection)
    required = read_value(connection, RYTHME_REQUIS, selection)
    tone: Tone = "neutral"
    status = capitalised(observed.note or "")
    if required.value == 0:
        tone, status = "good", "Objectif atteint"
    elif required.value is not None and observed.value is not None:
        has_begun = position.target is not None and position.target.expected_at(selection.until) is not None
        tone = "neutral" if not has_begun else "late" if observed.value < required.value else "good"
        status = f"{RYTHME_REQUIS.unit.value_text(required.value)} requis jusqu’à l’échéance"
    return Tile(
        RYTHME_OBSERVE,
        label=f"{RYTHME_OBSERVE.label}, 12 derniers mois",
        value=RYTHME_OBSERVE.unit.value_text(observed.value),
        unit=agree(observed.value or 0, "label par mois", "labels par mois", 2),
        status=status,
        query=selection.to_query(),
        tone=tone,
    )


def _in_process_tile(connection: Connection, selection: Selection) -> Tile:
    waiting = read_waiting_places(connection, selection)
    late = sum(place.days >= LATE_MONTHS * DAYS_A_MONTH for place in waiting)
    late_text = count(late, "sans nouvelle étape", "sans nouvelle étape") if late else "Aucun sans nouvelle étape"
    return Tile(
        LIEUX_EN_COURS,
        label="En parcours de labellisation",
        value=number(len(waiting)),
        unit=agree(len(waiting), "lieu", "lieux"),
        status=f"{late_text} depuis plus de {LATE_MONTHS} mois" if waiting else "Aucune candidature en cours",
        query=selection.to_query(),
    )


def _delay_tile(connection: Connection, selection: Selection) -> Tile:
    reading = read_value(connection, DELAI_LABELLISATION, selection)
    unit = "" if reading.value is None else agree(reading.value, "jour", "jours")
    return Tile(
        DELAI_LABELLISATION,
        label="Délai médian jusqu’au label",
        value=DELAI_LABELLISATION.unit.value_text(reading.value),
        unit=unit,
        status=capitalised((reading.note if reading.value is not None else reading.reason) or ""),
        query=selection.to_query(),
    )
