"""The parts that pages share: a headline, the way up, tiles, charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dashboard import ids
from dashboard.charts import CHARTS
from dashboard.charts.words import sentence_of
from dashboard.components.chart_card import chart_card, read_shown
from dashboard.components.page import Part, address
from dashboard.components.tile import Tile, tile
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.requests.page_request import Asked
from data.queries.causes import find_unknown_cause, named
from data.queries.sources import missing_source

UNKNOWN = "—"

Line = str | list[Element | str]


@dataclass(frozen=True)
class Headline:
    """The title of a page, a sentence computed from the data, and the sentences under it; some hold links."""

    title: str
    lines: tuple[Line, ...] = ()


def headline_part(says: Callable[[Asked], Headline], serves: str = "") -> Part:
    """The title and its sentences; `serves` names the decision that the page serves."""

    def draw(asked: Asked) -> Element:
        said = says(asked)
        return tags.Div(
            [
                tags.H1(said.title, id=ids.HEADLINE, tabIndex=-1),
                tags.Div([tags.P(line) for line in said.lines], id=ids.SUBLINES, className="sublines"),
                *([tags.P(serves, className="serves")] if serves else []),
            ],
            className="opening",
        )

    return Part(draw)


def crumbs_part(ways: Callable[[Asked], Sequence[tuple[str, str]]]) -> Part:
    """The way up: words and path of each page above this one, whose links keep the filters."""

    def draw(asked: Asked) -> Element:
        query = asked.selection.to_query()
        steps: list[Element | str] = []
        for words, path in ways(asked):
            steps += [tags.A(words, href=address(path, query)), " › "]
        return tags.P(steps[:-1], className="crumbs")

    return Part(draw)


def tiles_part(read: Callable[[Asked], Sequence[Tile]]) -> Part:
    """A row of tiles; an unknown one names the source or the filter that is the cause."""

    def draw(asked: Asked) -> Element:
        drawn = [tile(explained(asked, one)) for one in read(asked)]
        return tags.Section(drawn, className="tiles", aria_label="Chiffres clés")

    return Part(draw)


def explained(asked: Asked, shown: Tile) -> Tile:
    """The tile, without a figure when its source was never loaded; one without a figure says why."""
    missing = missing_source(asked.connection, shown.indicator.necessary)
    if missing:
        return replace(shown, value=UNKNOWN, unit="", share=None, tone="neutral", status=sentence_of(missing))
    if shown.value != UNKNOWN:
        return shown
    cause = find_unknown_cause(asked.connection, shown.indicator, asked.selection, asked.known)
    return replace(shown, status=named(shown.status, cause))


def charts_part(path: str) -> Part:
    """The charts that name the path, in the order of CHARTS."""
    charts = tuple(chart for chart in CHARTS if path in chart.pages)

    def draw(asked: Asked) -> Element:
        cards = [
            chart_card(
                read_shown(asked.connection, chart, asked.selection, asked.known, asked.provenance),
                chart.slug in asked.open_tables,
            )
            for chart in charts
        ]
        return tags.Div(cards, className="cards")

    return Part(draw)


def beside(parts: Sequence[Part], kind: str) -> Part:
    """Several parts in one box of the page."""
    return Part(lambda asked: tags.Div([part.draw(asked) for part in parts], className=kind))
