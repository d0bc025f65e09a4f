"""The text of a JSON file → its objects, one after the other: never all of them in memory.

A list of objects, an object that holds one (`records`, `data`, `features`…), or one object a line (NDJSON).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from etl.files.model import UnreadableFile

# Lists that answers of Opendatasoft and other catalogues hold beside that of their rows.
_BESIDE = frozenset({"links", "facets", "facet_groups", "errors", "warnings"})
_SPACE = re.compile(r"[ \t\n\r]*")


@dataclass(frozen=True)
class Items:
    """Where the objects are in the text: in a list that opens at `start`, or one after the other (`loose`)."""

    text: str
    start: int
    loose: bool

    def __iter__(self) -> Iterator[dict[str, object]]:
        """The objects. Raises UnreadableFile where the text is no JSON, or an item no object."""
        scan = _Scan(self.text, self.start)
        for number, item in enumerate(scan.loose() if self.loose else scan.listed(), 1):
            if not isinstance(item, dict):
                raise UnreadableFile("cet élément n’est pas un objet {…} avec le nom de chaque colonne.", line=number)
            yield item


def find_items(text: str) -> Items:
    """Raises UnreadableFile when the text is no JSON, or when it is not obvious which list is the table."""
    scan = _Scan(text, 0)
    if scan.peek() == "[":
        items = Items(text, scan.at, loose=False)
        for _ in scan.listed():
            pass
    else:
        lists = [(name, opening) for name, opening in scan.lists() if name not in _BESIDE]
        if len(lists) > 1 and not scan.peek():
            names = ", ".join(f"«\u202f{name}\u202f»" for name, _ in lists)
            raise UnreadableFile(f"le JSON contient plusieurs listes ({names})\u202f: n’en gardez qu’une.")
        if lists and not scan.peek():
            return Items(text, lists[0][1], loose=False)
        items = Items(text, 0, loose=True)
        for _ in scan.loose():
            pass
    if scan.peek():
        raise UnreadableFile("du texte suit la fin du JSON\u202f: le fichier est abîmé.", line=scan.line())
    return items


class _Scan:
    """A place in the text, and what can be read from there."""

    def __init__(self, text: str, at: int) -> None:
        self.text, self.at = text, at
        self.decoder = json.JSONDecoder(
            object_pairs_hook=_object, parse_float=DecimalNumber, parse_int=str, parse_constant=_not_a_number
        )

    def peek(self) -> str:
        """The next character that is no space; empty at the end."""
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def line(self) -> int:
        """The physical line of the place, for messages about the file itself."""
        return self.text.count("\n", 0, self.at) + 1

    def value(self) -> object:
        """The value that starts here; the place is then after it."""
        self.peek()
        try:
            value, self.at = self.decoder.raw_decode(self.text, self.at)
        except json.JSONDecodeError as error:
            raise UnreadableFile(
                "le JSON est illisible à partir d’ici\u202f: fichier coupé ou mal formé.", line=error.lineno
            ) from error
        except RecursionError as error:
            raise UnreadableFile("le JSON imbrique trop de niveaux\u202f: ce n’est pas un tableau.") from error
        return value

    def expect(self, allowed: str) -> str:
        """Steps over one of the allowed characters."""
        found = self.peek()
        if not found or found not in allowed:
            raise UnreadableFile(
                "le JSON est illisible à partir d’ici\u202f: fichier coupé ou mal formé.", line=self.line()
            )
        self.at += 1
        return found

    def listed(self) -> Iterator[object]:
        """The items of the list that opens here."""
        self.expect("[")
        if self.peek() == "]":
            self.at += 1
            return
        while True:
            yield self.value()
            if self.expect(",]") == "]":
                return

    def loose(self) -> Iterator[object]:
        """Values one after the other, up to the end."""
        while self.peek():
            yield self.value()

    def lists(self) -> Iterator[tuple[str, int]]:
        """The members of the object that opens here which are lists of objects: their name and where they open."""
        self.expect("{")
        if self.peek() == "}":
            self.at += 1
            return
        while True:
            name = self.value()
            self.expect(":")
            opening = self._opens_objects()
            if opening is None:
                self.value()
            else:
                yield str(name), opening
                self.at = opening
                for _ in self.listed():
                    pass
            if self.expect(",}") == "}":
                return

    def _opens_objects(self) -> int | None:
        if self.peek() != "[":
            return None
        opening = self.at
        self.at += 1
        first = self.peek()
        self.at = opening
        return opening if first == "{" else None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise UnreadableFile(f"le nom «\u202f{twice[:80]}\u202f» est donné deux fois dans le même objet JSON.")
    return found


class DecimalNumber(str):
    """A number with a fraction, as it is written in the file; a JSON string stays a plain `str`."""

    __slots__ = ()


def _not_a_number(word: str) -> object:
    raise UnreadableFile(f"«\u202f{word}\u202f» n’est pas une valeur JSON\u202f: laissez la valeur vide (null).")
