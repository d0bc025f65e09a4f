"""The message after a click on a button that only the browser knows (assets/message.js)."""

from __future__ import annotations

from dashboard import ids
from dashboard.elements import tags
from dashboard.elements.serializer import HtmlTree
from dashboard.elements.tags import Element, Slot


def click_message() -> Element:
    """Empty until the first click; screen readers hear it."""
    return tags.Div(Slot(ids.MESSAGE, lambda: HtmlTree(ids.MESSAGE, None)), role="status", className="message no-print")
