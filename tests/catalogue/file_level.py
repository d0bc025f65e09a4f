"""Rows 1 to 47: the file as a whole, whatever is in its rows."""

from __future__ import annotations

import os
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard.web.factory import create_app
from etl.files import UnreadableFile, open_table, recognise, safe_name
from etl.files.recognition import signature_of
from tests.catalogue.entries import Entry, Make, holds, load, loads, plain, refuses_file, refuses_rows
from tests.catalogue.inputs import (
    AID,
    PLACE,
    STEP,
    VISITS,
    lines_of,
    many,
    one,
    rows_of,
    text,
    then,
    workbook,
)
from tests.conftest import TODAY
from tests.etl.files.samples import MAIN, inline, ods_of, ods_rows, ods_table, repack, with_sheet_xml, with_strings

NAME = "place_version.name"
EVREUX = {**PLACE, "nom": "Évreux été"}
EURO = {**PLACE, "nom": "Œuvre à 5 €"}
OLD = "ni UTF-8 ni Windows-1252"


def _encoded(encoding: str, mark: bytes = b"", **cells: str) -> Make:
    return text(mark + lines_of(PLACE, cells).encode(encoding))


def _lines(*rows: str, end: str = "\n", last: str = "\n") -> Make:
    return text(end.join((";".join(PLACE), *rows)) + last)


def _of_place(**cells: str) -> str:
    return ";".join({**PLACE, **cells}.values())


def _member(name: str, content: bytes = b"x") -> Make:
    return then(workbook(PLACE), lambda path: repack(path, {name: content}))


def _sheet_xml(rows: str, after: str = "") -> Make:
    return lambda folder: with_sheet_xml(folder, rows, after=after)


def _header_xml() -> str:
    cells = "".join(inline(f"{letter}1", name) for letter, name in zip("ABCDE", PLACE, strict=True))
    return f'<row r="1">{cells}</row>'


def _row_xml(number: int, extra: str = "") -> str:
    cells = "".join(inline(f"{letter}{number}", value) for letter, value in zip("ABCDE", PLACE.values(), strict=True))
    return f'<row r="{number}">{cells}{extra}</row>'


def _workbook_as(name: str) -> Make:
    return then(workbook(PLACE), lambda path: path.rename(path.with_name(name)))


def _cut(make: Make, share: float) -> Make:
    def cut(path: Path) -> None:
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * share)])

    return then(make, cut)


def _ole(*streams: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + b"".join(one.encode("utf-16-le") for one in streams)


def _encrypted(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(content))


def _linked(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("xl/lien")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")


def _bomb(folder: Path) -> Path:
    return repack(workbook(PLACE)(folder), {"xl/media/zeros.bin": b"\0" * 50_000_000})


def _many_cells(folder: Path) -> Path:
    rows = "".join(f'<row r="{number}">{"<c><v>1</v></c>" * 200}</row>' for number in range(2, 5_000))
    make = _sheet_xml(_header_xml() + rows.replace("<c>", '<c t="n">'))
    return make(folder)


def _big_csv(_engine: Engine, folder: Path) -> None:
    """A file beyond the limit is refused by its size: the bytes of a sparse file were never written."""
    path = text("id_lieu;nom\n")(folder)
    os.truncate(path, 2_000_000_001)
    start = time.process_time()
    with pytest.raises(UnreadableFile, match="la limite est de"), open_table(path, signature=signature_of(None)):
        pass
    assert time.process_time() - start < 1


def _big_workbook(_engine: Engine, folder: Path) -> None:
    path = workbook(PLACE)(folder)
    os.truncate(path, recognise.MAX_WORKBOOK_BYTES + 1)
    with pytest.raises(UnreadableFile, match="la limite est de"), open_table(path, signature=signature_of(None)):
        pass


def _by_the_web(engine: Engine, _folder: Path) -> None:
    """The web takes in no file: every address that accepts a body refuses one that is far below 25 MiB."""
    app = create_app(engine, lambda: TODAY).server
    posting = [rule for rule in app.url_map.iter_rules() if {"POST", "PUT", "PATCH"} & (rule.methods or set())]
    assert [rule.rule for rule in posting] == ["/_dash-update-component"]
    for size in (2 << 20, 26 << 20):
        response = app.test_client().post(posting[0].rule, data=b"0" * size, content_type="application/json")
        assert response.status_code == 413
    assert app.test_client().post("/donnees", data={"file": (BytesIO(b"a;b"), "lieux.csv")}).status_code == 405


def _changed_while_read(_engine: Engine, folder: Path) -> None:
    path = one(PLACE)(folder)
    with open_table(path, signature=signature_of(None)) as sheet:
        path.write_text(lines_of(PLACE, {}, {}), "utf-8")
        os.utime(path, (1, 1))
        with pytest.raises(UnreadableFile, match="modifié pendant la lecture"):
            list(sheet.batches)


def _strange_names(engine: Engine, folder: Path) -> None:
    """Names that a file system allows here and would not elsewhere are stored in a form that all allow."""
    for at, name in enumerate(("CON.csv", "e\u0301te\u0301.csv", "x" * 240 + ".csv", "a\u202eb.csv")):
        path = rows_of(PLACE, {"id_lieu": f"TL-{at}9"}, name=name)(folder)
        [report] = load(engine, path)
        assert (report.status, report.file) == ("loaded", safe_name(name))
    assert safe_name("../../etc/passwd") == "passwd"
    assert len(safe_name("x" * 300 + ".csv")) <= 120
    assert safe_name("CON.csv") == "_CON.csv"
    assert safe_name("e\u0301.csv") == "é.csv"


def _two_files(engine: Engine, folder: Path) -> None:
    """Two files of one command for the same months: the second would replace what the first brought."""
    first = rows_of(VISITS, {"valeur": "100"}, name="a.csv")(folder)
    second = rows_of(VISITS, {"valeur": "900"}, name="b.csv")(folder)
    reports = load(engine, first, second)
    assert [report.status for report in reports] == ["loaded", "held"]
    assert "1 ligne chargée à l’instant par un autre fichier" in plain(reports[1].problems[0].message)


def _again(engine: Engine, folder: Path, second: Make) -> None:
    assert load(engine, rows_of(PLACE, {"nom": "Évreux"}, name="a.csv")(folder))[0].status == "loaded"
    [report] = load(engine, second(folder))
    assert report.status == "already_loaded"
    assert "Déjà chargé le" in report.remarks[0].message


STEPS = [{"etape": "candidature", "date": f"{day:02}/03/2018"} for day in range(1, 10)] + [{}]
LATE = rows_of(PLACE, {"nom": "Ancien nom"}, name="ancien.csv")

FILE_LEVEL = (
    Entry(1, "UTF-8", text(lines_of(EVREUX)), loads(kept={NAME: ["Évreux été"]})),
    Entry(2, "mark of UTF-8", text("\ufeff" + lines_of(EVREUX)), loads(kept={NAME: ["Évreux été"]})),
    Entry(
        2,
        "mark of UTF-8 before Windows-1252",
        _encoded("cp1252", b"\xef\xbb\xbf", nom="Évreux été"),
        loads(1, "malgré une marque UTF-8", kept={NAME: ["Évreux été"]}),
    ),
    Entry(3, "Windows-1252", _encoded("cp1252", nom="Été à 5 €"), loads(1, "Windows-1252", kept={NAME: ["Été à 5 €"]})),
    Entry(4, "Windows-1252, one œ", _encoded("cp1252", nom="Cœur"), loads(1, "Windows-1252", kept={NAME: ["Cœur"]})),
    Entry(5, "Latin-1 with 0x80–0x9F", _encoded("cp1252", nom="L’été…"), loads(1, "Windows", kept={NAME: ["L’été…"]})),
    Entry(6, "cp850", _encoded("cp850", nom="Évreux été"), refuses_file(OLD, 2)),
    Entry(6, "cp850, ô and à only", _encoded("cp850", nom="Rôle à jouer"), refuses_file(OLD, 2)),
    Entry(6, "cp437, î only", _encoded("cp437", nom="Le dîner"), refuses_file(OLD, 2)),
    Entry(6, "cp850, û only", _encoded("cp850", nom="La flûte"), refuses_file(OLD, 2)),
    Entry(6, "MacRoman", _encoded("mac_roman", nom="Évreux été"), refuses_file(OLD, 2)),
    Entry(6, "MacRoman, ô only", _encoded("mac_roman", nom="Hôtel"), refuses_file(OLD, 2)),
    Entry(7, "UTF-16 LE", _encoded("utf-16-le", b"\xff\xfe", nom="Été"), loads(1, "UTF-16", kept={NAME: ["Été"]})),
    Entry(7, "UTF-16 BE", _encoded("utf-16-be", b"\xfe\xff", nom="Été"), loads(1, "UTF-16", kept={NAME: ["Été"]})),
    Entry(8, "UTF-16 without mark", _encoded("utf-16-le", nom="Été"), refuses_file("UTF-16 sans sa marque")),
    Entry(9, "mojibake", one(PLACE, nom="Ã‰vreux"), holds("Évreux", accepted=0, line=2)),
    Entry(9, "mojibake of a euro", one(PLACE, nom="Cinq â‚¬"), holds("€", accepted=0, line=2)),
    Entry(10, "double mojibake", many(PLACE, 150, {"nom": "Ãƒâ€°vreux"}), refuses_rows({152: "accents détruits"}, 150)),
    Entry(10, "lost character", many(PLACE, 150, {"nom": "\ufffdvreux"}), refuses_rows({152: "accents détruits"}, 150)),
    Entry(
        10,
        "many lost characters",
        rows_of(PLACE, {"nom": "\ufffd"}, {"id_lieu": "TL-8"}),
        refuses_file("1 lignes sur 2", 2),
    ),
    Entry(
        11,
        "two encodings",
        text(lines_of(EVREUX).encode() + _of_place(id_lieu="TL-8", nom="Été").encode("cp1252") + b"\n"),
        refuses_file("mélange deux encodages", 3),
    ),
    Entry(12, "semicolons", text(lines_of(PLACE)), loads(kept={NAME: ["Le Lieu"]})),
    Entry(
        13,
        "commas and quoted decimals",
        text('reference,dispositif,beneficiaire,date_vote,montant_vote\nD-1,emergence,A,01/03/2021,"1000,50"\n'),
        loads(kept={"aid_version.voted_amount": [1000.50]}),
    ),
    Entry(14, "tabulations", text(lines_of(PLACE, delimiter="\t")), loads(kept={NAME: ["Le Lieu"]})),
    Entry(14, "pipes", text(lines_of(PLACE, delimiter="|")), loads(kept={NAME: ["Le Lieu"]})),
    Entry(
        15, "delimiter changes", text(lines_of(PLACE) + lines_of(PLACE, delimiter=",")), refuses_file("séparateur", 3)
    ),
    Entry(
        15,
        "delimiter changes, decimal commas",
        text(lines_of(AID) + "D-2,emergence,Asso B,01/03/2021,1000,00\n"),
        refuses_file("le séparateur de colonnes change", 3),
    ),
    Entry(16, "sep=;", text("sep=;\n" + lines_of(PLACE)), loads(1, "consigne d’Excel", kept={NAME: ["Le Lieu"]})),
    Entry(17, "one column", text("nom\nLe Lieu\n"), refuses_file("une seule colonne")),
    Entry(18, "LF", text(lines_of(PLACE)), loads()),
    Entry(18, "CRLF", text(lines_of(PLACE, end="\r\n")), loads()),
    Entry(18, "CR", text(lines_of(PLACE, end="\r")), loads()),
    Entry(18, "mixed", text(lines_of(PLACE, end="\r\n") + _of_place(id_lieu="TL-8") + "\n"), loads(2)),
    Entry(19, "NUL bytes", text(lines_of(PLACE, {"nom": "a\0\0\0b"})), refuses_file("octets nuls")),
    Entry(19, "one NUL", many(PLACE, 2, {"nom": "a\0b"}), refuses_rows({4: "accents détruits"}, 2)),
    Entry(
        20,
        "invisible characters",
        one(PLACE, nom="La\u200b Fi\u00adla\u200fture\u0007"),
        loads(1, "invisible", kept={NAME: ["La Filature"]}),
    ),
    Entry(21, "unbalanced quote", _lines(_of_place(nom='"Le Lieu')), refuses_file("guillemet", 2)),
    Entry(22, "line break inside quotes", one(PLACE, nom="Le\nLieu"), loads(kept={NAME: ["Le\nLieu"]})),
    Entry(23, "line of 3 MB", one(PLACE, nom="x" * 3_000_000), refuses_file("32 767 caractères", 2)),
    Entry(23, "cell of 40 000 characters", one(PLACE, nom="x" * 40_000), refuses_file("32 767", 2)),
    Entry(24, "0 byte", text(b""), refuses_file("fichier est vide")),
    Entry(25, "header only", _lines(), refuses_file("aucune ligne de données", 1)),
    Entry(25, "header and a total", _lines("Total;;;;"), refuses_file("aucune ligne de données", 1)),
    Entry(26, "cut inside a line", _lines(_of_place(), "TL-8;Bar", last=""), refuses_file("coupé", 3)),
    Entry(
        26,
        "cut inside a character",
        text(lines_of(PLACE).encode() + "TL-8;É".encode()[:-1]),
        refuses_file("milieu d’un caractère", 3),
    ),
    Entry(
        26,
        "cut inside the last amount",
        then(
            many(AID, 6, montant_vote="12345,00"),
            lambda path: path.write_bytes(path.read_bytes().rstrip()[:-3]) and None,
        ),
        refuses_file("le fichier est coupé", 7),
    ),
    Entry(
        26,
        "cut before the last amount",
        then(
            many(AID, 6, montant_vote="12345,00"),
            lambda path: path.write_bytes(path.read_bytes().rstrip()[:-8]) and None,
        ),
        refuses_file("le fichier est coupé", 7),
    ),
    Entry(26, "no last line break, whole", _lines(_of_place(), _of_place(id_lieu="TL-8"), last=""), loads(2)),
    Entry(
        27,
        "a third of the steps is missing",
        rows_of(STEP, *STEPS[:6]),
        holds("livraison partielle", accepted=6),
        before=(rows_of(STEP, *STEPS, name="avant.csv"),),
    ),
    Entry(28, "CSV over 2 GB", run=_big_csv),
    Entry(28, "workbook over 100 MB", run=_big_workbook),
    Entry(28, "a file by the web", run=_by_the_web),
    Entry(
        28,
        "workbook over a million rows",
        _sheet_xml(_header_xml() + _row_xml(2) + _row_xml(1_048_000)),
        refuses_file("un million de lignes", 1_048_000),
    ),
    Entry(29, "PNG", text(b"\x89PNG\r\n\x1a\n"), refuses_file("une image")),
    Entry(29, "PDF named .xls", text(b"%PDF-1.7", "a.xls"), refuses_file("un document PDF")),
    Entry(29, "HTML named .xls", text("<html><table></table>", "a.xls"), refuses_file("une page HTML")),
    Entry(29, "JSON named .csv", text('[{"id": 1}]'), refuses_file("c’est du JSON")),
    Entry(30, "CSV named .xlsx", text(lines_of(PLACE), "a.xlsx"), loads(1, "lu ainsi", kept={NAME: ["Le Lieu"]})),
    Entry(30, "XLSX named .csv", _workbook_as("a.csv"), loads(1, "lu ainsi", kept={NAME: ["Le Lieu"]})),
    Entry(31, "BIFF .xls", text(_ole("Workbook"), "a.xls"), refuses_file("Enregistrer sous")),
    Entry(31, "BIFF 5 .xls", text(_ole("Book"), "a.xls"), refuses_file("Enregistrer sous")),
    Entry(31, "Word named .xls", text(_ole("WordDocument"), "a.xls"), refuses_file("Word")),
    Entry(31, "XLSB", _member("xl/workbook.bin"), refuses_file(".xlsb")),
    Entry(
        32,
        "macro workbook by its type",
        _member("[Content_Types].xml", b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        refuses_file("macros"),
    ),
    Entry(32, "named .xlsm", _workbook_as("a.xlsm"), refuses_file("macros")),
    Entry(32, "VBA inside", _member("xl/vbaProject.bin"), refuses_file("macros")),
    Entry(32, "VBA inside, backslash and capitals", _member("XL\\VBAPROJECT.BIN"), refuses_file("macros")),
    Entry(32, "OLE object", _member("xl/embeddings/oleObject1.bin"), refuses_file("objets incorporés")),
    Entry(32, "external link", _member("xl/externalLinks/externalLink1.xml"), refuses_file("liens vers d’autres")),
    Entry(
        32,
        "OpenDocument with macros",
        lambda folder: ods_of(
            folder, ods_table(ods_rows(list(PLACE), list(PLACE.values()))), members={"Basic/script.xlb": b"x"}
        ),
        refuses_file("macros"),
    ),
    Entry(
        32,
        "OpenDocument with an object",
        lambda folder: ods_of(
            folder,
            ods_table(ods_rows(list(PLACE), list(PLACE.values()))),
            members={"META-INF/manifest.xml": b"application/vnd.sun.star.oleobject"},
        ),
        refuses_file("objets incorporés"),
    ),
    Entry(33, "encrypted Office", text(_ole("EncryptedPackage"), "a.xlsx"), refuses_file("mot de passe")),
    Entry(33, "encrypted member", then(workbook(PLACE), _encrypted), refuses_file("mot de passe")),
    Entry(34, "truncated .xlsx", _cut(workbook(PLACE), 0.6), refuses_file("incomplet ou abîmé")),
    Entry(35, "far cell", _sheet_xml(_header_xml() + _row_xml(2, inline("XFD2", "x"))), refuses_file("très loin", 2)),
    Entry(
        36,
        "formatted blanks",
        _sheet_xml(
            _header_xml() + _row_xml(2) + "".join(f'<row r="{n}"><c r="A{n}"/></row>' for n in range(3, 12_000))
        ),
        loads(1, "lignes vides", kept={NAME: ["Le Lieu"]}),
    ),
    Entry(37, "bomb", _bomb, refuses_file("une fois décompressé")),
    Entry(38, "a million inline cells", _many_cells, refuses_file("une fois décompressé")),
    Entry(
        39,
        "DTD with an entity",
        then(
            workbook(PLACE),
            lambda path: repack(
                path, {"xl/workbook.xml": b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'}
            ),
        ),
        refuses_file("définitions cachées (DTD)"),
    ),
    Entry(
        39,
        "DTD in the shared texts",
        then(workbook(PLACE), lambda path: with_strings(path, f'<!DOCTYPE sst><sst xmlns="{MAIN}"/>')),
        refuses_file("définitions cachées (DTD)"),
    ),
    Entry(
        40,
        "a filled row repeated a million times",
        lambda folder: ods_of(
            folder,
            ods_table(
                ods_rows(list(PLACE))
                + ods_rows(list(PLACE.values())).replace(
                    "<table:table-row>", '<table:table-row table:number-rows-repeated="1000000">'
                )
            ),
        ),
        refuses_file("répétée 1000000 fois", 2),
    ),
    Entry(41, "../ in the archive", _member("../../etc/passwd"), refuses_file("chemin interdit")),
    Entry(41, "..\\ in the archive", _member("..\\..\\etc\\passwd"), refuses_file("chemin interdit")),
    Entry(41, "symbolic link", then(workbook(PLACE), _linked), refuses_file("lien symbolique")),
    Entry(41, "nested archive", _member("xl/autre.zip"), refuses_file("autre archive")),
    Entry(
        42,
        "the same bytes",
        run=lambda engine, folder: _again(engine, folder, rows_of(PLACE, {"nom": "Évreux"}, name="a.csv")),
    ),
    Entry(
        43,
        "the same content, other name",
        run=lambda engine, folder: _again(engine, folder, rows_of(PLACE, {"nom": "Évreux"}, name="b.csv")),
    ),
    Entry(
        43,
        "the same content, a workbook",
        run=lambda engine, folder: _again(engine, folder, workbook(PLACE, {"nom": "Évreux"})),
    ),
    Entry(
        43,
        "the same content, columns moved",
        run=lambda engine, folder: _again(
            engine,
            folder,
            text(
                lines_of({"nom": "Évreux", **{k: v for k, v in PLACE.items() if k != "nom"}}, end="\r\n").encode(
                    "cp1252"
                )
            ),
        ),
    ),
    Entry(
        44,
        "an older delivery",
        rows_of(PLACE, {"nom": "Ancien nom", "porteur": "Asso"}, name="encore.csv"),
        holds("livraison ancienne"),
        before=(LATE, rows_of(PLACE, {"nom": "Nouveau nom"}, name="nouveau.csv")),
    ),
    Entry(45, "changed while it is read", run=_changed_while_read),
    Entry(46, "names of files", run=_strange_names),
    Entry(47, "two files for one month", run=_two_files),
)
