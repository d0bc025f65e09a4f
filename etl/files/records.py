"""JSON → Sheet: each object is a line, each of its names a column; then the same path as any other table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice

from etl.files.assemble import assemble
from etl.files.cell_text import cell_text_batches, written_line_number
from etl.files.encoding import Encoding, detect
from etl.files.header import MAX_COLUMNS, Record, checked_names, find_header, no_header
from etl.files.json_items import DecimalNumber, Items, find_items
from etl.files.model import Note, Sheet, Signature, UnreadableFile
from etl.files.scrub import Scrubber
from etl.files.source_file import SourceFile
from etl.files.stream import Chunk
from etl.files.tidy import Tidier
from etl.workbooks.cells import bare_text
from etl.workbooks.summary import CELL, DECIMAL

MAX_LEVELS = 4
_ROWS = 10_000
_WRAPPERS = frozenset({"fields", "properties", "attributes", "record"})  # they hold the columns, and are none
_THREE_DECIMALS = re.compile(r"\.\d{3}$")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_NOTE_MESSAGES = {
    "booleans": "valeur(s) true ou false lue(s) «\u202foui\u202f» ou «\u202fnon\u202f».",
    "nested": "valeur(s) composée(s) (liste d’objets, objet trop profond) non lue(s).",
    "invisible": "valeur(s) contenaient des caractères invisibles, retirés.",
}


@contextmanager
def open_records(file: SourceFile, signature: Signature, notes: list[Note], *, repairing: bool) -> Iterator[Sheet]:
    """The one list of objects of a JSON file. Its lines are its items, numbered from 1."""
    encoding = detect(file)
    items = find_items(_text(file, encoding))
    names, counts = _names(items)
    header = Record(0, 1, names)
    if not names:
        raise UnreadableFile("aucune ligne de données dans la liste.")
    if not find_header([header], signature):
        raise no_header([header])
    checked_names(header)
    scrubber = Scrubber(repairing, printed=True, line_at=written_line_number)
    tidier = Tidier(names)
    value_notes = [Note(what, f"{counts[what]} {message}") for what, message in _NOTE_MESSAGES.items() if counts[what]]
    batches = cell_text_batches(_chunks(items, names), 0, tidier, scrubber)
    sheet = assemble((names, 0), batches, [*notes, *encoding.notes, *value_notes], tidier, scrubber)
    yield replace(sheet, count_rows=lambda: counts["items"])


def _text(file: SourceFile, encoding: Encoding) -> str:
    content = file.start(file.size)[encoding.skip :]
    file.require_unchanged()
    return content.decode(encoding.codec)


def _names(items: Items) -> tuple[tuple[str, ...], Counter[str]]:
    """Every name met, in order of appearance, and the number of values by kind of note."""
    names: dict[str, None] = {}
    counts: Counter[str] = Counter()
    for number, item in enumerate(items, 1):
        names.update(dict.fromkeys(_flat(item, counts)))
        counts["items"] = number
        if len(names) > MAX_COLUMNS:
            raise UnreadableFile(f"plus de {MAX_COLUMNS} colonnes.", line=number)
    return tuple(names), counts


def _chunks(items: Items, names: tuple[str, ...]) -> Iterator[Chunk]:
    ignored: Counter[str] = Counter()
    numbered = enumerate(items, 1)
    while rows := list(islice(numbered, _ROWS)):
        lines = []
        for number, item in rows:
            cells = _flat(item, ignored)
            lines.append(CELL.join([str(number), *(cells.get(name, "") for name in names)]))
        yield Chunk("\n".join(lines), 1)


def _flat(item: dict[str, object], counts: Counter[str], prefix: str = "", level: int = 1) -> dict[str, str]:
    """Column -> text of one object; « adresse.commune » for what an object inside it holds."""
    found: dict[str, str] = {}
    # Last, so that what they hold prevails: a record of Opendatasoft has an id of its own.
    for name, value in sorted(item.items(), key=lambda member: member[0] in _WRAPPERS):
        column = f"{prefix}{_printed(name, counts)}"
        if isinstance(value, dict) and level < MAX_LEVELS:
            found.update(_point(value) if name == "geometry" else {})
            inner = prefix if name in _WRAPPERS else f"{column}."
            found.update(_flat(value, counts, inner, level + 1))
        else:
            found[column] = _cell(value, counts)
    return found


def _cell(value: object, counts: Counter[str]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        counts["booleans"] += 1
        return "oui" if value else "non"
    if isinstance(value, DecimalNumber):
        return value + DECIMAL if _THREE_DECIMALS.search(value) else value
    if isinstance(value, str):
        return _printed(value, counts)
    if isinstance(value, list) and not any(isinstance(part, list | dict) for part in value):
        return "|".join(_cell(part, counts) for part in value)
    counts["nested"] += 1
    return ""


def _point(geometry: dict[str, object]) -> dict[str, str]:
    """The coordinates of a GeoJSON point, as two columns."""
    where = geometry.get("coordinates")
    if geometry.get("type") != "Point" or not isinstance(where, list) or len(where) < 2:
        return {}
    return {
        name: value for name, value in zip(("longitude", "latitude"), where, strict=False) if isinstance(value, str)
    }


def _printed(text: str, counts: Counter[str]) -> str:
    if text.isascii() and text.isprintable():
        return text.strip()
    shown, invisible = bare_text(_UNSTORABLE.sub("\ufffd", text))
    counts["invisible"] += bool(invisible)
    return shown
