"""The content of an exported file, whatever its format: the only input of a writer (formats.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.exports.columns import TableColumn
from dashboard.exports.office import ChartTable
from data.i18n import NARROW, day_short


@dataclass(frozen=True)
class Passport:
    """What a file says of itself, made from what it shows, the selection and the loads.

    `title` has the territory, `subtitle` is what is measured, over which period; `warning` tells that the data are
    invented or may not be published (empty: neither); `parts` are terms and texts (filters, date, sources with their
    loads, definitions); `source_line` the sources, dates and filters in one line. `code` and `address` lead to the page
    that tells whether the figures have changed since `day`, that of the export.
    """

    title: str
    subtitle: str
    warning: str
    parts: tuple[tuple[str, str], ...]
    source_line: str
    day: date
    code: str
    address: str

    @property
    def foot(self) -> str:
        """The line under an image: the warning unless the sources say it, sources, dates and filters, the address."""
        warning = self.warning if self.warning.partition(NARROW)[0] not in self.source_line else ""
        parts = (warning, self.source_line, f"exporté le {day_short(self.day)}", f"passeport{NARROW}: {self.address}")
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True)
class ChartPicture:
    """What a picture of a chart shows: the figure (`data` and `layout` of plotly), at least `height` CSS pixels high,
    the finding and what is measured above it, its sources, filters and dates below it. `alt` is its text alternative.
    """

    figure: Mapping[str, Any]
    height: int
    title: str
    subtitle: str
    foot: str
    alt: str


@dataclass(frozen=True)
class ChartContent:
    """What documents need of a chart: its table for Office (None: nothing to draw, or a picture), its picture (None:
    nothing to draw) and its text alternative.
    """

    table: ChartTable | None
    picture: ChartPicture | None
    alt: str


@dataclass(frozen=True)
class PreparedExport:
    """A chart or a list for one request, ready to be written.

    `stem` is the name of the file without its extension. `rows` are the values of `columns`, in their order: raw
    (shares are fractions, amounts euros, months 202003), None when unknown; they are read from the database during the
    iteration, once only, on an open connection. `missing` is the reason why there are none when a necessary source was
    never loaded. `repeated` (header -> text) are texts to repeat on each line in formats whose lines are copied
    separately. `passport` gives the description, `picture` the figure of a chart with its captions, `chart` its native
    drawing and its text alternative; all are costly, so only the formats that need them call them. `picture` aborts
    with 404 when there is nothing to draw. `template` is the Région's own file of slides.
    """

    stem: str
    columns: tuple[TableColumn, ...]
    rows: Iterable[Sequence[Any]]
    missing: str | None
    repeated: Mapping[str, str]
    passport: Callable[[], Passport]
    picture: Callable[[], ChartPicture] | None = None
    chart: Callable[[], ChartContent] | None = None
    template: bytes | None = None
