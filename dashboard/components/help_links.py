"""The links of help in the footer: what is new, the tour, a problem to report (assets/help.js)."""

from __future__ import annotations

from urllib.parse import quote

from dashboard import ids
from dashboard.components.page import filtered_href
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.requests.page_request import PageRequest
from dashboard.urls import PROBLEM_PATH, VIEW_PARAMETER, WHATS_NEW_PATH
from data.queries.options import read_active_loads


def help_links(page_request: PageRequest) -> Element:
    """Links that also work without a script, where the footer is that of the page shown; the tour needs one."""
    _number, latest, _loaded_at = read_active_loads(page_request.connection)
    view = filtered_href(page_request.path, page_request.selection.to_query())
    links = (
        tags.A("Quoi de neuf", href=WHATS_NEW_PATH, id=ids.WHATS_NEW, data_load=str(latest or 0)),
        tags.Button("Visite guidée", type="button", id=ids.TOUR_START, className="needs-help"),
        tags.A(
            "Signaler un problème",
            href=f"{PROBLEM_PATH}?{VIEW_PARAMETER}={quote(view, safe='')}",
            id=ids.REPORT_PROBLEM,
        ),
    )
    return tags.Ul([tags.Li(link) for link in links], className="footer-links")
