"""mediation-places.csv: fictitious EPN in real communes, in the national format; without contacts."""

from __future__ import annotations

from pathlib import Path

from data.reference import Commune, read_communes
from etl.demonstration.calendar import END
from etl.demonstration.dice import Dice
from etl.demonstration.files import CellTexts, write_rows

# (commune, postcode), by département; a city has several.
_TOWNS = {
    "14": (
        ("Caen", "14000"),
        ("Caen", "14000"),
        ("Vire Normandie", "14500"),
        ("Bayeux", "14400"),
        ("Lisieux", "14100"),
        ("Falaise", "14700"),
        ("Condé-en-Normandie", "14110"),
        ("Isigny-sur-Mer", "14230"),
        ("Hérouville-Saint-Clair", "14200"),
    ),
    "27": (
        ("Évreux", "27000"),
        ("Vernon", "27200"),
        ("Louviers", "27400"),
        ("Bernay", "27300"),
        ("Les Andelys", "27700"),
        ("Gisors", "27140"),
        ("Brionne", "27800"),
        ("Rugles", "27250"),
    ),
    "50": (
        ("Saint-Lô", "50000"),
        ("Cherbourg-en-Cotentin", "50100"),
        ("Avranches", "50300"),
        ("Coutances", "50200"),
        ("Valognes", "50700"),
        ("Mortain-Bocage", "50140"),
        ("Carentan-les-Marais", "50500"),
    ),
    "61": (
        ("Alençon", "61000"),
        ("Flers", "61100"),
        ("Argentan", "61200"),
        ("L’Aigle", "61300"),
        ("La Ferté Macé", "61600"),
        ("Vimoutiers", "61120"),
    ),
    "76": (
        ("Rouen", "76000"),
        ("Rouen", "76000"),
        ("Le Havre", "76600"),
        ("Le Havre", "76600"),
        ("Dieppe", "76200"),
        ("Fécamp", "76400"),
        ("Barentin", "76360"),
        ("Eu", "76260"),
        ("Forges-les-Eaux", "76440"),
        ("Yvetot", "76190"),
        ("Lillebonne", "76170"),
    ),
}
_SERVICES = (
    "Prendre en main un équipement informatique",
    "Accompagner les démarches de santé",
    "Devenir autonome dans les démarches administratives",
    "Réaliser des démarches administratives avec un accompagnement",
    "Accéder à internet et matériel informatique",
)


def write_mediation_places(folder: Path) -> None:
    """One row per EPN, one of them outside Normandie, and one refused: without a name."""
    dice = Dice("mediation-places")
    towns = [(_commune(dep, name), postcode) for dep, listed in _TOWNS.items() for name, postcode in listed]
    rows = [_row(number, commune, postcode, dice) for number, (commune, postcode) in enumerate(towns, 1)]
    outside = {
        **rows[-1],
        "id": f"EPN-DEMO-{len(rows) + 1:02}",
        "nom": f"EPN de démonstration {len(rows) + 1:02} — Mayenne",
    }
    rows.append(
        outside | {"commune": "Mayenne", "code_postal": "53100", "code_insee": "53147", "longitude": "", "latitude": ""}
    )
    rows.insert(17, {**rows[16], "id": f"EPN-DEMO-{len(rows) + 1:02}", "nom": ""})
    write_rows("mediation-places", rows, folder)


def _commune(dep: str, name: str) -> Commune:
    """The commune of that name in the département. Raises ValueError unless exactly one has it."""
    (found,) = (commune for commune in read_communes() if (commune.dep, commune.name) == (dep, name))
    return found


def _row(number: int, commune: Commune, postcode: str, dice: Dice) -> CellTexts:
    located = dice.chance(0.6)
    first = dice.whole(0, len(_SERVICES) - 2)
    return {
        "id": f"EPN-DEMO-{number:02}",
        "nom": f"EPN de démonstration {number:02} — {commune.name}",
        "commune": commune.name,
        "code_postal": postcode,
        "code_insee": commune.code,
        "longitude": f"{commune.lon + dice.real(-0.006, 0.006):.5f}" if located else "",
        "latitude": f"{commune.lat + dice.real(-0.006, 0.006):.5f}" if located else "",
        "source": "Démonstration",
        "date_maj": f"{dice.after(END, -500, -20):%Y-%m-%d}",
        "services": "|".join(_SERVICES[first : first + dice.whole(1, 3)]),
    }
