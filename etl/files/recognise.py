"""What a file is, by its first bytes: the extension is only a hint that people type."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path

from etl.files.model import MAX_ROWS, Note, UnreadableFile, too_many_rows
from etl.files.source_file import SourceFile

MAX_WORKBOOK_BYTES = 100_000_000
MAX_JSON_BYTES = 50_000_000  # its text is held whole, and read twice
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF.{4}WEBP|BM.{4}\0\0\0\0", re.DOTALL), "une image"),
    (re.compile(rb"%PDF"), "un document PDF"),
    (re.compile(rb"\{\\rtf"), "un document RTF"),
    (re.compile(rb"\x1f\x8b|7z\xbc\xaf|Rar!|BZh|\xfd7zXZ"), "une archive compressée"),
    (re.compile(rb"SQLite format 3\0|PAR1\x15|\x7fELF|MZ[\x00-\x1f\x80-\xff]"), "un fichier binaire"),
    (re.compile(rb"\s*<(!doctype|html|head|body|table|\?xml|script|svg|meta)", re.IGNORECASE), "une page HTML ou XML"),
)
_COMPANIONS = (
    ("~$", "le fichier de verrou d’un document ouvert dans Office"),
    (".~lock.", "le fichier de verrou d’un document ouvert dans LibreOffice"),
    ("._", "un fichier caché de macOS, qui accompagne un autre fichier"),
    (".DS_Store", "un fichier caché de macOS"),
    ("Thumbs.db", "un fichier caché de Windows"),
    ("desktop.ini", "un fichier caché de Windows"),
)
_JSON = re.compile(rb'\s*(\{\s*["}]|\[\s*[\[{"\]])')
_JSON_NAMES = frozenset({".json", ".geojson", ".ndjson", ".jsonl"})
_BOOK_NAMES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
_RESAVE = (
    "Ouvrez-le dans Excel ou LibreOffice, choisissez «\u202fEnregistrer sous\u202f», le type «\u202fClasseur Excel "
    "(.xlsx)\u202f», et chargez ce nouveau fichier"
)
_OLE_STREAMS = (
    ("Workbook", f"un ancien classeur .xls. {_RESAVE}"),
    ("Book", f"un très ancien classeur .xls. {_RESAVE}"),
    ("WordDocument", "un document Word, pas un tableau. Copiez son tableau dans un classeur .xlsx"),
    ("PowerPoint Document", "une présentation PowerPoint, pas un tableau. Copiez son tableau dans un classeur .xlsx"),
)
_MACRO_NAMES = frozenset({".xlsm", ".xltm", ".xlam"})
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Format(Enum):
    """The forms of a table that this package reads."""

    DELIMITED = "CSV"
    WORKBOOK = "XLSX"
    RECORDS = "JSON"


def kind_of(file: SourceFile, max_bytes: int) -> tuple[Format, list[Note]]:
    """The kind of a file, and a note when its extension denotes another kind.

    Raises UnreadableFile when the file is empty, too big, or is not a table.
    """
    _refuse_companion(file.path.name)
    if file.size == 0:
        raise UnreadableFile("le fichier est vide (0 octet).")
    kind = _kind(file, file.start(4096))
    _check_size(kind, file.size, max_bytes)
    if kind is Format.DELIMITED and file.size > MAX_ROWS and file.count_line_feeds() > MAX_ROWS:
        raise too_many_rows()
    return kind, _extension_notes(file.path, kind)


def _refuse_companion(name: str) -> None:
    """Files that systems and offices write beside others, and that a pattern such as *.xlsx picks up."""
    for start, what in _COMPANIONS:
        if name.startswith(start):
            other = name.removeprefix(start).rstrip("#")
            advice = f" Chargez «\u202f{other}\u202f»." if other else ""
            raise UnreadableFile(f"c’est {what}, sans aucune donnée.{advice}")


def _kind(file: SourceFile, start: bytes) -> Format:
    if start.startswith(b"PK\x03\x04"):
        if file.path.suffix.lower() in _MACRO_NAMES:
            raise UnreadableFile("c’est un classeur à macros. Enregistrez-le en .xlsx ou en .csv.")
        return Format.WORKBOOK
    if start.startswith(b"PK\x05\x06"):
        raise UnreadableFile("l’archive est vide ou abîmée.")
    if start.startswith(_OLE):
        raise UnreadableFile(_ole_message(file))
    text = start.removeprefix(b"\xef\xbb\xbf")
    for pattern, what in _FOREIGN:
        if pattern.match(text):
            raise UnreadableFile(f"c’est {what}, pas un tableau. Enregistrez les données en .csv ou en .xlsx.")
    is_named_json = file.path.suffix.lower() in _JSON_NAMES
    if _JSON.match(text) and not is_named_json:
        raise UnreadableFile("c’est du JSON, pas un tableau de ce nom. Renommez-le en .json, si c’est voulu.")
    return Format.RECORDS if _JSON.match(text) or (is_named_json and start[:2] in _UTF16) else Format.DELIMITED


def _ole_message(file: SourceFile) -> str:
    """The same container holds old .xls workbooks and new ones locked by a password."""
    start = file.start(MAX_WORKBOOK_BYTES)
    if "EncryptedPackage".encode("utf-16-le") in start:
        return "le classeur est protégé par un mot de passe. Retirez la protection, puis recommencez."
    for stream, what in _OLE_STREAMS:
        if stream.encode("utf-16-le") in start:
            return f"c’est {what}."
    return "c’est un ancien document Office. Ouvrez-le, puis enregistrez les données en .xlsx ou en .csv."


def _check_size(kind: Format, size: int, max_bytes: int) -> None:
    limits = {Format.WORKBOOK: MAX_WORKBOOK_BYTES, Format.RECORDS: MAX_JSON_BYTES}
    limit = min(max_bytes, limits.get(kind, max_bytes))
    if size > limit:
        shown = f"{size / 1e6:,.1f}".replace(",", "\u202f").replace(".", ",")
        allowed = f"{limit / 1e6:,.0f}".replace(",", "\u202f")
        raise UnreadableFile(f"le fichier pèse {shown}\u202fMo\u202f; la limite est de {allowed}\u202fMo.")


def _extension_notes(path: Path, kind: Format) -> list[Note]:
    extension = path.suffix.lower()
    named = (
        Format.RECORDS
        if extension in _JSON_NAMES
        else Format.WORKBOOK
        if extension in _BOOK_NAMES
        else Format.DELIMITED
    )
    if named is kind:
        return []
    return [
        Note(
            "extension",
            f"Le nom finit par «\u202f{extension}\u202f» mais le contenu est du {kind.value}\u202f: lu ainsi.",
        )
    ]
