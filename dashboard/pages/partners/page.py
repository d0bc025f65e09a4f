"""Partners: what they did, where they never went, what came of their meetings, what was asked of them."""

from __future__ import annotations

from dashboard.charts.words import as_of_words, narrowed, where_words
from dashboard.components.headline import in_territory, unloaded
from dashboard.components.listing import list_part
from dashboard.components.page import Page
from dashboard.components.parts import Headline, charts_part, headline_part, tiles_part
from dashboard.components.tile_values import Tile
from dashboard.lists.partners import AGENDA, NEVER_TOUCHED
from dashboard.pages.partners.tiles import network_words, read_partner_tiles
from dashboard.requests.page_request import Asked
from data.i18n import NARROW, agree, count, number
from data.indicators.network import LIEUX
from data.indicators.partners import ACTIONS_PARTENAIRES
from data.queries.indicators import read_value
from data.queries.partner_reach import read_areas
from data.queries.sources import missing_source

PATH = "/partenaires"
TITLE = "Partenaires"
SERVES = "Pour décider où envoyer les partenaires, et quels objectifs inscrire dans leurs conventions."


def said(asked: Asked) -> Headline:
    """What was done, and how much of the territory it touched."""
    missing = missing_source(asked.connection, ACTIONS_PARTENAIRES.necessary)
    if missing:
        return unloaded(asked, missing)
    done = int(read_value(asked.connection, ACTIONS_PARTENAIRES, asked.selection).value or 0)
    where = where_words(asked.selection, asked.known)
    lines = [as_of_words(asked.selection)]
    epn = int(read_value(asked.connection, LIEUX, asked.selection).value or 0)
    if epn:
        lines.append(network_words(epn))
    if not done:
        return Headline(_narrowed(asked, f"Aucune action des partenaires {where}"), tuple(lines))
    sentence = f"{count(done, 'action', 'actions')} des partenaires {_reach(asked, where)}"
    return Headline(_narrowed(asked, sentence), tuple(lines))


def _reach(asked: Asked, where: str) -> str:
    """« en Normandie ; 41 intercommunalités sur 69 en ont eu »; within a single one, where it is."""
    areas = read_areas(asked.connection, asked.selection)
    touched = sum(one.last is not None for one in areas)
    if len(areas) < 2:
        return where
    had = agree(touched, "en a eu", "en ont eu")
    return f"{where}{NARROW}; {count(touched, 'intercommunalité', 'intercommunalités')} sur {number(len(areas))} {had}"


def _narrowed(asked: Asked, sentence: str) -> str:
    return narrowed(sentence, asked.selection, asked.known, (ACTIONS_PARTENAIRES.slug,))


def tiles(asked: Asked) -> tuple[Tile, ...]:
    """The four figures."""
    return read_partner_tiles(asked.connection, asked.selection)


PARTNERS = Page(
    PATH,
    lambda _slug: TITLE,
    (
        headline_part(in_territory(said), SERVES),
        tiles_part(tiles),
        charts_part(PATH),
        list_part(NEVER_TOUCHED),
        list_part(AGENDA),
    ),
    kind="partners",
    menu=TITLE,
    themes=lambda _slug: ("partenaires",),
)
