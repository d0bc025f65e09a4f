"""The overview: a sentence, four tiles, four charts."""

from __future__ import annotations

from dashboard.components.headline import NOTHING, headline, in_territory, meeting_line
from dashboard.components.page import Page
from dashboard.components.parts import Headline, charts_part, headline_part, tiles_part
from dashboard.components.tile import Tile
from dashboard.pages.home.tiles import read_tiles
from dashboard.requests.page_request import Asked
from data.queries.target_position import read_standing

PATH = "/"
TITLE = "Vue d’ensemble"


def said(asked: Asked) -> Headline:
    """Where the policy stands, where it leads, and what is ready for the next decision."""
    opening = headline(asked, read_standing(asked.connection, asked.selection))
    if opening is NOTHING:
        return opening
    *lines, as_of = opening.lines
    return Headline(opening.title, (*lines, *meeting_line(asked), as_of))


def tiles(asked: Asked) -> tuple[Tile, ...]:
    """The four figures."""
    return read_tiles(asked.connection, asked.selection, read_standing(asked.connection, asked.selection))


HOME = Page(
    PATH,
    lambda _slug: TITLE,
    (headline_part(in_territory(said)), tiles_part(tiles), charts_part(PATH)),
    kind="home",
    menu=TITLE,
)
