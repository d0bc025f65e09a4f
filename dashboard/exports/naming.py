"""What exported files are called."""

from __future__ import annotations

from datetime import date


def file_name(slug: str, day: date, extension: str, demonstration: bool = False) -> str:
    """'trajectoire', 31 December 2020, 'csv' -> 'tiers-lieux_trajectoire_2020-12-31.csv'; demonstration data say so."""
    nature = "_demonstration" if demonstration else ""
    return f"tiers-lieux_{slug}_{day.isoformat()}{nature}.{extension}"
