"""The overview: a sentence, four tiles, four charts."""

from __future__ import annotations

from typing import Any

from dash import Output, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.charts import CHARTS, Chart
from dashboard.components.aria import aria
from dashboard.components.chart_card import Shown, card_outputs, card_values, chart_card, read_shown
from dashboard.components.page import Asked, Page
from dashboard.components.standing import read_standing
from dashboard.components.tile import TILES, Tile, read_tiles, tile, tile_outputs, tile_values
from dashboard.pages.headline import Headline, headline
from data.queries.sources import read_provenance

PATH = "/"
TITLE = "Vue d’ensemble"
VISITS = "visites-par-mois"


def charts() -> tuple[Chart, ...]:
    """The charts of the page, in order."""
    return tuple(chart for chart in CHARTS if chart.page == PATH)


def read_all(asked: Asked) -> tuple[Headline, tuple[Tile, ...], tuple[Shown, ...]]:
    """Everything on the page, on one snapshot."""
    connection, selection = asked.connection, asked.selection
    provenance, standing = read_provenance(connection), read_standing(connection, selection)
    shown = tuple(read_shown(connection, chart, selection, asked.known, provenance) for chart in charts())
    months = next(one.frame for one in shown if one.chart.slug == VISITS)
    return headline(asked, standing, provenance), read_tiles(connection, selection, standing, months), shown


def layout(asked: Asked) -> Component:
    """The page, drawn."""
    said, tiles, shown = read_all(asked)
    return html.Div(
        [
            html.H1(said.title, id=ids.HEADLINE, tabIndex=-1),
            html.Div(_lines(said), id=ids.SUBLINES, className="sublines"),
            html.Section([tile(one) for one in tiles], className="tiles", **aria(label="Chiffres clés")),
            html.Div([chart_card(chart, one) for chart, one in zip(charts(), shown, strict=True)], className="cards"),
        ],
        className="page home",
    )


def _lines(headline: Headline) -> list[Component]:
    return [html.P(line) for line in headline.lines]


def outputs() -> tuple[Output, ...]:
    """What follows the filters."""
    return (
        Output(ids.HEADLINE, "children"),
        Output(ids.SUBLINES, "children"),
        *(output for slug in TILES for output in tile_outputs(slug)),
        *(output for chart in charts() for output in card_outputs(chart)),
    )


def refreshed(asked: Asked) -> list[Any]:
    """Its values."""
    said, tiles, shown = read_all(asked)
    return [
        said.title,
        _lines(said),
        *(value for one in tiles for value in tile_values(one)),
        *(value for one in shown for value in card_values(one, one.chart.slug in asked.open_tables)),
    ]


HOME = Page(path=PATH, title=lambda _slug: TITLE, layout=layout, outputs=outputs(), values=refreshed, menu=TITLE)
