"""The formats of reports, one row each: routes, menus, the command line and names of files come from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from dashboard.reports.document import Document
from dashboard.reports.docx import write_docx
from dashboard.reports.html import write_html
from dashboard.reports.pdf import write_pdf
from dashboard.reports.pptx import write_pptx
from dashboard.reports.xlsx import write_xlsx


@dataclass(frozen=True)
class ReportFormat:
    """One format. `extension` ends the name of its files, `content_type` is their MIME type, `label` its text in menus;
    `write` writes a document into a file.
    """

    extension: str
    content_type: str
    label: str
    write: Callable[[Document, IO[bytes]], None]


REPORT_FORMATS: tuple[ReportFormat, ...] = (  # in the order of menus
    ReportFormat("pdf", "application/pdf", "PDF (à imprimer, accessible)", write_pdf),
    ReportFormat(
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "DOCX (Word, modifiable)",
        write_docx,
    ),
    ReportFormat(
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "PPTX (PowerPoint, graphiques modifiables)",
        write_pptx,
    ),
    ReportFormat(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "XLSX (Excel, chiffres et graphiques)",
        write_xlsx,
    ),
    ReportFormat("html", "text/html; charset=utf-8", "HTML (une page, sans réseau)", write_html),
)


def report_format(extension: str) -> ReportFormat | None:
    """The format of files that end so, if any."""
    return next((one for one in REPORT_FORMATS if one.extension == extension), None)
