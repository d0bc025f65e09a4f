"""The overview: a sentence, four tiles, four charts."""

from __future__ import annotations

from dashboard.components.headline import (
    NO_DATA_HEADLINE,
    headline_with_territory,
    next_decisions_lines,
    target_headline,
)
from dashboard.components.page import Page, filtered_href
from dashboard.components.parts import Headline, charts_part, headline_part, tiles_part
from dashboard.components.tile import Tile
from dashboard.elements import tags
from dashboard.elements.tags import Paragraph
from dashboard.pages.home.tiles import read_tiles
from dashboard.requests.page_request import PageRequest
from dashboard.urls import AGENDA_PATH
from data.i18n import number
from data.queries.agenda import AGENDA_SOURCES, read_kind_counts
from data.queries.sources import missing_source_reason
from data.queries.target_position import read_target_position

PATH = "/"
TITLE = "Vue d’ensemble"


def read_headline(page_request: PageRequest) -> Headline:
    """The label compared with its target, the projection, and the files ready for the next decisions."""
    opening = target_headline(page_request, read_target_position(page_request.connection, page_request.selection))
    if opening is NO_DATA_HEADLINE:
        return opening
    *lines, as_of = opening.lines
    coming = _coming_lines(page_request)
    return Headline(opening.title, (*lines, *next_decisions_lines(page_request), *coming, as_of))


def _coming_lines(page_request: PageRequest) -> tuple[Paragraph, ...]:
    """« 3 rendez-vous à venir à l’agenda. », with a link; nothing without any."""
    if missing_source_reason(page_request.connection, AGENDA_SOURCES):
        return ()
    kinds = read_kind_counts(page_request.connection, page_request.selection, page_request.options.today)
    coming = sum(kind.coming for kind in kinds.values())
    href = filtered_href(AGENDA_PATH, page_request.selection.to_query())
    return ([tags.A(f"{number(coming)} rendez-vous à venir à l’agenda", href=href), "."],) if coming else ()


def read_page_tiles(page_request: PageRequest) -> tuple[Tile, ...]:
    return read_tiles(
        page_request.connection,
        page_request.selection,
        read_target_position(page_request.connection, page_request.selection),
    )


HOME = Page(
    PATH,
    lambda _slug: TITLE,
    (headline_part(headline_with_territory(read_headline)), tiles_part(read_page_tiles), charts_part(PATH)),
    css_class="home",
    guide=(
        "La première phrase dit où en est la politique\u202f; les tuiles la détaillent, avec l’objectif s’il est voté.",
        "Les filtres du haut changent toute la page\u202f: territoire, période, porteur.",
        "Sous chaque graphique se trouvent sa source, ses données et ses fichiers.",
    ),
    menu=TITLE,
)
