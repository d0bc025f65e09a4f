"""The sources, in the order in which files given together are loaded."""

from __future__ import annotations

from data.sources.aids import AIDS, REGION_SIREN
from data.sources.attendance import ATTENDANCE
from data.sources.model import Choice, Column, Source, fold_header
from data.sources.places import LABELS, PLACES
from data.sources.policy import PARTNERS, SCHEMES, TARGETS
from data.sources.scdl import AIDS_SCDL

SOURCES: tuple[Source, ...] = (SCHEMES, PARTNERS, TARGETS, PLACES, LABELS, AIDS, AIDS_SCDL, ATTENDANCE)


def source_named(name: str) -> Source:
    """The source of that name. Raises KeyError."""
    return next((source for source in SOURCES if source.name == name), None) or _unknown(name)


def _unknown(name: str) -> Source:
    raise KeyError(f"no source is called {name}")


__all__ = ["REGION_SIREN", "SOURCES", "Choice", "Column", "Source", "fold_header", "source_named"]
