"""The table of each chart: filled when the reader opens it; while it is open it follows the filters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from dashboard import ids
from dashboard.charts import CHARTS
from dashboard.components.chart_card import chart_table, read_card, table_placeholder
from dashboard.components.page import Site, find_page
from dashboard.elements.serializer import serialize
from dashboard.requests.page_request import PageRequest


def table_updates(
    site: Site, page_request: PageRequest, filled: AbstractSet[str], with_page: bool
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What is said of tables, by component, beside the page (which fills those that are open, if it is told).

    Those opened since are filled; those closed since are emptied: none may show numbers of other filters when it opens
    again.
    """
    found = find_page(site, page_request.path)
    page = found[0].narrow(page_request) if found else page_request
    for chart in CHARTS:
        if chart.slug in filled - page_request.open_tables:
            yield ids.table(chart.slug), {"content": serialize(table_placeholder())}
        elif chart.slug in page_request.open_tables - filled and not with_page:
            shown = read_card(page.connection, chart, page.selection, page.options, page.provenance)
            yield ids.table(chart.slug), {"content": serialize(chart_table(shown))}
