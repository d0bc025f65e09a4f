"""Addresses of the pages, from the site map: what is asked of one page is asked of all."""

from __future__ import annotations

from datetime import date

from dashboard.pages import PAGES
from dashboard.requests.passport_code import PassportCode, encode_passport, name_hash
from dashboard.urls import AGENDA_PATH, COMPARE_PATH, STANDARD_PATH
from data.queries.knowledge import KnownState

SAMPLE_STATE = KnownState(13, 13, b"ab")  # of another database
SAMPLE_PASSPORT = PassportCode(
    name_hash("chart/trajectoire"), SAMPLE_STATE, date(2026, 11, 22), b"abc", "au=2020-12-31"
)
SAMPLES = {
    "/territoires": ("normandie", "61", "200068799"),
    "/lieux": ("DEMO-07",),
    "/partenaires": ("aract", "tes"),
    "/indicateurs": ("visites",),
    "/passeport": (encode_passport(SAMPLE_PASSPORT),),
}
WITHOUT_FIGURES = ("/indicateurs",)  # the dictionary: definitions, the same under every filter


def _addresses(path: str) -> list[str]:
    base = path.partition("/<slug>")[0]
    return [path.replace("<slug>", slug) for slug in SAMPLES[base]] if "<slug>" in path else [path]


COMPARISONS = tuple(  # one of each kind
    f"{COMPARE_PATH}?{query}"
    for query in ("t=27,61", "partenaires=aract,aten", "dispositifs=emergence,adn", "porteurs=public,prive,associatif")
)
EVERY_PAGE = tuple(address for page in PAGES for address in _addresses(page.path))
OFF_MENU = (AGENDA_PATH, STANDARD_PATH)  # reached from other pages
STEERING = tuple(  # the pages whose figures follow the filters
    page.path
    for page in PAGES
    if (page.menu or page.path in OFF_MENU) and "dep" not in page.hidden_filters and page.path not in WITHOUT_FIGURES
)
