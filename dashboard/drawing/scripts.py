"""What the drawing process runs: plotly, as pages have it, with the part of a browser that it needs (`js/`)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
DASHBOARD = HERE.parent
ASSETS = DASHBOARD / "assets"
FRENCH = DASHBOARD / "locale" / "fr.json"
WIDTHS = HERE / "fonts" / "widths.json"


def plotly_script(assets: Path = ASSETS) -> Path:
    """The light bundle when it is installed (dashboard/web/bundle.py), else the full one of the plotly package."""
    light = next(iter(sorted(assets.glob("plotly-*.min.js"))), None)
    return light or full_plotly_script()


def full_plotly_script() -> Path:
    """The bundle inside the plotly package, found without importing it."""
    package = find_spec("plotly")
    locations = package.submodule_search_locations if package else None
    assert locations, "plotly is a dependency"
    return Path(locations[0]) / "package_data" / "plotly.min.js"


def scripts(plotly: Path) -> Iterator[str]:
    """JavaScript sources in the order in which they run."""
    yield f"globalThis.fontWidths = {WIDTHS.read_text(encoding='utf-8')};"
    for name in ("dom", "text", "window"):
        yield (HERE / "js" / f"{name}.js").read_text(encoding="utf-8")
    for name in ("figure_labels", "figures"):
        yield (ASSETS / f"{name}.js").read_text(encoding="utf-8")
    yield plotly.read_text(encoding="utf-8")
    locale = {"locale": "fr", "locales": {"fr": json.loads(FRENCH.read_text(encoding="utf-8"))}}
    yield f"globalThis.drawingConfig = {json.dumps(locale)};"
    yield (HERE / "js" / "draw.js").read_text(encoding="utf-8")
