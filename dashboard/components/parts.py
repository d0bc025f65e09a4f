"""A page is made of parts: each draws itself once, then says what follows the filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dash import Output, html
from dash.development.base_component import Component
from sqlalchemy import Connection

from dashboard import ids
from dashboard.charts import CHARTS
from dashboard.components.aria import aria
from dashboard.components.chart_card import Shown, card_outputs, card_values, chart_card, read_shown
from dashboard.components.page import Asked, Page, address
from dashboard.components.tile import Tile, tile, tile_outputs, tile_values


@dataclass(frozen=True)
class Part:
    """A piece of a page. `values` gives what `outputs` show for a selection, in their order."""

    layout: Callable[[Asked], Component]
    outputs: tuple[Output, ...] = ()
    values: Callable[[Asked], Sequence[Any]] = lambda _asked: ()


@dataclass(frozen=True)
class Headline:
    """The title of a page, a sentence computed from the data, and the sentences under it."""

    title: str
    lines: tuple[str, ...] = ()


def page_of(  # noqa: PLR0913  a page is all this
    path: str,
    title: Callable[[str], str],
    parts: Sequence[Part],
    *,
    kind: str,
    menu: str | None = None,
    themes: Callable[[str], tuple[str, ...]] = lambda _slug: (),
    knows: Callable[[str], bool] = lambda _slug: True,
    hides: tuple[str, ...] = (),
    narrow: Callable[[Asked], Asked] = lambda asked: asked,
    exists: Callable[[Connection, str], bool] | None = None,
) -> Page:
    """A page of parts, in order. `kind` is its class in the style sheet; `narrow` turns what is asked into what its
    path settles (a territory), before any part reads it.
    """

    def layout(asked: Asked) -> Component:
        settled = narrow(asked)
        return html.Div([part.layout(settled) for part in parts], className=f"page {kind}")

    def values(asked: Asked) -> list[Any]:
        settled = narrow(asked)
        return [value for part in parts for value in part.values(settled)]

    outputs = tuple(output for part in parts for output in part.outputs)
    return Page(path, title, layout, outputs, values, menu, knows, themes, hides, exists)


def headline_part(says: Callable[[Asked], Headline], serves: str = "") -> Part:
    """The title and its sentences; `serves` names the decision that the page serves."""

    def lines(headline: Headline) -> list[Component]:
        return [html.P(line) for line in headline.lines]

    def layout(asked: Asked) -> Component:
        said = says(asked)
        return html.Div(
            [
                html.H1(said.title, id=ids.HEADLINE, tabIndex=-1),
                html.Div(lines(said), id=ids.SUBLINES, className="sublines"),
                *([html.P(serves, className="serves")] if serves else []),
            ],
            className="opening",
        )

    def values(asked: Asked) -> list[Any]:
        said = says(asked)
        return [said.title, lines(said)]

    return Part(layout, (Output(ids.HEADLINE, "children"), Output(ids.SUBLINES, "children")), values)


def crumbs_part(ways: Callable[[Asked], Sequence[tuple[str, str]]]) -> Part:
    """The way up: words and path of each page above this one, whose links keep the filters."""

    def links(asked: Asked) -> list[Component | str]:
        query = asked.selection.to_query()
        steps: list[Component | str] = []
        for words, path in ways(asked):
            steps += [html.A(words, href=address(path, query)), " › "]
        return steps[:-1]

    return Part(
        lambda asked: html.P(links(asked), id=ids.CRUMBS, className="crumbs"),
        (Output(ids.CRUMBS, "children"),),
        lambda asked: [links(asked)],
    )


def tiles_part(slugs: Sequence[str], read: Callable[[Asked], Sequence[Tile]]) -> Part:
    """A row of tiles, one for each slug of an indicator."""

    def layout(asked: Asked) -> Component:
        return html.Section([tile(one) for one in read(asked)], className="tiles", **aria(label="Chiffres clés"))

    def values(asked: Asked) -> list[Any]:
        return [value for one in read(asked) for value in tile_values(one)]

    return Part(layout, tuple(output for slug in slugs for output in tile_outputs(slug)), values)


def charts_part(path: str) -> Part:
    """The charts that name the path, in the order of CHARTS."""
    charts = tuple(chart for chart in CHARTS if path in chart.pages)

    def read(asked: Asked) -> list[Shown]:
        return [read_shown(asked.connection, chart, asked.selection, asked.known, asked.provenance) for chart in charts]

    def layout(asked: Asked) -> Component:
        cards = [chart_card(chart, one) for chart, one in zip(charts, read(asked), strict=True)]
        return html.Div(cards, className="cards")

    def values(asked: Asked) -> list[Any]:
        return [value for one in read(asked) for value in card_values(one, one.chart.slug in asked.open_tables)]

    return Part(layout, tuple(output for chart in charts for output in card_outputs(chart)), values)
