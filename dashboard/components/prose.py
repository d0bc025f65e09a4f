"""Pages of text: sections of paragraphs, lists and tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.components.page import Page, Part
from dashboard.components.reading_guide import Guide
from dashboard.elements import tags
from dashboard.elements.links import safe_href
from dashboard.elements.tags import Element, Paragraph
from dashboard.requests.page_request import PageRequest
from data.filters import FILTERS

TO_BE_COMPLETED = "à compléter par la Région"
ALL_FILTERS = tuple(one.key for one in FILTERS)  # a page of text has none


@dataclass(frozen=True)
class Section:
    """A title, then paragraphs and elements, in order."""

    title: str
    body: Sequence[str | Element]


def text_page(
    path: str, title: str, lead: str, sections: Callable[[PageRequest], Sequence[Section]], *, guide: Guide
) -> Page:
    """A page that follows no filter."""

    def draw(page_request: PageRequest) -> Element:
        return tags.Article(
            [
                tags.H1(title, tabIndex=-1),
                tags.P(lead, className="lead"),
                *(_section(section) for section in sections(page_request)),
            ]
        )

    return Page(
        path,
        lambda _slug: title,
        (Part(draw, follows_filters=False),),
        css_class="prose",
        guide=guide,
        hidden_filters=ALL_FILTERS,
    )


def _section(section: Section) -> Element:
    body = [tags.P(part) if isinstance(part, str) else part for part in section.body]
    return tags.Section([tags.H2(section.title), *body], className="panel")


def bullet_list(*lines: Paragraph) -> Element:
    """A list of sentences."""
    return tags.Ul([tags.Li(line if isinstance(line, str) else list(line)) for line in lines])


def safe_link(text: str, href: str) -> Element:
    """A link whose address is checked. Raises ValueError on an unsafe address."""
    safe = safe_href(href)
    if safe is None:
        raise ValueError(href)
    return tags.A(text, href=safe)


def to_be_completed(label: str) -> Element:
    """A text left to the Région: « Contact : à compléter par la Région »."""
    return tags.P([f"{label}\u202f: ", tags.Strong(TO_BE_COMPLETED), "."])


def prose_table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[str | Element]], numbers: Sequence[str] = ()
) -> Element:
    """A table in a box with its own scroll; the first cell of each row is its header.

    `numbers` are the headers of the columns of numbers.
    """
    css_classes = ["number" if head in numbers else "" for head in heads]
    return tags.Div(
        tags.Table(
            [
                tags.Caption(caption, className="visually-hidden"),
                tags.Thead(
                    tags.Tr(
                        [
                            tags.Th(head, scope="col", className=css_class)
                            for head, css_class in zip(heads, css_classes, strict=True)
                        ]
                    )
                ),
                tags.Tbody([_row(row, css_classes) for row in rows]),
            ],
            className="table",
        ),
        className="table-scroll",
        tabIndex=0,
        role="region",
        aria_label=caption,
    )


def _row(row: Sequence[str | Element], css_classes: Sequence[str]) -> Element:
    cells = [tags.Td(cell, className=css_class) for cell, css_class in zip(row[1:], css_classes[1:], strict=True)]
    return tags.Tr([tags.Th(row[0], scope="row"), *cells])
