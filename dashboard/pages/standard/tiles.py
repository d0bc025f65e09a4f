"""The tiles of the page of the service standard."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from dashboard.components.tile_values import Tile, indicator_tile
from data.facts.standard import AWARD_COUNT
from data.i18n import agree, count, number, uncapitalised
from data.indicators.label import LIEUX_LABELLISES
from data.indicators.standard import LABELS_A_VERIFIER, STANDARD_RESPECTE
from data.queries.labelled_share import LabelledShare
from data.queries.measures import read_measure
from data.queries.standard import read_whole_standard_share
from data.selection import Selection


def read_standard_tiles(connection: Connection, selection: Selection) -> tuple[Tile, ...]:
    standard = indicator_tile(connection, selection, STANDARD_RESPECTE, has_bar=True)
    labelled = indicator_tile(connection, selection, LIEUX_LABELLISES)
    share = read_whole_standard_share(connection, selection)
    return (
        standard,
        replace(labelled, status=_known_text(share) if share.known else standard.status),
        _to_check_tile(connection, selection),
    )


def _known_text(share: LabelledShare) -> str:
    """« 24 dont tous les critères obligatoires sont renseignés, 10 dont un au moins ne l’est pas »."""
    unknown = share.labelled - share.known
    if not unknown:
        return "Tous les critères obligatoires y sont renseignés"
    known = f"{number(share.known)} dont tous les critères obligatoires sont renseignés"
    return f"{known}, {number(unknown)} dont un au moins ne l’est pas"


def _to_check_tile(connection: Connection, selection: Selection) -> Tile:
    tile = indicator_tile(connection, selection, LABELS_A_VERIFIER)
    total = int(read_measure(connection, AWARD_COUNT, selection).value or 0)
    if not total:
        return replace(tile, status="Aucune labellisation ni aucun renouvellement sous ce standard")
    decisions = count(total, "labellisation ou renouvellement", "labellisations ou renouvellements")
    notes = [f"Sur {decisions} {agree(total, 'prononcé', 'prononcés')} sous ce standard"]
    return replace(tile, status=", ".join([*notes, *([uncapitalised(tile.status)] if tile.status else [])]))
