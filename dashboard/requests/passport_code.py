"""The short code of an exported file: what it shows, its query, and what was known. Nothing is stored: it holds it all.

`K7Q2-9MXD-…` is base 32 without I, L, O and U (Crockford), so that it survives paper. Its bytes, example first:

    a1 b2 c3   which chart, list or indicator (hash of « chart/trajectoire »)
    0e         latest load, 14             (7 bits a byte, the highest bit: one more follows)
    0e         active loads, 14
    6f 31      mark of the time of that load (data.queries.knowledge)
    10 fb      day of the export, in days since 2015
    5d 0e 77   hash of the figures, as they are written
    2d 4e …    the query, deflated with a dictionary
    4c 19 be   checksum
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from data.queries.knowledge import MARK_BYTES, KnownState

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans("OIL", "011")
GROUP_LETTERS = 4
NAME_BYTES, FIGURES_BYTES, CHECK_BYTES, DAY_BYTES = 3, 3, 3, 2
FIRST_DAY = date(2015, 1, 1)
MAX_CODE_LETTERS = 1_600
MAX_QUERY_BYTES = 4_000
MAX_VARINT_BYTES = 5
UNWRITTEN = re.compile(rb"[\x00- \\\x7f]")  # in no query of ours: no address may have them
# Never changed: codes on paper need it. The most common parts come last.
DICTIONARY = (
    b"typologie=porteur=prive,public,associatif&partenaire=aract,aten&dispositif=emergence,services-numeriques&"
    b"unite=personnes&epci=2000,2461&dep=14,27,50,61,76&du=2019-01-01&au=2020-12-31&au=2026-06-30&au=202"
)


@dataclass(frozen=True)
class PassportCode:
    """What a code holds. `name` is the hash of what is shown (`name_hash`), `figures` that of its figures
    (`figures_hash`), `query` has its date.
    """

    name: bytes
    state: KnownState
    day: date
    figures: bytes
    query: str


def name_hash(name: str) -> bytes:
    """Of « chart/trajectoire »."""
    return _digest(name, NAME_BYTES)


def figures_hash(texts: Iterator[str]) -> bytes:
    """Of figures as they are written: other digits than those shown do not change it."""
    return _digest("\0".join(texts), FIGURES_BYTES)


def encode_passport(code: PassportCode) -> str:
    """The code as text, in groups of four letters."""
    days = (code.day - FIRST_DAY).days.to_bytes(DAY_BYTES, "big")
    numbers = _varint(code.state.load_id) + _varint(code.state.loads)
    content = code.name + numbers + code.state.mark + days + code.figures + _deflate(code.query)
    return _grouped(_to_letters(content + _check(content)))


def decode_passport(text: str) -> PassportCode | None:
    """What a code holds; None when it was never made, or badly copied. Case, spaces and hyphens do not matter."""
    letters = "".join(text.upper().split()).replace("-", "").translate(LOOKALIKES)
    content = _from_letters(letters) if 0 < len(letters) <= MAX_CODE_LETTERS else b""
    content, check = content[:-CHECK_BYTES], content[-CHECK_BYTES:]
    if not content or _check(content) != check:
        return None
    try:
        return _parse(content)
    except (ValueError, OverflowError, IndexError, zlib.error):
        return None


def _parse(content: bytes) -> PassportCode:
    name, rest = content[:NAME_BYTES], content[NAME_BYTES:]
    load_id, rest = _read_varint(rest)
    loads, rest = _read_varint(rest)
    fixed = MARK_BYTES + DAY_BYTES + FIGURES_BYTES
    if len(rest) < fixed:
        raise ValueError("too short")
    mark, rest = rest[:MARK_BYTES], rest[MARK_BYTES:]
    days, rest = int.from_bytes(rest[:DAY_BYTES], "big"), rest[DAY_BYTES:]
    figures, rest = rest[:FIGURES_BYTES], rest[FIGURES_BYTES:]
    day = FIRST_DAY + timedelta(days=days)
    return PassportCode(name, KnownState(load_id, loads, mark), day, figures, _inflate(rest))


def _digest(text: str, size: int) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:size]


def _check(content: bytes) -> bytes:
    return hashlib.sha256(b"passport 1" + content).digest()[:CHECK_BYTES]


def _varint(number: int) -> bytes:
    """300 -> ac 02: seven bits a byte, the lowest first."""
    low, high = number & 127, number >> 7
    return bytes([low | 128]) + _varint(high) if high else bytes([low])


def _read_varint(content: bytes) -> tuple[int, bytes]:
    number = 0
    for at in range(MAX_VARINT_BYTES):
        number |= (content[at] & 127) << (7 * at)
        if content[at] < 128:
            return number, content[at + 1 :]
    raise ValueError("too long")


def _deflate(query: str) -> bytes:
    if not query:
        return b""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=DICTIONARY)
    return packer.compress(query.encode()) + packer.flush()


def _inflate(content: bytes) -> str:
    if not content:
        return ""
    unpacker = zlib.decompressobj(-15, zdict=DICTIONARY)
    query = unpacker.decompress(content, MAX_QUERY_BYTES)
    if not unpacker.eof or UNWRITTEN.search(query):
        raise ValueError("too long, cut, or forged")
    return query.decode()


def _to_letters(content: bytes) -> str:
    """Five bits a letter; the last one is filled with zeros."""
    bits = len(content) * 8
    number = int.from_bytes(content, "big") << (-bits % 5)
    return "".join(ALPHABET[number >> shift & 31] for shift in range(bits + (-bits % 5) - 5, -1, -5))


def _from_letters(letters: str) -> bytes:
    """The bytes of letters; none when one is not of the alphabet."""
    if set(letters) - set(ALPHABET):
        return b""
    number = 0
    for letter in letters:
        number = number << 5 | ALPHABET.index(letter)
    spare = len(letters) * 5 % 8
    return (number >> spare).to_bytes(len(letters) * 5 // 8, "big")


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + GROUP_LETTERS] for at in range(0, len(letters), GROUP_LETTERS))
