"""Indicators of attendance."""

from __future__ import annotations

from sqlalchemy import Connection, func

from data.facts.attendance import ANSWERS, ATTENDANCE, VISITS
from data.facts.comparable import Comparison, answers_words, last_year, read_answers, read_comparison
from data.facts.model import Measure, Ratio, Reading
from data.i18n import NARROW, count, number, percent
from data.indicators.model import Computed, Indicator
from data.selection import Selection
from data.units import CHANGE, SHARE, VISITS_PER_SEAT
from data.units import VISITS as IN_VISITS

FEWEST_PLACES = 5
FEWEST_VISITS = 0.5  # the part of the visits that must compare


def read_evolution(connection: Connection, selection: Selection) -> Reading:
    """The last twelve whole months against the twelve before, on the places and months present in both."""
    visits = selection.choosing("unite", ())
    found = read_comparison(connection, visits)
    reason = why_no_comparison(found)
    if reason or found.now is None or not found.before:
        return Reading(None, reason)
    said = (comparison_words(found), answers_words(connection, last_year(visits)))
    return Reading(found.now / found.before - 1, note=f"{NARROW}; ".join(one for one in said if one))


def comparison_words(found: Comparison) -> str:
    """« 26 lieux sur 34 déclarants, 81 % des visites »."""
    places = f"{count(found.places, 'lieu', 'lieux')} sur {count(found.declared, 'déclarant', 'déclarants')}"
    return f"{places}, {percent(found.share)} des visites"


def why_no_comparison(found: Comparison) -> str | None:
    """Why two years do not compare; None when they do."""
    if found.visits is None:
        return "aucune visite déclarée dans les douze derniers mois"
    if found.places < FEWEST_PLACES:
        places = (
            count(found.places, "lieu a déclaré", "lieux ont déclaré") if found.places else "aucun lieu n’a déclaré"
        )
        return f"{places} les mêmes mois deux ans de suite, il en faut {FEWEST_PLACES}"
    if found.share < FEWEST_VISITS:
        return f"les mois comparables ne portent que {percent(found.share)} des visites, il en faut la moitié"
    return None if found.before else "aucune visite un an plus tôt dans les lieux comparables"


def _received(connection: Connection, selection: Selection) -> str:
    answered, expected = read_answers(connection, selection)
    return f"{count(answered, 'déclaration reçue', 'déclarations reçues')} sur {number(expected)} attendues"


VISITES = Indicator(
    slug="visites",
    label="Visites",
    theme="frequentation",
    definition="Nombre de visites déclarées par les lieux\u202f: une personne venue dix fois fait dix visites.",
    method=(
        "Somme des déclarations en visites, tous publics, des mois entiers de la période. Une déclaration appartient "
        "au mois de son premier jour\u202f; une ventilation par public ne s’ajoute pas au total. Le taux de réponse "
        "dit à côté est celui des lieux labellisés, en visites, sur les mêmes mois."
    ),
    why="Elle dit si les lieux soutenus servent, et où.",
    limits=(
        "Un mois non déclaré manque, il ne vaut pas zéro\u202f: lire ce chiffre avec le taux de "
        "réponse. Les personnes, "
        "les journées et les heures sont d’autres unités, jamais additionnées aux visites."
    ),
    unit=IN_VISITS,
    measure=VISITS,
    sources=("attendance", "places"),
    better="higher",
    beside=answers_words,
)

EVOLUTION_LIEUX_COMPARABLES = Indicator(
    slug="evolution-lieux-comparables",
    label="Évolution des visites à lieux comparables",
    theme="frequentation",
    definition=(
        "Variation des visites des douze derniers mois par rapport aux douze mois précédents, dans les seuls lieux et "
        "pour les seuls mois déclarés les deux années."
    ),
    method=(
        "Visites des douze derniers mois entiers à la date «\u202farrêté au\u202f», rapportées à celles des douze "
        "mois précédents, moins un\u202f; on ne garde que les couples (lieu, mois) déclarés en visites les deux "
        "années. Le début de la période n’y change rien. La couverture est dite\u202f: le nombre de lieux comparés "
        "sur ceux qui ont déclaré dans l’année, et leur part des visites. En dessous de cinq lieux ou de la moitié des "
        "visites, rien n’est affiché. Un mois déclaré fermé compte pour les visites qu’il déclare, zéro s’il n’y en a "
        "pas."
    ),
    why=(
        "Les lieux qui déclarent changent d’une année à l’autre\u202f: sans cette précaution, on prendrait un lieu de "
        "plus ou une réponse manquante pour une évolution."
    ),
    limits=(
        "Elle ne dit rien des lieux ouverts depuis moins d’un an ni de ceux qui ne déclarent pas. Une hausse peut "
        "tenir à un seul grand lieu."
    ),
    unit=CHANGE,
    measure=Computed(VISITS, read_evolution, ("departement", "epci", "annee", "mois", "porteur")),
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
    measure=ANSWERS,
    sources=("attendance", "labels", "places"),
    better="higher",
    beside=_received,
)

VISITES_PAR_POSTE = Indicator(
    slug="visites-par-poste",
    label="Visites par poste et par mois",
    theme="frequentation",
    definition="Nombre moyen de visites d’un poste de travail pendant un mois, dans les lieux qui ont déclaré.",
    method=(
        "Visites déclarées des mois entiers de la période, rapportées aux postes des mêmes lieux, comptés une fois par "
        "mois déclaré. On ne retient que les lieux dont le nombre de postes est connu et n’est pas nul\u202f; c’est "
        "celui de la liste des lieux la plus récente, appliqué à tous les mois. C’est un rapport de sommes, non une "
        "moyenne de moyennes."
    ),
    why="Elle rapproche la fréquentation de la taille des lieux\u202f: un grand lieu n’est pas un lieu plein.",
    limits=(
        "Toutes les visites ne prennent pas un poste\u202f: une réunion ou un atelier compte aussi. Elle ne mesure pas "
        "un taux d’occupation, et ne dit rien des lieux qui ne déclarent pas."
    ),
    unit=VISITS_PER_SEAT,
    measure=Measure(
        ATTENDANCE,
        Ratio(
            lambda rows: func.sum(rows.seated_value),
            lambda rows: func.sum(rows.seats),
            "aucun lieu dont les postes sont connus n’a déclaré de visites",
        ),
        only=VISITS.only,
        fixed=VISITS.fixed,
    ),
    sources=("attendance", "places"),
    better="neutral",
    beside=answers_words,
)

INDICATORS = (VISITES, EVOLUTION_LIEUX_COMPARABLES, TAUX_REPONSE, VISITES_PAR_POSTE)
