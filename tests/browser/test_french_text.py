"""Nothing but French is seen or heard; every page says what it is."""

import re

from playwright.sync_api import CDPSession, Page

from tests.browser.driving import SLUGS, settle, visit

ENGLISH = re.compile(
    r"\b(loading|download|upload|click|drag|zoom in|zoom out|reset|autoscale|close|search|select|choose|all|the|and|of"
    r"|with|show|hide|error|graph|chart|plot|trace|edit|button|toggle|menu bar|next|previous|first|page not|value|null"
    r"|undefined|nan|true|false|none|public domain|jan|feb|apr|aug|dec|january|february|march|april|may|june|july"
    r"|september|october|november|december|monday|notification|graphics?)\b",
    re.IGNORECASE,
)
TITLES = {
    "/": "Vue d’ensemble – Tiers-Lieux Normandie",
    "/indicateurs": "Indicateurs – Tiers-Lieux Normandie",
    "/indicateurs/visites": "Visites – Indicateurs – Tiers-Lieux Normandie",
}
NAMED = {"button", "link", "image", "img", "graphics-document", "checkbox", "radio", "textbox", "searchbox", "table",
         "figure", "region", "navigation", "Date", "DisclosureTriangle"}  # fmt: skip


def tree(page: Page) -> list[tuple[str, str, str]]:
    """The accessibility tree: role, name and description of each node that is not ignored."""
    session: CDPSession = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()

    def property_text(node: dict[str, dict[str, str]], key: str) -> str:
        return str(node.get(key, {}).get("value", ""))

    return [
        (property_text(one, "role"), property_text(one, "name"), property_text(one, "description"))
        for one in nodes
        if not one["ignored"]
    ]


def assert_only_french_is_heard_and_nothing_is_nameless(page: Page) -> None:
    """In the accessibility tree and in the attributes that are read out."""
    nodes = tree(page)
    assert len(nodes) > 20
    assert not [node for node in nodes if ENGLISH.search(f"{node[1]} {node[2]}")]
    assert not [node for node in nodes if node[0] in NAMED and not node[1].strip()]
    attributes = "all => all.flatMap(o => [o.title, o.placeholder, o.alt, o.ariaLabel, o.ariaRoleDescription])"
    assert not [
        text
        for text in page.locator("body *").evaluate_all(attributes)
        if isinstance(text, str) and ENGLISH.search(text)
    ]


def test_figures_write_french_months_and_numbers(page: Page) -> None:
    visit(page, "/?du=2019-08-01&au=2020-12-31")
    texts = page.locator(".main-svg text").all_text_contents()
    assert len(texts) > 20
    assert not [text for text in texts if ENGLISH.search(text) or re.search(r"\d,\d{3}\b|\d\.\d", text)]
    assert any(re.search(r"janv\.|déc\.|août|févr\.|juil\.", text) for text in texts)
    assert any("\u202f000" in text for text in texts)


def test_hover_texts_are_french(page: Page) -> None:
    visit(page, "/")
    graph = page.locator("#graph-visites-par-mois")
    graph.scroll_into_view_if_needed()
    box = graph.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 50, box["y"] + 50)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5)
    label = page.locator("#image-visites-par-mois .hovertext").first
    label.wait_for()
    assert not ENGLISH.search(label.text_content() or "")


def assert_says_its_language_title_and_one_heading(page: Page, address: str) -> None:
    """What every page begins with."""
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.locator("h1").count() == 1
    assert page.title() == TITLES.get(address, page.title())
    assert page.title().endswith("– Tiers-Lieux Normandie")
    for landmark in ("header", "nav", "main", "footer:not([hidden])"):
        assert page.locator(landmark).count() >= 1


def test_titles_are_unique_and_follow_the_links(page: Page) -> None:
    titles = []
    visit(page, "/")
    titles.append(page.title())
    page.locator("#menu-indicateurs").click()
    for slug in SLUGS:
        page.locator(f"#dictionary-{slug}").click()
        page.wait_for_url(f"**/indicateurs/{slug}")
        settle(page)
        titles.append(page.title())
        page.go_back()
        page.locator(f"#dictionary-{slug}").wait_for()
    settle(page)
    titles.append(page.title())
    assert len(set(titles)) == len(titles) == 2 + len(SLUGS)


def test_the_focus_moves_to_the_title_of_the_new_page(page: Page) -> None:
    visit(page, "/")
    page.locator("#menu-indicateurs").click()
    page.wait_for_url("**/indicateurs")
    settle(page)
    assert page.evaluate("document.activeElement.tagName") == "H1"
