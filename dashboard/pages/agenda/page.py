"""The page of the agenda: the month, the news, the lively places, the list."""

from __future__ import annotations

from dataclasses import replace

from dashboard.charts.phrases import add_filters, among_text, as_of_text, capitalised, period_text, territory_text
from dashboard.components.headline import headline_with_territory, never_loaded_headline
from dashboard.components.listing import listing_part
from dashboard.components.page import Page, Part
from dashboard.components.parts import Headline, charts_part, group_parts, headline_part, tiles_part
from dashboard.components.tile_values import Tile, indicator_tile
from dashboard.lists.agenda import AGENDA
from dashboard.pages.agenda.month import KIND_NOUNS, OPEN_TO_ALL, month_section
from dashboard.pages.agenda.news import news_section, subscribe_section
from dashboard.requests.page_request import PageRequest
from dashboard.urls import AGENDA_PATH
from data.i18n import NARROW, count, number, sentence_list
from data.indicators.events import LIEUX_ANIMES
from data.indicators.partners import ACTIONS_PARTENAIRES, LIEUX_VISITES
from data.queries.agenda import AGENDA_SOURCES, read_kind_counts
from data.queries.sources import missing_source_reason
from data.sources.activities import PUBLIC_KINDS

TITLE = "Agenda et actualités"
PURPOSE = "Pour savoir ce qui se passe dans les tiers-lieux, près de chez soi, et le faire savoir."


def read_headline(page_request: PageRequest) -> Headline:
    """The number of activities and events, of which some are to come; then their kinds."""
    selection, options = page_request.selection, page_request.options
    missing = missing_source_reason(page_request.connection, AGENDA_SOURCES)
    if missing:
        return never_loaded_headline(page_request, missing)
    kinds = read_kind_counts(page_request.connection, selection, options.today)
    total, coming = (sum(counts) for counts in zip(*kinds.values(), strict=True)) if kinds else (0, 0)
    where = territory_text(selection, options)
    public = sum(kinds[kind].total for kind in PUBLIC_KINDS if kind in kinds)
    sentence = f"{number(total) if total else 'Aucun'} rendez-vous à l’agenda {where}"
    sentence += among_text(total, ((public, *OPEN_TO_ALL), (coming, "à venir", "à venir")))
    parts = [count(kinds[kind].total, *KIND_NOUNS[kind]) for kind in kinds]
    lines = [*([f"{sentence_list(parts)}."] if parts else []), as_of_text(selection)]
    return Headline(add_filters(sentence, selection, options, (ACTIONS_PARTENAIRES.slug,)), tuple(lines))


def read_tiles(page_request: PageRequest) -> tuple[Tile, ...]:
    """The share of lively places, whoever the partner is, and the places that partners were in."""
    connection, selection = page_request.connection, page_request.selection
    lively = indicator_tile(connection, selection, LIEUX_ANIMES, "Lieux animés depuis trois mois", has_bar=True)
    if selection.codes("partenaire") and lively.share is not None:
        lively = replace(lively, status=f"{lively.status}{NARROW}; tous partenaires confondus")
    visited = indicator_tile(connection, selection, LIEUX_VISITES)
    return lively, replace(visited, status=visited.status or capitalised(period_text(selection)))


AGENDA_PAGE = Page(
    AGENDA_PATH,
    lambda _slug: TITLE,
    (
        headline_part(headline_with_territory(read_headline), PURPOSE),
        Part(month_section),
        group_parts((Part(news_section), Part(subscribe_section)), "agenda-halves"),
        tiles_part(read_tiles),
        charts_part(AGENDA_PATH),
        listing_part(AGENDA),
    ),
    css_class="agenda",
    guide=(
        "Le calendrier montre un mois à la fois\u202f; la liste du bas montre toute la période.",
        "Les actualités viennent des labels, des ouvertures et des réunions du réseau.",
        "L’abonnement tient à jour l’agenda de votre messagerie.",
    ),
    themes=lambda _slug: ("partenaires",),
)
