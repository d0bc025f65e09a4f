"""The workbook to fill for a source, written to a file."""

from __future__ import annotations

from pathlib import Path

from data.i18n import NARROW
from data.sources import Source
from data.sources.template import build_template


class TemplateError(Exception):
    """The workbook cannot be written there; the message, in French, is the reason."""


def write_template(source: Source, path: Path) -> None:
    """Write the workbook to a new file. Raises TemplateError when it exists or is not called .xlsx."""
    if path.suffix.lower() != ".xlsx":
        raise TemplateError(f"Le nom du modèle doit finir par .xlsx{NARROW}: {path.name}")
    content = build_template(source)
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise TemplateError(f"«{NARROW}{path}{NARROW}» existe déjà{NARROW}: il n’est pas remplacé.") from error
