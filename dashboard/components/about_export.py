"""The description of an exported file: content, filters, sources, limits."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.chart_card import CardContent
from dashboard.components.listing import title_with_territory
from dashboard.components.source_line import (
    DEMONSTRATION,
    indicator_sources,
    list_source_line,
    rejected_rows_text,
    source_texts,
)
from dashboard.exports.prepared import About
from dashboard.lists import Listing
from dashboard.requests.page_request import PageRequest
from data.i18n import day_short
from data.selection import Selection

DEMONSTRATION_WARNING = f"{DEMONSTRATION}\u202f: ces lieux et ces montants sont inventés."


def about_chart(page_request: PageRequest, card: CardContent, link: str) -> About:
    """The description of a chart, with its finding as title."""
    chart, indicators = card.chart, card.indicators
    note = "" if card.empty else chart.note(card.frame)
    return About(
        card.finding,
        card.subtitle,
        DEMONSTRATION_WARNING if page_request.provenance.is_demonstration else "",
        (
            ("Ce qui est mesuré", chart.subtitle),
            *_date_terms(page_request, chart.applied(page_request.selection)),
            *_source_terms(page_request, indicator_sources(chart.indicators)),
            *((("À savoir", note),) if note else ()),
            *((f"Définition – {indicator.label}", indicator.definition) for indicator in indicators),
            *((f"Méthode – {indicator.label}", indicator.method) for indicator in indicators),
            *((f"Limites – {indicator.label}", indicator.limits) for indicator in indicators),
            *_address_terms(link),
        ),
        card.source_line,
        page_request.options.today,
    )


def about_list(page_request: PageRequest, listing: Listing, text: str, link: str, missing: str = "") -> About:
    """The description of a list; `text` is the searched text, `missing` the reason without rows when a source was never
    loaded.
    """
    selection = page_request.selection.keeping_filters(listing.filters)
    return About(
        title_with_territory(page_request, listing),
        listing.calculation,
        DEMONSTRATION_WARNING if page_request.provenance.is_demonstration else "",
        (
            *((("Motif", missing),) if missing else ()),
            *_date_terms(page_request, selection),
            *((("Calcul", listing.calculation),) if listing.calculation else ()),
            *((("Recherche", text),) if text else ()),
            *_source_terms(page_request, listing.sources),
            *((("À savoir", listing.note),) if listing.note else ()),
            *_address_terms(link),
        ),
        list_source_line(page_request.provenance, listing.sources, selection.caption(page_request.options)),
        page_request.options.today,
    )


def _date_terms(page_request: PageRequest, selection: Selection) -> list[tuple[str, str]]:
    since = [("Depuis le", day_short(selection.since))] if selection.since else []
    return [("Filtres", selection.caption(page_request.options)), *since, ("Arrêté au", day_short(selection.until))]


def _source_terms(page_request: PageRequest, names: Sequence[str]) -> list[tuple[str, str]]:
    states = page_request.provenance.states
    rejected = rejected_rows_text(tuple(states[name] for name in names if name in states))
    texts = source_texts(page_request.provenance, names)
    parts = [("Source", f"{text[:1].upper()}{text[1:]}") for text in texts]
    return [*parts, *([("À corriger", rejected)] if rejected else [])]


def _address_terms(link: str) -> list[tuple[str, str]]:
    return [
        ("Adresse de la page", link),
        ("Portée", "Donnée de gestion, ne vaut pas compte administratif."),
    ]
