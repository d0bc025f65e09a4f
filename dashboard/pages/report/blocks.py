"""The French names of the blocks of a report."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.charts import chart_named
from dashboard.lists import list_named
from dashboard.pages.territories.territory import territory_names
from dashboard.reports.draft import Block, BlockKind
from data.i18n import NARROW
from data.indicators import indicator_named

KIND_NAMES: Mapping[BlockKind, str] = {
    "titre": "Titre",
    "texte": "Texte",
    "graphique": "Graphique",
    "indicateur": "Chiffre",
    "liste": "Liste",
    "fiche": "Fiche de territoire",
}
EXCERPT_LETTERS = 60


def block_name(block: Block) -> str:
    """What a block shows, on one line; a subject that does not exist is named as such."""
    name = _subject_name(block)
    return name or f"inconnu, «{NARROW}{block.content[:EXCERPT_LETTERS]}{NARROW}»"


def _subject_name(block: Block) -> str | None:
    if block.kind == "graphique":
        chart = chart_named(block.content)
        return chart.subtitle if chart else None
    if block.kind == "indicateur":
        indicator = indicator_named(block.content)
        return indicator.label if indicator else None
    if block.kind == "liste":
        listing = list_named(block.content)
        return listing.title if listing else None
    if block.kind == "fiche":
        return territory_names().get(block.content)
    line = " ".join(block.content.split())
    return (line if len(line) <= EXCERPT_LETTERS else f"{line[:EXCERPT_LETTERS]}…") or "sans texte"
