"""What every page owes, in its real, filtered, empty and impossible states: one visit, all the checks."""

import pytest
from playwright.sync_api import Page

from dashboard.urls import EMBED_PATH, FINDER_PATH, REPORT_PATH
from tests.browser.accessibility import assert_accessible
from tests.browser.driving import NOTHING, PAGES, visit
from tests.browser.tabbing import assert_tab_stops_at_every_control_once_in_order_and_shows_where
from tests.browser.test_french_text import (
    assert_only_french_is_heard_and_nothing_is_nameless,
    assert_says_its_language_title_and_one_heading,
)
from tests.browser.test_sizes import assert_nothing_stands_out
from tests.site import STEERING

STATES = (
    *(f"{path}?{NOTHING}" for path in STEERING),
    "/?dep=50,61&au=2019-06-15",
    "/label?au=2016-01-01",
    "/frequentation?au=2016-01-01",
    "/territoires/61?au=2016-01-01",
    "/?dep=99&au=demain&zzz=1",  # notices
    f"/indicateurs/visites/lignes?{NOTHING}",
    f"{REPORT_PATH}?brouillon=abc",  # a damaged draft
    f"{FINDER_PATH}?ville=strasbourg&dep=61&au=2016-01-01",  # none, and no place
    "/indicateurs/taux-reponse?au=2015-01-01",  # a figure that cannot be computed
)


@pytest.mark.parametrize("address", [*PAGES, *STATES])
def test_a_page_is_accessible_french_and_fits_every_screen(page: Page, address: str) -> None:
    visit(page, address)
    assert_says_its_language_title_and_one_heading(page, address)
    assert_only_french_is_heard_and_nothing_is_nameless(page)
    assert_accessible(page)
    if address in PAGES:
        assert_tab_stops_at_every_control_once_in_order_and_shows_where(page)
    assert_nothing_stands_out(page)
    assert_accessible(page)


@pytest.mark.parametrize("query", ["commune=50502", "ville=saint-aubin-sur-mer&typologie=coworking&services=zzz"])
def test_the_map_for_other_sites_is_accessible_french_and_fits_every_screen(page: Page, query: str) -> None:
    """It has no shell, and runs no script."""
    visit(page, f"{EMBED_PATH}?{query}")
    assert page.locator("h1").count() == 1
    assert_only_french_is_heard_and_nothing_is_nameless(page)
    assert_tab_stops_at_every_control_once_in_order_and_shows_where(page)
    assert_nothing_stands_out(page)
    assert_accessible(page)
