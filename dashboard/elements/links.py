"""Links made from data: only addresses that cannot run anything."""

from __future__ import annotations

from urllib.parse import urlsplit


def safe_href(text: str | None) -> str | None:
    """The address when it is http, https, mailto or a path of this site, else None.

    Control characters and backslashes are refused: browsers drop or turn them, and `java\\nscript:` becomes live.
    """
    if not text or any(letter <= " " or letter in "\\\x7f" for letter in text):
        return None
    if text.startswith("/"):
        return None if text.startswith("//") else text
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if parts.scheme in ("http", "https"):
        return text if parts.hostname else None
    return text if parts.scheme == "mailto" and parts.path else None
