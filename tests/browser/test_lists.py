"""Lists are sorted, searched and turned without loading the page; the address is their state, and Back undoes."""

from playwright.sync_api import Page, expect

from tests.browser.driving import choose, resize, settle, visit

COUNT, HEAD, BODY, FIELD = "#list-count-lieux", "#list-head-lieux", "#list-body-lieux", "#list-text-lieux"


def test_a_header_sorts_and_keeps_the_focus(page: Page) -> None:
    visit(page, "/lieux")
    loads: list[str] = []
    page.on("request", lambda requested: loads.append(requested.url) if requested.resource_type == "document" else None)
    header = page.locator(f"{HEAD} th", has_text="Commune")
    for order, first in (("ascending", "Alençon"), ("descending", "Yvetot")):
        header.locator("a").focus()
        page.keyboard.press("Enter")
        expect(header).to_have_attribute("aria-sort", order)
        expect(page.locator(f"{BODY} tr").first.locator("td").first).to_have_text(first)
        expect(header.locator("a")).to_be_focused()
    assert page.url.endswith("/lieux?tri-lieux=-commune")
    assert not loads


def test_a_search_is_in_the_address_and_back_undoes_it(page: Page) -> None:
    visit(page, "/lieux?tri-lieux=-commune&page-lieux=2")
    expect(page.locator(COUNT)).to_contain_text("page 2 sur 3")
    page.locator(FIELD).fill("évreux")
    page.locator(FIELD).press("Enter")
    expect(page.locator(COUNT)).to_contain_text("1 tiers-lieu pour")
    assert "page-lieux" not in page.url
    page.go_back()
    expect(page.locator(COUNT)).to_contain_text("page 2 sur 3")
    expect(page.locator(FIELD)).to_have_value("")
    page.locator(FIELD).fill("introuvable")
    page.get_by_role("button", name="Rechercher", exact=True).click()
    expect(page.locator("#list-empty-lieux")).to_contain_text("effacez la recherche")
    page.get_by_role("link", name="Effacer la recherche").click()
    expect(page.locator(COUNT)).to_contain_text("60 tiers-lieux")
    expect(page.locator(FIELD)).to_be_focused()


def test_filters_keep_sort_and_search(page: Page) -> None:
    visit(page, "/lieux?tri-lieux=-commune&q-lieux=de")
    choose(page, "dep", "14")
    page.wait_for_url("**/lieux?dep=14&tri-lieux=-commune&q-lieux=de")
    settle(page)
    expect(page.locator(f"{BODY} tr th a").first).to_have_attribute("href", r"/lieux/DEMO-13?dep=14")
    page.go_back()
    page.wait_for_url("**/lieux?tri-lieux=-commune&q-lieux=de")
    page.go_back()
    assert page.url == "about:blank"


def test_a_row_leads_to_its_place_and_the_next_page_to_its_rows(page: Page) -> None:
    visit(page, "/lieux")
    page.get_by_role("link", name="Page suivante").click()
    expect(page.locator(COUNT)).to_contain_text("page 2 sur 3")
    expect(page.locator("#list-table-lieux")).to_be_focused()
    name = page.locator(f"{BODY} tr th a").first
    words = name.inner_text()
    name.click()
    expect(page.locator("h1")).to_have_text(words)


def test_a_row_is_a_card_where_there_is_little_room(page: Page) -> None:
    visit(page, "/aides")
    resize(page, "phone")
    card = page.locator("#list-body-dossiers-a-verifier tr").first
    shown = card.locator("th > a, td:visible")
    assert [one.evaluate("one => one.cellIndex || 0") for one in shown.all()] == [0, 6, 7]  # reference, reason, verdict
    label = "one => getComputedStyle(one, '::before').content"
    assert card.locator("td:visible").first.evaluate(label) == '"Motif"'
    assert card.locator("td:visible").first.get_attribute("role") == "cell"
    card.locator("summary").click()
    expect(card.locator("td:visible")).to_have_count(7)
    page.locator("#list-head-dossiers-a-verifier").locator("xpath=ancestor::div[1]//summary").first.click()
    page.locator("#list-head-dossiers-a-verifier a", has_text="Commune").click()
    expect(page.locator("#list-body-dossiers-a-verifier tr").first.locator("td:visible")).to_have_count(
        2
    )  # another row
    resize(page, "desktop")
    expect(card.locator("td:visible")).to_have_count(7)
    assert not card.locator("summary").first.is_visible()


def test_the_number_of_rows_is_in_the_address(page: Page) -> None:
    visit(page, "/lieux?page-lieux=2")
    page.get_by_role("link", name="100 lignes par page").click()
    expect(page.locator(f"{BODY} tr")).to_have_count(60)
    assert page.url.endswith("/lieux?lignes-lieux=100")
    page.go_back()
    expect(page.locator(COUNT)).to_contain_text("page 2 sur 3")
