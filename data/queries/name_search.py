"""How a typed text finds names: exactly, as their beginning, or by the beginnings of their words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from data.i18n import search_key

Named = TypeVar("Named")

MAX_SEARCHED_LETTERS = 80  # of a typed text; the rest is cut
MAX_MATCHES = 2_000  # names looked at for one text, best first: « commune » begins half of the beneficiaries
EXACT, BEGINS, WORDS = range(3)  # ranks of a match


def name_key(text: str) -> str:
    """'Le Nid (Saint-Lô)' -> 'le nid saint lo': the words of a search key (data.i18n), without punctuation."""
    return " ".join(re.findall(r"\w+", search_key(text)))


def name_keys(text: str) -> tuple[str, ...]:
    """The keys of a name, and what people write without its spaces: 'Saint-Lô' -> 'saint lo', 'saintlo', 'stlo'."""
    key = name_key(text)
    joined = (key.replace(" ", ""), re.sub(r"\bsaint(e?)\b", r"st\1", key).replace(" ", ""))
    return tuple(dict.fromkeys(filter(None, (key, *joined))))


@dataclass(frozen=True)
class Name(Generic[Named]):
    """One way to name a target; `other` is the name shown beside the target's own (empty: it is its own). Of names that
    match a text as well, the lowest `order` comes first, then the largest `weight`.
    """

    key: str
    target: Named
    other: str = ""
    order: int = 0
    weight: int = 0


@dataclass(frozen=True)
class Match(Generic[Named]):
    """A name that answers a text: how well (EXACT, BEGINS or WORDS), and the name."""

    rank: int
    name: Name[Named]

    @property
    def sort_key(self) -> tuple[int, int, int, str]:
        """Best first."""
        return (self.rank, self.name.order, -self.name.weight, self.name.key)


class NameIndex(Generic[Named]):
    """Names to be found while they are typed.

    All keys stand in one text, one a line, so that a search scans it in C: a list of 200 000 names takes milliseconds
    and needs no index of its words.
    """

    def __init__(self, names: Iterable[Name[Named]]) -> None:
        self._names = tuple(name for name in names if name.key)
        self._text = "".join(f"\n {name.key}" for name in self._names) + "\n"
        self._starts: list[int] = []
        start = 0
        for name in self._names:
            self._starts.append(start)
            start += len(name.key) + 2

    def find(self, key: str) -> list[Match[Named]]:
        """The targets that answer a key (`name_key`), each once by its best name, best first."""
        best: dict[Named, Match[Named]] = {}
        for name in self._candidates(key):
            rank = match_rank(name.key, key)
            if rank is None:
                continue
            match, former = Match(rank, name), best.get(name.target)
            if former is None or match.sort_key < former.sort_key:
                best[name.target] = match
        return sorted(best.values(), key=lambda match: match.sort_key)

    def _candidates(self, key: str) -> Iterator[Name[Named]]:
        """Names that may match: those that begin with the key, then those with a word that begins with its longest."""
        words = key.split()
        if not words:
            return
        seen: set[int] = set()
        for pattern in (f"\n {key}", f" {max(words, key=len)}"):
            at = self._text.find(pattern)
            while at >= 0 and len(seen) < MAX_MATCHES:
                index = bisect_right(self._starts, at) - 1
                if index not in seen:
                    seen.add(index)
                    yield self._names[index]
                at = self._text.find(pattern, self._starts[index] + len(self._names[index].key) + 2)


def match_rank(name: str, key: str) -> int | None:
    """How well the key of a name answers a typed key; None when it does not."""
    if name == key:
        return EXACT
    if name.startswith(key):
        return BEGINS
    padded = f" {name}"
    return WORDS if all(f" {word}" in padded for word in key.split()) else None
