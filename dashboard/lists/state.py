"""How a list is read: its order, page and searched text, which the address says (`tri-dossiers=-day`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from dashboard.lists.model import Listing
from data.i18n import NARROW
from data.selection import MAX_ECHO_LENGTH, MAX_QUERY_LENGTH

SORT_PARAMETER, PAGE_PARAMETER, SEARCH_PARAMETER = "tri", "page", "q"
MAX_TEXT = 100
MAX_PAGE_DIGITS = 7

Parameters = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ListState:
    """`sort` is a column, `-` before it for descending; `page` counts from 1; `notices` says what was no choice."""

    sort: str
    page: int = 1
    text: str = ""
    notices: tuple[str, ...] = ()

    @property
    def column(self) -> str:
        """The column by which it is sorted."""
        return self.sort.removeprefix("-")

    @property
    def descending(self) -> bool:
        """Whether the largest or latest comes first."""
        return self.sort.startswith("-")


def read_list_state(listing: Listing, query: str) -> ListState:
    """The state that a query gives to a list; what is no choice is dropped and told."""
    given = dict(reversed(list_parameters(query, (listing.slug,))))  # the first of each counts
    sort, page = given.get(f"{SORT_PARAMETER}-{listing.slug}", ""), given.get(f"{PAGE_PARAMETER}-{listing.slug}", "")
    sorts = {column.name for column in listing.screen_columns}
    known_sort = sort.removeprefix("-") in sorts
    known_page = page.isascii() and page.isdigit() and len(page) <= MAX_PAGE_DIGITS and int(page) > 0
    ignored = [
        *([_ignored_notice("tri", sort)] if sort and not known_sort else []),
        *([_ignored_notice("page", page)] if page and not known_page else []),
    ]
    return ListState(
        sort=sort if known_sort else listing.order,
        page=int(page) if known_page else 1,
        text=_normalised_text(given.get(f"{SEARCH_PARAMETER}-{listing.slug}", "")) if listing.search else "",
        notices=tuple(ignored),
    )


def _normalised_text(text: str) -> str:
    """The text without surplus spaces, nor the letter that PostgreSQL refuses."""
    return " ".join(text.replace("\0", " ").split())[:MAX_TEXT]


def _ignored_notice(what: str, text: str) -> str:
    shown = text if len(text) <= MAX_ECHO_LENGTH else f"{text[:MAX_ECHO_LENGTH]}…"
    return f"Le choix «{NARROW}{shown}{NARROW}» ({what}) n’existe pas{NARROW}: il a été ignoré."


def is_list_parameter(name: str, slugs: Collection[str]) -> bool:
    """Whether a parameter of an address is that of a list."""
    part, _dash, slug = name.partition("-")
    return part in (SORT_PARAMETER, PAGE_PARAMETER, SEARCH_PARAMETER) and slug in slugs


def list_parameters(query: str, slugs: Collection[str]) -> Parameters:
    """The parameters of a query that are those of these lists, in its order."""
    given = parse_qsl(query.lstrip("?")[:MAX_QUERY_LENGTH])
    return tuple((name, value) for name, value in given if is_list_parameter(name, slugs))


def without_page_numbers(parameters: Parameters) -> Parameters:
    """What outlives a change of filters: sort and search; the page begins again."""
    return tuple((name, value) for name, value in parameters if not name.startswith(f"{PAGE_PARAMETER}-"))


def replace_parameters(parameters: Parameters, changes: Mapping[str, str]) -> Parameters:
    """The parameters with others in their place; an empty value takes one away."""
    kept = [(name, value) for name, value in parameters if name not in changes]
    return (*kept, *((name, value) for name, value in changes.items() if value))


def write_query(filters: str, parameters: Parameters) -> str:
    """A query: the canonical one of the filters, then what lists ask."""
    return "&".join(part for part in (filters, urlencode(parameters, safe=",")) if part)
