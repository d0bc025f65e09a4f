"""A kind of result: how its things are found by name, and what is shown of each."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Connection

from dashboard.components.page import Site, filtered_href
from dashboard.components.territory_follow import FollowedTerritory
from dashboard.requests.page_request import PageRequest
from data.queries.name_search import MAX_MATCHES, MAX_SEARCHED_LETTERS, Match, NameIndex, name_key

Value = TypeVar("Value")


@dataclass(frozen=True)
class SearchRequest:
    """What a visitor typed (`typed_text`), on the snapshot of a request, among the pages of a site."""

    page_request: PageRequest
    site: Site
    text: str

    @cached_property
    def key(self) -> str:
        """The key of the text."""
        return name_key(self.text)

    def cached(self, name: str, read: Callable[[Connection], Value]) -> Value:
        """The value of that name, which only a load changes."""
        return self.page_request.load_cache(name, self.page_request.connection, read)

    def href(self, path: str) -> str:
        """A link to a page, or to a part of it after a `#`, that keeps the filters."""
        page, mark, anchor = path.partition("#")
        return filtered_href(page, self.page_request.selection.to_query()) + mark + anchor

    def sheet_href(self, path: str) -> str:
        """A link to the sheet of a territory, which keeps the other filters."""
        return filtered_href(path, self.page_request.selection.without_territory().to_query())


@dataclass(frozen=True)
class SearchResult:
    """One result: its name, what tells it from others, its address, and the territory to which it leads, if any."""

    label: str
    detail: str
    href: str
    territory: FollowedTerritory | None = None


@dataclass(frozen=True)
class SearchKind:
    """A kind of result, declared once: suggestions, page and API have it.

    `noun` names one and several; `names` gives the names by which its things are found; `result` what is shown of a
    match. `sources` are those without which nothing of the kind is known. `limit` is the most that `names` finds.
    `is_territory`: its results are territories of « Mon territoire ».
    """

    key: str
    noun: tuple[str, str]
    names: Callable[[SearchRequest], NameIndex[Any]]
    result: Callable[[SearchRequest, Match[Any]], SearchResult]
    sources: tuple[str, ...] = ()
    limit: int = MAX_MATCHES
    is_territory: bool = False


def typed_text(text: str) -> str:
    """A text as a visitor may have typed it: without control characters, which PostgreSQL refuses, nor surplus spaces,
    and cut to MAX_SEARCHED_LETTERS.
    """
    letters = text[: 4 * MAX_SEARCHED_LETTERS]
    plain = "".join(" " if unicodedata.category(letter).startswith("C") else letter for letter in letters)
    return " ".join(plain.split())[:MAX_SEARCHED_LETTERS].strip()
