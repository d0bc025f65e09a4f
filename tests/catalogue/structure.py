"""Rows 48 to 67: headers, rows that hold no data, sheets, cells of workbooks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from tests.catalogue.entries import Entry, Make, holds, loads, refuses_file, refuses_rows
from tests.catalogue.inputs import AID, PLACE, lines_of, many, one, rows_of, sheet, text, workbook

NAME, VOTED = "place_version.name", "aid_version.voted_amount"
HEADER, ROW = list(PLACE), list(PLACE.values())
TOTAL = {"reference": "", "dispositif": "", "beneficiaire": "", "date_vote": ""}


def renamed(**names: str) -> Make:
    """The usual aid with other headers."""
    return text(lines_of({names.get(key, key): value for key, value in AID.items()}))


def sheets(*tables: tuple[str, list[list[object]], str]) -> Make:
    """A workbook of several sheets: name, rows, state."""

    def make(folder: Path) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, rows, state in tables:
            added = book.create_sheet(name)
            added.sheet_state = state
            for row in rows:
                added.append(row)
        book.save(folder / "fichier.xlsx")
        return folder / "fichier.xlsx"

    return make


def merged(*areas: str) -> Make:
    """Three aids of one place, with cells merged."""
    rows = [{"reference": f"D-{at}", "id_lieu": "TL-01" if at == 1 else None} for at in range(1, 4)]

    def fill(page: Worksheet) -> None:
        for area in areas:
            page.merge_cells(area)

    return workbook(AID, *rows, fill=fill)


def hidden(page: Worksheet) -> None:
    page.row_dimensions[2].hidden = True
    page.column_dimensions["B"].hidden = True


def decorated(page: Worksheet) -> None:
    page.auto_filter.ref = "A1:E2"
    page["B2"].comment = Comment("à vérifier", "Agent")


def epoch_1904(folder: Path) -> Path:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    page = book.worksheets[0]
    page.append([*HEADER, "date_ouverture"])
    page.append([*ROW, date(2019, 5, 6)])
    book.save(folder / "fichier.xlsx")
    return folder / "fichier.xlsx"


def cell(value: object) -> Make:
    """A workbook with that value as the name of a place."""
    return workbook(PLACE, {"nom": value})


STRUCTURE = (
    Entry(
        48,
        "case, accents and spaces",
        renamed(reference="N° DOSSIER ", montant_vote="Montant\u00a0voté (en €)*"),
        loads(kept={VOTED: [1000]}),
    ),
    Entry(
        48,
        "ordinal sign",
        renamed(reference="Nº dossier", montant_vote="Montant voté (€)"),
        loads(kept={VOTED: [1000]}),
    ),
    Entry(
        48,
        "a header that only resembles",
        renamed(montant_vote="Montant voté TTC"),
        refuses_file("« Montant voté TTC » y ressemble"),
    ),
    Entry(48, "amounts in k€", renamed(montant_vote="montant_vote (k€)"), refuses_file("manque « montant_vote »")),
    Entry(
        49,
        "two headers of one column",
        text(lines_of({**AID, "Montant voté": "1000"})),
        refuses_file("disent la même chose"),
    ),
    Entry(
        50,
        "one header twice",
        text(lines_of(AID).replace("dispositif", "reference", 1)),
        refuses_file("deux colonnes portent le nom", 1),
    ),
    Entry(51, "optional columns are missing", one(PLACE), loads()),
    Entry(
        51,
        "required columns are missing",
        text("id_lieu;nom;code_insee\nTL-9;A;14118\n"),
        refuses_file("« porteur » et « type_porteur »"),
    ),
    Entry(52, "unknown column", one(PLACE, humeur="bonne"), loads(1, "Colonne inconnue")),
    Entry(52, "contact of a person", one(PLACE, telephone="0612345678"), loads(1, "rien n’en est gardé")),
    *(
        Entry(52, f"personal: {name}", one(PLACE, **{name: "x"}), refuses_file("données personnelles"))
        for name in (
            *("NIR", "nir_beneficiaire", "Numéro NIR", "IBAN", "IBAN du porteur", "RIB", "N° de sécurité sociale"),
            *("Date de naissance", "date_naissance", "DateDeNaissance", "Date de naissance du gérant", "Né(e) le"),
        )
    ),
    Entry(53, "columns moved", text(lines_of(dict(reversed(PLACE.items())))), loads(kept={NAME: ["Le Lieu"]})),
    Entry(
        54,
        "a cell more",
        text(lines_of(PLACE) + ";".join([*ROW, "x"]) + "\n"),
        refuses_rows({3: "6 cellules pour 5 intitulés"}),
    ),
    Entry(
        54,
        "a cell less",
        text(lines_of(PLACE) + ";".join(ROW[:-1]) + "\n"),
        refuses_rows({3: "4 cellules pour 5 intitulés"}),
    ),
    Entry(
        55,
        "preamble",
        text("Export du 12/03/2025\nRégion Normandie\n\n" + lines_of(PLACE)),
        loads(1, "avant l’en-tête"),
    ),
    Entry(56, "blank rows", text("\n;;;;\n" + lines_of(PLACE) + ";;;;\n\n"), loads(1, "vide")),
    Entry(
        57,
        "total",
        many(AID, 3, {**TOTAL, "reference": "TOTAL", "montant_vote": "3 000,00 €"}),
        loads(3, "Ligne de total", kept={VOTED: [1000] * 3}),
    ),
    Entry(
        57,
        "wrong total",
        many(AID, 3, {**TOTAL, "reference": "Total", "montant_vote": "3001"}),
        holds("n’est pas la somme", 3),
    ),
    Entry(
        57,
        "« Montant total »",
        many(AID, 3, {**TOTAL, "reference": "Montant total", "montant_vote": "3000"}),
        loads(3, "Ligne de total"),
    ),
    Entry(57, "total without a label", many(AID, 3, {**TOTAL, "montant_vote": "3000"}), loads(3, "Ligne de total")),
    Entry(
        57,
        "no total and no label",
        many(AID, 3, {**TOTAL, "montant_vote": "3001"}),
        refuses_rows({5: "obligatoire vide"}, 3),
    ),
    Entry(
        57,
        "sub-totals",
        rows_of(
            AID,
            *({"reference": name} for name in "AB"),
            {**TOTAL, "reference": "Sous-total Calvados", "montant_vote": "2000"},
            {"reference": "C"},
            {**TOTAL, "reference": "Sous-total Orne", "montant_vote": "1000"},
            {**TOTAL, "reference": "Total général", "montant_vote": "3000"},
        ),
        loads(3, "Ligne de total"),
    ),
    Entry(
        57,
        "wrong sub-total",
        rows_of(
            AID,
            *({"reference": name} for name in "AB"),
            {**TOTAL, "reference": "Sous-total Calvados", "montant_vote": "1999"},
            {"reference": "C"},
            {**TOTAL, "reference": "Total", "montant_vote": "3000"},
        ),
        holds("ligne 4 (montant_vote : 1 999,00 €) n’est pas la somme", 3),
    ),
    Entry(57, "source line", text(lines_of(PLACE) + "Source : service;;;;\n"), loads(1, "hors des données")),
    Entry(57, "a place called Total", one(PLACE, nom="Total Énergies"), loads(kept={NAME: ["Total Énergies"]})),
    Entry(
        58,
        "merged header",
        sheet(
            [[*HEADER[:3], "Porteur", None], [None, None, None, *HEADER[3:]], ROW],
            fill=lambda page: (
                page.merge_cells("A1:A2")
                or page.merge_cells("B1:B2")
                or page.merge_cells("C1:C2")
                or page.merge_cells("D1:E1")
            ),
        ),
        loads(kept={NAME: ["Le Lieu"]}),
    ),
    Entry(58, "merged optional cells", merged("F2:F4"), refuses_rows({3: "cellule fusionnée", 4: "cellule fusionnée"})),
    Entry(
        58,
        "blank cells merged",
        workbook(AID, {"objet": None}, {"reference": "D-2"}, fill=lambda page: page.merge_cells("F2:F3")),
        loads(2),
    ),
    Entry(
        59,
        "titles of groups above the header",
        text("Le lieu;;;Qui le porte;\n" + lines_of(PLACE)),
        loads(1, "avant l’en-tête"),
    ),
    Entry(
        59,
        "a line of units",
        text(lines_of(AID).replace("\n", "\n;;;(jj/mm/aaaa);(€)\n", 1)),
        loads(1, "unités", kept={VOTED: [1000]}),
    ),
    Entry(60, "hidden row and column", workbook(PLACE, fill=hidden), loads(1, "masquée", kept={NAME: ["Le Lieu"]})),
    Entry(
        61,
        "hidden sheets",
        sheets(
            ("Lieux", [HEADER, ROW], "visible"),
            ("Vieux", [HEADER, ROW], "hidden"),
            ("Très vieux", [HEADER, ROW], "veryHidden"),
        ),
        loads(1, "« Vieux », « Très vieux »"),
    ),
    Entry(
        62,
        "the wrong sheet first",
        sheets(("Lisez-moi", [["Bonjour"]], "visible"), ("Lieux", [HEADER, ROW], "visible")),
        loads(kept={NAME: ["Le Lieu"]}),
    ),
    Entry(
        62,
        "two sheets could be read",
        sheets(("A", [HEADER, ROW], "visible"), ("B", [HEADER, ROW], "visible")),
        refuses_file("plusieurs feuilles ont un en-tête reconnu (« A », « B »)"),
    ),
    Entry(
        62,
        "a second sheet with a header only",
        sheets(("A", [HEADER], "visible"), ("B", [HEADER, ROW], "visible")),
        loads(),
    ),
    Entry(
        63,
        "formula without value",
        workbook(PLACE, {"code_insee": "=B1"}),
        refuses_rows({2: "formule sans résultat"}, 0),
    ),
    Entry(
        63,
        "formula without value, optional",
        workbook(PLACE, {"date_ouverture": "=B1"}),
        refuses_rows({2: "formule sans résultat"}, 0),
    ),
    *(
        Entry(64, error, cell(error), refuses_rows({2: "erreur de calcul"}, 0))
        for error in ("#N/A", "#REF!", "#DIV/0!")
    ),
    Entry(65, "filter and comments", workbook(PLACE, fill=decorated), loads(kept={NAME: ["Le Lieu"]})),
    Entry(66, "1904 date system", epoch_1904, loads(kept={"place_version.opened": [date(2019, 5, 6)]})),
    Entry(67, "numbers typed as text", workbook(AID, {"montant_vote": "1000,50"}), loads(kept={VOTED: [1000.50]})),
)
