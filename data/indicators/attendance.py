"""Indicators of attendance."""

from __future__ import annotations

from sqlalchemy import func

from data.facts.attendance import ATTENDANCE
from data.facts.model import Measure, Ratio, Total
from data.indicators.model import Indicator
from data.units import SHARE, VISITS

VISITES = Indicator(
    slug="visites",
    label="Visites",
    theme="frequentation",
    definition="Nombre de visites déclarées par les lieux\u202f: une personne venue dix fois fait dix visites.",
    method=(
        "Somme des déclarations en visites, tous publics, des mois entiers de la période. Une déclaration appartient "
        "au mois de son premier jour\u202f; une ventilation par public ne s’ajoute pas au total."
    ),
    why="Elle dit si les lieux soutenus servent, et où.",
    limits=(
        "Un mois non déclaré manque, il ne vaut pas zéro\u202f: lire ce chiffre avec le taux de "
        "réponse. Les personnes, "
        "les journées et les heures sont d’autres unités, jamais additionnées aux visites."
    ),
    unit=VISITS,
    measure=Measure(
        ATTENDANCE,
        Total(lambda rows: func.sum(rows.value), empty=None, reason="aucun lieu n’a déclaré de visites"),
        only=lambda rows: (rows.unit == "visits",),
        fixed=("unit",),
    ),
    sources=("attendance", "places"),
    better="higher",
)

TAUX_REPONSE = Indicator(
    slug="taux-reponse",
    label="Taux de réponse",
    theme="frequentation",
    definition="Part des déclarations mensuelles attendues des lieux labellisés qui sont arrivées.",
    method=(
        "Couples (lieu, mois) déclarés dans l’unité affichée, rapportés aux couples attendus\u202f: "
        "un par lieu labellisé "
        "durant le mois, pour chaque mois entier de la période. Un lieu déclaré fermé (0 jour ouvert) a répondu."
    ),
    why="Aucun chiffre de fréquentation ne se lit sans lui.",
    limits="Une déclaration arrivée n’est pas une déclaration juste. Un lieu non labellisé n’est ni attendu ni compté.",
    unit=SHARE,
    measure=Measure(
        ATTENDANCE,
        Ratio(
            lambda rows: func.sum(rows.answered),
            lambda rows: func.sum(rows.expected),
            "aucun lieu n’était labellisé durant la période",
        ),
    ),
    sources=("attendance", "labels", "places"),
    better="higher",
)

INDICATORS = (VISITES, TAUX_REPONSE)
