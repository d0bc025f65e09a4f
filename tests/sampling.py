"""Which of many cases a test takes: a part that is fixed, and that no other case changes."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence


def turn_of(name: str, every: int) -> int:
    """From 0 to `every` - 1, by the name alone: cases that come and go leave the turns of the others as they are."""
    return zlib.crc32(name.encode()) % every


def in_turn(name: str, queries: Sequence[str], every: int) -> Iterator[str]:
    """The first query and one in `every` of the others, from one to the next by the turn of `name`."""
    turn = turn_of(name, every)
    return (query for at, query in enumerate(queries) if at == 0 or at % every == turn)
