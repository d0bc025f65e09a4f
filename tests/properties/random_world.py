"""Small Régions drawn at random: files as people write them, with what real ones have and no rule promises.

The same number draws the same files.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from tests.etl.deliveries import write_csv
from tests.properties.random_partnership import partner_targets, partnership_files
from tests.properties.random_standard import standard_files

COMMUNES = ("14118", "14118", "14333", "14366", "27065", "50129", "50502", "61001", "61038", "76540", "76351")
HOLDERS = ("public", "privé", "associatif")
TYPOLOGIES = ("", "coworking", "fablab", "coworking|fablab", "télécentre")
STEPS = ("candidature", "dossier complet", "avis Aract", "labellisé", "labellisé", "renouvelé", "retiré", "expiré",
         "refusé", "abandonné")  # fmt: skip
SCHEMES = ("emergence", "services-numeriques", "feder")
KINDS = (
    "atelier",
    "séminaire",
    "évènement",
    "rencontre préalable",
    "rencontre préalable",
    "accompagnement",
    "avis label",
)
Rows = list[dict[str, object]]


def write_random_world(folder: Path, seed: int) -> list[Path]:
    """The files of one Région, in the order in which they are loaded."""
    draw = random.Random(seed)
    places = _places(draw)
    codes = [str(one["id_lieu"]) for one in places]
    files: dict[str, Rows] = {
        "places": places,
        "labels": _labels(draw, codes),
        "aids": (aids := _aids(draw, codes)),
        "aid-steps": _follow_up(draw, aids),
        "envelopes": _envelopes(draw),
        "targets": _targets(draw),
        "activities": _activities(draw, codes, aids),
        "attendance": _attendance(draw, codes),
        "network-meetings": _meetings(draw, codes),
        "needs": _needs(draw, codes),
        "roadmap": _roadmap(draw),
        "mediation-places": [
            {"id": f"E{at}", "nom": f"EPN {at}", "commune": "x", "code_postal": "14000",
             "code_insee": draw.choice((*COMMUNES, "75056")), "adresse": "1 rue A"}
            for at in range(draw.randrange(2, 9))
        ],
        "activities-openagenda": _open_events(draw, places),
    }  # fmt: skip
    files["targets"] += partner_targets(draw)
    files |= partnership_files(draw)
    files |= standard_files(draw, places)
    return [write_csv(folder / f"{name}.csv", rows) for name, rows in files.items() if rows]


def _day(draw: random.Random, first: int = 2017, last: int = 2022) -> date:
    """Round days, so that facts fall on the same one."""
    return date(draw.randint(first, last), draw.randint(1, 12), draw.choice((1, 10, 28)))


def _text(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _places(draw: random.Random) -> Rows:
    rows: Rows = []
    for at in range(draw.randint(12, 22)):
        has_point = draw.random() < 0.3
        rows.append(
            {
                "id_lieu": f"L {at}/é" if at == 3 else f"L{at}",
                "nom": f"Lieu {at}",
                "code_insee": draw.choice(COMMUNES),
                "porteur": f"Porteur {draw.randrange(9)}",
                "type_porteur": draw.choice(HOLDERS),
                "typologie": draw.choice(TYPOLOGIES),
                "date_fermeture": _text(_day(draw, 2020, 2022)) if draw.random() < 0.2 else "",
                "postes": draw.choice(("", "0", "5", "12")),
                "longitude": f"{draw.uniform(-0.5, 0.2):.4f}" if has_point else "",
                "latitude": f"{draw.uniform(48.9, 49.3):.4f}" if has_point else "",
            }
        )
    return rows


def _labels(draw: random.Random, codes: list[str]) -> Rows:
    rows: Rows = []
    for code in codes:
        if draw.random() < 0.75:
            rows.append({"id_lieu": code, "etape": "labellisé", "date": _text(_day(draw, 2018, 2021))})
        happened = {(draw.choice(STEPS), _day(draw)) for _ in range(draw.randrange(6))}
        rows += [{"id_lieu": code, "etape": step, "date": _text(day)} for step, day in sorted(happened)]
    keys = {(row["id_lieu"], row["etape"], row["date"]): row for row in rows}
    return list(keys.values())


def _aids(draw: random.Random, codes: list[str]) -> Rows:
    rows: Rows = []
    for at in range(draw.randint(25, 40)):
        vote, eligible = _day(draw, 2018, 2023), draw.choice(("", "0", "10000", "25000,50"))
        voted = draw.choice((3000, 5000.5, 8000, 20000))
        orders = draw.random() < 0.6
        rows.append(
            {
                "reference": f"A {at}&b" if at == 5 else f"A{at}",
                "dispositif": draw.choice(SCHEMES),
                "id_lieu": draw.choice((*codes, "", "")),
                "beneficiaire": f"Porteur {draw.randrange(9)}",
                "type_porteur": draw.choice(("", *HOLDERS)),
                "code_insee_projet": draw.choice(("", *COMMUNES)),
                "depenses_eligibles": eligible,
                "cout_total": draw.choice(("", "30000", "60000")),
                "cofinancements_publics": draw.choice(("", "4000")),
                "date_vote": _text(vote),
                "montant_vote": f"{voted}".replace(".", ","),
                "date_engagement": _text(vote + timedelta(days=draw.randrange(90))),
                "montant_engage": f"{voted}".replace(".", ","),
                "date_premier_mandat": _text(vote + timedelta(days=draw.randrange(100, 400))) if orders else "",
                "montant_mandate": draw.choice(("1000", "3000")) if orders else "",
                "date_paiement": _text(vote + timedelta(days=draw.randrange(400, 500))) if orders else "",
                "montant_paye": "1000" if orders else "",
                "exercice": draw.choice(("", str(vote.year))),
                "financeur": draw.choice(("", "", "", "130013543")),
            }
        )
    return rows


def _follow_up(draw: random.Random, aids: Rows) -> Rows:
    rows: Rows = []
    for aid in draw.sample(aids, 8):
        first = date(int(str(aid["date_vote"])[-4:]), 6, 15)
        kinds = ("vote", "avenant", "engagement", "avance", "acompte", "solde", "annulation", "titre", "paiement")
        for at, kind in enumerate(kinds):
            if draw.random() < 0.6:
                day = first + timedelta(days=40 * at + draw.randrange(30))
                amount = draw.choice((500, 1000, 2500))
                rows.append({"reference": aid["reference"], "etape": kind, "date": _text(day), "montant": amount})
    return rows


def _envelopes(draw: random.Random) -> Rows:
    return [
        {"dispositif": scheme, "exercice": year, "type_credit": kind, "montant": draw.choice((20000, 50000))}
        for scheme, kinds in (("emergence", ("AE", "CP")), ("services-numeriques", ("AP", "CP")))
        for year in range(2018, 2023)
        for kind in kinds
        if draw.random() < 0.8
    ]


def _targets(draw: random.Random) -> Rows:
    rows: Rows = []
    for territory in ("", "61", "14"):
        start = draw.choice(("", "01/01/2018"))
        rows.append(
            {
                "indicateur": "lieux-labellises",
                "territoire": territory,
                "echeance": draw.choice(("31/12/2021", "30/06/2023")),
                "valeur": draw.choice((2, 6, 30)),
                "date_reference": start,
                "valeur_reference": draw.choice(("0", "1")) if start else "",
                "source": "délibération du test",
            }
        )
    return rows


def _activities(draw: random.Random, codes: list[str], aids: Rows) -> Rows:
    return [
        {
            "id_action": f"R{at}",
            "partenaire": draw.choice(("aract", "aten", "tes")),
            "type": draw.choice(KINDS),
            "date": _text(_day(draw, 2018)),
            "id_lieu": draw.choice((*codes, "", "", "", "")),
            "code_insee": draw.choice(("", *COMMUNES)),
            "participants": draw.choice(("", "", "0", "4", "15")),
            "porteur": draw.choice(("", f"porteur {draw.randrange(9)}")),
            "reference_aide": draw.choice(("", "", str(draw.choice(aids)["reference"]))),
        }
        for at in range(draw.randint(20, 45))
    ]


def _open_events(draw: random.Random, places: Rows) -> Rows:
    """Some at a place by its name, some in its commune only."""
    towns = {"14118": "Caen", "61001": "Alençon", "76540": "Rouen"}
    known = [place for place in places if place["code_insee"] in towns]
    return [
        {
            "uid": at,
            "title": f"Évènement {at}",
            "begin": str(_day(draw, 2018)),
            "location_name": draw.choice((str(place["nom"]).upper(), "Salle des fêtes")),
            "city": towns[str(place["code_insee"])],
            "postal_code": f"{str(place['code_insee'])[:2]}000",
        }
        for at, place in enumerate(draw.choices(known, k=12) if known else ())
    ]


def _attendance(draw: random.Random, codes: list[str]) -> Rows:
    rows: dict[tuple[object, ...], dict[str, object]] = {}
    for code in codes:
        for month in range(36):
            first = date(2019 + month // 12, month % 12 + 1, 1)
            for unit in ("visites", "journées"):
                if draw.random() < (0.7 if unit == "visites" else 0.2):
                    start = first + timedelta(days=draw.choice((0, 0, 14)))
                    end = first + timedelta(days=27)
                    row = {"id_lieu": code, "debut": _text(start), "fin": _text(end), "unite": unit, "public": ""}
                    rows[code, start, unit, ""] = {**row, "valeur": draw.choice((0, 20, 100, 333))}
                    if draw.random() < 0.15:
                        rows[code, start, unit, "é"] = {**row, "public": "étudiants", "valeur": 7}
                    if start == first and draw.random() < 0.1:
                        twice = {**row, "debut": _text(first + timedelta(days=20)), "valeur": 50}
                        rows[code, first + timedelta(days=20), unit, ""] = twice
    return list(rows.values())


def _meetings(draw: random.Random, codes: list[str]) -> Rows:
    return [
        {
            "reference": f"M{at}",
            "date": _text(_day(draw, 2018)),
            "libelle": "Collectif",
            "lieux_presents": "|".join(draw.sample(codes, draw.randrange(5))),
        }
        for at in range(draw.randint(6, 14))
    ]


def _needs(draw: random.Random, codes: list[str]) -> Rows:
    rows: Rows = []
    for at in range(draw.randint(12, 25)):
        day = _day(draw, 2018)
        later = day + timedelta(days=draw.choice((0, 1, 30, 400)))
        rows.append(
            {
                "reference": f"B{at}",
                "date": _text(day),
                "id_lieu": draw.choice((*codes, "", "", "")),
                "theme": draw.choice(("financement", "équipement", "autre")),
                "besoin": f"Besoin {at}",
                "etat": draw.choice(("", "exprimé", "en cours", "répondu", "répondu", "sans suite")),
                "date_reponse": draw.choice(("", _text(later), _text(later))),
            }
        )
    return rows


def _roadmap(draw: random.Random) -> Rows:
    return [
        {
            "reference": f"F{at}",
            "axe": draw.choice(("Animer, réunir", "animer reunir", "Équiper les lieux")),
            "action": f"Action {at}",
            "echeance": draw.choice(("", _text(_day(draw, 2018)), _text(_day(draw, 2018)))),
            "etat": draw.choice(("", "en cours", "faite", "faite", "abandonnée")),
            "date_realisation": draw.choice(("", _text(_day(draw, 2018)))),
        }
        for at in range(draw.randint(6, 12))
    ]
