"""The button that opens the drawer of filters on a phone says how many it holds."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.dashboard.http.conftest import Callback

Find = Callable[[str], Callback]


@pytest.mark.parametrize(
    ("path", "other", "held"), [("/lieux/DEMO-07", "/lieux", []), ("/lieux", "/territoires/61", " (2)")]
)
def test_the_drawer_counts_the_filters_that_the_page_shows(callback: Find, path: str, other: str, held: Any) -> None:
    query = "dep=50&porteur=prive"
    shown = {"location.search": f"?{query}", "query.data": query, "page-path.data": other}
    answer = callback("query.data").call({**shown, "location.pathname": path}, "location.pathname")
    assert answer["filters-count.children"] == held
    same = callback("query.data").call({**shown, "location.pathname": other}, "location.pathname")
    assert "filters-count.children" not in same
