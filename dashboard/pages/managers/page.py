"""The page of the network of managers: its meetings, what it needs, the roadmap drawn up with it."""

from __future__ import annotations

from dataclasses import replace

from dashboard.charts.phrases import add_filters, add_other_filters, as_of_text, capitalised, territory_text
from dashboard.charts.place_phrases import labelled_places_text, past_verb
from dashboard.components.headline import NO_DATA_HEADLINE, headline_with_territory, never_loaded_headline
from dashboard.components.listing import listing_part
from dashboard.components.page import Page
from dashboard.components.parts import Headline, charts_part, headline_part, tiles_part
from dashboard.components.related_links import related_links_part
from dashboard.components.tile_values import Tile
from dashboard.lists.managers import MEETINGS, NEEDS, ROADMAP
from dashboard.pages.managers.tiles import read_network_tiles
from dashboard.requests.page_request import PageRequest
from dashboard.urls import AGENDA_PATH, FINDER_PATH, NETWORK_PATH, QVT_PATH, STANDARD_PATH
from data.i18n import NARROW, count, number, percent
from data.indicators.managers import BESOINS_OUVERTS, FEUILLE_DE_ROUTE, LIEUX_AU_RESEAU
from data.queries.indicators import read_value
from data.queries.labelled_share import read_labelled_share
from data.queries.managers import read_present_places, read_roadmap_progress
from data.queries.sources import missing_source_reason

TITLE = "Réseau des gérants"
PURPOSE = (
    "Pour savoir qui manque aux réunions, à quoi répondre d’abord, et ce qui reste à faire de la feuille de route."
)
RELATED_PAGES = (
    ("Agenda", AGENDA_PATH),
    ("Standard de service", STANDARD_PATH),
    ("Qualité de vie au travail", QVT_PATH),
    ("Trouver un tiers-lieu", FINDER_PATH),
)


def read_headline(page_request: PageRequest) -> Headline:
    """The labelled places that came to a meeting in twelve months, and the needs that wait; then the roadmap."""
    indicators = (LIEUX_AU_RESEAU, BESOINS_OUVERTS)
    missing = [missing_source_reason(page_request.connection, one.required_sources) for one in indicators]
    parts = [
        read_part(page_request)
        for read_part, reason in zip((_presence_text, _needs_text), missing, strict=True)
        if reason is None
    ]
    if not parts:
        headline, others = never_loaded_headline(page_request, missing[0] or ""), f"{capitalised(missing[1] or '')}."
        if headline is NO_DATA_HEADLINE:
            return headline
        return replace(headline, lines=(*headline.lines, others, _roadmap_text(page_request)))
    known = [one.slug for one, reason in zip(indicators, missing, strict=True) if reason is None]
    sentence = capitalised(f"{NARROW}; ".join(parts))
    unknown = [f"{capitalised(reason)}." for reason in missing if reason]
    return Headline(
        add_filters(sentence, page_request.selection, page_request.options, known),
        (as_of_text(page_request.selection), *unknown, _roadmap_text(page_request)),
    )


def _presence_text(page_request: PageRequest) -> str:
    """« 22 lieux labellisés sur 34 ont pris part à une réunion du réseau en douze mois »."""
    share = read_labelled_share(page_request.connection, page_request.selection, read_present_places)
    if not share.labelled:
        return f"aucun lieu labellisé {territory_text(page_request.selection, page_request.options)}"
    took_part = past_verb("pris part à une réunion du réseau en douze mois")
    return labelled_places_text(share.met, share.labelled, took_part)


def _needs_text(page_request: PageRequest) -> str:
    """« 9 besoins attendent une réponse »."""
    needs = int(read_value(page_request.connection, BESOINS_OUVERTS, page_request.selection).value or 0)
    if not needs:
        return "aucun besoin n’attend de réponse"
    return f"{count(needs, 'besoin attend', 'besoins attendent')} une réponse"


def _roadmap_text(page_request: PageRequest) -> str:
    """« Feuille de route de toute la Région : 7 actions faites sur 9 à échéance (78 %). »"""
    connection, selection = page_request.connection, page_request.selection
    missing = missing_source_reason(connection, FEUILLE_DE_ROUTE.required_sources)
    if missing:
        return f"{capitalised(missing)}."
    progress = read_roadmap_progress(connection, selection)
    whole = "Feuille de route de toute la Région"
    roadmap = f"{add_other_filters(whole, selection, page_request.options, (FEUILLE_DE_ROUTE.slug,))}{NARROW}:"
    if not progress.due:
        return f"{roadmap} aucune action n’est à échéance."
    done = count(progress.done, "action faite", "actions faites")
    return f"{roadmap} {done} sur {number(progress.due)} à échéance ({percent(progress.done / progress.due)})."


def read_tiles(page_request: PageRequest) -> tuple[Tile, ...]:
    return read_network_tiles(page_request.connection, page_request.selection)


NETWORK = Page(
    NETWORK_PATH,
    lambda _slug: TITLE,
    (
        related_links_part(*RELATED_PAGES),
        headline_part(headline_with_territory(read_headline), PURPOSE),
        tiles_part(read_tiles),
        charts_part(NETWORK_PATH),
        listing_part(NEEDS),
        listing_part(ROADMAP),
        listing_part(MEETINGS),
    ),
    css_class="network",
    guide=(
        "Une réunion compte les lieux présents, jamais les personnes.",
        "Un besoin attend tant qu’il n’est ni répondu ni abandonné.",
        "La feuille de route vaut pour toute la Région\u202f: aucun filtre de territoire ne la réduit.",
    ),
    menu="Réseau",
    themes=lambda _slug: ("reseau",),
)
