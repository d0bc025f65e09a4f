"""The tiles of the page of aid: voted, use of the envelopes, to be paid, to be checked."""

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
    """The use of the envelopes of the last exercice, the only one with credits left. AE and AP have separate shares,
    never added; the most used kind is in large. Envelopes are those of the whole Région, which the label states under a
    filter that they do not have.
    """
    region_selection = without_inapplicable_filters(selection)
    reason = no_envelope_reason(region_selection)
    selection, region_suffix = region_selection, "" if region_selection == selection else ", toute la Région"
    uses = [] if reason else read_envelope_uses(connection, selection, "voted", AUTHORISATION_CREDITS)
    last = max((use.fiscal_year for use in uses), default=0)
    shares = {
        kind: envelope_share([use for use in uses if use.fiscal_year == last and use.credit == kind])
        for kind in AUTHORISATION_CREDITS
    }
    known_shares = {kind: use.value for kind, use in shares.items() if use.value is not None}
    fullest = max(known_shares, key=lambda kind: known_shares[kind], default=None)
    if fullest is None:
        status = capitalised(reason or NO_ENVELOPE_REASON)
        return Tile(ENVELOPPE_VOTEE, f"Enveloppe votée{region_suffix}", "—", "", status, selection.to_query())
    return Tile(
        ENVELOPPE_VOTEE,
        label=f"Enveloppe {last} votée{region_suffix}",
        value=percent(known_shares[fullest]),
        unit=f"des {CREDIT_NAMES[fullest]}",
        status=_envelope_status(uses, last, known_shares, fullest),
        query=selection.to_query(),
        share=known_shares[fullest],
    )


def _envelope_status(uses: list[EnvelopeUse], last: int, shares: dict[str, float | int], fullest: str) -> str:
    """« 66 % des autorisations d’engagement (AE) ; reste 34 300 € en AE et 72 000 € en AP »: the other kind, since the
    most used one is the value of the tile.
    """
    remaining = {
        kind: sum(use.envelope - use.used for use in uses if use.fiscal_year == last and use.credit == kind)
        for kind in shares
    }
    other_shares = [
        f"{percent(value)} des {CREDIT_NAMES[kind]}{NARROW}; " for kind, value in shares.items() if kind != fullest
    ]
    amounts = " et ".join(f"{AIDES_VOTEES.unit.text(amount)} en {kind}" for kind, amount in remaining.items())
    return capitalised(f"{''.join(other_shares)}reste {amounts}")


def _to_pay_tile(connection: Connection, selection: Selection) -> Tile:
    to_pay = read_value(connection, RESTE_A_MANDATER, selection).value
    return Tile(
        RESTE_A_MANDATER,
        label=RESTE_A_MANDATER.label,
        value=RESTE_A_MANDATER.unit.value_text(to_pay),
        unit="",
        status="Engagé et pas encore mandaté, toutes années confondues",
        query=selection.to_query(),
    )


def _to_check_tile(connection: Connection, selection: Selection) -> Tile:
    """The files to check, with the rule that most of them break."""
    files = read_value(connection, DOSSIERS_A_VERIFIER, selection).value or 0
    broken = read_file_counts_by_broken_rule(connection, selection)
    labels = {rule.slug: uncapitalised(rule.label) for rule in RULES}
    status = "Aucune règle enfreinte sans dérogation"
    if broken:
        rule, rule_files = next(iter(broken.items()))
        status = f"Premier motif{NARROW}: {labels[rule]} ({number(rule_files)})"
    return Tile(
        DOSSIERS_A_VERIFIER,
        label=DOSSIERS_A_VERIFIER.label,
        value=number(files),
        unit=agree(files, "dossier", "dossiers"),
        status=status,
        query=selection.to_query(),
    )
