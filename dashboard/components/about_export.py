"""What an exported file says of itself: what it shows, under which filters, from which sources, with which limits."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts import Chart
from dashboard.components.listing import title_words
from dashboard.components.source_line import DEMONSTRATION, sources_of, sources_words, to_correct
from dashboard.exports.xlsx import About
from dashboard.lists import Listing
from dashboard.requests.page_request import Asked
from data.i18n import day_short
from data.indicators import worded_indicators
from data.selection import Selection

INVENTED = f"{DEMONSTRATION}\u202f: ces lieux et ces montants sont inventés."


def about_chart(asked: Asked, chart: Chart, finding: str, note: str, link: str) -> About:
    """Of a chart: its finding is the title."""
    found = worded_indicators(chart.indicators, asked.selection)
    return About(
        finding,
        INVENTED if asked.provenance.is_demonstration else "",
        (
            ("Ce qui est mesuré", chart.measured),
            *_when(asked, chart.applied(asked.selection)),
            *_where_from(asked, sources_of(chart.indicators)),
            *((("À savoir", note),) if note else ()),
            *((f"Définition – {one.label}", one.definition) for one in found),
            *((f"Méthode – {one.label}", one.method) for one in found),
            *((f"Limites – {one.label}", one.limits) for one in found),
            *_link(link),
        ),
        asked.known.today,
    )


def about_list(asked: Asked, listing: Listing, text: str, link: str, missing: str = "") -> About:
    """Of a list: `text` is what was looked for in it, `missing` why it has no row when a source was never loaded."""
    return About(
        title_words(asked, listing),
        INVENTED if asked.provenance.is_demonstration else "",
        (
            *((("Motif", missing),) if missing else ()),
            *_when(asked, asked.selection.narrowed_to(listing.filters)),
            *((("Calcul", listing.calculation),) if listing.calculation else ()),
            *((("Recherche", text),) if text else ()),
            *_where_from(asked, listing.sources),
            *((("À savoir", listing.note),) if listing.note else ()),
            *_link(link),
        ),
        asked.known.today,
    )


def _when(asked: Asked, selection: Selection) -> list[tuple[str, str]]:
    since = [("Depuis le", day_short(selection.since))] if selection.since else []
    return [("Filtres", selection.caption(asked.known)), *since, ("Arrêté au", day_short(selection.until))]


def _where_from(asked: Asked, names: Sequence[str]) -> list[tuple[str, str]]:
    states = asked.provenance.states
    lines = to_correct(tuple(states[name] for name in names if name in states))
    said = sources_words(asked.provenance, names)
    parts = [("Source", f"{words[:1].upper()}{words[1:]}") for words in said]
    return [*parts, *([("À corriger", lines)] if lines else [])]


def _link(link: str) -> list[tuple[str, str]]:
    return [
        ("Adresse de la page", link),
        ("Portée", "Donnée de gestion, ne vaut pas compte administratif."),
    ]
