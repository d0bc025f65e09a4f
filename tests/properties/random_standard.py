"""A service standard drawn at random: its criteria, the equipment of places, and what was found there."""

from __future__ import annotations

import random
from datetime import date

Rows = list[dict[str, object]]
CRITERIA = (
    ("haut-debit", "debit_mbps", "30", "oui", ""),
    ("reunion", "salle_reunion", "", "oui", "01/01/2019"),
    ("accueil", "espace_convivialite", "", "non", ""),
    ("animations", "déclaré", "", "oui", "10/06/2020"),
    ("postes", "postes", "6", "oui", "01/01/2021"),
)
FINDINGS = ("respecté", "respecté", "manquant")


def standard_files(draw: random.Random, places: Rows) -> dict[str, Rows]:
    """The files of the standard, by source; adds the columns of its criteria to the places."""
    for row in places:
        row["debit_mbps"] = draw.choice(("", "8", "30", "100"))
        for column in ("salle_reunion", "espace_convivialite"):
            row[column] = draw.choice(("", "oui", "oui", "oui", "non"))
    return {"standards": _standards(draw), "standard-declarations": _declarations(draw, places)}


def _standards(draw: random.Random) -> Rows:
    """Criteria in force at once or later, one of them optional."""
    return [
        {"critere": code, "libelle": f"Critère {code}", "colonne": column, "seuil": least, "obligatoire": compulsory,
         "depuis": since, "source": draw.choice(("", "règlement"))}
        for code, column, least, compulsory, since in CRITERIA
    ]  # fmt: skip


def _declarations(draw: random.Random, places: Rows) -> Rows:
    """Several of the same criterion in the same place, some on the day of a label or of the start of a criterion."""
    keys = {(str(draw.choice(places)["id_lieu"]), draw.choice(CRITERIA)[0], _day(draw)) for _ in range(6 * len(places))}
    return [
        {"id_lieu": code, "critere": criterion, "date": f"{day:%d/%m/%Y}", "constat": draw.choice(FINDINGS)}
        for code, criterion, day in sorted(keys)
    ]


def _day(draw: random.Random) -> date:
    return date(draw.randint(2017, 2022), draw.randint(1, 12), draw.choice((1, 10, 28)))
