"""Ways to write an input: rows of the Région's files with some cells changed, bytes, workbooks."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.catalogue.entries import Make
from tests.etl.deliveries import write_csv

Cells = Mapping[str, object]
AID = {
    "reference": "D-1",
    "dispositif": "emergence",
    "beneficiaire": "Asso A",
    "date_vote": "01/03/2021",
    "montant_vote": "1000",
}
PLACE = {"id_lieu": "TL-9", "nom": "Le Lieu", "code_insee": "14118", "porteur": "Asso", "type_porteur": "associatif"}
VISITS = {"id_lieu": "TL-02", "debut": "01/01/2021", "fin": "31/01/2021", "unite": "visites", "valeur": "100"}
STEP = {"id_lieu": "TL-02", "etape": "labellisé", "date": "10/09/2018"}
MONEY = {"reference": "D-0", "etape": "engagement", "date": "01/06/2020", "montant": "100"}
ACTIVITY = {"id_action": "X-1", "partenaire": "aract", "type": "atelier", "date": "01/02/2021"}
SCDL = {
    "idAttribuant": "20005340300017",
    "dateConvention": "2021-03-01",
    "nomBeneficiaire": "Asso A",
    "montant": "1000",
}
EPN = {"id": "M-1", "nom": "EPN", "commune": "Caen", "code_postal": "14000"}
EVENT = {"uid": "12345678", "title": "Portes ouvertes", "begin": "2021-03-01", "city": "Caen", "postal_code": "14000"}


def rows_of(default: Cells, *rows: Cells, name: str = "fichier.csv") -> Make:
    """A CSV file with the usual row, changed by each of `rows`; references and ids are numbered from the second on."""
    filled = [{**default, **row} for row in rows or ({},)]
    return lambda folder: write_csv(folder / name, filled)


def one(default: Cells, /, **cells: object) -> Make:
    """A CSV file of one row."""
    return rows_of(default, cells)


def many(default: Cells, count: int, *changed: Cells, name: str = "fichier.csv", **cells: object) -> Make:
    """A CSV file of `count` rows told apart by the first column, then `changed` rows."""
    key = next(iter(default))
    usual = [{**default, key: f"{default[key]}-{at}", **cells} for at in range(1, count + 1)]
    return lambda folder: write_csv(folder / name, [*usual, *({**default, **row} for row in changed)])


def text(content: str | bytes, name: str = "fichier.csv", encoding: str = "utf-8") -> Make:
    """A file with exactly this content."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return make


def lines_of(default: Cells, *rows: Cells, end: str = "\n", delimiter: str = ";") -> str:
    """The text of a file: header and rows."""
    filled = [{**default, **row} for row in rows or ({},)]
    header = list(dict.fromkeys(key for row in filled for key in row))
    table = [header, *([str(row.get(key, "")) for key in header] for row in filled)]
    return "".join(delimiter.join(row) + end for row in table)


def document(content: object, name: str = "fichier.json") -> Make:
    """A JSON file."""
    return text(json.dumps(content, ensure_ascii=False), name)


def workbook(
    default: Cells, *rows: Cells, fill: Callable[[Worksheet], None] | None = None, name: str = "fichier.xlsx"
) -> Make:
    """A workbook of one sheet: header and rows, then what `fill` does to it."""
    filled = [{**default, **row} for row in rows or ({},)]
    header = list(dict.fromkeys(key for row in filled for key in row))
    return sheet([header, *([row.get(key) for key in header] for row in filled)], fill=fill, name=name)


def sheet(
    table: Sequence[Sequence[object]], *, fill: Callable[[Worksheet], None] | None = None, name: str = "fichier.xlsx"
) -> Make:
    """A workbook of one sheet with these rows."""

    def make(folder: Path) -> Path:
        book = openpyxl.Workbook()
        first = book.worksheets[0]
        for row in table:
            first.append(list(row))
        if fill:
            fill(first)
        book.save(folder / name)
        return folder / name

    return make


def then(make: Make, change: Callable[[Path], Path | None]) -> Make:
    """The input, changed once written."""

    def changed(folder: Path) -> Path:
        path = make(folder)
        return change(path) or path

    return changed
