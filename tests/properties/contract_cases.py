"""What the contract says of the small Région of `contract_world.py`: by indicator and query, the value or its parts.

Every value was worked out by hand from the files, never by the product. None: null, with a reason.
"""

from __future__ import annotations

from datetime import date

END = "au=2021-12-31"
NORMANDIE, ORNE, CALVADOS = 3_345_842, 275_201, 709_441  # inhabitants
CAEN, HONFLEUR, CHERBOURG, ALENCON = "200065597", "200066827", "200067205", "246100663"
TARGET_DAYS = (date(2021, 12, 31) - date(2018, 9, 10)).days  # from 17 announced to 50 voted


VALUES = {
    # label: in force, ever, in process, at the ends of what changes them
    "lieux-labellises": {
        "au=2018-03-30": 0,
        "au=2018-03-31": 1,
        "au=2019-06-30": 5,
        "au=2020-06-14": 4,
        "au=2020-06-15": 3,
        "au=2021-02-01": 4,
        "au=2021-05-04": 4,
        "au=2021-05-05": 3,
        "au=2021-06-29": 3,
        "au=2021-06-30": 2,
        "au=2020-06-14&porteur=public": 2,
        "au=2020-06-14&porteur=prive,associatif": 2,
        "au=2020-06-14&typologie=coworking": 2,
        "au=2020-06-14&typologie=fablab": 1,
        f"au=2020-06-14&epci={CAEN}": 2,
        f"au=2020-06-14&dep=61&epci={CAEN}": 0,
        "au=2020-06-14&du=2020-06-14": 4,
        "au=2020-06-14&dep=14&dep=50": 3,
        "au=2020-06-14&dep=14,50": 3,
    },
    "labellisations-cumulees": {"au=2018-03-30": 0, "au=2020-06-15": 6, END: 6, f"{END}&dep=14": 3},
    "lieux-en-cours": {
        "au=2019-02-15": 1,
        "au=2019-03-01": 0,
        "au=2020-03-02": 2,
        "au=2020-03-03": 1,
        "au=2020-05-05": 0,
        "au=2020-10-10": 2,
        "au=2021-02-01": 1,
        "au=2021-05-04": 1,
        "au=2021-05-05": 2,
    },
    "delai-labellisation": {END: 125, "du=2019-01-01&au=2019-12-31": 214, "au=2018-12-31": 80, f"{END}&dep=50": None},
    # standard: a threshold reached exactly, the list of places against a declaration, criteria that come into force
    "standard-respecte": {
        "au=2018-03-30": None,
        "au=2018-12-31": 1,
        "au=2019-01-01": 1,
        "au=2019-03-01": 1 / 2,
        "au=2019-06-30": 1 / 3,
        "au=2020-03-01": 2 / 4,
        "au=2020-06-01": 1,
        "au=2020-06-02": 1,
        END: 0,
        f"{END}&porteur=prive": None,
    },
    "labels-a-verifier": {
        END: 6,
        "du=2019-01-01&au=2019-12-31": 3,
        "au=2018-12-31": 0,
        "au=2021-03-30": 5,
        f"{END}&porteur=prive": 2,
        f"{END}&dep=27": 1,
    },
    # pace: the region's target is 17 on 10/09/2018 to 50 on 31/12/2021, the Orne's 0 on 01/01/2018 to 4
    "part-objectif": {
        "au=2020-06-14": 4 / 50,
        "au=2020-01-01&dep=61": 1 / 4,
        "dep=14": None,
        "porteur=public": None,
        "typologie=fablab": None,
        "dep=61,14": None,
    },
    "attendu-a-date": {
        "au=2018-09-10": 17,
        "au=2020-06-14": 17 + 33 * (date(2020, 6, 14) - date(2018, 9, 10)).days / TARGET_DAYS,
        "au=2022-01-01": 50,
        "au=2020-01-01&dep=61": 2,
        "dep=27": None,
    },
    "avance-labels": {"au=2020-01-01&dep=61": -1, "au=2022-01-01": 2 - 50, "porteur=prive": None},
    "avance-jours": {"au=2020-01-01&dep=61": -365, "au=2020-06-14": None, "dep=76": None},
    "rythme-requis": {
        "au=2020-01-01&dep=61": 3 / (730 / 30.4375),
        "au=2020-06-14": 46 / ((date(2021, 12, 31) - date(2020, 6, 14)).days / 30.4375),
        "au=2022-01-01": None,
        "dep=14": None,
    },
    "rythme-observe": {"au=2020-06-14": 0, "au=2020-06-15": -2 / 12, "au=2021-06-30": -1 / 12, "au=2019-12-31": 2 / 12},
    "projection-echeance": {"au=2020-06-14": None, "au=2022-01-01": None},
    # coverage: Beuzeville is of an intercommunalité of the Calvados too
    "epci-couverts": {"au=2019-06-30": 4 / 69, END: 1 / 69, f"{END}&epci={CAEN}": 1, f"{END}&dep=61&epci={CAEN}": None},
    "labellises-pour-100000": {
        "au=2020-01-01&dep=61": 100_000 / ORNE,
        "au=2020-01-01": 400_000 / NORMANDIE,
        "au=2018-03-30": 0,
        f"{END}&dep=61&epci={CAEN}": None,
    },
    "population-15km": {"au=2018-03-30": 0, "au=2018-04-30&dep=61": 0, f"{END}&dep=61&epci={CAEN}": None},
    # aid: A7 by its follow-up; A4 is a proposal, A5 complementary, A6 another funder's
    "aides-votees": {
        END: 30_000,
        "": 30_000,
        "du=2020-12-31&au=2021-01-01": 15_000,
        "du=2021-01-02&au=2021-12-31": 0,
        f"{END}&dispositif=emergence": 13_000,
        f"{END}&porteur=public": 12_000,
        f"{END}&dep=61": 15_000,
        f"{END}&typologie=fablab": 8_000,
        f"{END}&dep=61&epci={CAEN}": 0,
    },
    "aides-annulees": {END: 500, "au=2021-03-02": 0},
    "aides-engagees": {END: 25_000, "du=2020-12-31&au=2020-12-31": 10_000},
    "aides-mandatees": {END: 9_000, "au=2021-09-08": 7_500},
    "aides-payees": {END: 7_500, "du=2019-08-01&au=2019-08-01": 0},
    "aides-complementaires": {END: 50_000, "dispositif=feder": 50_000, "dispositif=emergence": 0, "dep=14": 50_000},
    "dossiers-aides": {END: 4, "du=2020-01-01&au=2020-12-31": 2, "du=2020-02-02&au=2020-02-02": 0},
    "depenses-eligibles": {END: 59_000, "du=2021-01-01&au=2021-12-31": None, "au=2018-01-01": 0},
    "taux-aide": {END: 25_000 / 59_000, "du=2021-01-01&au=2021-12-31": None},
    "depenses-par-euro": {END: 59_000 / 25_000, "au=2018-01-01": None},
    "effet-levier": {END: 34_000 / 20_000, f"{END}&dep=14": None},
    "reste-a-mandater": {END: 16_000, "du=2021-01-01&au=2021-12-31": 16_000, "au=2020-12-31": 17_500},
    "delai-premier-mandat": {END: (92 + 127) / 2, "au=2020-05-31": 127, f"{END}&dep=14": None},
    "dossiers-a-verifier": {END: 1, "du=2020-01-01&au=2020-12-31": 0, f"{END}&dep=61": 1},
    "aide-par-habitant": {END: 30_000 / NORMANDIE, f"{END}&dep=61": 15_000 / ORNE, f"{END}&dep=61&epci={CAEN}": None},
    "aide-par-lieu": {
        END: 9_000,
        f"{END}&dep=14": 9_000,
        f"{END}&dep=61": None,
        "au=2020-01-01": 1_500,
        f"{END}&dispositif=emergence": 4_000,
    },
    # envelopes: AE of one scheme and AP of the other are never added; whole years up to `au`
    "enveloppe-votee": {
        f"{END}&dispositif=emergence": 0.65,
        "du=2020-01-01&au=2020-12-31&dispositif=emergence": 0.8,
        "du=2020-01-01&au=2020-02-29&dispositif=emergence": 0,
        f"{END}&dispositif=services-numeriques": 0.5,
        END: None,
        "du=2020-02-01&au=2020-12-31&dispositif=emergence": None,
        f"{END}&dispositif=emergence&dep=14": None,
        f"{END}&dispositif=emergence&porteur=public": None,
        f"{END}&dispositif=feder": None,
    },
    "enveloppe-engagee": {f"{END}&dispositif=emergence": 0.4, f"{END}&dispositif=services-numeriques": 0.5},
    "cp-mandates": {END: 0.5, "au=2020-09-08": 0, f"{END}&dispositif=emergence": None},
    # partners: R2 has only a commune, R7 nothing, R8 a commune that is not its place's
    "actions-partenaires": {
        END: 8,
        f"{END}&dep=14": 5,
        f"{END}&porteur=public": 2,
        f"{END}&typologie=fablab": 2,
        f"{END}&partenaire=aten": 2,
        "du=2020-02-02&au=2020-02-03": 2,
    },
    "participations": {END: 24, f"{END}&dep=27": 0, f"{END}&dep=76": 0, "du=2021-11-11&au=2021-11-11": None},
    "epci-touches": {END: 4 / 69, f"{END}&epci={HONFLEUR}": 1, f"{END}&dep=61": 0},
    "lieux-visites": {END: 3, f"{END}&dep=14": 2, f"{END}&partenaire=tes": 1},
    "rencontres-prealables": {END: 3, f"{END}&dep=50": 1},
    "rencontres-vers-emergence": {
        END: 2 / 3,
        "au=2020-12-31": 1,
        "au=2020-12-01": None,
        "au=2020-12-02": 1,
        f"{END}&dep=50": 0,
        "du=2020-01-01&au=2021-12-31": 1 / 2,
    },
    # network of managers: M3 names no place; B1 and B2 are answered after 10 and 365 days, B3 is of no place
    "lieux-au-reseau": {
        "au=2019-06-14": 0,
        "au=2020-06-14": 3 / 4,  # P1, P2 and P4, of these and P7
        "au=2020-06-15": 1 / 3,  # P1 alone, of P1, P4 and P7: M1 is a year old
        "au=2020-06-15&dep=61": 0,
        "au=2020-06-14&porteur=associatif": None,
        END: 1 / 2,
        "au=2016-01-01": None,
    },
    "besoins-ouverts": {
        "au=2019-06-14": 0,
        "au=2019-06-15": 2,
        "au=2019-06-25": 1,
        "au=2020-06-14": 2,
        END: 2,
        f"{END}&dep=14": 1,
        f"{END}&theme=juridique": 1,
        f"{END}&theme=juridique&dep=14": 0,
        "au=2021-11-30&porteur=associatif": 1,
    },
    "delai-reponse": {
        END: (10 + 365) / 2,
        "du=2020-01-01&au=2020-12-31": 365,
        f"{END}&porteur=public": 10,
        f"{END}&theme=autre": None,
        "du=2021-01-01&au=2021-12-31": None,
    },
    "feuille-de-route": {
        "au=2019-12-30": None,
        "au=2020-02-29": 0,
        "au=2020-03-01": 1,
        "au=2020-06-30": 1,
        END: 2 / 3,
        f"{END}&axe=connaitre": 0,
        f"{END}&axe=animer-reunir": 1,
        "au=2020-06-30&axe=connaitre": None,
    },
    # attendance: whole months, by the month of the first day, without breakdowns; the only private places, P2 and P7,
    # are left out of every month, be it one or both
    "visites": {
        "du=2020-01-01&au=2020-03-31": 100 + 30 + 20,
        "du=2020-01-02&au=2020-03-31": 0,
        "au=2020-01-30": None,
        "au=2020-01-31": 100 + 30 + 20,
        "du=2020-01-01&au=2020-03-31&unite=journees": None,
        "du=2020-02-01&au=2020-02-29": 0,
        f"{END}&dep=76": None,
        f"{END}&porteur=public": 120,
    },
    "taux-reponse": {
        "du=2020-01-01&au=2020-03-31": 3 / 6,
        "du=2020-01-01&au=2020-03-31&unite=journees": 0,
        "du=2020-06-01&au=2020-07-31": 0,
        f"{END}&dep=76": None,
        "du=2020-01-01&au=2020-01-31&dep=14": 1,
    },
    "visites-par-poste": {"du=2020-01-01&au=2020-02-29": (100 + 0 + 20) / (10 + 10 + 5), f"{END}&dep=50": None},
    "evolution-lieux-comparables": {
        "au=2023-06-30": 0.1,
        "au=2023-07-30": 0.1,
        "au=2023-12-31": None,
        "au=2023-06-30&porteur=associatif": None,
        "au=2023-06-30&dep=14": None,
    },
    "epn": {"": 3, "dep=14": 2, "au=2001-01-01": 3, "dep=61": 0},
    "epn-pour-100000": {"": 300_000 / NORMANDIE, "dep=14": 200_000 / CALVADOS, f"dep=61&epci={CAEN}": None},
}
IGNORED = {  # what is asked for and changes nothing: the value is that without it, and the answer says so
    "epn": {
        "porteur=public": (
            3,
            "Le filtre «\u202fPorteur\u202f» ne change rien à cet indicateur\u202f: il a été ignoré.",
        ),
    },
    "feuille-de-route": {
        f"{END}&dep=61": (
            2 / 3,
            "Le filtre «\u202fDépartement\u202f» ne change rien à cet indicateur\u202f: il a été ignoré.",
        ),
    },
    "visites": {  # nobody declared hours
        "au=2020-01-31&unite=heures": (
            100 + 30 + 20,
            "Le choix «\u202fheures\u202f» (unité) n’existe pas\u202f: il a été ignoré.",
        ),
    },
}
SAID = {  # what is said beside a figure of the places that it leaves out
    "visites": {
        "au=2020-01-31": "hors 1 lieu privé",  # P2
        "du=2020-01-01&au=2020-03-31": "hors 2 lieux privés",  # P2 in January, P7 in March
        "du=2020-01-01&au=2020-03-31&unite=journees": "hors 1 lieu privé",
        "du=2020-03-01&au=2020-03-31": "hors 1 lieu privé",
    },
    "taux-reponse": {"du=2020-01-01&au=2020-01-31": "hors 2 lieux privés"},
    "besoins-ouverts": {END: "le plus ancien attend depuis 565 jours"},
    "standard-respecte": {
        "au=2020-06-02": "2 lieux sur 2, 2 lieux dont un critère au moins n’est pas renseigné",
        "au=2020-06-01": "1 lieu sur 1, 3 lieux dont un critère au moins n’est pas renseigné",
        f"{END}&porteur=prive": "aucun lieu labellisé dont tous les critères obligatoires sont renseignés",
    },
    "delai-reponse": {END: "2 besoins ont reçu une réponse, 2 attendent encore"},
    "feuille-de-route": {END: "2 actions sur 3, 1 abandonnée", "au=2020-06-30&axe=connaitre": "aucune action"},
}
BY = {
    "lieux-labellises": {
        "au=2020-06-14&par=departement": {"14": 2, "27": 0, "50": 1, "61": 1, "76": 0},
        "au=2020-06-14&par=annee": {"2018": 2, "2019": 4, "2020": 4},
        "au=2020-06-14&du=2019-07-01&par=annee": {"2019": 4, "2020": 4},
        "au=2020-06-14&du=2020-05-02&par=mois": {"2020-05": 4, "2020-06": 4},
        "au=2020-06-14&par=porteur": {"public": 2, "prive": 2, "associatif": 0},
        f"au=2020-06-14&dep=14&epci={CAEN},{HONFLEUR}&par=epci": {CAEN: 2, HONFLEUR: 0},
        f"au=2020-06-14&dep=61&epci={CAEN}&par=departement": {},
    },
    "labellisations-cumulees": {f"{END}&par=annee": {"2018": 2, "2019": 5, "2020": 6, "2021": 6}},
    "lieux-en-cours": {"au=2020-10-10&par=departement": {"14": 1, "27": 0, "50": 0, "61": 0, "76": 1}},
    "standard-respecte": {
        "au=2020-03-01&par=departement": {"14": 1 / 2, "27": None, "50": 1, "61": 0, "76": None},
        f"{END}&par=annee": {"2018": 1, "2019": 1 / 3, "2020": 1, "2021": 0},
    },
    "labels-a-verifier": {f"{END}&par=annee": {"2019": 3, "2020": 1, "2021": 2}},
    "part-objectif": {
        "au=2020-01-01&par=departement": {"14": None, "27": None, "50": None, "61": 0.25, "76": None},
    },
    "aides-votees": {
        f"{END}&par=departement": {"14": 10_000, "27": 0, "50": 0, "61": 15_000, "76": 0, "non-localise": 5_000},
        f"{END}&par=annee": {"2019": 6_000, "2020": 19_000, "2021": 5_000},
        "du=2020-11-01&au=2021-01-31&par=mois": {"2020-11": 0, "2020-12": 10_000, "2021-01": 5_000},
        f"{END}&par=porteur": {"public": 12_000, "prive": 18_000, "associatif": 0},
        f"{END}&dep=14&epci={CAEN},{HONFLEUR}&par=epci": {CAEN: 10_000, HONFLEUR: 0},
    },
    "actions-partenaires": {
        f"{END}&par=departement": {"14": 5, "27": 0, "50": 1, "61": 0, "76": 1, "non-localise": 1},
        f"{END}&par=partenaire": {"aract": 5, "aten": 2, "tes": 1, "universites": 0},
        f"{END}&par=porteur": {"public": 2, "prive": 3, "associatif": 0, "non-localise": 3},
        f"{END}&par=annee": {"2019": 1, "2020": 5, "2021": 2},
    },
    "besoins-ouverts": {
        f"{END}&par=departement": {"14": 1, "27": 0, "50": 0, "61": 0, "76": 0, "non-localise": 1},
        f"{END}&theme=juridique,autre&par=theme": {"juridique": 1, "autre": 0},
        f"{END}&par=annee": {"2019": 1, "2020": 2, "2021": 2},
    },
    "delai-reponse": {f"{END}&theme=financement,autre&par=theme": {"financement": 187.5, "autre": None}},
    "feuille-de-route": {
        f"{END}&par=axe": {"animer-reunir": 1, "connaitre": 0},
        f"{END}&par=annee": {"2019": 0, "2020": 1, "2021": 2 / 3},
    },
    "participations": {f"{END}&par=annee": {"2019": 2, "2020": 17, "2021": 5}},
    "visites": {
        "du=2020-01-01&au=2020-03-31&par=mois": {"2020-01": 150, "2020-02": 0, "2020-03": None},
        "au=2020-01-31&par=departement": {"14": 100, "27": None, "50": 30, "61": 20, "76": None},
        "au=2020-05-31&du=2020-03-01&par=mois": {"2020-03": None, "2020-04": None, "2020-05": None},
    },
    "taux-reponse": {
        "du=2020-01-01&au=2020-01-31&par=departement": {"14": 1, "27": None, "50": None, "61": 1, "76": None},
    },
    "dossiers-aides": {f"{END}&par=dispositif": {"emergence": 2, "services-numeriques": 2}},
    "effet-levier": {
        f"{END}&par=departement": {"14": None, "27": None, "50": None, "61": 29 / 15, "76": None, "non-localise": 1},
    },
    "rencontres-vers-emergence": {
        f"{END}&par=porteur": {"public": 1, "prive": 0, "associatif": None, "non-localise": 1},
    },
    "epci-couverts": {
        "au=2019-06-30&par=departement": {"14": 2 / 16, "27": 1 / 14, "50": 1 / 8, "61": 1 / 15, "76": 0},
    },
    "epn": {"par=departement": {"14": 2, "27": 1, "50": 0, "61": 0, "76": 0}},
}
