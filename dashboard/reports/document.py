"""A document before its format: texts, figures, tables and drawings in reading order. Writers know nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from dashboard.exports.columns import TableColumn
from dashboard.exports.office import ChartTable
from data.units import Quantity, Unit

Emphasis = Literal["normal", "lead", "muted", "warning"]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 opens a section."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class TextParagraph:
    """A paragraph of plain text. `lead`: the sentences under a title; `muted`: sources and notes."""

    text: str
    emphasis: Emphasis = "normal"


@dataclass(frozen=True)
class Bullets:
    """A list of plain texts."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class CheckItem:
    """What may be ticked by hand, and a detail in small."""

    text: str
    detail: str


@dataclass(frozen=True)
class CheckList:
    """Items with an empty box to tick and room for notes."""

    items: tuple[CheckItem, ...]


@dataclass(frozen=True)
class KeyFigure:
    """A figure with its label and what it is compared with. `share`: the length of its bar, 0 to 1 (None: no bar);
    `number` and its `counted` unit: the figure as a value, if known.
    """

    label: str
    value: str
    unit: str
    status: str
    share: float | None = None
    number: Quantity | None = None
    counted: Unit | None = None


@dataclass(frozen=True)
class KeyFigures:
    """Figures in a row."""

    facts: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class TypedRows:
    """The rows of a table as values, for formats that compute with them."""

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class TextTable:
    """A table of texts as people read them. `headers` may be empty; `numeric`: the columns aligned on the right;
    `shares`: the length of the bar of each row, 0 to 1 (empty: no bars); `omitted`: rows only in files of data;
    `typed`: the same rows as values, if any.
    """

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    shares: tuple[float, ...] = ()
    omitted: int = 0
    typed: TypedRows | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The headers, or those of a table of years, which a page shows without any."""
        return self.headers or ("Année", "Valeur", "Précision")[: len(self.rows[0])]


@dataclass(frozen=True)
class ChartDrawing:
    """A chart: its finding, what is measured, its drawing as SVG (None: nothing to draw, for the reason `empty`), its
    text alternative, the same numbers as a table, and its sources. `aspect`: height over width; `native`: the table
    that Office draws (None: it cannot).
    """

    slug: str
    finding: str
    subtitle: str
    svg: str | None
    aspect: float
    alt: str
    empty: str
    table: TextTable
    source_line: str
    native: ChartTable | None = None


@dataclass(frozen=True)
class SideBySide:
    """Groups of contents beside each other where there is room, one after the other elsewhere."""

    groups: tuple[Contents, ...]


Content = Heading | TextParagraph | Bullets | CheckList | KeyFigures | TextTable | ChartDrawing | SideBySide
Contents = tuple[Content, ...]


@dataclass(frozen=True)
class Document:
    """A document: its title, the filters and the last day counted, a warning (demonstration data; empty: none), its
    sources, and its contents. `link` is the address that makes it again, with the text `link_text`; `template` the
    Région's own file of slides.
    """

    title: str
    subtitle: str
    warning: str
    day: date
    contents: Contents
    link: str
    sources: tuple[str, ...] = ()
    template: bytes | None = None
    link_text: str = "Rouvrir ce rapport avec les chiffres du jour"
