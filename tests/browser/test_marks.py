"""Touching a mark of a chart goes deeper; by mouse, finger, keyboard, and without script."""

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.driving import VIEWPORTS, open_tables, settle, visit

MIN_TARGET_PIXELS = 44


def point_of(page: Page, slug: str, across: float, down: float) -> tuple[float, float]:
    """A point of a figure, in the window; `across` and `down` are shares of its size."""
    image = page.locator(f"#image-{slug}")
    image.evaluate("one => one.scrollIntoView({block: 'center'})")
    settle(page)
    box = image.bounding_box()
    assert box
    return box["x"] + box["width"] * across, box["y"] + box["height"] * down


def entries(page: Page) -> Locator:
    return page.get_by_role("menu").get_by_role("menuitem")


def test_an_area_leads_to_its_sheet_and_escape_gives_the_focus_back(page: Page) -> None:
    visit(page, "/territoires?dep=61")
    link = page.locator("#menu-territoires")
    link.focus()
    x, y = point_of(page, "carte", 0.5, 0.6)
    page.mouse.move(x, y)
    tip = page.locator(".area-tip strong")
    expect(tip).not_to_be_empty()  # anywhere in the outline
    name = tip.text_content() or ""
    page.mouse.click(x, y)
    expect(entries(page).first).to_have_text("Voir la fiche")
    expect(entries(page).first).to_be_focused()
    expect(page.locator(".mark-menu-title")).to_have_text(name)
    assert_accessible(page)
    sizes = entries(page).evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert min(sizes) >= MIN_TARGET_PIXELS
    page.keyboard.press("Escape")
    expect(page.locator(".mark-menu")).to_have_count(0)
    expect(link).to_be_focused()
    page.mouse.click(x, y)
    expect(entries(page).first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/territoires/2*")
    expect(page.locator("h1")).to_contain_text(name)


def test_a_bar_leads_to_its_rows_and_back_undoes(page: Page) -> None:
    visit(page, "/aides")
    page.mouse.click(*point_of(page, "aides-par-dispositif", 0.5, 0.7))
    rows = entries(page).filter(has_text="dossiers")
    said = re.search(r"\d+", rows.text_content() or "")
    assert said
    rows.click()
    expect(page.locator("#list-count-dossiers")).to_contain_text(f"{said[0]} dossiers")
    page.wait_for_url("**/aides?dispositif=*")
    expect(page.locator(".mark-menu")).to_have_count(0)
    page.go_back()
    page.wait_for_url("**/aides")


def test_the_table_opens_the_same_menu_by_keyboard(page: Page) -> None:
    visit(page, "/aides")
    page.mouse.click(*point_of(page, "aides-par-porteur", 0.3, 0.2))
    expect(entries(page).first).to_be_focused()
    title = page.locator(".mark-menu-title").text_content() or ""
    texts = entries(page).all_text_contents()
    page.keyboard.press("Escape")
    open_tables(page)
    link = page.locator("#table-aides-par-porteur").get_by_role("link", name=title, exact=True)
    link.focus()
    page.keyboard.press("Enter")
    expect(entries(page).first).to_be_focused()
    assert entries(page).all_text_contents() == texts
    page.keyboard.press("ArrowUp")
    expect(entries(page).last).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(entries(page).first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/aides?porteur=*")


def test_a_drag_along_a_time_axis_chooses_whole_months(page: Page) -> None:
    visit(page, "/frequentation")
    x, y = point_of(page, "visites-par-mois", 0.3, 0.5)
    end = point_of(page, "visites-par-mois", 0.6, 0.5)[0]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(end, y, steps=4)
    expect(page.locator(".mark-band")).to_be_visible()
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".mark-band")).to_have_count(0)
    assert page.url.endswith("/frequentation")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(end, y, steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile(r"du=\d{4}-\d\d-01&au=\d{4}-\d\d-(28|29|30|31)$"))
    settle(page)
    page.go_back()
    page.wait_for_url("**/frequentation")


def test_hovering_on_a_time_axis_gives_the_nearest_value_and_the_year_before(page: Page) -> None:
    visit(page, "/frequentation")
    page.mouse.move(*point_of(page, "visites-par-mois", 0.6, 0.95))  # far under the curve
    page.mouse.move(*point_of(page, "visites-par-mois", 0.6, 0.6))
    label = page.locator("#image-visites-par-mois .hovertext")
    expect(label).to_contain_text(
        re.compile(r"Visites déclarées\u202f: [\d\u202f]+\u202f; \w+ 20\d\d\u202f: [\d\u202f]+")
    )
    expect(page.locator("#image-visites-par-mois .spikeline")).not_to_have_count(0)


def test_a_finger_opens_the_menu_within_the_window(browser: Browser, site: str) -> None:
    width, height = VIEWPORTS["phone"]
    with browser.new_context(
        viewport={"width": width, "height": height}, has_touch=True, reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        visit(page, f"{site}/partenaires")
        page.touchscreen.tap(*point_of(page, "matrice-partenaires", 0.5, 0.5))
        expect(entries(page).first).to_contain_text("Voir la fiche")
        box = page.locator(".mark-menu").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert_accessible(page)


def test_the_same_without_script(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site}/graphiques/aides-par-dispositif?dispositif=emergence")
        page.get_by_role("link", name="2018, Émergence").click()
        said = re.search(r"les (\d+) dossiers", page.get_by_role("main").text_content() or "")
        assert said
        expect(page.get_by_role("link", name=f"Voir les {said[1]} dossiers")).to_have_attribute(
            "href", re.compile(r"^/aides\?dispositif=emergence&du=2018-01-01&au=2018-12-31#")
        )
        page.get_by_role("link", name="Revenir à la page").click()
        assert page.url == f"{site}/?dispositif=emergence"
