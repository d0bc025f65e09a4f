"""A report as people put it together: blocks in their order, written in an address or in a file."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args
from unicodedata import category
from urllib.parse import urlencode

from dashboard.urls import DRAFT_PARAMETER
from data.i18n import NARROW

MAX_BLOCKS = 60
MAX_TITLE_LETTERS, MAX_TEXT_LETTERS = 200, 4_000
MAX_DRAFT_BYTES = 64_000  # of a draft before it is compressed
MAX_ADDRESS_LETTERS = 3_000  # of a draft in an address: servers refuse longer ones

BlockKind = Literal["titre", "texte", "graphique", "indicateur", "liste", "fiche"]
UNWRITTEN = frozenset({"Cc", "Cs", "Cn"})  # categories of Unicode
REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # what follows is read backwards
TEXT_KINDS: frozenset[BlockKind] = frozenset({"titre", "texte"})


class DraftError(ValueError):
    """A draft that cannot be read; the message is one sentence of French."""


@dataclass(frozen=True)
class Block:
    """One block. `content`: the text of a `titre` or a `texte`, else the slug of a chart, an indicator, a list, or the
    code of a territory. `query`: the filters of a block that has figures.
    """

    kind: BlockKind
    content: str
    query: str = ""


@dataclass(frozen=True)
class Draft:
    """A report: its title and its blocks. It holds no figure: they are read again each time."""

    title: str
    blocks: tuple[Block, ...] = ()

    @property
    def shared_query(self) -> str:
        """The filters of all its figures; none when they differ."""
        queries = {one.query for one in self.blocks if one.kind not in TEXT_KINDS}
        return queries.pop() if len(queries) == 1 else ""

    def with_query(self, query: str) -> Draft:
        """The same report for other filters."""
        return replace(
            self, blocks=tuple(one if one.kind in TEXT_KINDS else replace(one, query=query) for one in self.blocks)
        )


def to_json(draft: Draft) -> str:
    """The file of a draft."""
    blocks = [[one.kind, one.content, one.query] if one.query else [one.kind, one.content] for one in draft.blocks]
    return json.dumps({"titre": draft.title, "blocs": blocks}, ensure_ascii=False)


def from_json(text: str | bytes) -> Draft:
    """The draft of a file. Raises DraftError."""
    if len(text) > MAX_DRAFT_BYTES:
        raise DraftError("Ce brouillon est trop long.")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise DraftError("Ce fichier n’est pas un brouillon de rapport.") from None
    if not isinstance(content, dict) or not isinstance(content.get("blocs"), list):
        raise DraftError("Ce fichier n’est pas un brouillon de rapport.")
    return Draft(_text(content.get("titre", ""), MAX_TITLE_LETTERS), tuple(_blocks(content["blocs"])))


def to_address(draft: Draft) -> str:
    """The text of a draft in an address: letters, digits, `-` and `_`."""
    packed = zlib.compress(to_json(draft).encode(), 9)
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode("ascii")


def from_address(text: str) -> Draft:
    """The draft of an address. Raises DraftError."""
    damaged = DraftError(f"L’adresse de ce rapport est incomplète ou abîmée{NARROW}: recopiez-la entière.")
    if not text.isascii() or len(text) > MAX_ADDRESS_LETTERS:
        raise damaged
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(packed, MAX_DRAFT_BYTES)
    except (binascii.Error, ValueError, zlib.error):
        raise damaged from None
    if not unpacker.eof:
        raise damaged
    return from_json(content)


def draft_query(draft: Draft) -> str:
    """The query of an address that holds a draft."""
    return urlencode({DRAFT_PARAMETER: to_address(draft)})


def _blocks(items: Iterable[Any]) -> Iterable[Block]:
    kinds: Mapping[str, BlockKind] = {kind: kind for kind in get_args(BlockKind)}
    for at, item in enumerate(items):
        if at >= MAX_BLOCKS:
            raise DraftError(f"Un rapport a {MAX_BLOCKS} blocs au plus.")
        if not isinstance(item, list) or not 2 <= len(item) <= 3 or item[0] not in kinds:
            raise DraftError("Ce brouillon contient un bloc inconnu.")
        yield Block(kinds[item[0]], *(_text(part, MAX_TEXT_LETTERS) for part in item[1:]))


def _text(value: Any, letters: int) -> str:
    """A text of characters that any file can hold, and that change no other text."""
    if not isinstance(value, str):
        raise DraftError("Ce brouillon contient un bloc inconnu.")
    return "".join(_kept(letter) for letter in value[:letters]).strip()


def _kept(letter: str) -> str:
    """A character as it is written: none for halves of pairs, unassigned ones and controls (a tab is a space)."""
    if letter == "\t":
        return " "
    return letter if letter == "\n" or (category(letter) not in UNWRITTEN and letter not in REORDERING) else ""
