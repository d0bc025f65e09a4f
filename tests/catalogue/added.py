"""Rows 131 to 145: what public bug reports and real files have shown."""

from __future__ import annotations

import json
import re
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Engine, select

from data.schema import metadata
from etl.files import UnreadableFile, open_table
from etl.files.model import MAX_ROWS
from etl.files.recognition import signature_of
from tests.catalogue.entries import Entry, Make, holds, load, loads, plain, refuses_file, refuses_rows
from tests.catalogue.inputs import (
    ACTIVITY,
    AID,
    EPN,
    EVENT,
    PLACE,
    SCDL,
    STEP,
    VISITS,
    document,
    lines_of,
    many,
    one,
    rows_of,
    sheet,
    text,
    then,
    workbook,
)  # fmt: skip
from tests.etl.files.samples import ods, repack

NAME, CODE, OPENED = "place_version.name", "place_version.code", "place_version.opened"
VOTE, VOTED, YEAR = "aid_version.vote", "aid_version.voted_amount", "aid_version.fiscal_year"
COMMUNE, LON, LAT = "place_version.commune", "place_version.lon", "place_version.lat"
FLOAT_NOISE = "11.999999999999998"
LAST_MOMENT = 44561.99999998843  # 31 December 2021, 23:59:59.999


def parts(change: dict[str, str]) -> Make:
    """The usual workbook, some of its parts renamed in the archive only."""

    def renamed(path: Path) -> Path:
        with zipfile.ZipFile(path) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in members.items():
                archive.writestr(
                    next((name.replace(old, new) for old, new in change.items() if old in name), name), content
                )
        return path

    return then(workbook(PLACE), renamed)


def in_sheet(old: str, new: str) -> Make:
    """The usual workbook, its sheet's XML changed."""

    def changed(path: Path) -> Path:
        with zipfile.ZipFile(path) as archive:
            xml = archive.read("xl/worksheets/sheet1.xml").decode()
        assert old in xml
        return repack(path, {"xl/worksheets/sheet1.xml": xml.replace(old, new).encode()})

    return then(workbook(PLACE), changed)


def formatted(default: dict[str, str], header: str, value: object, code: str) -> Make:
    """A workbook of one row, one cell of which has a number format."""

    def fill(page: Worksheet) -> None:
        at = [*default, *([] if header in default else [header])].index(header) + 1
        page.cell(2, at).number_format = code

    return workbook(default, {header: value}, fill=fill)


def prefixed(path: Path) -> Path:
    """The same sheet with a prefix on every element."""
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    xml = re.sub(r"<(/?)(\w)", r"<\1x:\2", xml).replace("xmlns=", "xmlns:x=")
    return repack(path, {"xl/worksheets/sheet1.xml": xml.encode()})


def drawn_down(default: dict[str, str]) -> Make:
    """Check boxes and zeros down to row 200 under three rows."""
    width = len(default)
    rows = [
        [*default.values(), False],
        *([f"{default['id_lieu']}-{at}", *list(default.values())[1:], False] for at in (2, 3)),
    ]
    rest = [[None] * (width - 1) + [0, False] for _ in range(197)]
    return sheet([[*default, "coché"], *rows, *rest])


def noisy(default: dict[str, str]) -> Make:
    """A workbook whose last cell holds what binary fractions make of 12."""

    def changed(path: Path) -> Path:
        with zipfile.ZipFile(path) as archive:
            xml = archive.read("xl/worksheets/sheet1.xml").decode()
        return repack(path, {"xl/worksheets/sheet1.xml": xml.replace("<v>777</v>", f"<v>{FLOAT_NOISE}</v>").encode()})

    return then(workbook(default, {"valeur": 777}), changed)


def no_row_lost(lines: str, *, kept: int = 2) -> Make:
    """Two places, then these lines."""
    assert kept == 2
    return text(lines_of(PLACE, {}, {"id_lieu": "TL-8"}) + lines)


AGENDA = {
    "total": 1,
    "events": [
        {
            "uid": 12345678,
            "title": {"fr": "Portes ouvertes"},
            "timings": [{"begin": "2021-03-01T10:00:00+01:00", "end": "2021-03-01T12:00:00+01:00"}],
            "firstTiming": {"begin": "2021-03-01T10:00:00+01:00", "end": "2021-03-01T12:00:00+01:00"},
            "lastTiming": {"begin": "2021-03-02T10:00:00+01:00", "end": "2021-03-02T12:00:00+01:00"},
            "location": {
                "name": "La Filature",
                "city": "Caen",
                "postalCode": "14000",
                "latitude": 49.18,
                "longitude": -0.37,
            },
            "state": 2,
        }
    ],
}
V2 = {
    "total_count": 1,
    "links": [{"rel": "self", "href": "https://exemple.fr"}],
    "records": [{"links": [], "record": {"id": "abc", "timestamp": "2022-04-21T08:46:02Z", "size": 10, "fields": EPN}}],
}
V1 = [
    {"datasetid": "epn", "recordid": "abc", "fields": EPN, "geometry": {"type": "Point", "coordinates": [-0.37, 49.18]}}
]
V21 = {"total_count": 1, "results": [{**EPN, "geo_point_2d": {"lon": -0.37, "lat": 49.18}}]}


def _too_many_rows(_engine: Engine, folder: Path) -> None:
    """More than 20 million rows: counted before any is read."""
    path = folder / "fichier.csv"
    with path.open("wb") as file:
        file.write(b"id_lieu;nom;code_insee;porteur;type_porteur\n")
        block = b";\n" * 1_000_000
        for _ in range(MAX_ROWS // 1_000_000 + 1):
            file.write(block)
    start = time.process_time()
    with pytest.raises(UnreadableFile, match="20 millions"), open_table(path, signature=signature_of(None)):
        pass
    assert time.process_time() - start < 5


def _nothing_personal_is_stored(engine: Engine, folder: Path) -> None:
    """No table holds what was struck out, neither of rows that loaded nor of those that were refused."""
    secrets = (
        "jeanne.martin@exemple.fr",
        "06 12 34 56 78",
        "2 85 05 78 006 084 36",
        "FR76 3000 6000 0112 3456 7890 189",
    )
    said = " / ".join(secrets)
    files = (
        rows_of(
            AID, {"objet": said, "beneficiaire": said}, {"reference": "D-2", "montant_vote": "x", "beneficiaire": said}
        ),
        rows_of(PLACE, {"nom": said, "porteur": said, "typologie": said}, name="b.csv"),
        rows_of(ACTIVITY, {"intitule": said, "porteur": said}, name="c.csv"),
        rows_of(SCDL, {"objet": said, "nature": said}, {"nomBeneficiaire": said, "montant": "x"}, name="d.csv"),
        rows_of(EPN, {"adresse": said, "services": said}, name="e.csv"),
        rows_of(EVENT, {"title": said, "location_name": said}, name="f.csv"),
        rows_of(STEP, {"commentaire": said}, name="g.csv"),
    )
    for make in files:
        [report] = load(engine, make(folder))
        assert report.status.startswith("loaded"), (make, report.problems)
        assert not [secret for secret in secrets if secret in repr(report)]
    with engine.connect() as connection:
        stored = "".join(repr(connection.execute(select(table)).all()) for table in metadata.sorted_tables)
    assert not [secret for secret in secrets if secret in stored]


def _ended_events_are_named(engine: Engine, folder: Path) -> None:
    """One of twelve known steps ends: it loads, and the step is named."""
    steps = [{"etape": "avis Aract", "date": f"{day:02}/03/2018"} for day in range(1, 12)]
    assert load(engine, rows_of(STEP, *steps, {}, name="avant.csv")(folder))[0].status == "loaded"
    [report] = load(engine, rows_of(STEP, *steps[1:], {}, name="apres.csv")(folder))
    assert report.status == "loaded"
    assert any(
        "1 ligne connue absente" in plain(one.message) and "TL-02, 01/03/2018, avis Aract" in plain(one.message)
        for one in report.remarks
    )


STEPS = [{"etape": "avis Aract", "date": f"{day:02}/03/2018"} for day in range(1, 12)]
TEMPLATE = "id_lieu;nom;code_insee;porteur;type_porteur;date_ouverture"

ADDED = (
    Entry(
        131,
        "part names in another case",
        parts({"workbook.xml": "Workbook.XML", "sharedStrings": "SharedStrings", "sheet1": "Sheet1"}),
        loads(kept={NAME: ["Le Lieu"]}),
    ),
    Entry(131, "backslashes in the archive", parts({"/": "\\"}), loads(kept={NAME: ["Le Lieu"]})),
    Entry(131, "a style that is missing", in_sheet('<c r="A2"', '<c r="A2" s="47"'), loads(kept={NAME: ["Le Lieu"]})),
    Entry(131, "a prefix on every element", then(workbook(PLACE), prefixed), loads(kept={NAME: ["Le Lieu"]})),
    Entry(131, "a wrong dimension", in_sheet('ref="A1:E2"', 'ref="A1:A1"'), loads(kept={NAME: ["Le Lieu"]})),
    Entry(
        132,
        "a zero under a date format",
        formatted(PLACE, "date_ouverture", 0, "dd/mm/yyyy"),
        loads(1, "date(s) nulle(s)", kept={OPENED: [None]}),
    ),
    Entry(132, "formulas drawn down", drawn_down(PLACE), loads(3, "197 lignes sans donnée")),
    Entry(132, "zeros and FALSE in a CSV", no_row_lost("0;FALSE;0,00 €;;FAUX\n"), loads(2, "1 ligne sans donnée")),
    Entry(
        132,
        "zeros in an ODS",
        lambda folder: ods(folder, [*PLACE.values()], [0, False, 0, None, None], header=";".join(PLACE)),
        loads(1, "1 ligne sans donnée"),
    ),
    Entry(
        133,
        "a date shown as its year",
        formatted(AID, "exercice", date(2023, 1, 1), "yyyy"),
        loads(1, "date lue comme son année", kept={YEAR: [2023]}),
    ),
    Entry(
        133,
        "00000;@",
        formatted({**EPN, "commune": "Ailleurs", "code_postal": "01000"}, "code_insee", 1022, "00000;@"),
        loads(kept={"mediation_place.commune": ["01022"]}),
    ),
    Entry(
        133,
        "11.999999999999998",
        noisy(VISITS),
        loads(1, "arrondi à l’unité", kept={"attendance.value": [12]}),
    ),
    Entry(
        133,
        "23:59:59.999",
        formatted(AID, "date_vote", LAST_MOMENT, "dd/mm/yyyy"),
        loads(kept={VOTE: [date(2021, 12, 31)]}),
    ),
    Entry(134, "header repeated", no_row_lost(lines_of(PLACE, {"id_lieu": "TL-7"})), loads(3, "en-tête répété")),
    *(
        Entry(134, f"« {line} »", no_row_lost(f"{line};;;;\n"), loads(2, "hors des données"))
        for line in (
            *("(2 rows)", "(2 lignes affectées)", "2 rows selected.", "2 lignes", "Page 1 sur 3", "Page 1/3", "- 1 -"),
            *("Filtres appliqués : année est 2023", "Applied filters: none", "Édité le 12/03/2025", "Source : Région"),
            *("Nombre de lignes : 2", "Fin du fichier", "* chiffres provisoires", "Légende : x"),
        )
    ),
    Entry(134, "(2 rows) alone on its line", no_row_lost("(2 rows)\n"), loads(2, "hors des données")),
    Entry(
        134,
        "a page number in the last cell",
        no_row_lost("Région Normandie;;;;Page 2/3\n"),
        loads(2, "hors des données"),
    ),
    Entry(
        134,
        "« Total général » in the fourth cell",
        many(
            AID,
            2,
            {
                "reference": "",
                "dispositif": "",
                "beneficiaire": "",
                "date_vote": "Total général",
                "montant_vote": "2000",
            },
        ),
        loads(2, "Ligne de total"),
    ),
    Entry(
        134,
        "sums of a workbook without label",
        workbook(
            AID,
            {},
            {"reference": "D-2"},
            {"reference": None, "dispositif": None, "beneficiaire": None, "date_vote": None, "montant_vote": 2000},
        ),
        loads(2, "Ligne de total"),
    ),
    Entry(
        135,
        '="14118"',
        one(PLACE, code_insee='="14118"', id_lieu='="TL-9"'),
        loads(1, "par un tableur", kept={COMMUNE: ["14118"]}),
    ),
    Entry(
        135,
        "leading apostrophes",
        text(lines_of(AID, {"reference": "'D-1", "date_vote": "'01/03/2021", "montant_vote": "'1000"})),
        loads(1, "apostrophe", kept={VOTED: [1000], VOTE: [date(2021, 3, 1)]}),
    ),
    Entry(
        135,
        "apostrophe in JSON",
        document([{**AID, "montant_vote": "'1000"}]),
        loads(1, "apostrophe", kept={VOTED: [1000]}),
    ),
    Entry(
        135,
        "a space before quotes",
        text(lines_of(PLACE).replace("Le Lieu", ' "Le Lieu" ')),
        loads(kept={NAME: ["Le Lieu"]}),
    ),
    Entry(
        135,
        "ï»¿ before the first header",
        text("ï»¿" + lines_of(PLACE)),
        loads(1, "invisible", kept={NAME: ["Le Lieu"]}),
    ),
    Entry(
        135,
        "ï»¿ in a workbook",
        sheet([["ï»¿id_lieu", *list(PLACE)[1:]], list(PLACE.values())]),
        loads(1, kept={NAME: ["Le Lieu"]}),
    ),
    *(
        Entry(
            135,
            f"{word} in optional cells",
            one(AID, date_engagement=word, montant_engage=word, objet=word),
            loads(
                1,
                "lu comme une case vide",
                kept={"aid_version.commitment": [None], "aid_version.purpose": [None], VOTED: [1000]},
            ),
        )
        for word in ("NULL", r"\N", "ND", "sans objet", "—", "s.o.", "non renseigné", "/", "?")
    ),
    Entry(136, "2025.101 from a workbook", workbook(AID, {"reference": 2025.101}), loads(kept={VOTED: [1000]})),
    Entry(
        136,
        "a reference turned into a date",
        workbook(AID, {"reference": date(2025, 10, 25)}),
        loads(1, "date à la place d’un identifiant"),
    ),
    Entry(
        136,
        "2.43E+16 in JSON",
        text(
            json.dumps([{**AID, "montant_vote": 1000.5}]).replace('"D-1"', "2.43E+16"),
            "a.json",
        ),
        loads(1, "notation scientifique à la place", kept={VOTED: [1000.5]}),
    ),
    *(
        Entry(137, text_, one(AID, date_vote=text_), loads(1, *remarks, kept={VOTE: [expected]}))
        for text_, expected, remarks in (
            ("2018-05", date(2018, 5, 1), ["mois sans jour"]),
            ("05/2018", date(2018, 5, 1), ["mois sans jour"]),
            ("2023-02-27 10:00:00+01", date(2023, 2, 27), []),
            ("2023-02-27 23:30:00.123456+00", date(2023, 2, 28), ["heure ramenée"]),
            ("20230227", date(2023, 2, 27), []),
            ("16 avril 2024, 06:00", date(2024, 4, 16), []),
        )
    ),
    Entry(
        138,
        "a postcode that is another commune’s code",
        one(EPN, commune="Pont-l'Évêque", code_postal="14130", code_insee="14130"),
        loads(1, "contredit", kept={"mediation_place.commune": ["14514"]}),
    ),
    Entry(
        138,
        "a CEDEX postcode",
        one(EPN, commune="Caen CEDEX 4", code_postal="14050", code_insee="14050"),
        loads(1, kept={"mediation_place.commune": ["14118"]}),
    ),
    Entry(
        138,
        "a lost zero with the commune’s name",
        one(EPN, commune="Bourg-en-Bresse", code_postal="01000", code_insee="1053"),
        loads(1, "zéro de tête", kept={"mediation_place.commune": ["01053"]}),
    ),
    Entry(
        138,
        "a code of another commune, for a place",
        one(PLACE, code_insee="14130", commune="Pont-l'Évêque", code_postal="14130"),
        loads(1, "contredit", kept={COMMUNE: ["14514"]}),
    ),
    *(
        Entry(
            139,
            f"{encoding}, {word}",
            text(lines_of({**PLACE, "nom": word}), encoding=encoding),
            refuses_file("ni UTF-8 ni Windows-1252", 2),
        )
        for encoding, word in (
            ("cp850", "Hôtel"),
            ("cp850", "Rôle à jouer"),
            ("mac_roman", "Le dîner"),
            ("mac_roman", "Hôtel"),
        )
    ),
    Entry(
        139,
        "JSON cut in the last amount",
        text('[{"reference": "D-1", "montant_vote": 123', "a.json"),
        refuses_file("JSON est illisible", 1),
    ),
    Entry(
        139,
        "CSV cut in the last amount",
        text(
            "\n".join([";".join(AID), *(f"D-{at};emergence;A;01/03/2021;12345,00" for at in range(6))])
            + "\nD-9;emergence;A;01/03/2021;12"
        ),
        refuses_file("coupé", 8),
    ),
    Entry(140, "Lambert-93", one(PLACE, longitude="454000", latitude="6904000"), loads(1, "Lambert-93")),
    Entry(
        140, "Lambert-93, northing first", one(PLACE, longitude="6904000", latitude="454000"), loads(1, "Lambert-93")
    ),
    Entry(
        140,
        "degrees and minutes",
        one(PLACE, longitude="0°22'", latitude="49°10'"),
        loads(1, "case laissée vide", kept={LON: [None], LAT: [None]}),
    ),
    Entry(
        140,
        "an optional date that cannot be read",
        one(PLACE, date_ouverture="au printemps"),
        loads(1, "case laissée vide", kept={OPENED: [None]}),
    ),
    Entry(
        140,
        "an optional amount that cannot be read",
        one(AID, montant_engage="à voir"),
        loads(1, "case laissée vide", kept={VOTED: [1000]}),
    ),
    Entry(141, "more than 20 million rows", run=_too_many_rows),
    Entry(
        142,
        "merged identifier",
        workbook(PLACE, {}, {"id_lieu": None}, {"id_lieu": None}, fill=lambda page: page.merge_cells("A2:A4")),
        refuses_rows({3: "cellule fusionnée", 4: "cellule fusionnée"}, kept={NAME: ["Le Lieu"]}),
    ),
    Entry(
        143,
        "~$ of Office",
        text(b"\x0bAgent\0\0\0", "~$lieux.xlsx"),
        refuses_file("verrou d’un document ouvert dans Office"),
    ),
    Entry(143, "._ of macOS", text(b"\0\x05\x16\x07", "._lieux.csv"), refuses_file("fichier caché de macOS")),
    Entry(143, "lock of LibreOffice", text(",agent", ".~lock.lieux.ods#"), refuses_file("Chargez « lieux.ods »")),
    Entry(
        143,
        "old .xls",
        text(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le"), "a.xls"),
        refuses_file("« Classeur Excel (.xlsx) »"),
    ),
    Entry(143, "Opendatasoft v1", document(V1), loads(kept={"mediation_place.code": ["M-1"]})),
    Entry(143, "Opendatasoft v2", document(V2), loads(kept={"mediation_place.code": ["M-1"]})),
    Entry(143, "Opendatasoft v2.1", document(V21), loads(kept={"mediation_place.code": ["M-1"]})),
    Entry(
        143,
        "OpenAgenda",
        document(AGENDA),
        loads(
            kept={
                "activity.title": ["Portes ouvertes"],
                "activity.day": [date(2021, 3, 1)],
                "activity.commune": ["14118"],
            }
        ),
    ),
    Entry(144, "personal data everywhere", run=_nothing_personal_is_stored),
    Entry(145, "few events end", run=_ended_events_are_named),
    Entry(
        145,
        "many events end",
        rows_of(STEP, *STEPS[:8], {}),
        holds("ferait disparaître 3 lignes connues sur 13", 9),
        before=(rows_of(STEP, *STEPS, {}, name="avant.csv"),),
    ),
    Entry(
        145,
        "one event of a few ends",
        rows_of(STEP, *STEPS[:3], {}),
        holds("ferait disparaître 1 ligne connue sur 6", 4),
        before=(rows_of(STEP, *STEPS[:4], {}, name="avant.csv"),),
    ),
    Entry(
        145,
        "the only event moves",
        rows_of(STEP, {"date": "11/09/2018"}),
        loads(1, "1 ligne connue absente", kept={"label_event.day": [date(2018, 9, 11)]}),
        before=(rows_of(STEP, {}, name="avant.csv"),),
    ),
)
