"""The search of the filter of intercommunalités: by their names and by those of their communes, as people type them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from data.i18n import search_key
from data.reference import read_communes, read_departements, read_epci
from tests.browser.driving import visit, wait_for_query

WRITTEN = ("", "-", "’", "ST", "st-lo", "Ste  Mère", "Estouteville", "ŒUF", "Æther", "Straße", "L'Haÿ", "100\u202f% №")


def search(page: Page, text: str) -> Locator:
    """The choices that show once a text is typed in the opened filter."""
    panel = page.locator("#filter-epci-search").locator("xpath=ancestor::fieldset")
    if not panel.is_visible():
        page.locator("details.filter", has=page.locator("#filter-epci-search")).locator("summary").click()
    page.locator("#filter-epci-search").fill(text)
    return panel.locator(".form-check:visible")


def test_search_keys_equal_those_of_the_server(page: Page) -> None:
    visit(page, "/")
    names = [one.name for read in (read_communes, read_epci, read_departements) for one in read()]
    names += [*WRITTEN, *map(str.upper, names)]
    assert page.evaluate("names => names.map(window.searchKey)", names) == [search_key(name) for name in names]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("deauville", "CC Cœur Côte Fleurie"),
        ("HEROUVILLE ST CLAIR", "CU Caen la Mer"),
        ("hérouville-saint-clair", "CU Caen la Mer"),
        ("l'aigle", "CC des Pays de L’Aigle"),
        ("cœur cote", "CC Cœur Côte Fleurie"),
        ("saint lo", "CA Saint-Lô Agglo"),
    ],
)
def test_an_intercommunalite_is_found_by_its_name_or_a_commune(page: Page, text: str, name: str) -> None:
    visit(page, "/")
    shown = search(page, text)
    expect(shown.filter(has_text=name)).to_have_count(1)
    assert shown.count() <= 12


def test_an_unknown_name_shows_a_message_and_an_empty_text_shows_all(page: Page) -> None:
    visit(page, "/")
    expect(search(page, "strasbourg")).to_have_count(0)
    none = page.locator("#filter-epci-search ~ .filter-no-match, fieldset:has(#filter-epci-search) .filter-no-match")
    expect(none).to_be_visible()
    expect(search(page, "")).to_have_count(len(read_epci()))
    expect(none).to_be_hidden()


def test_the_choice_found_by_a_commune_narrows_the_page(page: Page) -> None:
    visit(page, "/")
    search(page, "deauville").filter(has_text="CC Cœur Côte Fleurie").locator("label").click()
    wait_for_query(page, "epci=241400415")
