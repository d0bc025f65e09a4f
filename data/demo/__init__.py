"""Demonstration data: ordinary input files about fictitious places, written by `python -m etl.demonstration`."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent

# Ordinary input files of the loader, in the order in which they must be loaded.
DEMO_FILES: tuple[Path, ...] = tuple(
    FOLDER / f"{name}.csv"
    for name in (
        "targets",
        "envelopes",
        "sessions",
        "places",
        "labels",
        "aids",
        "aid-steps",
        "activities",
        "attendance",
        "mediation-places",
    )
)
