"""What a page is, and what a request asks of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl

from dash import html
from dash.development.base_component import Component
from sqlalchemy import Connection, Engine

from dashboard.addresses import tidy
from dashboard.charts.words import narrowed_where
from dashboard.components.drawn import Drawn, told_of
from dashboard.components.tags import Tree
from dashboard.lists import list_slugs
from dashboard.lists.state import Parameters, is_list_parameter, list_parameters
from data.engine import reading
from data.queries.known import Kept, read_known
from data.queries.sources import Provenance, read_provenance
from data.selection import FILTERS, MAX_ECHO, MAX_QUERY, Known, Selection

BRAND = "Tiers-Lieux Normandie"
OWN_PARAMETERS = frozenset({"du", "au", "par", *(one.key for one in FILTERS)})

Clock = Callable[[], date]
Ask = Callable[[str, str], AbstractContextManager["Asked"]]  # path, query -> what is asked, on one snapshot


@dataclass(frozen=True)
class Asked:
    """One request: the address (`query` as the URL has it), what it means, and the one connection to answer it with.

    `kept` holds what only a load changes; `open_tables` are the charts whose table the reader looks at; `stands` is
    what the lists that the reader sees were asked (None: there are none yet).
    """

    connection: Connection
    known: Known
    selection: Selection
    notices: tuple[str, ...]
    path: str
    query: str
    kept: Kept
    open_tables: frozenset[str] = frozenset()
    stands: Parameters | None = None

    @property
    def lists(self) -> Parameters:
        """What the address asks of lists: their order, pages and searched texts."""
        return list_parameters(self.query, list_slugs())

    @cached_property
    def provenance(self) -> Provenance:
        """Where everything of the selection comes from, read once for a whole page."""
        return read_provenance(self.connection, self.selection)


@contextmanager
def asking(engine: Engine, clock: Clock, kept: Kept, path: str, query: str) -> Iterator[Asked]:
    """Open the snapshot on which the whole answer to an address is read."""
    with reading(engine) as connection:
        known = read_known(connection, clock(), kept)
        selection, notices = Selection.from_query(query, known)
        yield Asked(connection, known, selection, (*notices, *unknown_parameters(query)), path, query, kept)


def unknown_parameters(query: str) -> Iterator[str]:
    """A sentence for each parameter of a query that is not one of ours, once each."""
    names = dict.fromkeys(key for key, _value in parse_qsl(query.lstrip("?")[:MAX_QUERY], keep_blank_values=True))
    for name in names:
        if name not in OWN_PARAMETERS and not is_list_parameter(name, list_slugs()):
            shown = name if len(name) <= MAX_ECHO else f"{name[:MAX_ECHO]}…"
            yield f"Le paramètre «\u202f{shown}\u202f» de l’adresse n’est pas un filtre\u202f: il a été ignoré."


def parameter(query: str, name: str) -> str | None:
    """The first value of a parameter of a query, if it has one."""
    return next((value for key, value in parse_qsl(query.lstrip("?")[:MAX_QUERY]) if key == name), None)


@dataclass(frozen=True)
class Part:
    """A piece of a page: what it shows of what is asked. One that does not follow the filters is drawn once."""

    draw: Callable[[Asked], Tree]
    follows: bool = True


@dataclass(frozen=True)
class Page:
    """One page of the site map: parts, in order. `kind` is its class in the style sheet.

    `path` may hold one `<slug>`, which `knows` accepts or not (unknown: 404), and then `exists`, where only the
    database knows. `title` is the document's title without the brand, from the slug. `themes` are those of its facts,
    from the slug: they choose the filters shown, but for those that the page `hides`, since its path settles them.
    `narrow` turns what is asked into what its path settles (a territory), before any part reads it.
    """

    path: str
    title: Callable[[str], str]
    parts: Sequence[Part]
    kind: str
    menu: str | None = None
    knows: Callable[[str], bool] = lambda _slug: True
    themes: Callable[[str], tuple[str, ...]] = lambda _slug: ()
    hides: tuple[str, ...] = ()
    narrow: Callable[[Asked], Asked] = lambda asked: asked
    exists: Callable[[Connection, str], bool] | None = None

    def layout(self, asked: Asked) -> Component:
        """The page, drawn."""
        settled = self.narrow(asked)
        query = settled.selection.to_query()
        drawn = [Drawn(part_id(asked.path, at), part.draw(settled), query) for at, part in enumerate(self.parts)]
        return html.Div(drawn, className=f"page {self.kind}")

    def told(self, asked: Asked) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What a change of filters says, by component: the page stands and is not drawn again."""
        settled = self.narrow(asked)
        for at, part in enumerate(self.parts):
            if part.follows:
                yield from told_of(part_id(asked.path, at), part.draw(settled), settled.selection.to_query())

    def slug(self, path: str) -> str | None:
        """The slug in a path of this page (empty when the page has none), or None when the path is not of this page."""
        before, mark, after = self.path.partition("<slug>")
        if not mark:
            return "" if path == self.path else None
        slug = path[len(before) : len(path) - len(after)]  # which may hold a slash: identifiers do
        fits = path.startswith(before) and path.endswith(after) and slug
        return slug if fits and self.knows(slug) else None


Site = tuple[Page, ...]


def part_id(path: str, at: int) -> str:
    """The id of a part of the page at a path: of no other, since an answer may come when the visitor has left."""
    name = re.sub(r"[^a-zA-Z0-9/-]", lambda found: f"_{ord(found[0]):x}_", tidy(path))
    return f"part-{at}-{name.replace('-', '--').replace('/', '-').strip('-')}"


def find_page(site: Site, path: str) -> tuple[Page, str] | None:
    """The page of a path and its slug; None is a 404."""
    found = ((page, page.slug(tidy(path))) for page in site)
    return next(((page, slug) for page, slug in found if slug is not None), None)


def is_there(engine: Engine, site: Site, path: str) -> bool:
    """Whether a path of the site leads to something that exists."""
    found = find_page(site, path)
    if found is None or found[0].exists is None:
        return found is not None
    with reading(engine) as connection:
        return found[0].exists(connection, found[1])


def document_title(site: Site, path: str, where: str = "") -> str:
    """The document's title: « Indicateurs – Tiers-Lieux Normandie »; `where` is the territory that filters choose."""
    found = find_page(site, path)
    if found is None:
        return f"Page introuvable – {BRAND}"
    page, slug = found
    place = f" {where}" if where and "dep" not in page.hides else ""
    return f"{page.title(slug)}{place} – {BRAND}"


def title_of(site: Site, asked: Asked) -> str:
    """The document's title for what is asked, with its territory."""
    return document_title(site, asked.path, narrowed_where(asked.selection, asked.known))


def address(path: str, query: str) -> str:
    """A link to a page that keeps the filters."""
    return f"{path}?{query}" if query else path
