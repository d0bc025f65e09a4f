"""Rows 68 to 110: numbers, dates, codes, texts."""

from __future__ import annotations

from datetime import date

from tests.catalogue.entries import Entry, Make, Verdict, holds, loads, refuses_rows
from tests.catalogue.inputs import AID, EPN, MONEY, PLACE, SCDL, Cells, document, one, rows_of, workbook

VOTED, VOTE, ELIGIBLE = "aid_version.voted_amount", "aid_version.vote", "aid_version.eligible_amount"
PORTION, NAME, SIRET = "aid_version.voted_amount", "aid_version.beneficiary", "aid_version.siret"
COMMUNE, EPN_COMMUNE = "place_version.commune", "mediation_place.commune"


def amount(row: int, text: str, verdict: Verdict, *others: str) -> Entry:
    """An amount voted, alone or with others in its column."""
    rows = [{"reference": f"D-{at}", "montant_vote": one} for at, one in enumerate((text, *others), 1)]
    return Entry(row, f"amount {text!r} {others or ''}".strip(), rows_of(AID, *rows), verdict)


def voted(text: str, euros: float, row: int, *remarks: str, more: int = 0) -> Entry:
    return amount(row, text, loads(1 + more, *remarks, kept={VOTED: [euros]} if not more else None))


def refused_amount(row: int, text: str, why: str) -> Entry:
    return amount(row, text, refuses_rows({2: why}), "1000")


def day(row: int, text: object, expected: date, *remarks: str) -> Entry:
    return Entry(row, f"date {text}", one(AID, date_vote=text), loads(1, *remarks, kept={VOTE: [expected]}))


def refused_day(row: int, text: str, why: str) -> Entry:
    return Entry(row, f"date {text}", rows_of(AID, {"date_vote": text}, {"reference": "D-2"}), refuses_rows({2: why}))


def commune(row: int, text: str, code: str, *remarks: str, **cells: str) -> Entry:
    make = one(PLACE, code_insee=text, **cells)
    return Entry(
        row, f"code {text} {' '.join(cells.values())}".strip(), make, loads(1, *remarks, kept={COMMUNE: [code]})
    )


def refused_commune(row: int, text: str, why: str) -> Entry:
    rows = rows_of(PLACE, {"code_insee": text}, {"id_lieu": "TL-8"})
    return Entry(row, f"code {text}", rows, refuses_rows({2: why}))


def siret(row: int, text: str, expected: str | None, *remarks: str) -> Entry:
    make = one(AID, siret_beneficiaire=text)
    return Entry(row, f"SIRET {text}", make, loads(1, *remarks, kept={SIRET: [expected], VOTED: [1000]}))


def text_of(row: int, text: str, kept: str, *remarks: str) -> Entry:
    return Entry(
        row, f"text {text[:30]}", one(AID, objet=text), loads(1, *remarks, kept={"aid_version.purpose": [kept]})
    )


def refuses_cell(row: int, name: str, default: Cells, header: str, value: str, why: str) -> Entry:
    name_of = next(one for one in ("nomBeneficiaire", "source", "nom") if one in default)
    key = next(iter(default)) if "id" in default else name_of
    rows = rows_of(default, {header: value}, {key: f"{default[key]} 2"})
    return Entry(row, name, rows, refuses_rows({2: why}))


LUHN = "20005340300016"
OTHER_SEAT = "20005340300024"
LA_POSTE = "35600000000048"


def in_workbook(default: Cells, **cells: object) -> Make:
    return workbook(default, cells)


def in_json(default: Cells, **cells: object) -> Make:
    return document([{**default, **cells}])


VALUES = (
    voted("10 000,00 €", 10_000, 68, "nombre lu sans ses espaces"),
    *(voted(f"10{space}000,00", 10_000, 68, "nombre lu sans") for space in "\u00a0\u202f\u2009"),
    amount(69, "1.500,00", loads(2, kept={VOTED: [1500, 20]}), "20,00"),
    amount(69, "1,500.00", loads(2, kept={VOTED: [1500, 20]}), "20.00"),
    amount(69, "1.500,00", refuses_rows({2: "mêle deux façons", 3: "mêle deux façons"}, 0), "1,500.00"),
    amount(70, "1.500", refuses_rows({2: "ambigu"}), "100"),
    amount(70, "1,500", refuses_rows({2: "ambigu"}), "100"),
    amount(70, "1.500", loads(2, kept={VOTED: [1500, 12.3]}), "12,30"),
    *(
        Entry(
            71, f"step of {text}", one(MONEY, etape="annulation", montant=text), loads(kept={"aid_step.amount": [120]})
        )
        for text in ("(120)", "120-", "−120")
    ),
    refused_amount(72, "12,30 k€", "k€"),
    refused_amount(72, "1,2 M€", "M€"),
    refused_amount(72, "environ 500", "approximative"),
    refused_amount(72, "500/an", "par an"),
    refused_amount(73, "1e5", "notation scientifique"),
    refused_amount(73, "7,32829E+13", "notation scientifique"),
    refused_amount(74, "１５００", "autre alphabet"),
    refused_amount(74, "١٢٣", "autre alphabet"),
    *(
        Entry(75, f"{word} in an optional cell", one(AID, depenses_eligibles=word), loads(1, kept={ELIGIBLE: [None]}))
        for word in ("NaN", "inf", "∞", "-", "n.c.", "N/A", "néant", "Ne rien indiquer")
    ),
    refused_amount(75, "n.c.", "veut dire vide, et la colonne est obligatoire"),
    *(
        Entry(76, name, one(AID, beneficiaire=name), loads(kept={NAME: [name]}))
        for name in ("NA", "Null", "None", "True")
    ),
    *(
        Entry(77, f"share {text}", one(SCDL, pourcentageSubvention=text), loads(kept={PORTION: [500]}))
        for text in ("50 %", "0.5", "0,5")
    ),
    refuses_cell(77, "share 50", SCDL, "pourcentageSubvention", "50", "sans %, elle se lit entre 0 et 1"),
    Entry(
        77,
        "shares mixed",
        rows_of(SCDL, {"pourcentageSubvention": "50 %"}, {"nomBeneficiaire": "B", "pourcentageSubvention": "0,5"}),
        refuses_rows({3: "mêle des pourcentages et des fractions"}),
    ),
    refuses_cell(78, "share 120 %", SCDL, "pourcentageSubvention", "120 %", "une part ne dépasse pas 100 %"),
    refuses_cell(78, "share -5 %", SCDL, "pourcentageSubvention", "-5 %", "part"),
    refused_amount(79, "-500", "montant négatif"),
    Entry(
        79,
        "a recovery with a minus",
        one(MONEY, etape="titre de recette", montant="-500"),
        loads(1, "signe moins", kept={"aid_step.amount": [500]}),
    ),
    voted("0", 0, 80, "montant nul"),
    amount(81, "10000001", holds("1 montant de plus de 10 millions", 2), "1000"),
    voted("0.30000000000000004", 0.3, 81, "arrondi au centime"),
    amount(82, "10,125", loads(2, "arrondi au centime", kept={VOTED: [10.12, 5.5]}), "5,50"),
    day(83, "31/12/2020", date(2020, 12, 31)),
    day(84, "2020-12-31", date(2020, 12, 31)),
    day(84, "2020-12-31T23:30:00Z", date(2021, 1, 1), "heure ramenée à celle de Paris"),
    day(85, "03/04/2020", date(2020, 4, 3)),
    refused_day(86, "12/31/2020", "américain"),
    *(refused_day(87, text, "n’existe pas") for text in ("29/02/2021", "31/04/2020", "00/00/0000")),
    day(88, "29/02/24", date(2024, 2, 29), "année sur deux chiffres"),
    refused_day(88, "01/01/68", "trop lointaine"),
    day(89, "43924", date(2020, 4, 3), "numéro de jour d’un tableur"),
    refused_day(89, "12345", "illisible"),
    day(90, "1er mars 2020", date(2020, 3, 1)),
    *(
        day(90, text, date(2020, month, 1), "mois sans jour")
        for month, text in (
            *((1, "janv.-20"), (1, "janv-20"), (1, "JANVIER 2020"), (2, "févr.-20"), (2, "fev 2020"), (3, "mars 2020")),
            *((3, "Mars-20"), (4, "avr. 2020"), (6, "juin-20"), (7, "juil.-20"), (8, "août 2020"), (8, "aout-20")),
            *((9, "sept.-20"), (10, "oct.-20"), (11, "nov.-20"), (12, "déc.-20"), (12, "décembre  2020")),
            *((1, "janv.20"), (2, "févr. 20"), (3, "mars/2020"), (4, "en avril 2020"), (5, "mai, 2020")),
        )
    ),
    *(
        day(90, text, date(2020, 3, day_), *remarks)
        for text, day_, remarks in (
            *(("1 mars 2020", 1, ()), ("01 mars 2020", 1, ()), ("1er-mars-2020", 1, ()), ("Le 1er mars 2020", 1, ())),
            *(("1ᵉʳ mars 2020", 1, ()), ("dimanche 1er mars 2020", 1, ()), ("2-mars-20", 2, ("deux chiffres",))),
            *(("1 er mars 2020", 1, ()), ("2 mars 2020 à 10h30", 2, ()), ("02-mars-2020", 2, ())),
        )
    ),
    refused_day(90, "13e mois 2020", "illisible"),
    refused_day(90, "31 avril 2020", "n’existe pas"),
    *(refused_day(91, text, "année impossible") for text in ("01/01/1900", "01/01/2999", "0001-01-01")),
    day(92, "2020-03-29T23:30:00", date(2020, 3, 29)),
    day(92, "25/10/2020 00:00", date(2020, 10, 25)),
    refused_commune(93, "1400", "4 chiffres"),
    Entry(
        93,
        "code 1053 of Bourg-en-Bresse",
        one(EPN, commune="Bourg-en-Bresse", code_postal="01000", code_insee="1053"),
        loads(1, "zéro de tête rétabli", kept={EPN_COMMUNE: ["01053"]}),
    ),
    *(
        Entry(
            93,
            f"code {code!r} of {town}, {postcode}",
            make(EPN, commune=town, code_postal=postcode, code_insee=code),
            loads(1, "zéro de tête rétabli", kept={EPN_COMMUNE: [expected]}),
        )
        for make, code, town, postcode, expected in (
            (one, "1053.0", "BOURG EN BRESSE CEDEX", "1000", "01053"),
            (one, "1033", "Bellegarde-sur-Valserine", "01200", "01033"),  # merged into Valserhône
            (one, "9122", "foix", "9000", "09122"),
            (in_workbook, 6088, "Nice", "06000", "06088"),
            (in_json, 2691, "St-Quentin", "02100", "02691"),
        )
    ),
    *(
        Entry(
            93,
            f"code {code} of {town}, {postcode}",
            one(EPN, commune=town, code_postal=postcode, code_insee=code),
            loads(1, "contredit", kept={EPN_COMMUNE: [expected]}),
        )
        for code, town, postcode, expected in (
            ("1053", "Ailleurs", "01000", None),
            ("1053", "Ailleurs", "69000", None),
            ("1053", "Bourg-en-Bresse", "69000", None),
            ("9999", "Foix", "09000", None),
            ("1400", "Caen", "14000", "14118"),
        )
    ),
    commune(94, "14118.0", "14118", "sans décimale"),
    commune(94, "14118,0", "14118", "sans décimale"),
    *(
        Entry(
            95,
            f"code {text}",
            one(EPN, commune="Ajaccio", code_postal="20000", code_insee=text),
            loads(kept={EPN_COMMUNE: [text.upper()]}),
        )
        for text in ("2A004", "2b033")
    ),
    refused_commune(96, "14000", "14118 (Caen)"),
    refused_commune(96, "61000", "61001 (Alençon)"),
    commune(97, "14002", "14150", "ancien code INSEE"),
    commune(98, "14011", "14581", "ancien code INSEE"),
    refused_commune(99, "14999", "code INSEE inconnu"),
    refused_commune(99, "75056", "hors de Normandie"),
    Entry(
        99,
        "seat of a beneficiary elsewhere",
        one(AID, siret_beneficiaire="21750001600019"),
        loads(kept={SIRET: ["21750001600019"]}),
    ),
    *(
        Entry(
            100,
            f"territory {text}",
            one(
                {"indicateur": "lieux-labellises", "echeance": "31/12/2027", "valeur": "9", "source": "AP"},
                territoire=text,
            ),
            loads(kept={"target.territory": ["14"]}),
        )
        for text in ("Calvados", "14 - Calvados", "14")
    ),
    refuses_cell(
        100,
        "territory 014",
        {"indicateur": "lieux-labellises", "echeance": "31/12/2027", "valeur": "9", "source": "AP"},
        "territoire",
        "014",
        "territoire inconnu",
    ),
    refuses_cell(
        100,
        "territory of another name",
        {"indicateur": "lieux-labellises", "echeance": "31/12/2027", "valeur": "9", "source": "AP"},
        "territoire",
        "14 - Manche",
        "territoire inconnu",
    ),
    siret(101, "200 053 403 00016", LUHN, "SIRET lu sans espaces"),
    siret(101, "200\u00a0053\u00a0403\u00a000016", LUHN, "SIRET lu sans espaces"),
    siret(102, "20005340300018", None, "la clé de contrôle est fausse"),
    siret(102, "2,00053E+13", None, "notation scientifique"),
    siret(103, "356 000 000 09075", "35600000009075"),
    siret(103, "35600000000048", "35600000000048"),
    *(
        Entry(
            104,
            f"SIREN {text!r} in {header}",
            make(default, **{header: text}),
            loads(1, "gardé comme SIREN", kept={f"{table}.siren": ["200053403"], f"{table}.siret": [None]}),
        )
        for make, default, header, text, table in (
            (one, AID, "siret_beneficiaire", "200053403", "aid_version"),
            (one, AID, "siret_beneficiaire", "200 053 403", "aid_version"),
            (in_workbook, AID, "siret_beneficiaire", 200053403, "aid_version"),
            (one, PLACE, "siret", "200053403.0", "place_version"),
            (in_json, SCDL, "idBeneficiaire", 200053403, "aid_version"),
        )
    ),
    Entry(
        104,
        "SIREN of a SIRET",
        one(AID, siret_beneficiaire=LUHN),
        loads(kept={SIRET: [LUHN], "aid_version.siren": ["200053403"]}),
    ),
    siret(104, "200053404", None, "pas non plus un SIREN"),
    siret(104, "00000000000000", None, "que des zéros"),
    siret(104, "2000534030001", None, "13 chiffres au lieu de 14"),
    siret(105, LUHN, LUHN),
    *(
        Entry(
            105,
            name,
            one(default, **cells, **{header: LUHN}),
            loads(1, remark, kept={f"{table}.siret": [LUHN]}),
            before=before,
        )
        for name, default, header, cells, remark, table, before in (
            (
                "another company for the same place",
                *(PLACE, "siret", {}, "autre entreprise", "place_version"),
                [one(PLACE, siret=LA_POSTE)],
            ),
            (
                "another establishment of the same place",
                *(PLACE, "siret", {}, "l’ancien est-il fermé", "place_version"),
                [one(PLACE, siret=OTHER_SEAT)],
            ),
            (
                "another company for the same aid, known by its SIREN",
                *(AID, "siret_beneficiaire", {}, "autre entreprise", "aid_version"),
                [one(AID, siret_beneficiaire="356000000")],
            ),
            (
                "another company of the same name at the same place",
                *(AID, "siret_beneficiaire", {"id_lieu": "TL-01"}, "autre entreprise", "aid_version"),
                [one(AID, reference="D-2", id_lieu="TL-01", beneficiaire="ASSO a", siret_beneficiaire=LA_POSTE)],
            ),
            (
                "another company than the holder of the place",
                *(AID, "siret_beneficiaire", {"id_lieu": "TL-9", "beneficiaire": "asso"}),
                *("autre entreprise", "aid_version", [one(PLACE, siret=LA_POSTE)]),
            ),
        )
    ),
    refuses_cell(106, "RNA with a digit missing", SCDL, "rnaBeneficiaire", "W12345678", "numéro RNA faux"),
    refuses_cell(106, "phone as RNA", SCDL, "rnaBeneficiaire", "0612345678", "numéro RNA faux"),
    Entry(106, "RNA", one(SCDL, rnaBeneficiaire="W143001234"), loads()),
    text_of(107, "écrire à jeanne.martin@exemple.fr", "écrire à •••", "adresse électronique"),
    text_of(107, "appeler le 06 12 34 56 78", "appeler le •••", "téléphone"),
    text_of(107, "NIR 2 85 05 78 006 084 36", "NIR •••", "sécurité sociale"),
    text_of(107, "FR76 3000 6000 0112 3456 7890 189", "•••", "IBAN"),
    *(
        text_of(108, text, text)
        for text in ("@SUM(A1)", "<script>alert(1)</script>", "javascript:alert(1)", "=cmd|' /C calc'!A0")
    ),
    *(
        refuses_cell(108, f"address {text}", EPN, "site_web", text, "adresse web interdite")
        for text in ("javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "vbscript:x", "<script>")
    ),
    refuses_cell(108, "formula as an address", EPN, "site_web", "=HYPERLINK(1)", "formule"),
    Entry(108, "address", one(EPN, site_web="https://ok.fr"), loads()),
    Entry(
        109,
        "swapped",
        one(PLACE, longitude="49,18", latitude="-0,37"),
        loads(1, "inversées", kept={"place_version.lon": [-0.37], "place_version.lat": [49.18]}),
    ),
    Entry(
        109,
        "decimal commas",
        one(PLACE, longitude="-0,37", latitude="49,18"),
        loads(kept={"place_version.lon": [-0.37]}),
    ),
    Entry(
        109, "0, 0", rows_of(PLACE, {"longitude": "0", "latitude": "0"}, {"id_lieu": "TL-8"}), refuses_rows({2: "0, 0"})
    ),
    Entry(
        109,
        "in the sea",
        one(PLACE, longitude="-30", latitude="45"),
        loads(1, "hors de Normandie", kept={"place_version.lon": [None]}),
    ),
    text_of(110, "x" * 2_001, "x" * 2_000, "plus de 2 000 caractères"),
    text_of(110, "e\u0301te\u0301 🎉", "été 🎉"),
)
