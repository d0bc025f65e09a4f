"""A page request: an address, its meaning, and the one snapshot on which it is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import parse_qsl

from sqlalchemy import Connection, Engine

from dashboard.lists import list_slugs
from dashboard.lists.state import Parameters, is_list_parameter, list_parameters
from dashboard.urls import DRAFT_PARAMETER, MONTH_PARAMETER
from data.engine import reading
from data.filters import FILTERS
from data.queries.knowledge import KnownState
from data.queries.options import LoadCache, read_filter_options
from data.queries.sources import Provenance, read_provenance
from data.selection import MAX_ECHO_LENGTH, MAX_QUERY_LENGTH, FilterOptions, Selection

PAGE_PARAMETERS = (DRAFT_PARAMETER, MONTH_PARAMETER)  # of one page each, beside those of its lists
KNOWN_PARAMETERS = frozenset({"du", "au", "par", *PAGE_PARAMETERS, *(one.key for one in FILTERS)})

Clock = Callable[[], date]
OpenRequest = Callable[[str, str], AbstractContextManager["PageRequest"]]  # path, query -> request on one snapshot


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

    @property
    def parameters(self) -> Parameters:
        """The parameters of the address that are no filters (`page_parameters`)."""
        return page_parameters(self.query)

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
        yield PageRequest(
            connection,
            options,
            selection,
            (*notices, *unknown_parameter_notices(query)),
            path,
            query,
            load_cache,
        )


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
    report, the month of the agenda.
    """
    own = ((name, query_parameter(query, name)) for name in PAGE_PARAMETERS)
    return (*list_parameters(query, list_slugs()), *((name, value) for name, value in own if value))


def query_parameter(query: str, name: str) -> str | None:
    """The first value of a parameter of a query, if it has one."""
    return next((value for key, value in parse_qsl(query.lstrip("?")[:MAX_QUERY_LENGTH]) if key == name), None)
