"""Addresses of the pages, from the site map: what is asked of one page is asked of all."""

from __future__ import annotations

from dashboard.pages import PAGES

SAMPLES = {"/territoires": ("normandie", "61", "200068799"), "/lieux": ("DEMO-07",), "/indicateurs": ("visites",)}
WITHOUT_FIGURES = ("/indicateurs",)  # the dictionary: definitions, the same under every filter


def _addresses(path: str) -> list[str]:
    base = path.partition("/<slug>")[0]
    return [path.replace("<slug>", slug) for slug in SAMPLES[base]] if "<slug>" in path else [path]


EVERY_PAGE = tuple(address for page in PAGES for address in _addresses(page.path))
STEERING = tuple(  # the pages of the menu whose figures follow the filters
    page.path for page in PAGES if page.menu and "dep" not in page.hidden_filters and page.path not in WITHOUT_FIGURES
)
