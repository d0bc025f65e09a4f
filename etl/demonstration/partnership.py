"""conventions.csv: fictitious agreements; the partners that are only approached have none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from etl.demonstration.files import CellTexts, day_text, write_rows

_SOURCE = "Convention de démonstration, fictive"
_AGREEMENTS = (
    (
        "aract",
        date(2018, 1, 1),
        date(2020, 12, 31),
        "Rencontres préalables, avis sur le label, animation",
        "",
    ),
    ("aten", date(2018, 9, 10), date(2019, 12, 31), "Ateliers numériques des artisans", "14|50|61"),
    ("aten", date(2020, 1, 1), date(2021, 12, 31), "Ateliers numériques des artisans", ""),
)


def write_conventions(folder: Path) -> None:
    """One row per agreement, and one refused: it ends before it begins."""
    rows = [_row(*agreement) for agreement in _AGREEMENTS]
    rows.append(_row("aten", date(2020, 12, 14), date(2020, 1, 31), "Projet d’avenant", ""))
    write_rows("conventions", rows, folder)


def _row(partner: str, starts: date, ends: date, purpose: str, territories: str) -> CellTexts:
    return {
        "partenaire": partner,
        "debut": day_text(starts),
        "fin": day_text(ends),
        "objet": purpose,
        "territoires": territories,
        "source": _SOURCE,
    }
