"""« Partager »: the page that is shown, by the browser's own means, else its link is copied (assets/share.js)."""

from __future__ import annotations

from dashboard import ids
from dashboard.elements import tags
from dashboard.elements.tags import Element


def share_button() -> Element:
    """The button in the header; hidden until its script is there."""
    return tags.Button("Partager", type="button", id=ids.SHARE, className="share no-print")
