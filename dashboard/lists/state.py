"""The state of a list (order, page, rows per page, searched text) in the query of an address (`tri-dossiers=-day`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from dashboard.lists.model import PAGE_SIZES, Listing
from data.i18n import NARROW
from data.selection import MAX_ECHO_LENGTH, MAX_QUERY_LENGTH

SORT_PARAMETER, PAGE_PARAMETER, SIZE_PARAMETER, SEARCH_PARAMETER = "tri", "page", "lignes", "q"
WHOLE_LIST = "toutes"  # as page: all rows on one page, to be printed
MAX_TEXT = 100
MAX_PAGE_DIGITS = 7

Parameters = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ListState:
    """`sort` is a column, with `-` before it for descending; `page` counts from 1, of `per_page` rows; `is_whole`: all
    rows on one page; `notices` name the invalid choices.
    """

    sort: str
    per_page: int = PAGE_SIZES[0]
    page: int = 1
    text: str = ""
    is_whole: bool = False
    notices: tuple[str, ...] = ()

    @property
    def column(self) -> str:
        """The column of the sort."""
        return self.sort.removeprefix("-")

    @property
    def descending(self) -> bool:
        return self.sort.startswith("-")


def read_list_state(listing: Listing, query: str) -> ListState:
    """The state of a list in a query; an invalid choice is dropped and gives a notice."""
    parameters = dict(reversed(list_parameters(query, (listing.slug,))))  # the first value of a parameter wins
    sort, page, size, text = (
        parameters.get(f"{name}-{listing.slug}", "")
        for name in (SORT_PARAMETER, PAGE_PARAMETER, SIZE_PARAMETER, SEARCH_PARAMETER)
    )
    sorts = {column.name for column in listing.screen_columns}
    is_known_sort = sort.removeprefix("-") in sorts
    is_known_page = page.isascii() and page.isdigit() and len(page) <= MAX_PAGE_DIGITS and int(page) > 0
    is_whole = page == WHOLE_LIST
    is_known_size = size in map(str, PAGE_SIZES)
    notices = [
        *([_ignored_notice("tri", sort)] if sort and not is_known_sort else []),
        *([_ignored_notice("page", page)] if page and not (is_known_page or is_whole) else []),
        *([_ignored_notice("lignes par page", size)] if size and not is_known_size else []),
    ]
    return ListState(
        sort=sort if is_known_sort else listing.order,
        per_page=int(size) if is_known_size else listing.per_page,
        page=int(page) if is_known_page else 1,
        text=_normalised_text(text) if listing.search else "",
        is_whole=is_whole,
        notices=tuple(notices),
    )


def _normalised_text(text: str) -> str:
    """The text without surplus spaces, nor the NUL character that PostgreSQL refuses."""
    return " ".join(text.replace("\0", " ").split())[:MAX_TEXT]


def _ignored_notice(parameter: str, text: str) -> str:
    excerpt = text if len(text) <= MAX_ECHO_LENGTH else f"{text[:MAX_ECHO_LENGTH]}…"
    return f"Le choix «{NARROW}{excerpt}{NARROW}» ({parameter}) n’existe pas{NARROW}: il a été ignoré."


def is_list_parameter(name: str, slugs: Collection[str]) -> bool:
    """Whether a parameter of an address belongs to one of these lists."""
    part, _dash, slug = name.partition("-")
    return part in (SORT_PARAMETER, PAGE_PARAMETER, SIZE_PARAMETER, SEARCH_PARAMETER) and slug in slugs


def list_parameters(query: str, slugs: Collection[str]) -> Parameters:
    """The parameters of a query that belong to these lists, in its order."""
    parameters = parse_qsl(query.lstrip("?")[:MAX_QUERY_LENGTH])
    return tuple((name, value) for name, value in parameters if is_list_parameter(name, slugs))


def without_page_numbers(parameters: Parameters) -> Parameters:
    """The parameters kept after a change of filters: sort, rows per page and search; the page returns to the first."""
    return _without(parameters, PAGE_PARAMETER)


def without_pages(parameters: Parameters) -> Parameters:
    """The parameters that concern the whole list, on paper or in a file: sort and search."""
    return _without(parameters, PAGE_PARAMETER, SIZE_PARAMETER)


def _without(parameters: Parameters, *parts: str) -> Parameters:
    return tuple((name, value) for name, value in parameters if name.partition("-")[0] not in parts)


def replace_parameters(parameters: Parameters, changes: Mapping[str, str]) -> Parameters:
    """The parameters with some replaced; an empty value removes one."""
    unchanged = [(name, value) for name, value in parameters if name not in changes]
    return (*unchanged, *((name, value) for name, value in changes.items() if value))


def write_query(filters: str, parameters: Parameters) -> str:
    """A query: the canonical query of the filters, then the parameters of lists."""
    return "&".join(part for part in (filters, urlencode(parameters, safe=",")) if part)
