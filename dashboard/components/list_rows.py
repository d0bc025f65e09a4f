"""One page of rows of a list, for one request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.lists import Listing
from dashboard.lists.state import (
    ListState,
    list_parameters,
    read_list_state,
    replace_parameters,
    without_pages,
    write_query,
)
from dashboard.requests.page_request import PageRequest
from data.model.facts import Measure
from data.queries import listing as queries
from data.queries.measures import count_single_rows
from data.queries.sources import missing_source_reason
from data.queries.window import PageWindow, narrow_to_page_days

MAX_WHOLE_ROWS = 1_000  # on one page: some thirty sheets of paper


@dataclass(frozen=True)
class ListPage:
    """A list for one request, with its page of rows read. `total` counts the rows found; `state.page` exists. `missing`
    is the reason without rows when a necessary source was never loaded.
    """

    listing: Listing
    page_request: PageRequest
    state: ListState
    total: int
    rows: Sequence[Mapping[str, Any]]
    missing: str | None = None

    @property
    def last_page(self) -> int:
        """The number of the last page, at least 1."""
        return last_page_number(self.total, rows_per_page(self.state))

    @property
    def is_state_shown(self) -> bool:
        """Whether the browser already shows the lists of this page with the same parameters, which their links
        repeat.
        """
        return self.page_request.shown_parameters == self.page_request.parameters

    def href(self, **changes: str) -> tuple[str, str]:
        """The address of the same page with other parameters of this list, those of the page and its filters."""
        parameters = {f"{part}-{self.listing.slug}": value for part, value in changes.items()}
        return self.page_request.path, write_query("", replace_parameters(self.page_request.parameters, parameters))


def rows_per_page(state: ListState) -> int:
    """The number of rows of a page, at most."""
    return MAX_WHOLE_ROWS if state.is_whole else state.per_page


def last_page_number(total: int, per_page: int) -> int:
    """The number of the last page, at least 1."""
    return max(1, -(-total // per_page))


def list_query(listing: Listing, page_request: PageRequest, state: ListState) -> queries.ListQuery:
    """The query of the rows that a list shows and exports; columns whose source was never loaded are null."""
    is_in_order = state.column == listing.order.removeprefix("-")
    read_rows = listing.rows if is_in_order or listing.bulk_rows is None else listing.bulk_rows
    rows = read_rows(page_request.selection, page_request.options)
    unknown = [
        column.name for column in listing.columns if missing_source_reason(page_request.connection, column.sources)
    ]
    return queries.ListQuery(
        rows=queries.with_null_columns(rows, unknown) if unknown else rows,
        key=listing.key,
        sort=state.sort,
        search=listing.search,
        text=state.text,
        not_null=(listing.order.removeprefix("-"),) if listing.measure else (),
        tie_sort=listing.tie_breaker,
        other_names=listing.other_names,
        has_key_index=listing.measure is not None,
    )


def read_list_page(listing: Listing, page_request: PageRequest) -> ListPage:
    """Count the rows and read one page of them: the requested page, or the last one."""
    state = read_list_state(listing, page_request.query)
    connection, size = page_request.connection, rows_per_page(state)
    missing = missing_source_reason(connection, listing.necessary_sources)
    if missing:
        return ListPage(listing, page_request, replace(state, page=1), 0, (), missing)
    query = list_query(listing, page_request, state)
    if listing.paging != "index":
        read_page = queries.read_counted_page_by_key if listing.paging == "keys" else queries.read_counted_page
        total, rows = read_page(connection, query, size, (state.page - 1) * size)
        page = min(state.page, last_page_number(total, size))
    elif listing.measure and not state.text:
        return _read_page_by_sums(listing, listing.measure, page_request, state)
    else:
        total = count_list_rows(listing, page_request)
        page = min(state.page, last_page_number(total, size))
        rows = queries.read_rows(connection, query, size, (page - 1) * size, total)
    return ListPage(listing, page_request, replace(state, page=page), total, [dict(row) for row in rows])


def count_list_rows(listing: Listing, page_request: PageRequest) -> int:
    """The number of rows of a list, as its page says it; 0 without its necessary sources."""
    connection, state = page_request.connection, read_list_state(listing, page_request.query)
    if missing_source_reason(connection, listing.necessary_sources):
        return 0
    if listing.paging == "index" and listing.measure and not state.text:
        return count_single_rows(connection, listing.measure, listing.period(page_request.selection))
    return queries.count_rows(connection, list_query(listing, page_request, state))


def _read_page_by_sums(listing: Listing, measure: Measure, page_request: PageRequest, state: ListState) -> ListPage:
    """Read a page of a list with a `measure`: its sums give the total and, sorted by day, the days of the page."""
    connection, size = page_request.connection, rows_per_page(state)
    selection = listing.period(page_request.selection)
    total = count_list_rows(listing, page_request)
    page = min(state.page, last_page_number(total, size))
    if not total:
        return ListPage(listing, page_request, replace(state, page=page), 0, ())
    window = PageWindow(selection, (page - 1) * size, size, state.descending)
    is_by_day = state.column == listing.order.removeprefix("-")
    if is_by_day:
        window = narrow_to_page_days(connection, measure, window)
    query = list_query(listing, replace(page_request, selection=window.selection), state)
    rows = queries.read_rows(connection, query, size, window.skip, None if is_by_day else total)
    return ListPage(listing, page_request, replace(state, page=page), total, [dict(row) for row in rows])


def export_href(list_page: ListPage, extension: str) -> tuple[str, str]:
    """The address of the file of the whole list, with its sort and search, and the filters of the page."""
    parameters = without_pages(list_parameters(list_page.page_request.query, (list_page.listing.slug,)))
    return f"/exports/{list_page.listing.file}.{extension}", write_query("", parameters)
