"""The tiles of the overview: the label, the aid of the year, who lives near a place, how many visits."""

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


def read_tiles(connection: Connection, selection: Selection, standing: TargetPosition) -> tuple[Tile, ...]:
    """The four tiles. Attendance is in visits, whatever the unit chosen elsewhere."""
    return (
        labelled_tile(selection, standing),
        _yearly_aid_tile(connection, selection) or voted_tile(connection, selection),
        _near_tile(connection, selection),
        _attendance_tile(connection, selection.with_codes("unite", ())),
    )


def _yearly_aid_tile(connection: Connection, selection: Selection) -> Tile | None:
    """Aid of the year of the date, against its envelopes; None when these are not known, or when a period is chosen."""
    if selection.since or no_envelope_reason(selection):
        return None
    year = replace(selection, since=date(selection.until.year, 1, 1), until_given=True)
    levers = [code for code in read_levers(connection) if code in (selection.codes("dispositif") or (code,))]
    used = (
        read_envelope_uses(connection, year.with_codes("dispositif", levers), "voted", AUTHORISATION_CREDITS)
        if levers
        else []
    )
    kinds = {one.credit: [each for each in used if each.credit == one.credit] for one in used}
    wholes = {kind: sum(one.envelope for one in each) for kind, each in kinds.items()}
    if not used or not all(wholes.values()):
        return None
    voted = read_value(connection, AIDES_VOTEES, year).value or 0
    alone = (
        wholes[used[0].credit] if len(wholes) == 1 and round(_total_used(used), 2) == round(float(voted), 2) else None
    )
    shares = {kind: percent(_total_used(kinds[kind]) / whole) for kind, whole in wholes.items()}
    return Tile(
        AIDES_VOTEES,
        label=f"Aides votées {year.until.year} (leviers)",
        value=AIDES_VOTEES.unit.value_text(voted),
        unit=f"/ {euros(alone)}" if alone else "",
        status=_envelope_text(shares, year.until.year),
        query=year.to_query(),
        share=voted / alone if alone else None,
    )


def _envelope_text(shares: dict[str, str], year: int) -> str:
    """« Votés : 66 % des autorisations d’engagement (AE) et 70 % des autorisations de programme (AP) 2020 »."""
    parts = [f"{share} des {CREDIT_NAMES[kind]}" for kind, share in shares.items()]
    return f"Votés{NARROW}: {sentence_list(parts)} {year}"


def _total_used(used: list[EnvelopeUse]) -> float:
    return sum(one.used for one in used)


def _near_tile(connection: Connection, selection: Selection) -> Tile:
    """The share of inhabitants near a labelled place, and how it moved in a year."""
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
    whole = round(change * 100)
    sign = "+" if whole > 0 else MINUS
    return f"{sign}{count(abs(whole), 'point', 'points')}" if whole else "stable"


def _attendance_tile(connection: Connection, selection: Selection) -> Tile:
    """The last month declared with its answers; then a year against the one before, where enough places compare."""
    shown = visits_tile(connection, selection)
    change = read_value(connection, EVOLUTION_LIEUX_COMPARABLES, selection).value
    if change is None:
        return shown
    whole = round(change * 100)
    sign = "+" if whole > 0 else MINUS if whole < 0 else ""
    compared = f"{sign}{number(abs(whole))}{NARROW}% sur douze mois à lieux comparables"
    return replace(shown, status=f"{compared}{NARROW}; {shown.status[:1].lower()}{shown.status[1:]}")
