"""The formats of exported files, one row each: routes, menus, types and names of files come from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Literal

from dashboard.exports.csv import write_csv
from dashboard.exports.docx import write_docx
from dashboard.exports.figure import write_figure
from dashboard.exports.ods import CONTENT_TYPE, write_ods
from dashboard.exports.picture import write_png, write_svg
from dashboard.exports.pptx import write_pptx
from dashboard.exports.prepared import PreparedExport
from dashboard.exports.xlsx import write_xlsx

Subject = Literal["chart", "list", "proof"]  # a proof is the list of the rows behind a figure
ALL_SUBJECTS: frozenset[Subject] = frozenset({"chart", "list", "proof"})
CHARTS_ONLY: frozenset[Subject] = frozenset({"chart"})

Writer = Callable[[PreparedExport, IO[bytes]], None]


@dataclass(frozen=True)
class ExportFormat:
    """One format. `extension` ends the address and the name of its files; `content_type` is their MIME type.

    `label` is its text in the menu of a chart; a format without one is in no menu. `subjects` are what it can hold.
    `write` writes a prepared export into a file. `compressible`: worth compressing in transit (a workbook already is).
    """

    extension: str
    content_type: str
    label: str
    subjects: frozenset[Subject]
    write: Writer
    compressible: bool = False

    @property
    def name(self) -> str:
        """« CSV », for a link that says « Exporter en CSV »."""
        return self.extension.upper()


XLSX = ExportFormat(
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "XLSX (Excel, avec notice)",
    ALL_SUBJECTS,
    write_xlsx,
)
FIGURE = ExportFormat("json", "application/json", "", CHARTS_ONLY, write_figure, compressible=True)

FORMATS: tuple[ExportFormat, ...] = (  # in the order of menus
    ExportFormat(
        "csv", "text/csv; charset=utf-8", "CSV (tableur, données)", ALL_SUBJECTS, write_csv, compressible=True
    ),
    XLSX,
    ExportFormat("ods", CONTENT_TYPE, "ODS (LibreOffice, avec notice)", ALL_SUBJECTS, write_ods),
    ExportFormat(
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "PPTX (PowerPoint, graphique modifiable)",
        CHARTS_ONLY,
        write_pptx,
    ),
    ExportFormat(
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "DOCX (Word, avec tableau)",
        CHARTS_ONLY,
        write_docx,
    ),
    ExportFormat("png", "image/png", "PNG (image)", CHARTS_ONLY, write_png),
    ExportFormat("svg", "image/svg+xml", "SVG (image modifiable)", CHARTS_ONLY, write_svg, compressible=True),
    FIGURE,
)


def offered_formats(subject: Subject) -> tuple[ExportFormat, ...]:
    """The formats in the menus of a subject."""
    return tuple(format_ for format_ in FORMATS if subject in format_.subjects and format_.label)


def served_formats(subject: Subject) -> tuple[ExportFormat, ...]:
    """The formats of a subject, also those that no menu offers."""
    return tuple(format_ for format_ in FORMATS if subject in format_.subjects)


def compressible_types() -> list[str]:
    """MIME types, without parameters, of the files that are compressed in transit."""
    return [format_.content_type.partition(";")[0] for format_ in FORMATS if format_.compressible]
