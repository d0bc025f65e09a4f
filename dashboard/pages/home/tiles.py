"""The tiles of the overview: labelled places, aid of the year, inhabitants near a place, visits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from dashboard.charts.phrases import capitalised
from dashboard.components.tile_values import Tile, labelled_tile, visits_tile, voted_tile
from data.facts.credits import AUTHORISATION_CREDITS, CREDIT_NAMES
from data.i18n import MINUS, NARROW, count, euros, number, percent, sentence_list
from data.indicators.aid import AIDES_VOTEES
from data.indicators.attendance import EVOLUTION_LIEUX_COMPARABLES
from data.indicators.coverage import POPULATION_15KM
from data.queries.credits import EnvelopeUse, no_envelope_reason, read_envelope_uses
from data.queries.indicators import read_value
from data.queries.schemes import read_levers
from data.queries.target_position import TargetPosition
from data.selection import Selection
from data.selection.periods import at_date, year_before


def read_tiles(connection: Connection, selection: Selection, position: TargetPosition) -> tuple[Tile, ...]:
    """The four tiles. Attendance is in visits, whatever the unit chosen elsewhere."""
    return (
        labelled_tile(selection, position),
        _yearly_aid_tile(connection, selection) or voted_tile(connection, selection),
        _near_tile(connection, selection),
        _attendance_tile(connection, selection.with_codes("unite", ())),
    )


def _yearly_aid_tile(connection: Connection, selection: Selection) -> Tile | None:
    """Aid of the year of the date, compared with its envelopes; None without known envelopes, or with a chosen
    period.
    """
    if selection.since or no_envelope_reason(selection):
        return None
    year = replace(selection, since=date(selection.until.year, 1, 1), until_given=True)
    levers = [code for code in read_levers(connection) if code in (selection.codes("dispositif") or (code,))]
    uses = (
        read_envelope_uses(connection, year.with_codes("dispositif", levers), "voted", AUTHORISATION_CREDITS)
        if levers
        else []
    )
    uses_by_kind = {use.credit: [each for each in uses if each.credit == use.credit] for use in uses}
    envelopes = {kind: sum(use.envelope for use in each) for kind, each in uses_by_kind.items()}
    if not uses or not all(envelopes.values()):
        return None
    voted = read_value(connection, AIDES_VOTEES, year).value or 0
    single_envelope = (
        envelopes[uses[0].credit]
        if len(envelopes) == 1 and round(_total_used(uses), 2) == round(float(voted), 2)
        else None
    )
    shares = {kind: percent(_total_used(uses_by_kind[kind]) / envelope) for kind, envelope in envelopes.items()}
    return Tile(
        AIDES_VOTEES,
        label=f"Aides votées {year.until.year} (leviers)",
        value=AIDES_VOTEES.unit.value_text(voted),
        unit=f"/ {euros(single_envelope)}" if single_envelope else "",
        status=_envelope_text(shares, year.until.year),
        query=year.to_query(),
        share=voted / single_envelope if single_envelope else None,
    )


def _envelope_text(shares: dict[str, str], year: int) -> str:
    """« Votés : 66 % des autorisations d’engagement (AE) et 70 % des autorisations de programme (AP) 2020 »."""
    parts = [f"{share} des {CREDIT_NAMES[kind]}" for kind, share in shares.items()]
    return f"Votés{NARROW}: {sentence_list(parts)} {year}"


def _total_used(uses: list[EnvelopeUse]) -> float:
    return sum(use.used for use in uses)


def _near_tile(connection: Connection, selection: Selection) -> Tile:
    """The share of inhabitants near a labelled place, and its change in a year."""
    near = read_value(connection, POPULATION_15KM, selection)
    before = read_value(connection, POPULATION_15KM, at_date(selection, year_before(selection.until)))
    status = capitalised(near.reason or "")
    if near.value is not None and before.value is not None:
        status = f"À vol d’oiseau{NARROW}; {_points_text(near.value - before.value)} en un an"
    return Tile(
        POPULATION_15KM,
        label=f"Habitants à moins de 15{NARROW}km d’un lieu",
        value=POPULATION_15KM.unit.value_text(near.value),
        unit="",
        status=status,
        query=selection.to_query(),
        share=None if near.value is None else float(near.value),
    )


def _points_text(change: float) -> str:
    """« +4 points », « −1 point », « stable »."""
    points = round(change * 100)
    sign = "+" if points > 0 else MINUS
    return f"{sign}{count(abs(points), 'point', 'points')}" if points else "stable"


def _attendance_tile(connection: Connection, selection: Selection) -> Tile:
    """The last month declared, with its response rate, and the change in a year where enough places are comparable."""
    tile = visits_tile(connection, selection)
    change = read_value(connection, EVOLUTION_LIEUX_COMPARABLES, selection).value
    if change is None:
        return tile
    percents = round(change * 100)
    sign = "+" if percents > 0 else MINUS if percents < 0 else ""
    change_text = f"{sign}{number(abs(percents))}{NARROW}% sur douze mois à lieux comparables"
    return replace(tile, status=f"{change_text}{NARROW}; {tile.status[:1].lower()}{tile.status[1:]}")
