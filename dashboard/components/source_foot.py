"""The foot of a card or a list on screen: its main source in one line, the whole folded under it."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.page import filtered_href
from dashboard.components.source_line import SourceLine
from dashboard.elements import tags
from dashboard.elements.tags import Element
from data.i18n import NARROW, uncapitalised
from data.indicators import Indicator


def source_foot(line: SourceLine, indicators: Sequence[Indicator] = (), query: str = "") -> list[Element]:
    """The content of a foot: the folded source line with every definition, then a link to the first of these. `query`
    keeps the filters.
    """
    links = [(indicator.label, filtered_href(f"/indicateurs/{indicator.slug}", query)) for indicator in indicators]
    folded = tags.Details(
        [
            tags.Summary([tags.Span(f"Source{NARROW}: ", className="visually-hidden"), line.summary]),
            tags.P(line.text, className="source-text"),
            *(tags.P(tags.A(f"Définition{NARROW}: {uncapitalised(label)}", href=href)) for label, href in links),
        ]
    )
    return [folded, *(_definition_link(label, href) for label, href in links[:1])]


def _definition_link(label: str, href: str) -> Element:
    hidden_text = tags.Span(f"{NARROW}: {uncapitalised(label)}", className="visually-hidden")
    return tags.A(["Définition", hidden_text], href=href)
