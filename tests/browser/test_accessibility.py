"""axe finds nothing in the states that a page takes under the hand; test_pages.py looks at each page as it comes."""

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import assert_accessible
from tests.browser.driving import open_tables, resize, visit


def test_no_violation_on_the_404_page(page: Page, complaints: list[str]) -> None:
    response = page.goto("/rien")
    assert response is not None
    assert response.status == 404
    assert_accessible(page)
    page.set_viewport_size({"width": 375, "height": 812})
    assert_accessible(page)
    assert all("404" in one for one in complaints)
    complaints.clear()


def test_no_violation_with_open_tables(page: Page) -> None:
    visit(page, "/")
    open_tables(page)
    assert page.locator(".card-data[open] td").count() > 50
    assert_accessible(page)
    assert_accessible(resize(page, "phone"))


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_no_violation_with_each_filter_open(page: Page, size: str) -> None:
    visit(page, "/indicateurs/visites?dispositif=emergence&partenaire=aract")  # every filter shows
    resize(page, size)
    if size == "phone":
        page.locator("#filters-toggle").click()
    boxes = page.locator("details.filter:visible")
    assert boxes.count() == 8
    for box in boxes.all():
        box.locator("summary").click()
        assert box.locator(".filter-panel").is_visible()
        assert_accessible(page, within=".filters")
    assert_accessible(page)
