"""Pages of text: sections of paragraphs and lists, in the look of the sheets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.components.page import Page, Part
from dashboard.elements import tags
from dashboard.elements.links import safe_href
from dashboard.elements.tags import Element
from dashboard.requests.page_request import PageRequest
from data.filters import FILTERS

TO_BE_COMPLETED = "à compléter par la Région"
ALL_FILTERS = tuple(one.key for one in FILTERS)  # a page of text follows none

Paragraph = str | Sequence[str | Element]


@dataclass(frozen=True)
class Section:
    """A title, then paragraphs (`Line`) and whole components, in order."""

    title: str
    body: Sequence[str | Element]


def text_page(path: str, title: str, lead: str, sections: Callable[[PageRequest], Sequence[Section]]) -> Page:
    """A page that follows no filter."""

    def draw(page_request: PageRequest) -> Element:
        return tags.Article(
            [
                tags.H1(title, tabIndex=-1),
                tags.P(lead, className="lead"),
                *(_section(one) for one in sections(page_request)),
            ]
        )

    return Page(
        path, lambda _slug: title, (Part(draw, follows_filters=False),), css_class="prose", hidden_filters=ALL_FILTERS
    )


def _section(section: Section) -> Element:
    body = [tags.P(part) if isinstance(part, str) else part for part in section.body]
    return tags.Section([tags.H2(section.title), *body], className="panel")


def bullet_list(*lines: Paragraph) -> Element:
    """A list of sentences."""
    return tags.Ul([tags.Li(line if isinstance(line, str) else list(line)) for line in lines])


def safe_link(words: str, href: str) -> Element:
    """A link whose address is checked. Raises ValueError on one that could run something."""
    safe = safe_href(href)
    if safe is None:
        raise ValueError(href)
    return tags.A(words, href=safe)


def to_be_completed(words: str) -> Element:
    """What only the Région can say: « Contact : à compléter par la Région »."""
    return tags.P([f"{words}\u202f: ", tags.Strong(TO_BE_COMPLETED), "."])


def prose_table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[str | Element]], numbers: Sequence[str] = ()
) -> Element:
    """A table whose first cell of each row is its header, in a box that scrolls on its own.

    `numbers` are the heads of the columns that hold some.
    """
    kinds = ["number" if head in numbers else "" for head in heads]
    return tags.Div(
        tags.Table(
            [
                tags.Caption(caption, className="visually-hidden"),
                tags.Thead(
                    tags.Tr(
                        [tags.Th(head, scope="col", className=kind) for head, kind in zip(heads, kinds, strict=True)]
                    )
                ),
                tags.Tbody([_row(row, kinds) for row in rows]),
            ],
            className="table",
        ),
        className="table-scroll",
        tabIndex=0,
        role="region",
        aria_label=caption,
    )


def _row(row: Sequence[str | Element], kinds: Sequence[str]) -> Element:
    cells = [tags.Td(cell, className=kind) for cell, kind in zip(row[1:], kinds[1:], strict=True)]
    return tags.Tr([tags.Th(row[0], scope="row"), *cells])
