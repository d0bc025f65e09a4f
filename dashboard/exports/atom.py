"""The agenda and the news as an Atom feed (RFC 4287)."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from dashboard.exports.feed import Feed, FeedEntry, entry_id, plain_text

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
NAMESPACE = "http://www.w3.org/2005/Atom"
NOTHING_YET = datetime(1970, 1, 1)  # noqa: DTZ001  in UTC, as times of loads are: of a feed without entries


def write_atom(feed: Feed) -> bytes:
    """The entries of a feed; the same bytes for the same feed."""
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": "fr"})
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.subtitle)
    _add(root, "id", entry_id("feed", feed.address).urn)
    _add(root, "updated", _time(max((entry.updated for entry in feed.entries), default=NOTHING_YET)))
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.address})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    _add(SubElement(root, "author"), "name", "Tiers-Lieux Normandie")
    for entry in feed.entries:
        _add_entry(root, entry)
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _add_entry(root: Element, entry: FeedEntry) -> None:
    element = SubElement(root, "entry")
    _add(element, "title", entry.title)
    _add(element, "id", entry.entry_id.urn)
    _add(element, "updated", _time(entry.updated))
    SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": entry.link})
    SubElement(element, "category", {"term": plain_text(entry.category)})
    _add(element, "summary", entry.summary)


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = plain_text(text)


def _time(moment: datetime) -> str:
    return moment.replace(tzinfo=UTC, microsecond=0).isoformat().replace("+00:00", "Z")
