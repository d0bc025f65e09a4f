"""Tables of charts: filled when opened, updated with the filters while open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from dashboard import ids
from dashboard.charts import ALL_CHARTS
from dashboard.components.chart_card import chart_table, read_card, table_placeholder
from dashboard.components.page import Site, find_page
from dashboard.elements.serializer import serialize
from dashboard.requests.page_request import PageRequest


def table_updates(
    site: Site, page_request: PageRequest, filled: AbstractSet[str], is_page_updated: bool
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The updates of the tables of charts, by component; an updated page fills its open tables by itself
    (`is_page_updated`).

    Newly opened tables are filled. Newly closed tables are emptied, so that they never show numbers of other filters
    when opened again.
    """
    page_and_slug = find_page(site, page_request.path)
    narrowed_request = page_and_slug[0].narrow(page_request) if page_and_slug else page_request
    for chart in ALL_CHARTS:
        if chart.slug in filled - page_request.open_tables:
            yield ids.table(chart.slug), {"content": serialize(table_placeholder(chart.slug))}
        elif chart.slug in page_request.open_tables - filled and not is_page_updated:
            card = read_card(
                narrowed_request.connection,
                chart,
                narrowed_request.selection,
                narrowed_request.options,
                narrowed_request.provenance,
            )
            yield ids.table(chart.slug), {"content": serialize(chart_table(card))}
