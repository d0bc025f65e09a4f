"""Outlines of the territories, for the maps: read from, and kept as, one small JSON file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

OUTLINES_FILE = Path(__file__).parent / "outlines.json"

Ring = tuple[tuple[float, float], ...]
"""(longitude, latitude) pairs in WGS 84 degrees; the last repeats the first. Counter-clockwise, holes clockwise."""

Rings = tuple[Ring, ...]
"""All rings of one territory: a polygon a part, each followed by its holes."""


@dataclass(frozen=True)
class Outlines:
    """Rings by territory code, one mapping a level; each source is the sentence shown under the map."""

    epci: Mapping[str, Rings]
    departement: Mapping[str, Rings]
    epci_source: str
    departement_source: str


def read_outlines(path: Path = OUTLINES_FILE) -> Outlines:
    """The outlines kept in a file written by `save_outlines`."""
    document = json.loads(path.read_text(encoding="utf-8"))
    return Outlines(
        epci=_rings_by_code(document["epci"]),
        departement=_rings_by_code(document["departement"]),
        epci_source=document["epci_source"],
        departement_source=document["departement_source"],
    )


def save_outlines(outlines: Outlines, path: Path) -> None:
    """Write one compact line of JSON; the same outlines always give the same bytes."""
    document = {
        "epci_source": outlines.epci_source,
        "departement_source": outlines.departement_source,
        "epci": outlines.epci,
        "departement": outlines.departement,
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _rings_by_code(rings_by_code: Mapping[str, list[list[list[float]]]]) -> dict[str, Rings]:
    return {
        code: tuple(tuple((longitude, latitude) for longitude, latitude in ring) for ring in rings)
        for code, rings in rings_by_code.items()
    }
