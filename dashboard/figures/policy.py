"""The configuration of every graph: no upload, no mode bar, French."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dashboard.figures.presets import PRESETS

_FRENCH = json.loads((Path(__file__).parents[1] / "locale" / "fr.json").read_text(encoding="utf-8"))

GRAPH_CONFIG: Any = {
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "displaylogo": False,
    "displayModeBar": False,
    "doubleClick": False,
    "scrollZoom": False,
    "responsive": False,  # assets/graphs.js follows the size of the boxes
    "locale": "fr",
    "locales": {"fr": _FRENCH},
    "presets": PRESETS,  # plotly ignores it: assets/figures.js expands figures with it
}
