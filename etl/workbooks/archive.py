"""What a workbook's archive must be before anything in it is read: whole, small enough, without anything active."""

from __future__ import annotations

import re
import stat
import zipfile

from etl.workbooks.package import Package, part_name
from etl.workbooks.summary import WorkbookRefusal

MAX_BYTES = 300_000_000
MAX_RATIO = 100
MAX_MEMBERS = 5_000
# Small archives may compress very well without any harm.
_HARMLESS_BYTES = 5_000_000
_FORBIDDEN = (
    (re.compile(r"vbaproject|\.bas$|/activex/|/macrosheets/", re.IGNORECASE), "contient des macros"),
    (re.compile(r"/embeddings/|oleobject", re.IGNORECASE), "contient des objets incorporés (OLE)"),
    (re.compile(r"/externallinks/", re.IGNORECASE), "contient des liens vers d’autres classeurs"),
    (re.compile(r"\.(zip|xlsx|xlsm|jar|exe|dll|js|vbs)$", re.IGNORECASE), "contient une autre archive ou un programme"),
)


def check_archive(package: Package) -> None:
    """Raises WorkbookRefusal, saying why, before any member is decompressed."""
    members = package.members
    if len(members) > MAX_MEMBERS:
        raise WorkbookRefusal(f"l’archive contient {len(members)} éléments\u202f: ce n’est pas un classeur ordinaire.")
    for member in members:
        _check_member(member)
    size = sum(member.file_size for member in members)
    packed = max(sum(member.compress_size for member in members), 1)
    if size > MAX_BYTES or (size > _HARMLESS_BYTES and size > MAX_RATIO * packed):
        raise WorkbookRefusal(
            f"le classeur occupe {size / 1e6:.0f}\u202fMo une fois décompressé ({size // packed} fois sa taille)"
            "\u202f: il est refusé par prudence. Enregistrez les données en .csv."
        )
    if not is_open_document(package):
        _check_kind(package)


def is_open_document(package: Package) -> bool:
    """True for a package of the OpenDocument family; `etl.workbooks.ods` reads its spreadsheets only."""
    return "mimetype" in package


def _check_member(member: zipfile.ZipInfo) -> None:
    name = part_name(member.filename)
    if name.startswith("/") or ".." in name.split("/") or ":" in name:
        raise WorkbookRefusal(f"l’archive contient un chemin interdit («\u202f{name[:80]}\u202f»).")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise WorkbookRefusal(f"l’archive contient un lien symbolique («\u202f{name[:80]}\u202f»).")
    if member.flag_bits & 0x1:
        raise WorkbookRefusal("le classeur est protégé par un mot de passe. Retirez la protection, puis recommencez.")
    for pattern, what in _FORBIDDEN:
        if pattern.search(name):
            raise WorkbookRefusal(f"le classeur {what}. Enregistrez les données seules, en .xlsx, .ods ou .csv.")


def _check_kind(package: Package) -> None:
    if "xl/workbook.bin" in package:
        raise WorkbookRefusal("c’est un classeur binaire .xlsb. Enregistrez-le en .xlsx ou en .csv.")
    if "[Content_Types].xml" not in package or "_rels/.rels" not in package:
        raise WorkbookRefusal(
            "cette archive n’est pas un classeur .xlsx ou .ods. Enregistrez les données en .xlsx, .ods ou .csv."
        )
    if b"macroEnabled" in package.read("[Content_Types].xml"):
        raise WorkbookRefusal("c’est un classeur à macros (.xlsm). Enregistrez-le en .xlsx ou en .csv.")
