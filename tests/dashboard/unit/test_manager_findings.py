"""The sentences above the charts of the network of managers, for none, one and many."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts.managers import PRESENCE, axis_progress_finding, axis_progress_note, theme_needs_finding

PRESENCE_COLUMNS = ["name", "recent", "older", "never", "places"]
THEMES = ["name", "waiting", "answered", "delay", "text"]
AXES = ["name", "done", "late", "to_come", "total"]


def frame(columns: list[str], *rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=columns, dtype=object)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ((3, 0, 0, 3), "Les 3 lieux labellisés ont tous pris part à une réunion du réseau depuis un an"),
        ((1, 0, 0, 1), "Le seul lieu labellisé a pris part à une réunion du réseau depuis un an"),
        ((0, 0, 1, 1), "Le seul lieu labellisé n’a jamais pris part à une réunion du réseau"),
        ((0, 0, 4, 4), "Aucun des 4 lieux labellisés n’a jamais pris part à une réunion du réseau"),
        ((2, 1, 0, 3), "1 lieu labellisé sur 3 n’a pris part à aucune réunion depuis un an"),
        ((2, 1, 2, 5), "3 lieux labellisés sur 5 n’ont pris part à aucune réunion depuis un an, dont 2 jamais"),
    ],
)
def test_presence(row: tuple[int, ...], sentence: str) -> None:
    assert PRESENCE.finding(frame(PRESENCE_COLUMNS, ("Orne", *row))) == sentence


def test_needs() -> None:
    funding, law = ("Financement", 2, 1, 9, "9 jours"), ("Juridique", 0, 1, 4, "4 jours")
    assert theme_needs_finding(frame(THEMES, funding, law)) == (
        "2 besoins attendent une réponse, d’abord sur le thème «\u202ffinancement\u202f»\u202f; 2 réponses données"
    )
    assert theme_needs_finding(frame(THEMES, law)) == "Aucun besoin n’attend de réponse\u202f; 1 réponse donnée"
    one = theme_needs_finding(frame(THEMES, ("Autre", 1, 0, None, "")))
    assert one == "1 besoin attend une réponse sur le thème «\u202fautre\u202f»\u202f; 0 réponse donnée"
    equal = theme_needs_finding(frame(THEMES, funding, ("Juridique", 2, 0, None, "")))
    assert equal == "4 besoins attendent une réponse\u202f; 1 réponse donnée"


def test_roadmap() -> None:
    rows = frame(AXES, ("Animer", 1, 0, 2, 3))
    rows.attrs |= {"due_today": 0, "abandoned": 1}
    assert axis_progress_finding(rows) == "1 action faite sur 3 dans la feuille de route, aucune en retard"
    assert axis_progress_note(rows) == "1 action abandonnée à part"
    rows.attrs |= {"due_today": 2}
    both = "2 actions à venir sont à échéance ce jour\u202f; 1 action abandonnée à part"
    assert axis_progress_note(rows) == both
    late = frame(AXES, ("Animer", 2, 1, 0, 3))
    assert axis_progress_finding(late) == "2 actions faites sur 3 dans la feuille de route, 1 en retard"
    none = frame(AXES, ("Animer", 0, 1, 0, 1))
    assert axis_progress_finding(none) == "La seule action de la feuille de route n’est pas faite, 1 en retard"
