"""The figure of a chart as JSON: the browser only turns it into pixels (assets/export.js)."""

from __future__ import annotations

from typing import IO

import orjson

from dashboard.exports.prepared import PreparedExport


def write_figure(export: PreparedExport, file: IO[bytes]) -> None:
    """Write `data`, `layout` and `config` in plotly's vocabulary."""
    assert export.figure is not None, "only charts have a figure (FORMATS)"
    file.write(orjson.dumps(export.figure(), option=orjson.OPT_SERIALIZE_NUMPY))
