"""envelopes.csv, sessions.csv and targets.csv: the fictitious budget, its assemblies, two objectives of partners."""

from __future__ import annotations

from pathlib import Path

from etl.demonstration.calendar import COMMISSIONS, COMMITTEES, NEXT_COMMISSIONS, NEXT_COMMITTEES
from etl.demonstration.files import CellTexts, day_text, write_rows

# Scheme -> its section and the credit that authorises it.
_CREDITS = {"emergence": ("fonctionnement", "AE"), "services-numeriques": ("investissement", "AP")}

# (scheme, fiscal year) -> authorised, payment credits, in euros. The digital services of 2019 are nearly all voted.
_OPENED = {
    ("emergence", 2018): (90_000, 60_000),
    ("emergence", 2019): (80_000, 55_000),
    ("emergence", 2020): (100_000, 75_000),
    ("services-numeriques", 2018): (120_000, 50_000),
    ("services-numeriques", 2019): (155_000, 110_000),
    ("services-numeriques", 2020): (240_000, 200_000),
}


def write_envelopes(folder: Path) -> None:
    """Two rows per scheme and fiscal year, and one refused: an amount that cannot be read."""
    rows = [row for (scheme, year), opened in _OPENED.items() for row in _envelopes(scheme, year, *opened)]
    rows.append(_envelope("emergence", 2021, "AE", "90 k€", "Projet de budget 2021 (démonstration)"))
    write_rows("envelopes", rows, folder)


def _envelopes(scheme: str, year: int, authorised: int, payments: int) -> list[CellTexts]:
    source = f"Budget primitif {year} (démonstration)"
    credit = _CREDITS[scheme][1]
    return [
        _envelope(scheme, year, credit, f"{authorised},00", source),
        _envelope(scheme, year, "CP", f"{payments},00", source),
    ]


def _envelope(scheme: str, year: int, credit: str, amount: str, source: str) -> CellTexts:
    return {
        "dispositif": scheme,
        "exercice": str(year),
        "type_credit": credit,
        "section": _CREDITS[scheme][0],
        "montant": amount,
        "source": source,
    }


def write_sessions(folder: Path) -> None:
    """One row per session, the first ones of 2021 included, and one refused: a day that does not exist."""
    meetings = [(day, "Commission permanente", "aides") for day in (*COMMISSIONS, *NEXT_COMMISSIONS)]
    meetings += [(day, "Comité de labellisation", "labels") for day in (*COMMITTEES, *NEXT_COMMITTEES)]
    rows = [{"date": day_text(day), "libelle": label, "decide": what} for day, label, what in sorted(meetings)]
    rows.append({"date": "31/06/2021", "libelle": "Comité de labellisation", "decide": "labels"})
    write_rows("sessions", rows, folder)


def write_targets(folder: Path) -> None:
    """Two fictitious objectives, of partners only: those of the Région are real and come from the policy files."""
    source = "Objectif de démonstration, fictif : il n’engage ni la Région ni le partenaire"
    rows = [
        {
            "indicateur": "actions-partenaires",
            "partenaire": partner,
            "echeance": "31/12/2020",
            "valeur": str(value),
            "date_reference": "01/01/2020",
            "valeur_reference": "0",
            "source": source,
        }
        for partner, value in (("aract", 36), ("aten", 8))
    ]
    write_rows("targets", rows, folder)
