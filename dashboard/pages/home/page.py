"""The overview: a sentence, four tiles, four charts."""

from __future__ import annotations

from dashboard.components.headline import (
    NO_DATA_HEADLINE,
    headline_with_territory,
    next_decisions_lines,
    target_headline,
)
from dashboard.components.page import Page
from dashboard.components.parts import Headline, charts_part, headline_part, tiles_part
from dashboard.components.tile import Tile
from dashboard.pages.home.tiles import read_tiles
from dashboard.requests.page_request import PageRequest
from data.queries.target_position import read_target_position

PATH = "/"
TITLE = "Vue d’ensemble"


def read_headline(page_request: PageRequest) -> Headline:
    """The label compared with its target, the projection, and the files ready for the next decisions."""
    opening = target_headline(page_request, read_target_position(page_request.connection, page_request.selection))
    if opening is NO_DATA_HEADLINE:
        return opening
    *lines, as_of = opening.lines
    return Headline(opening.title, (*lines, *next_decisions_lines(page_request), as_of))


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
    menu=TITLE,
)
