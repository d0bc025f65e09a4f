"""A feed as its writers see it: the agenda and the news, without a database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

_NAMESPACE = UUID("6f0f3a54-4f2c-5d9b-9a52-0c6f3c1f7a10")  # ours: the same thing has the same id in every feed
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # nor may a calendar hold them


@dataclass(frozen=True)
class FeedEntry:
    """One thing on a day. `entry_id` identifies it for good; `place` is where, in words; `link` an absolute address;
    `updated` the UTC time of the load that brought it. News are no `is_event`: they have happened, nobody goes there.
    """

    entry_id: UUID
    day: date
    title: str
    category: str
    summary: str
    place: str
    link: str
    updated: datetime
    is_event: bool = True


@dataclass(frozen=True)
class Feed:
    """What a feed holds, for one selection. `address` is its own absolute address, `page` that of the page; `entries`
    are the latest first.
    """

    title: str
    subtitle: str
    address: str
    page: str
    entries: tuple[FeedEntry, ...]


def entry_id(kind: str, code: str) -> UUID:
    """The identifier of a thing of some kind, the same in every feed and after every load."""
    return uuid5(_NAMESPACE, f"{kind}/{code}")


def plain_text(text: str) -> str:
    """The text without the characters that XML forbids."""
    return _NO_XML.sub("", text)
