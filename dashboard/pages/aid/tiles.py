"""The tiles of the page of aid: what was voted, what the envelopes have left, what is to be paid, to be checked."""

from __future__ import annotations

from sqlalchemy import Connection

from dashboard.charts.phrases import capitalised, period_text
from dashboard.components.tile_values import Tile
from data.facts.credits import AUTHORISATION_CREDITS, CREDIT_NAMES
from data.i18n import NARROW, agree, count, number, percent, uncapitalised
from data.indicators.aid import AIDES_VOTEES, DOSSIERS_AIDES
from data.indicators.aid_files import DOSSIERS_A_VERIFIER, RESTE_A_MANDATER
from data.indicators.credits import ENVELOPPE_VOTEE
from data.queries.aid_lists import read_file_counts_by_broken_rule
from data.queries.credits import (
    NO_ENVELOPE_REASON,
    EnvelopeUse,
    envelope_share,
    no_envelope_reason,
    read_envelope_uses,
    without_inapplicable_filters,
)
from data.queries.indicators import read_value
from data.rules.aid import RULES
from data.selection import Selection


def read_aid_tiles(connection: Connection, selection: Selection) -> tuple[Tile, ...]:
    return (
        _voted_tile(connection, selection),
        _envelope_tile(connection, selection),
        _to_pay_tile(connection, selection),
        _to_check_tile(connection, selection),
    )


def _voted_tile(connection: Connection, selection: Selection) -> Tile:
    amount = read_value(connection, AIDES_VOTEES, selection).value
    files = read_value(connection, DOSSIERS_AIDES, selection).value or 0
    return Tile(
        AIDES_VOTEES,
        label="Aides votées (leviers)",
        value=AIDES_VOTEES.unit.value_text(amount),
        unit=period_text(selection),
        status=count(files, "dossier", "dossiers"),
        query=selection.to_query(),
    )


def _envelope_tile(connection: Connection, selection: Selection) -> Tile:
    """The last exercice only: that is where something is left. AE and AP each have their share, never a sum: the
    fullest is in large. Envelopes are those of the whole Région, which the tile says under a filter that they lack.
    """
    whole = without_inapplicable_filters(selection)
    reason = no_envelope_reason(whole)
    selection, everywhere = whole, "" if whole == selection else ", toute la Région"
    used = [] if reason else read_envelope_uses(connection, selection, "voted", AUTHORISATION_CREDITS)
    last = max((one.fiscal_year for one in used), default=0)
    kinds = {
        kind: envelope_share([one for one in used if one.fiscal_year == last and one.credit == kind])
        for kind in AUTHORISATION_CREDITS
    }
    known = {kind: one.value for kind, one in kinds.items() if one.value is not None}
    fullest = max(known, key=lambda kind: known[kind], default=None)
    if fullest is None:
        status = capitalised(reason or NO_ENVELOPE_REASON)
        return Tile(ENVELOPPE_VOTEE, f"Enveloppe votée{everywhere}", "—", "", status, selection.to_query())
    return Tile(
        ENVELOPPE_VOTEE,
        label=f"Enveloppe {last} votée{everywhere}",
        value=percent(known[fullest]),
        unit=f"des {CREDIT_NAMES[fullest]}",
        status=_envelope_status(used, last, known, fullest),
        query=selection.to_query(),
        share=known[fullest],
    )


def _envelope_status(used: list[EnvelopeUse], last: int, shares: dict[str, float | int], fullest: str) -> str:
    """« 66 % des autorisations d’engagement (AE) ; reste 34 300 € en AE et 72 000 € en AP »: the fullest kind is said
    above.
    """
    left = {
        kind: sum(one.envelope - one.used for one in used if one.fiscal_year == last and one.credit == kind)
        for kind in shares
    }
    others = [
        f"{percent(value)} des {CREDIT_NAMES[kind]}{NARROW}; " for kind, value in shares.items() if kind != fullest
    ]
    amounts = " et ".join(f"{AIDES_VOTEES.unit.text(amount)} en {kind}" for kind, amount in left.items())
    return capitalised(f"{''.join(others)}reste {amounts}")


def _to_pay_tile(connection: Connection, selection: Selection) -> Tile:
    left = read_value(connection, RESTE_A_MANDATER, selection).value
    return Tile(
        RESTE_A_MANDATER,
        label=RESTE_A_MANDATER.label,
        value=RESTE_A_MANDATER.unit.value_text(left),
        unit="",
        status="Engagé et pas encore mandaté, toutes années confondues",
        query=selection.to_query(),
    )


def _to_check_tile(connection: Connection, selection: Selection) -> Tile:
    """The rule that most files break is named."""
    files = read_value(connection, DOSSIERS_A_VERIFIER, selection).value or 0
    broken = read_file_counts_by_broken_rule(connection, selection)
    labels = {rule.slug: uncapitalised(rule.label) for rule in RULES}
    status = "Aucune règle enfreinte sans dérogation"
    if broken:
        rule, many = next(iter(broken.items()))
        status = f"Premier motif{NARROW}: {labels[rule]} ({number(many)})"
    return Tile(
        DOSSIERS_A_VERIFIER,
        label=DOSSIERS_A_VERIFIER.label,
        value=number(files),
        unit=agree(files, "dossier", "dossiers"),
        status=status,
        query=selection.to_query(),
    )
