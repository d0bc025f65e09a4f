"""The lists, in display order."""

from __future__ import annotations

from dashboard.lists import (
    agenda,
    agreements,
    aid,
    attendance,
    data,
    label,
    managers,
    partners,
    places,
    qvt_path,
    standard,
    territories,
)
from dashboard.lists.model import Listing
from dashboard.lists.proof import PROOF_SLUG

LISTS: tuple[Listing, ...] = (
    *label.LISTS,
    *standard.LISTS,
    *aid.LISTS,
    *agreements.LISTS,
    *partners.LISTS,
    *managers.LISTS,
    *qvt_path.LISTS,
    *agenda.LISTS,
    *attendance.LISTS,
    *territories.LISTS,
    *places.LISTS,
    *data.LISTS,
)


def list_named(slug: str) -> Listing | None:
    """The list of that slug, if any."""
    return next((listing for listing in LISTS if listing.slug == slug), None)


def list_slugs() -> frozenset[str]:
    """The slugs by which addresses name lists."""
    return frozenset({PROOF_SLUG, *(listing.slug for listing in LISTS)})


__all__ = ["LISTS", "Listing", "list_named", "list_slugs"]
