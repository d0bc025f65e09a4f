"""Demonstration data: ordinary input files about fictitious places, written by `python -m etl.demonstration`."""

from __future__ import annotations

from pathlib import Path

from data.sources import SOURCES

DEMO_FOLDER = Path(__file__).parent

# Ordinary input files of the loader, in the order in which they must be loaded. Open formats have none.
DEMO_FILES: tuple[Path, ...] = tuple(
    path for source in SOURCES if (path := DEMO_FOLDER / f"{source.name}.csv").is_file()
)
