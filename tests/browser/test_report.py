"""A report put together from the pages, changed, kept, downloaded."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from dashboard.reports.draft import MAX_ADDRESS_LETTERS, Block, Draft, draft_query, from_address, from_json, to_address
from dashboard.reports.models import MODELS
from dashboard.urls import DRAFT_PARAMETER, REPORT_PATH
from tests.browser.driving import settle, visit

DECODE = "text => window.reportDraft.decode(text)"
ENCODE = "draft => window.reportDraft.encode(draft)"


@pytest.fixture
def empty_page(page: Page) -> Iterator[Page]:
    """A page of a browser that keeps no report, before and after."""
    forget = "['rapport', 'rapport-precedent'].forEach(key => localStorage.removeItem(key))"
    visit(page, "/a-propos")
    page.evaluate(forget)
    yield page
    page.evaluate(forget)


def draft_in(page: Page) -> Draft:
    """The draft in the address."""
    found = re.search(rf"[?&]{DRAFT_PARAMETER}=([\w-]+)", page.url)
    assert found, page.url
    return from_address(found[1])


def wait_for_kinds(page: Page, *kinds: str) -> None:
    """Wait until the editor shows blocks of these kinds, in this order."""
    expect(page.locator(".report-blocks > li")).to_have_count(len(kinds))
    for at, kind in enumerate(kinds):
        expect(page.locator(".report-blocks > li").nth(at)).to_contain_class(f"report-{kind}")
    settle(page)


def add(page: Page, selector: str, message: str) -> None:
    page.locator(f"{selector} .report-add").click()
    expect(page.locator(".message")).to_contain_text(message)


def test_a_report_is_gathered_ordered_written_kept_and_downloaded(empty_page: Page) -> None:
    page = empty_page
    visit(page, "/?dep=61")
    add(page, "#card-trajectoire", "Voir le rapport (1)")
    add(page, "#tile-box-aides-votees", "Voir le rapport (2)")
    add(page, "#tile-box-aides-votees", "Déjà dans le rapport")
    visit(page, "/territoires/14")
    add(page, ".follow-box", "Voir le rapport (3)")
    page.locator(".message a").click()
    wait_for_kinds(page, "graphique", "indicateur", "fiche")
    expect(page.locator(".report-block").first).to_contain_text("Orne")

    up = page.locator(".report-move[data-report='up'][data-block='1']")
    up.focus()
    page.keyboard.press("Enter")
    wait_for_kinds(page, "indicateur", "graphique", "fiche")
    expect(page.locator(".report-move[data-report='down'][data-block='0']")).to_be_focused()
    page.locator("[data-report='add-text']").click()
    wait_for_kinds(page, "indicateur", "graphique", "fiche", "texte")
    page.keyboard.insert_text("Vu par <b>la commission</b> :\n- premier point")
    page.locator("#report-title").fill("Rapport de l’Orne")
    page.locator("#report-title").press("Tab")
    expect(page.locator("h1")).to_have_text("Rapport\u202f: Rapport de l’Orne")

    page.reload()
    wait_for_kinds(page, "indicateur", "graphique", "fiche", "texte")
    assert [one.kind for one in draft_in(page).blocks] == ["indicateur", "graphique", "fiche", "texte"]
    assert draft_in(page).blocks[1] == Block("graphique", "trajectoire", "dep=61")
    expect(page.locator("#report-count")).to_have_text("\u00a0(4)")
    shown = page.frame_locator(".report-frame")
    expect(shown.locator("h1")).to_have_text("Rapport de l’Orne", timeout=20_000)
    expect(shown.locator("figure svg").first).to_be_visible()
    expect(shown.locator("body")).to_contain_text("<b>la commission</b>")

    assert_downloads_hold_the_text(page)
    saved = assert_draft_is_saved(page)
    assert_cleared_then_undone(page)
    page.locator(".report-move[data-report='remove'][data-block='2']").click()
    wait_for_kinds(page, "indicateur", "graphique", "texte")
    file = {"name": "b.json", "mimeType": "application/json", "buffer": saved.encode()}
    page.locator("#report-open").set_input_files(file)
    wait_for_kinds(page, "indicateur", "graphique", "fiche", "texte")
    page.locator("#report-open").set_input_files(file | {"buffer": b"[1]"})
    expect(page.locator(".message")).to_contain_text("n’est pas un brouillon")


def assert_downloads_hold_the_text(page: Page) -> None:
    with page.expect_download(timeout=30_000) as waiting:
        page.get_by_role("link", name=re.compile("^PDF")).click()
    text = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(Path(waiting.value.path()).read_bytes())).pages)
    for words in ("Rapport de l’Orne", "premier point", "Calvados"):
        assert words in text


def assert_draft_is_saved(page: Page) -> str:
    with page.expect_download() as waiting:
        page.locator("[data-report='save']").click()
    saved = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert from_json(saved) == draft_in(page)
    return saved


def assert_cleared_then_undone(page: Page) -> None:
    page.locator("[data-report='clear']").click()
    expect(page.locator("h1")).to_have_text("Composer un rapport")
    expect(page.locator("#report-count")).to_have_text("")
    page.locator("[data-report='undo']").click()
    wait_for_kinds(page, "indicateur", "graphique", "fiche", "texte")
    expect(page.locator("#report-count")).to_have_text("\u00a0(4)")


def test_drafts_are_the_same_for_the_browser_and_the_server_and_have_one_limit(empty_page: Page) -> None:
    page = empty_page
    for model in MODELS:
        draft = model.draft("dep=14,61&au=2019-06-30", "61")
        written = {"titre": draft.title, "blocs": [[one.kind, one.content, one.query] for one in draft.blocks]}
        assert from_address(page.evaluate(ENCODE, written)) == from_address(to_address(draft))
        read = page.evaluate(DECODE, to_address(draft))
        assert from_json(json.dumps(read)) == from_address(to_address(draft))
    assert page.evaluate("window.reportDraft.MAX_LETTERS") == MAX_ADDRESS_LETTERS

    visit(page, f"{REPORT_PATH}?{draft_query(Draft('Long', (Block('texte', 'x'),)))}")
    noise = "".join(chr(0x4E00 + (at * 7919) % 20_000) for at in range(3_000))
    page.locator("textarea").fill(noise)
    page.locator("textarea").press("Tab")
    expect(page.locator(".message")).to_contain_text("trop long pour une adresse")
    assert draft_in(page).blocks == (Block("texte", "x"),)
    with page.expect_download() as waiting:
        page.locator("[data-report='save-unsaved']").click()
    assert from_json(Path(waiting.value.path()).read_bytes()).blocks == (Block("texte", noise),)


def test_a_model_of_the_list_becomes_the_report_of_the_browser(empty_page: Page) -> None:
    page = visit(empty_page, f"{REPORT_PATH}?dep=61") and empty_page
    page.locator(".report-start").nth(1).click()
    wait_for_kinds(page, "fiche", "titre", "graphique", "liste", "titre", "graphique")
    assert {one.query for one in draft_in(page).blocks if one.query} == {"dep=61"}
    visit(page, "/aides?dep=50")
    link = page.locator("#report-link")
    expect(link).to_have_text("Rapport (6)")
    link.click()
    wait_for_kinds(page, "fiche", "titre", "graphique", "liste", "titre", "graphique")
    page.get_by_role("link", name="Relire toutes les figures").click()
    expect(page.locator(".report-filters").first).to_contain_text("Manche")
    assert {one.query for one in draft_in(page).blocks if one.query} == {"dep=50"}


def test_the_sentence_and_the_picture_of_a_card_are_copied(empty_page: Page) -> None:
    page = empty_page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(page, "/aides?dep=61")
    card = page.locator("#card-aides-par-dispositif")
    finding = card.locator(".card-title").inner_text()
    card.locator(".export-menu summary").click()
    card.get_by_role("button", name="Copier la phrase").click()
    expect(page.locator(".message")).to_contain_text("Phrase copiée")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{finding} (")
    assert "Orne" in copied
    card.locator(".export-menu summary").click()
    card.get_by_role("button", name="Copier l’image").click()
    expect(page.locator(".message")).to_contain_text("Image copiée")
    kinds = page.evaluate("navigator.clipboard.read().then(items => items.flatMap(item => item.types))")
    assert kinds == ["image/png"]
    page.get_by_role("button", name="Fermer").click()
    expect(page.locator(".message")).to_have_text("")
    page.evaluate("() => { navigator.clipboard.write = () => Promise.reject(new Error('no')); }")
    card.locator(".export-menu summary").click()
    card.get_by_role("button", name="Copier l’image").click()
    expect(page.locator(".message")).to_contain_text("La copie n’a pas pu se faire")
