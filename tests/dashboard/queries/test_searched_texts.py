"""Every text that a list shows is searched and sorted by its search key; what has none is a code."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine, String

from dashboard.components.list_rows import list_query
from dashboard.lists import LISTS
from dashboard.lists.proof import proof_listing
from dashboard.lists.state import ListState
from dashboard.requests.page_request import open_request
from data.indicators import INDICATORS
from data.queries.options import LoadCache
from data.search_keys import search_key_name, with_search_keys

CODES = {
    *(
        "reference",
        "code",
        "place_code",
        "area",
        "lever_reference",
        "emergence_reference",
        "digital_reference",
    ),  # identifiers
    *("sheet", "column", "lines"),  # of files
    *("credit", "months"),  # AE, AP, CP; « janv. 2020, févr. 2020 »
}


def test_every_text_of_a_list_has_a_search_key_or_is_a_code(demo_engine: Engine) -> None:
    with open_request(demo_engine, lambda: date(2026, 11, 22), LoadCache(), "/", "") as page:
        proofs = [proof_listing(page.connection, one, page.selection) for one in INDICATORS]
        for listing in (*LISTS, *proofs):
            columns = with_search_keys(list_query(listing, page, ListState(listing.order)).rows).selected_columns
            shown = {column.name for column in listing.columns}
            texts = {name for name in shown if isinstance(columns[name].type, String)}
            lacking = {name for name in texts if search_key_name(name) not in columns}
            assert lacking <= CODES, (listing.path, listing.slug, lacking - CODES)
            assert not {*listing.search} - {*columns.keys()}
