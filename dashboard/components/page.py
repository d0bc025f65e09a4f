"""Pages and their parts, and the search of a page by its path."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component
from sqlalchemy import Connection, Engine

from dashboard.charts.phrases import chosen_territory_text
from dashboard.components.reading_guide import Guide, with_reading_guide
from dashboard.elements.serializer import HtmlTree, tree_updates
from dashboard.elements.tags import Tree
from dashboard.requests.page_request import PageRequest
from dashboard.urls import normalise_path
from data.engine import reading
from data.i18n import NARROW, sentence_list
from data.model.indicators import Theme

BRAND = "Tiers-Lieux Normandie"


@dataclass(frozen=True)
class Part:
    """A piece of a page, drawn from a request. One that does not follow the filters is drawn once."""

    draw: Callable[[PageRequest], Tree]
    follows_filters: bool = True


@dataclass(frozen=True)
class Page:
    """One page of the site map: its parts, in order. `css_class` is its class in the style sheets, `guide` the three
    sentences that say how to read it (components/reading_guide.py).

    `path` may hold one `<slug>`: `accepts_slug` tells a valid slug (any other is a 404); `exists` asks the database,
    where only the database can tell. `title` gives the document's title, without the brand, from the slug. `themes`
    gives the themes of its facts from the slug: the filters of these themes are shown, except `hidden_filters`, whose
    choice the path fixes. `unknown_slug` is the French text of the 404 of another slug. `narrow` applies what the path
    fixes (a territory) to a request, before any part reads it.
    """

    path: str
    title: Callable[[str], str]
    parts: Sequence[Part]
    css_class: str
    guide: Guide
    menu: str | None = None
    accepts_slug: Callable[[str], bool] = lambda _slug: True
    themes: Callable[[str], tuple[Theme, ...]] = lambda _slug: ()
    hidden_filters: tuple[str, ...] = ()
    narrow: Callable[[PageRequest], PageRequest] = lambda page_request: page_request
    exists: Callable[[Connection, str], bool] | None = None
    unknown_slug: str | None = None

    def layout(self, page_request: PageRequest) -> Component:
        narrowed_request = self.narrow(page_request)
        query = narrowed_request.selection.to_query()
        trees = [
            HtmlTree(part_id(page_request.path, index), self._tree(part, narrowed_request), query)
            for index, part in enumerate(self.parts)
        ]
        return html.Div(trees, className=f"page {self.css_class}")

    def updates(self, page_request: PageRequest) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The updates of the parts after a change of filters, by component."""
        narrowed_request = self.narrow(page_request)
        for index, part in enumerate(self.parts):
            if part.follows_filters:
                yield from tree_updates(
                    part_id(page_request.path, index),
                    self._tree(part, narrowed_request),
                    narrowed_request.selection.to_query(),
                )

    def _tree(self, part: Part, page_request: PageRequest) -> Tree:
        """A part as drawn, with the guide in the one that has the headline."""
        return with_reading_guide(part.draw(page_request), self.guide)

    def slug(self, path: str) -> str | None:
        """The slug in a path of this page (empty when the page has none); None when the path is not of this page."""
        before, placeholder, after = self.path.partition("<slug>")
        if not placeholder:
            return "" if path == self.path else None
        slug = path[len(before) : len(path) - len(after)]  # may hold a slash, as identifiers do
        is_match = path.startswith(before) and path.endswith(after) and slug
        return slug if is_match and self.accepts_slug(slug) else None


Site = tuple[Page, ...]


def part_id(path: str, index: int) -> str:
    """The id of a part, unique to the page at this path, since a response may arrive after the visitor has left it."""
    name = re.sub(r"[^a-zA-Z0-9/-]", lambda match: f"_{ord(match[0]):x}_", normalise_path(path))
    return f"part-{index}-{name.replace('-', '--').replace('/', '-').strip('-')}"


def find_page(site: Site, path: str) -> tuple[Page, str] | None:
    """The page of a path and its slug; None is a 404."""
    candidates = ((page, page.slug(normalise_path(path))) for page in site)
    return next(((page, slug) for page, slug in candidates if slug is not None), None)


def unknown_slug_text(site: Site, path: str) -> str | None:
    """Why a path that looks like that of a page is none, where the page says so."""
    heads = ((page.path.partition("<slug>")[0], page.unknown_slug) for page in site if page.unknown_slug)
    return next((text for head, text in heads if normalise_path(path).startswith(head)), None)


def page_exists(engine: Engine, site: Site, path: str) -> bool:
    """Whether a path leads to an existing page, which may depend on the database."""
    page_and_slug = find_page(site, path)
    if page_and_slug is None or page_and_slug[0].exists is None:
        return page_and_slug is not None
    with reading(engine) as connection:
        return page_and_slug[0].exists(connection, page_and_slug[1])


def document_title(site: Site, path: str, territory: str = "") -> str:
    """The document's title: « Indicateurs – Tiers-Lieux Normandie »; `territory` is the text of the chosen
    territory.
    """
    page_and_slug = find_page(site, path)
    if page_and_slug is None:
        return f"Page introuvable – {BRAND}"
    page, slug = page_and_slug
    suffix = f" {territory}" if territory and "dep" not in page.hidden_filters else ""
    return f"{page.title(slug)}{suffix} – {BRAND}"


def page_title(site: Site, page_request: PageRequest) -> str:
    """The document's title for a request, with its territory, or with what it compares."""
    names = page_request.selection.compared_names(page_request.options)
    if names:
        return f"Comparer{NARROW}: {sentence_list(names)} – {BRAND}"
    return document_title(site, page_request.path, chosen_territory_text(page_request.selection, page_request.options))


def filtered_href(path: str, query: str) -> str:
    """A link to a page that keeps the filters."""
    return f"{path}?{query}" if query else path
