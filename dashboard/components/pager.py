"""Links between the pages of a list."""

from __future__ import annotations

from dashboard.components.list_rows import MAX_WHOLE_ROWS, ListPage
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.lists.state import WHOLE_LIST


def pager_items(list_page: ListPage) -> list[Element]:
    """Links to the first, previous, next and last pages, and to all rows on one page; or from there to the pages."""
    if list_page.state.is_whole:
        is_paged = list_page.total > list_page.listing.per_page
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


def _pager_item(label: str, href: tuple[str, str], css_class: str = "list-link") -> Element:
    return tags.Li(tags.A(label, href=href, className=css_class))
