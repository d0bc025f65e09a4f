"""Links between the pages of a list, and the choice of their size."""

from __future__ import annotations

from itertools import pairwise

from dashboard.components.list_rows import MAX_WHOLE_ROWS, ListPage
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.lists.model import PAGE_SIZES
from dashboard.lists.state import PAGE_PARAMETER, SIZE_PARAMETER, WHOLE_LIST
from data.i18n import NARROW, count, number


def pager_items(list_page: ListPage) -> list[Element]:
    """Links to the first, previous, next and last pages, and to all rows on one page; or from there to the pages."""
    if list_page.state.is_whole:
        is_paged = list_page.total > list_page.state.per_page
        return [_pager_item("Page par page", list_page.href(page=""))] if is_paged else []
    current_page, last = list_page.state.page, list_page.last_page
    steps = (
        ("Première page", 1),
        ("Page précédente", current_page - 1),
        ("Page suivante", current_page + 1),
        ("Dernière page", last),
    )
    whole = (
        [_pager_item("Toutes les lignes", list_page.href(page=WHOLE_LIST), "list-link list-whole")]
        if last > 1 and list_page.total <= MAX_WHOLE_ROWS
        else []
    )
    return [
        _pager_item(label, list_page.href(page=str(page)))
        for label, page in steps
        if 1 <= page <= last and page != current_page
    ] + whole


def size_items(list_page: ListPage) -> list[Element]:
    """« Lignes par page », then a link to each size that shows more rows than the one before; nothing for a list that
    the smallest holds.
    """
    useful = [PAGE_SIZES[0], *(size for before, size in pairwise(PAGE_SIZES) if list_page.total > before)]
    if len(useful) == 1 or list_page.state.is_whole:
        return []
    return [tags.Li(f"Lignes par page{NARROW}:"), *(_size_item(list_page, size) for size in useful)]


def _size_item(list_page: ListPage, size: int) -> Element:
    address = {SIZE_PARAMETER: "" if size == list_page.listing.per_page else str(size), PAGE_PARAMETER: ""}
    is_current = size == list_page.state.per_page
    return tags.Li(
        tags.A(
            number(size),
            href=list_page.href(**address),
            className="list-link",
            aria_current="true" if is_current else None,
            aria_label=count(size, "ligne par page", "lignes par page"),
        )
    )


def _pager_item(label: str, href: tuple[str, str], css_class: str = "list-link") -> Element:
    return tags.Li(tags.A(label, href=href, className=css_class))
