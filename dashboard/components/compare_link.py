"""Comparisons, for the pages that lead there: their address, and the link of a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from dashboard.components.page import Part, filtered_href
from dashboard.elements import tags
from dashboard.elements.tags import Tree
from dashboard.requests.page_request import PageRequest
from dashboard.urls import COMPARE_PATH
from data.selection import ComparedItem, Selection


def comparison_href(selection: Selection, items: Iterable[ComparedItem]) -> str:
    """The address that compares these items, with the filters but the territory."""
    compared = replace(selection.without_territory(), compared=tuple(dict.fromkeys(items)))
    return filtered_href(COMPARE_PATH, compared.to_query())


def compare_link_part(read_item: Callable[[PageRequest], ComparedItem | None], label: str) -> Part:
    """The link of a sheet to the comparison of its item with others; nothing for a sheet without an item."""

    def draw(page_request: PageRequest) -> Tree:
        item = read_item(page_request)
        if item is None:
            return []
        href = comparison_href(page_request.selection.with_codes(item.filter_key, ()), [item])
        return tags.P(tags.A(label, href=href), className="compare-link no-print")

    return Part(draw)
