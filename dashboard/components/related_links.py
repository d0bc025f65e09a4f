"""Links from a page to its neighbours."""

from __future__ import annotations

from dashboard.components.page import Part, filtered_href
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.requests.page_request import PageRequest


def related_links(page_request: PageRequest, *links: tuple[str, str]) -> Element:
    """Links to other pages, with the filters: each a label and a path, which may end with « #title » of a part."""
    query = page_request.selection.to_query()
    items = [tags.Li(tags.A(label, href=_href(path, query))) for label, path in links]
    return tags.Nav(tags.Ul(items), className="related-links no-print", aria_label="Pages voisines")


def related_links_part(*links: tuple[str, str]) -> Part:
    """`related_links` as a part of a page."""
    return Part(lambda page_request: related_links(page_request, *links))


def _href(path: str, query: str) -> str:
    page, mark, anchor = path.partition("#")
    return filtered_href(page, query) + mark + anchor
