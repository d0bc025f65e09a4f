"""Pages of text: sections of paragraphs and lists, in the look of the sheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.components.aria import aria
from dashboard.components.links import safe_href
from dashboard.components.page import Asked, Page, Part
from data.selection import FILTERS

TO_FILL = "à compléter par la Région"
EVERY_FILTER = tuple(one.key for one in FILTERS)  # a page of text follows none

Line = str | Sequence[str | Component]


@dataclass(frozen=True)
class Section:
    """A title, then paragraphs (`Line`) and whole components, in order."""

    title: str
    body: Sequence[str | Component]


def text_page(path: str, title: str, lead: str, sections: Callable[[Asked], Sequence[Section]]) -> Page:
    """A page that follows no filter."""

    def draw(asked: Asked) -> Component:
        return html.Article(
            [html.H1(title, tabIndex=-1), html.P(lead, className="lead"), *(_section(one) for one in sections(asked))]
        )

    return Page(path, lambda _slug: title, (Part(draw, follows=False),), kind="prose", hides=EVERY_FILTER)


def _section(section: Section) -> Component:
    body = [html.P(part) if isinstance(part, str) else part for part in section.body]
    return html.Section([html.H2(section.title), *body], className="panel")


def bullets(*lines: Line) -> Component:
    """A list of sentences."""
    return html.Ul([html.Li(line if isinstance(line, str) else list(line)) for line in lines])


def link(words: str, href: str) -> Component:
    """A link whose address is checked. Raises ValueError on one that could run something."""
    safe = safe_href(href)
    if safe is None:
        raise ValueError(href)
    return html.A(words, href=safe)


def to_fill(words: str) -> Component:
    """What only the Région can say: « Contact : à compléter par la Région »."""
    return html.P([f"{words}\u202f: ", html.Strong(TO_FILL), "."])


def table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[str | Component]], numbers: Sequence[str] = ()
) -> Component:
    """A table whose first cell of each row is its header, in a box that scrolls on its own.

    `numbers` are the heads of the columns that hold some.
    """
    kinds = ["number" if head in numbers else "" for head in heads]
    return html.Div(
        html.Table(
            [
                html.Caption(caption, className="visually-hidden"),
                html.Thead(
                    html.Tr(
                        [html.Th(head, scope="col", className=kind) for head, kind in zip(heads, kinds, strict=True)]
                    )
                ),
                html.Tbody([_row(row, kinds) for row in rows]),
            ],
            className="table",
        ),
        className="table-scroll",
        tabIndex=0,
        role="region",
        **aria(label=caption),
    )


def _row(row: Sequence[str | Component], kinds: Sequence[str]) -> Component:
    cells = [html.Td(cell, className=kind) for cell, kind in zip(row[1:], kinds[1:], strict=True)]
    return html.Tr([html.Th(row[0], scope="row"), *cells])
