"""The agenda as an iCalendar file (RFC 5545), to which a calendar subscribes."""

from __future__ import annotations

from datetime import UTC, timedelta

from icalendar import Calendar, Event, vText

from dashboard.exports.feed import Feed, FeedEntry, plain_text

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Tiers-Lieux Normandie//Agenda//FR"
REFRESH = timedelta(days=1)  # how often a calendar comes back


def write_calendar(feed: Feed) -> bytes:
    """The events of a feed, each on its whole day; the same bytes for the same feed."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):  # the standard's, and the one that calendars read
        calendar.add(name, vText(plain_text(feed.title)))
    for name in ("description", "x-wr-caldesc"):
        calendar.add(name, vText(plain_text(feed.subtitle)))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for entry in feed.entries:
        if entry.is_event:
            calendar.add_component(_event(entry))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: FeedEntry) -> Event:
    event, updated = Event(), entry.updated.replace(tzinfo=UTC, microsecond=0)
    event.add("uid", str(entry.entry_id))
    event.add("dtstamp", updated)
    event.add("last-modified", updated)
    event.add("dtstart", entry.day)  # a date: the whole day
    event.add("summary", plain_text(entry.title))
    event.add("location", plain_text(entry.place))
    event.add("description", plain_text(entry.summary))
    event.add("categories", [entry.category])
    event.add("url", entry.link)
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    return event
