"""A change of filters: everything follows, once, and is said; the controls stay as they are."""

import re

from playwright.sync_api import Page, expect

from tests.browser.driving import CHARTS, TILES, choose, open_tables, settle, visit, wait_for_query

PAINTED = "slug => JSON.stringify(document.querySelector(`#graph-${slug} .js-plotly-plot`).data)"


def test_everything_on_the_page_follows_the_filters(page: Page) -> None:
    visit(page, "/")
    open_tables(page)
    texts = [f"#tile-value-{slug}" for slug in TILES] + ["h1"]
    texts += [f"#{part}-{slug}" for slug in CHARTS for part in ("finding", "table")]
    texts += [f"#card-{slug} .card-source" for slug in CHARTS]
    before = {selector: page.locator(selector).text_content() for selector in texts}
    painted = {slug: page.evaluate(PAINTED, slug) for slug in CHARTS}
    notice = {slug: page.locator(f"#image-{slug}").get_attribute("aria-label") for slug in CHARTS}
    choose(page, "dep", "14")
    wait_for_query(page, "dep=14")
    expect(page.locator(".card-data[open]")).to_have_count(len(CHARTS))
    same = {"#finding-aides-par-dispositif"}  # the larger half may be the same scheme's, by chance as large
    assert not [one for one in texts if page.locator(one).text_content() == before[one] and one not in same]
    assert not [slug for slug in CHARTS if page.evaluate(PAINTED, slug) == painted[slug]]
    assert not [slug for slug in CHARTS if page.locator(f"#image-{slug}").get_attribute("aria-label") == notice[slug]]
    for slug in CHARTS:
        page.locator(f"#card-{slug} .export-menu summary").click()
        expect(page.locator(f"#export-csv-{slug}")).to_have_attribute(
            "href", re.compile(rf"/exports/{slug}.csv\?dep=14$")
        )
    for slug in ("lieux-labellises", "aides-votees"):
        link = page.locator(f"#tile-link-{slug}")
        expect(link).to_have_attribute("href", f"/indicateurs/{slug}/lignes?dep=14")


def test_a_change_is_announced_in_one_sentence(page: Page) -> None:
    visit(page, "/")
    page.evaluate(
        """() => {
          window.said = [];
          const regions = document.querySelectorAll("[role=status], [role=alert], [aria-live]");
          const look = new MutationObserver(all => all.forEach(one => {
            const region = one.target.nodeType === 1 ? one.target : one.target.parentElement;
            if (region.textContent.trim()) { window.said.push(region.textContent.trim()); }
          }));
          regions.forEach(one => look.observe(one, {childList: true, characterData: true, subtree: true}));
        }"""
    )
    choose(page, "porteur", "prive")
    wait_for_query(page, "porteur=prive")
    shown_text = page.evaluate("window.said")
    assert len(set(shown_text)) == 1, shown_text
    assert "privé" in shown_text[0]


def test_the_filter_bar_is_never_drawn_again(page: Page) -> None:
    visit(page, "/")
    page.evaluate("document.querySelectorAll('.filters, details.filter, #filter-dep input').forEach(o => o.kept = 1)")
    choose(page, "dep", "61")
    wait_for_query(page, "dep=61")
    selected = "all => all.every(one => one.kept)"
    expect(page.locator("#filter-dep input[value='61']")).to_be_focused()
    expect(page.locator("#filter-box-dep .filter-panel")).to_be_visible()
    assert page.locator(".filters, details.filter, #filter-dep input").evaluate_all(selected)
    page.locator("#menu-indicateurs").click()
    expect(page.locator("h1")).to_have_text("Indicateurs")
    settle(page)
    assert page.locator(".filters, details.filter, #filter-dep input").evaluate_all(selected)


def test_intercommunalites_are_narrowed_by_the_departements(page: Page) -> None:
    visit(page, "/")
    everything = page.locator("#filter-epci input").count()
    choose(page, "dep", "61")
    wait_for_query(page, "dep=61")
    expect(page.locator("#filter-epci input")).not_to_have_count(everything)
    choose(page, "epci", page.locator("#filter-epci input").first.get_attribute("value") or "")
    settle(page)
    assert re.search(r"dep=61&epci=\d{9}$", page.url)
    page.keyboard.press("Escape")
    choose(page, "dep", "76")
    page.locator("#filter-dep input[value='61']").uncheck()
    wait_for_query(page, "dep=76")  # the intercommunalité of the Orne goes with it
    expect(page.locator("#filter-label-epci")).to_have_text("toutes")
    visit(page, "/?dep=61")
    few = page.locator("#filter-epci input").count()
    assert 0 < few < everything
    page.locator("#clear-filters").click()
    wait_for_query(page, "")
    expect(page.locator("#filter-epci input")).to_have_count(everything)


def test_several_quick_changes_end_on_the_last(page: Page) -> None:
    visit(page, "/")
    for code in ("14", "27", "50", "61", "76"):
        choose(page, "dep", code)
    wait_for_query(page, "dep=14,27,50,61,76")
    expect(page.locator("#filter-dep input:checked")).to_have_count(5)
    assert page.url.endswith("dep=14,27,50,61,76")


def test_a_period_without_facts_empties_the_charts_and_back(page: Page) -> None:
    visit(page, "/?au=2015-01-01")
    expect(page.locator("#card-trajectoire .card-empty")).to_be_visible()
    expect(page.locator("#finding-trajectoire")).to_contain_text("Aucun tiers-lieu labellisé")
    expect(page.locator("#image-trajectoire")).to_be_hidden()
    expect(page.locator("#card-trajectoire .card-tools")).to_be_hidden()
    page.locator("#clear-filters").click()
    wait_for_query(page, "")
    for slug in CHARTS:
        box = page.locator(f"#image-{slug} .main-svg").first.bounding_box()
        assert box is not None
        assert box["width"] > 300, slug
        assert box["height"] > 200, slug
    expect(page.locator("#card-trajectoire .card-empty")).to_be_hidden()
