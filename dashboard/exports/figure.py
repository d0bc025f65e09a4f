"""The figure of a chart as JSON, for those who draw it again."""

from __future__ import annotations

from typing import IO

import orjson

from dashboard.exports.prepared import PreparedExport
from dashboard.figures.policy import GRAPH_CONFIG


def write_figure(export: PreparedExport, file: IO[bytes]) -> None:
    """Write `data` and `layout` in plotly's vocabulary, and the French `config`."""
    assert export.picture is not None, "only charts have a figure (FORMATS)"
    config = {name: GRAPH_CONFIG[name] for name in ("locale", "locales")}
    file.write(orjson.dumps({**export.picture().figure, "config": config}, option=orjson.OPT_SERIALIZE_NUMPY))
