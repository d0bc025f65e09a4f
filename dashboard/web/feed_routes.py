"""The feeds of the agenda: a calendar to subscribe to, and the news."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from flask import Flask, Response, request

from dashboard.components.agenda_feed import read_feed
from dashboard.exports import atom, calendar
from dashboard.exports.feed import Feed
from dashboard.requests.page_request import OpenRequest
from dashboard.urls import CALENDAR_PATH, NEWS_PATH
from dashboard.web.export_routes import request_query
from dashboard.web.heavy_responses import HeavyResponseLimit
from dashboard.web.prepared_exports import site_address


@dataclass(frozen=True)
class FeedRoute:
    """A feed: its path, and how it is written."""

    path: str
    content_type: str
    write: Callable[[Feed], bytes]


ROUTES = (
    FeedRoute(CALENDAR_PATH, calendar.CONTENT_TYPE, calendar.write_calendar),
    FeedRoute(NEWS_PATH, atom.CONTENT_TYPE, atom.write_atom),
)


def register(server: Flask, open_request: OpenRequest, limit: HeavyResponseLimit) -> None:
    """Add the address of each feed."""
    for route in ROUTES:
        server.add_url_rule(route.path, route.path, partial(send_feed, open_request, limit, route))


def send_feed(open_request: OpenRequest, limit: HeavyResponseLimit, route: FeedRoute) -> Response:
    """The feed of the filters of the address; 304 for a program that has these very bytes. Aborts with 503 when too
    many files are being prepared.
    """
    with limit.slot(), open_request(request.path, request_query()) as page_request:
        feed = read_feed(page_request, site_address(), route.path)
        body = route.write(feed)
    response = Response(body, content_type=route.content_type)
    response.add_etag()
    response.make_conditional(request)  # by the tag alone: a load that is rolled back makes the last change older
    response.last_modified = max((entry.updated for entry in feed.entries), default=None)
    response.cache_control.no_cache = True  # kept, and asked about each time
    return response
