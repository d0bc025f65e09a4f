"""Compress every static file once, as well as can be: `python -m dashboard.web.precompress`, called by `make install`.

The files stay where they are; their compressed forms go to `dashboard/compressed/`, named by the content's digest, so
that an upgraded package is never served old bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import brotli

from dashboard.drawing.scripts import ASSETS
from dashboard.web.asset_bundles import script, style_sheet

COMPRESSED_FOLDER = Path(__file__).parents[1] / "compressed"
PACKAGED_FILES = (
    ("dash", "deps/*.min.js"),
    ("dash", "dash-renderer/build/*.min.js"),
    ("dash", "dcc/dash_core_components*.js"),
    ("dash", "dcc/async-graph.js"),
    ("dash", "html/*.min.js"),
    ("dash_bootstrap_components", "_components/*.min.js"),
)
FULL_PLOTLY = ("plotly", "package_data/plotly.min.js")


def static_sources(assets: Path) -> Iterator[Path]:
    """The files that a page may request; plotly's full bundle only without the light one."""
    asset_files = [path for path in sorted(assets.iterdir()) if path.suffix in (".js", ".css", ".svg")]
    yield from asset_files
    has_light_bundle = any(path.name.startswith("plotly-") for path in asset_files)
    for package, pattern in (*PACKAGED_FILES, *(() if has_light_bundle else (FULL_PLOTLY,))):
        yield from sorted(Path(str(files(package))).glob(pattern))


def static_contents(assets: Path) -> Iterator[bytes]:
    """The bundles of every page, and each file."""
    yield style_sheet(assets).content
    yield script(assets).content
    for path in static_sources(assets):
        yield path.read_bytes()


def precompress(assets: Path, folder: Path) -> int:
    """Write the missing compressed files and remove the stale ones; return the number of files served."""
    folder.mkdir(exist_ok=True)
    compressed_names = set()
    for content in static_contents(assets):
        digest = hashlib.sha256(content).hexdigest()
        for name, compress in ((f"{digest}.br", _compress_brotli), (f"{digest}.gz", _compress_gzip)):
            compressed_names.add(name)
            if not (folder / name).exists():
                (folder / name).write_bytes(compress(content))
    for stale in folder.iterdir():
        if stale.name not in compressed_names:
            stale.unlink()
    return len(compressed_names) // 2


def _compress_brotli(content: bytes) -> bytes:
    return bytes(brotli.compress(content, mode=brotli.MODE_TEXT, quality=11))


def _compress_gzip(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=9, mtime=0)


def main() -> int:
    precompress(ASSETS, COMPRESSED_FOLDER)
    return 0


if __name__ == "__main__":
    sys.exit(main())
