"""`python -m etl.workbooks FILE FOLDER SECONDS`: the text of each visible sheet into FOLDER, and `summary.json`.

Always ends with a summary, whatever the file: the parent process trusts nothing else of this one.
"""

from __future__ import annotations

import sys
import zipfile
import zlib
from pathlib import Path

from defusedxml.common import DefusedXmlException

from etl.workbooks.archive import check_archive, is_open_document
from etl.workbooks.ods import read_ods
from etl.workbooks.package import Package
from etl.workbooks.parts import Book, SheetPart, read_book
from etl.workbooks.sheet import SheetReader
from etl.workbooks.summary import HIDDEN_DEFINITIONS, SheetSummary, WorkbookRefusal, write_summary

MEMORY = 512 << 20
_DAMAGED = "le classeur est incomplet ou abîmé (téléchargement interrompu\u202f?)."


def limit_resources(seconds: int) -> None:
    """Limits this process to 512 MB and to `seconds` of processor time, where the system can (not Windows).

    The clock doesn't count: on a busy machine an honest workbook waits for its turn.
    """
    try:
        import resource  # noqa: PLC0415  absent on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


def read_sheet(package: Package, book: Book, part: SheetPart, path: Path) -> SheetSummary:
    """Writes the text of one visible sheet to `path`."""
    summary = SheetSummary(part.name, file=path.name)
    with path.open("w", encoding="utf-8", newline="\n") as out, package.open(part.member) as stream:
        SheetReader(book, summary, out).read(stream)
    return summary


def read_workbook(source: Path, folder: Path) -> list[SheetSummary]:
    """Every sheet of a workbook; hidden ones by name only. Raises WorkbookRefusal."""
    found = []
    with zipfile.ZipFile(source) as archive:
        package = Package(archive)
        check_archive(package)
        if is_open_document(package):
            return read_ods(package, folder)
        book = read_book(package)
        for number, part in enumerate(book.sheets):
            if part.hidden:
                found.append(SheetSummary(part.name, hidden=True))
            else:
                found.append(read_sheet(package, book, part, folder / f"{number}.txt"))
    return found


def main(source: Path, folder: Path) -> None:
    """Reads the workbook and writes its summary, or the reason of its refusal."""
    sheets: list[SheetSummary] = []
    refused = None
    try:
        sheets = read_workbook(source, folder)
    except WorkbookRefusal as error:
        refused = error
    except DefusedXmlException:
        refused = WorkbookRefusal(HIDDEN_DEFINITIONS)
    except MemoryError:
        refused = WorkbookRefusal("le classeur demande trop de mémoire. Enregistrez les données en .csv.")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, IndexError, ValueError, SyntaxError):
        refused = WorkbookRefusal(_DAMAGED)
    except (NotImplementedError, RuntimeError):
        refused = WorkbookRefusal(
            "l’archive du classeur utilise un procédé inconnu. Enregistrez-le de nouveau en .xlsx."
        )
    write_summary(folder / "summary.json", sheets, refused)


if __name__ == "__main__":
    limit_resources(int(sys.argv[3]))
    main(Path(sys.argv[1]), Path(sys.argv[2]))
