"""The lists, in display order."""

from __future__ import annotations

from dashboard.lists.model import Listing

LISTS: tuple[Listing, ...] = ()


def list_named(slug: str) -> Listing | None:
    """The list of that slug, if any."""
    return next((one for one in LISTS if one.slug == slug), None)


__all__ = ["LISTS", "Listing", "list_named"]
