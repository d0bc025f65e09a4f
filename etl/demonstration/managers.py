"""network-meetings.csv, needs.csv and roadmap.csv: a fictitious collective of managers, its needs and its plans."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from etl.demonstration.calendar import END
from etl.demonstration.dice import Dice
from etl.demonstration.files import CellTexts, day_text, write_rows
from etl.demonstration.story import STORIES, Story, lost_on, story_of

# Day, number of the place that hosts it (None: at a distance), what it is about. Those of « Collectif des gérants ».
_MEETINGS: tuple[tuple[date, int | None, str], ...] = (
    (date(2018, 3, 29), 1, "Premiers besoins des lieux"),
    (date(2018, 9, 20), 8, "Communication commune, carte des lieux"),
    (date(2019, 1, 31), 2, "Modèles économiques"),
    (date(2019, 6, 20), 10, "Axes de la feuille de route"),
    (date(2019, 10, 17), 7, "Feuille de route du label, formation des gérants"),
    (date(2020, 4, 30), None, "Fermetures du printemps, trésorerie des lieux"),
    (date(2020, 10, 1), 31, "Reprise, télétravail"),
    (date(2020, 12, 10), None, "Bilan de la feuille de route"),
)
_SOLITARY = frozenset({5, 12, 19, 24, 29, 33})  # numbers of the places that never came


class _Need(NamedTuple):
    day: date
    place: int | None
    theme: str
    need: str
    answered_after: int | None = None  # days; None: still open
    answer: str = ""
    state: str = "exprimé"


_NEEDS = (
    _Need(date(2018, 3, 29), 1, "communication", "Être visible sur une carte commune", 280, "Carte mise en ligne"),
    _Need(date(2018, 3, 29), None, "juridique", "Un modèle de contrat d’accès aux espaces", 175, "Modèle diffusé"),
    _Need(date(2018, 9, 20), 8, "financement", "Financer un deuxième poste d’accueil", None, "", "sans suite"),
    _Need(date(2018, 9, 20), 4, "équipement", "Changer les machines de l’atelier partagé", 118, "Dossier voté"),
    _Need(date(2019, 1, 31), 2, "financement", "Comprendre les aides ouvertes aux associations", 42, "Fiche envoyée"),
    _Need(date(2019, 1, 31), 11, "formation", "Former les gérants à l’animation", 259, "Deux journées tenues"),
    _Need(
        date(2019, 1, 31), 6, "qualité de vie au travail", "Réduire le bruit de la salle commune", 91, "Visite Aract"
    ),
    _Need(date(2019, 6, 20), 10, "numérique", "Un outil de réservation commun", None, "", "en cours"),
    _Need(date(2019, 6, 20), 14, "animation", "Programmer des ateliers avec les artisans", 117, "Pôle ATEN mobilisé"),
    _Need(date(2019, 6, 20), None, "communication", "Une signalétique du label", 204, "Plaques livrées"),
    _Need(date(2019, 10, 17), 7, "formation", "Apprendre à suivre sa fréquentation", 63, "Atelier en ligne"),
    _Need(date(2019, 10, 17), 17, "financement", "Un calendrier des appels à projets", 88, "Calendrier en ligne"),
    _Need(date(2019, 10, 17), 20, "équipement", "Rendre l’entrée accessible", None, "", "en cours"),
    _Need(
        date(2020, 4, 30), 13, "financement", "Passer le printemps sans recettes", 26, "Fonds de solidarité présenté"
    ),
    _Need(date(2020, 4, 30), 21, "financement", "Reporter le loyer du printemps", 61, "Report obtenu"),
    _Need(date(2020, 4, 30), 15, "juridique", "Connaître les règles de réouverture", 12, "Fiche diffusée"),
    _Need(date(2020, 4, 30), None, "numérique", "Animer le réseau à distance", 35, "Salon en ligne ouvert"),
    _Need(date(2020, 10, 1), 31, "communication", "Dire aux employeurs que les lieux sont ouverts"),
    _Need(
        date(2020, 10, 1),
        22,
        "qualité de vie au travail",
        "Une charte du télétravail en tiers-lieu",
        None,
        "",
        "en cours",
    ),
    _Need(date(2020, 10, 1), 28, "animation", "Relancer les rencontres d’usagers"),
    _Need(date(2020, 10, 1), 32, "numérique", "Une connexion de secours", 47, "Devis groupé"),
    _Need(date(2020, 12, 10), 25, "formation", "Former à l’accueil des salariés en télétravail"),
    _Need(date(2020, 12, 10), 35, "financement", "Équiper un studio d’enregistrement"),
    _Need(date(2020, 12, 10), None, "autre", "Échanger avec d’autres régions"),
)


class _Action(NamedTuple):
    axis: str
    action: str
    owner: str
    due: date | None
    state: str = "prévue"
    done: date | None = None


_KNOW, _LEAD, _SHOW, _EASE = (
    "Mieux connaître les besoins",
    "Animer le réseau",
    "Faire connaître les lieux",
    "Simplifier les démarches",
)
_ACTIONS = (
    _Action(
        _KNOW, "Recueillir les besoins à chaque réunion", "réseau", date(2019, 12, 31), "faite", date(2019, 10, 17)
    ),
    _Action(_KNOW, "Relever la fréquentation chaque mois", "lieux", date(2020, 3, 31), "faite", date(2020, 6, 15)),
    _Action(_KNOW, "Enquêter auprès des usagers", "Région", date(2020, 9, 30), "en cours"),
    _Action(_LEAD, "Tenir trois réunions par an", "aract", date(2019, 12, 31), "faite", date(2019, 10, 17)),
    _Action(_LEAD, "Jumeler lieux labellisés et candidats", "réseau", date(2020, 6, 30), "abandonnée"),
    _Action(_LEAD, "Former les gérants à l’animation", "aract", date(2020, 6, 30), "faite", date(2020, 11, 19)),
    _Action(_LEAD, "Associer les artisans aux lieux", "aten", date(2020, 12, 31), "faite", date(2020, 10, 13)),
    _Action(_SHOW, "Mettre en ligne la carte des lieux", "Région", date(2019, 3, 31), "faite", date(2019, 1, 3)),
    _Action(_SHOW, "Livrer la signalétique du label", "Région", date(2019, 12, 31), "faite", date(2020, 1, 10)),
    _Action(_SHOW, "Publier un agenda commun", "réseau", date(2020, 12, 31), "en cours"),
    _Action(_SHOW, "Organiser une journée portes ouvertes", "lieux", date(2021, 5, 31)),
    _Action(_EASE, "Diffuser un modèle de contrat d’accès", "Région", date(2018, 12, 31), "faite", date(2018, 9, 20)),
    _Action(_EASE, "Ouvrir un guichet unique des porteurs", "Région", date(2020, 12, 31), "en cours"),
    _Action(_EASE, "Mettre l’annuaire des aides en commun", "Région", None),
)


def write_network_meetings(folder: Path) -> None:
    """One row per meeting, one of which names a place that does not exist."""
    dice = Dice("network-meetings")
    rows = [_meeting_row(number, *meeting, dice) for number, meeting in enumerate(_MEETINGS, start=1)]
    rows[2]["lieux_presents"] += "|DEMO-99"
    write_rows("network-meetings", rows, folder)


def _meeting_row(number: int, day: date, host: int | None, themes: str, dice: Dice) -> CellTexts:
    present = [
        story.code for story in STORIES if story.number == host or (_is_member(story, day) and dice.chance(0.55))
    ]
    return {
        "reference": f"RES-{day:%y}-{number:02}",
        "date": day_text(day),
        "libelle": "Collectif des gérants",
        "code_insee": "" if host is None else story_of(host).commune.code,
        "lieux_presents": "|".join(present),
        "themes": themes,
        "participants": str(len(present) + dice.whole(0, 6)),
    }


def _is_member(story: Story, day: date) -> bool:
    """Labelled on that day, and not one of those that never come."""
    lost = lost_on(story)
    return story.number not in _SOLITARY and story.awarded_by(day) and (lost is None or lost > day)


def write_needs(folder: Path) -> None:
    """One row per need, and one refused: a theme that is not one of the list."""
    rows = [_need_row(number, need) for number, need in enumerate(_NEEDS, start=1)]
    rows.append({"reference": "BES-X1", "date": "01/10/2020", "theme": "mobilité", "besoin": "Un abri à vélos"})
    write_rows("needs", rows, folder)


def _need_row(number: int, need: _Need) -> CellTexts:
    answered = None if need.answered_after is None else min(END, need.day + timedelta(days=need.answered_after))
    return {
        "reference": f"BES-{need.day:%y}-{number:02}",
        "date": day_text(need.day),
        "id_lieu": "" if need.place is None else story_of(need.place).code,
        "theme": need.theme,
        "besoin": need.need,
        "etat": "répondu" if answered else need.state,
        "date_reponse": day_text(answered or (date(2019, 1, 31) if need.state == "sans suite" else None)),
        "reponse": need.answer,
    }


def write_roadmap(folder: Path) -> None:
    """One row per action: some done, some late, one abandoned, one without a due date."""
    rows = (
        {
            "reference": f"FDR-{number:02}",
            "axe": action.axis,
            "action": action.action,
            "pilote": action.owner,
            "echeance": day_text(action.due),
            "etat": action.state,
            "date_realisation": day_text(action.done),
        }
        for number, action in enumerate(_ACTIONS, start=1)
    )
    write_rows("roadmap", rows, folder)
