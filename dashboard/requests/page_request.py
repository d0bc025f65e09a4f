"""A page request: an address, its meaning, and the one snapshot on which it is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from urllib.parse import parse_qsl

from sqlalchemy import Connection, Engine

from dashboard.lists import list_slugs
from dashboard.lists.state import Parameters, is_list_parameter, list_parameters
from dashboard.requests.finder_query import FINDER_PATHS, FinderQuery, read_finder_query
from dashboard.requests.qvt_form import QVT_PARAMETERS, qvt_parameters
from dashboard.urls import (
    COMMUNE_PARAMETER,
    COMPARE_PATH,
    DRAFT_PARAMETER,
    EXPORTS_PATH,
    MONTH_PARAMETER,
    SERVICES_PARAMETER,
    SINCE_LOAD_PARAMETER,
    TEXT_PARAMETER,
    TOWN_PARAMETER,
    VIEW_PARAMETER,
    normalise_path,
)
from data.engine import reading
from data.filters import FILTERS
from data.queries.knowledge import KnownState
from data.queries.options import LoadCache, read_filter_options
from data.queries.sources import Provenance, read_provenance
from data.selection import (
    ANNOTATIONS_KEY,
    COMPARISON_KINDS,
    MAX_ECHO_LENGTH,
    MAX_QUERY_LENGTH,
    FilterOptions,
    Selection,
)

PAGE_PARAMETERS = (  # of one page each, beside those of its lists
    DRAFT_PARAMETER,
    MONTH_PARAMETER,
    COMMUNE_PARAMETER,
    TOWN_PARAMETER,
    SERVICES_PARAMETER,
    TEXT_PARAMETER,
    SINCE_LOAD_PARAMETER,
    VIEW_PARAMETER,
)
COMPARISON_PARAMETERS = tuple(kind.key for kind in COMPARISON_KINDS)  # of the selection, on the page that compares
KNOWN_PARAMETERS = frozenset(
    {
        *("du", "au", "par", ANNOTATIONS_KEY),
        *PAGE_PARAMETERS,
        *COMPARISON_PARAMETERS,
        *QVT_PARAMETERS,
        *(one.key for one in FILTERS),
    }
)

Clock = Callable[[], date]
OpenRequest = Callable[[str, str], AbstractContextManager["PageRequest"]]  # path, query -> request on one snapshot


@dataclass(frozen=True)
class Installation:
    """What one installation has of its own: the public address without a path (empty: not known), the Région's file of
    slides, the origins of the sites that may embed the map, and the address to which problems are reported (empty:
    none).
    """

    public_url: str = ""
    report_template: bytes | None = None
    embed_origins: tuple[str, ...] = ()
    contact_email: str = ""

    def attach_to(self, open_request: OpenRequest) -> OpenRequest:
        """Requests that know their installation."""

        @contextmanager
        def open_installed(path: str, query: str) -> Iterator[PageRequest]:
            with open_request(path, query) as page_request:
                yield replace(page_request, installation=self)

        return open_installed


DEFAULT_INSTALLATION = Installation()  # without settings


class PastUnavailableError(Exception):
    """A past state cannot be read; the message, in French, is the reason."""


OpenPast = Callable[[KnownState, date, str], AbstractContextManager["PageRequest"]]  # state, today, query


@dataclass(frozen=True)
class PageRequest:
    """One request: the address (`query` as in the URL), its meaning, and the one connection to answer it with.

    `load_cache` holds what only a load changes; `open_tables` are the slugs of the charts with an open table;
    `shown_parameters` are the `parameters` of the page that the browser shows (None: none yet). `open_past` opens the
    same request on the database as it was known in a former state; it raises PastUnavailableError.
    """

    connection: Connection
    options: FilterOptions
    selection: Selection
    notices: tuple[str, ...]
    path: str
    query: str
    load_cache: LoadCache
    open_tables: frozenset[str] = frozenset()
    shown_parameters: Parameters | None = None
    open_past: OpenPast | None = None
    installation: Installation = DEFAULT_INSTALLATION

    @property
    def parameters(self) -> Parameters:
        """The parameters of the address that are no filters (`page_parameters`)."""
        return page_parameters(self.query)

    @cached_property
    def finder(self) -> FinderQuery | None:
        """What the address asks of the finder; None on other pages."""
        return read_finder_query(self.query) if normalise_path(self.path) in FINDER_PATHS else None

    @cached_property
    def provenance(self) -> Provenance:
        """The provenance of the selection, read once for a whole page."""
        return read_provenance(self.connection, self.selection)


@contextmanager
def open_request(engine: Engine, clock: Clock, load_cache: LoadCache, path: str, query: str) -> Iterator[PageRequest]:
    """Open the snapshot on which the whole response to an address is read."""
    with reading(engine) as connection:
        options = read_filter_options(connection, clock(), load_cache)
        selection, notices = Selection.from_query(query, options)
        if not may_compare(path):
            selection = selection.without_comparison()
        page_request = PageRequest(connection, options, selection, notices, path, query, load_cache)
        finder_notices = page_request.finder.notices if page_request.finder else ()
        yield replace(page_request, notices=(*notices, *unknown_parameter_notices(query), *finder_notices))


def may_compare(path: str) -> bool:
    """Whether an address may compare: that of the page, and those of files, which its charts have too."""
    return normalise_path(path) == COMPARE_PATH or path.startswith(EXPORTS_PATH)


def unknown_parameter_notices(query: str) -> Iterator[str]:
    """A notice for each parameter of a query that the application does not have, without duplicates."""
    names = dict.fromkeys(
        key for key, _value in parse_qsl(query.lstrip("?")[:MAX_QUERY_LENGTH], keep_blank_values=True)
    )
    for name in names:
        if name not in KNOWN_PARAMETERS and not is_list_parameter(name, list_slugs()):
            excerpt = name if len(name) <= MAX_ECHO_LENGTH else f"{name[:MAX_ECHO_LENGTH]}…"
            yield f"Le paramètre «\u202f{excerpt}\u202f» de l’adresse n’est pas un filtre\u202f: il a été ignoré."


def page_parameters(query: str) -> Parameters:
    """The parameters of a query that are no filters: those of lists (order, page and searched text), the draft of a
    report, the month of the agenda, the commune and the services of the finder, the text of
    the search, the form of suggestions.
    """
    own = ((name, query_parameter(query, name)) for name in PAGE_PARAMETERS)
    return (
        *list_parameters(query, list_slugs()),
        *((name, value) for name, value in own if value),
        *qvt_parameters(query),
    )


def query_parameter(query: str, name: str) -> str | None:
    """The first value of a parameter of a query, if it has one."""
    return next((value for key, value in parse_qsl(query.lstrip("?")[:MAX_QUERY_LENGTH]) if key == name), None)
