"""What a file holds, whatever its format: a writer (formats.py) needs nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.exports.columns import TableColumn


@dataclass(frozen=True)
class About:
    """What a file is: its title, what must be said first (demonstration data; empty: nothing), then terms and texts."""

    title: str
    warning: str
    parts: tuple[tuple[str, str], ...]
    day: date  # of the export


@dataclass(frozen=True)
class PreparedExport:
    """A chart or a list for one request, ready to be written.

    `stem` is the name of the file without its extension. `rows` are the values of `columns`, in their order: raw
    (shares are fractions, amounts euros, months 202003), None where nothing is known; they are read from the database
    while they are iterated, once only, on an open connection. `missing` is the reason why there are none when a
    necessary source was never loaded. `repeated` (header -> text) is what each line must say where a file is copied
    line by line. `about` gives the notice, `figure` the picture of a chart (`data`, `layout` and `config` of plotly);
    both cost, so they are worked out for the formats that call them. `figure` aborts with 404 when there is nothing to
    draw.
    """

    stem: str
    columns: tuple[TableColumn, ...]
    rows: Iterable[Sequence[Any]]
    missing: str | None
    repeated: Mapping[str, str]
    about: Callable[[], About]
    figure: Callable[[], Mapping[str, Any]] | None = None
