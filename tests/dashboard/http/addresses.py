"""An address of every page, whatever its slug: what is asked of a page is asked of all."""

from __future__ import annotations

from dashboard.pages import PAGES

SAMPLES = {"/territoires": ("normandie", "61", "200068799"), "/lieux": ("DEMO-07",), "/indicateurs": ("visites",)}


def _addresses(path: str) -> list[str]:
    base = path.partition("/<slug>")[0]
    return [path.replace("<slug>", slug) for slug in SAMPLES[base]] if "<slug>" in path else [path]


EVERY_PAGE = tuple(address for page in PAGES for address in _addresses(page.path))
