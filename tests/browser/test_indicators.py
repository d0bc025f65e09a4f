"""The dictionary and the sheets of indicators follow the filters; their charts are drawn and their tables open."""

import re

from playwright.sync_api import Page, expect

from tests.browser.driving import choose, open_tables, settle, visit

ENTRY = "div:has(> dt > #dictionary-lieux-labellises)"


def test_the_dictionary_follows_the_filters(page: Page) -> None:
    visit(page, "/indicateurs")
    value, curve = page.locator(f"{ENTRY} .dictionary-value"), page.locator(f"{ENTRY} .sparkline .spark-line")
    before, path = value.text_content() or "", curve.get_attribute("d") or ""
    assert page.locator(".sparkline").count() > 30
    choose(page, "dep", "61")
    expect(page.locator("#dictionary-caption")).to_have_text(re.compile("^Orne · "))
    expect(value).not_to_have_text(before)
    assert curve.get_attribute("d") != path
    box = page.locator(f"{ENTRY} .sparkline").bounding_box()
    assert box is not None
    assert 100 < box["width"] < 120  # it is drawn, in the height of a line
    page.locator(f"{ENTRY} dt a").click()
    expect(page.locator("h1")).to_have_text("Tiers-lieux labellisés")
    expect(page).to_have_url(re.compile(r"/indicateurs/lieux-labellises\?dep=61$"))


def test_the_charts_of_a_sheet_follow_the_filters_with_their_tables(page: Page) -> None:
    visit(page, "/indicateurs/aides-votees")
    open_tables(page)
    slugs = [f"{kind}-aides-votees" for kind in ("serie", "rang", "departements")]
    tables = {slug: page.locator(f"#table-{slug}").text_content() or "" for slug in slugs}
    assert all(tables.values())
    choose(page, "porteur", "prive")
    expect(page.locator("#finding-serie-aides-votees")).to_contain_text("(porteur\u202f: privé)")
    settle(page)
    assert not [slug for slug in slugs if page.locator(f"#table-{slug}").text_content() == tables[slug]]
    page.goto("/indicateurs/aides-votees?dep=61")
    settle(page)
    empty = page.locator("#card-departements-aides-votees")
    expect(empty.locator(".card-empty")).to_contain_text("retirez le territoire")
    expect(empty.locator(".card-image")).to_be_hidden()
