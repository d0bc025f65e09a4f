"""Indicators of attendance."""

from __future__ import annotations

from sqlalchemy import Connection

from data.facts.attendance import ATTENDANCE_PER_SEAT, DECLARED_ATTENDANCE, RESPONSE_RATE
from data.i18n import NARROW, count, number, percent
from data.model.facts import MeasuredValue
from data.model.groups import GroupKey, Groups
from data.model.indicators import ComputedMeasure, Indicator, UnitWording
from data.proofs.attendance import ATTENDANCE_PER_SEAT_PROOF, ATTENDANCE_PROOF, EVOLUTION_PROOF, RESPONSE_RATE_PROOF
from data.queries.comparable_places import (
    Comparison,
    Declarations,
    last_twelve_months,
    read_comparison_by_group,
    read_declarations,
    read_declarations_by_group,
    read_response_rate_text,
    response_rate_text,
)
from data.queries.suppression import with_omission_note
from data.selection import Selection, unit_of
from data.units import ATTENDANCE_UNITS, CHANGE, SHARE, Unit, average_unit
from data.units import VISITS as IN_VISITS

MIN_COMPARABLE_PLACES = 5
MIN_COMPARABLE_SHARE = 0.5  # the part of the visits that must compare


CONFIDENTIALITY_LIMIT = (
    "La fréquentation d’un lieu privé est confidentielle\u202f: un mois, une somme laisse de côté un ou deux lieux "
    "privés qui s’y retrouveraient seuls, et le dit («\u202fhors 1 lieu privé\u202f»)\u202f; une période est la somme "
    "de ses mois."
)


def read_evolution(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
    """The last twelve whole months against the twelve before, on the places and months present in both."""
    comparisons, unit = read_comparison_by_group(connection, groups), ATTENDANCE_UNITS[unit_of(groups.selection)]
    declarations = read_declarations_by_group(connection, groups.map_selections(last_twelve_months))
    return {key: _evolution_value(comparisons[key], declarations[key], unit) for key in comparisons}


def _evolution_value(comparison: Comparison, declarations: Declarations, unit: Unit) -> MeasuredValue:
    reason = no_comparison_reason(comparison, unit)
    if reason or comparison.now is None or not comparison.before:
        return (
            with_omission_note(MeasuredValue(None, reason), comparison.omitted)
            if comparison.now is None
            else MeasuredValue(None, reason)
        )
    note = f"{NARROW}; ".join(
        text for text in (comparison_text(comparison, unit), response_rate_text(declarations)) if text
    )
    return with_omission_note(MeasuredValue(comparison.now / comparison.before - 1, note=note), comparison.omitted)


def comparison_text(comparison: Comparison, unit: Unit) -> str:
    """« 26 lieux sur 34 déclarants, 81 % des visites »."""
    places = f"{count(comparison.places, 'lieu', 'lieux')} sur {count(comparison.declared, 'déclarant', 'déclarants')}"
    return f"{places}, {percent(comparison.share)} des {unit.plural}"


def no_comparison_reason(comparison: Comparison, unit: Unit) -> str | None:
    """Why two years do not compare; None when they do."""
    if comparison.visits is None:
        return f"aucune {unit.singular} déclarée dans les douze derniers mois"
    if comparison.places < MIN_COMPARABLE_PLACES:
        places = (
            count(comparison.places, "lieu a déclaré", "lieux ont déclaré")
            if comparison.places
            else "aucun lieu n’a déclaré"
        )
        return f"{places} les mêmes mois deux ans de suite, il en faut {MIN_COMPARABLE_PLACES}"
    if comparison.share < MIN_COMPARABLE_SHARE:
        return (
            f"les mois comparables ne portent que {percent(comparison.share)} des {unit.plural}, il en faut la moitié"
        )
    return None if comparison.before else f"aucune {unit.singular} un an plus tôt dans les lieux comparables"


def _read_received_declarations_text(connection: Connection, selection: Selection) -> str | None:
    answered, expected = read_declarations(connection, selection)
    if not expected:
        return None
    return f"{count(answered, 'déclaration reçue', 'déclarations reçues')} sur {number(expected)} attendues"


def _total_wording(unit: str) -> UnitWording:
    unit_of_value = ATTENDANCE_UNITS[unit]
    precision = (
        "une personne venue dix fois fait dix visites" if unit == "visits" else "unité jamais ajoutée à une autre"
    )
    return UnitWording(
        unit_of_value.plural.capitalize(),
        f"Nombre de {unit_of_value.plural} déclarées par les lieux\u202f: {precision}.",
        unit_of_value,
    )


def _evolution_wording(unit: str) -> UnitWording:
    many = ATTENDANCE_UNITS[unit].plural
    return UnitWording(
        f"Évolution des {many} à lieux comparables",
        f"Variation des {many} des douze derniers mois par rapport aux douze mois précédents, dans les seuls lieux et "
        "pour les seuls mois déclarés les deux années.",
        CHANGE,
    )


def _per_seat_wording(unit: str) -> UnitWording:
    many = ATTENDANCE_UNITS[unit].plural
    return UnitWording(
        f"{many.capitalize()} par poste et par mois",
        f"Nombre moyen de {many} pour un poste de travail pendant un mois, dans les lieux qui ont déclaré.",
        average_unit(ATTENDANCE_UNITS[unit], "par poste et par mois"),
    )


VISITES = Indicator(
    slug="visites",
    label="Visites",
    theme="frequentation",
    definition=_total_wording("visits").definition,
    unit_wording=_total_wording,
    method=(
        "Somme des déclarations en visites (ou dans l’unité choisie), tous publics, des mois entiers de la période. "
        "Une déclaration appartient au mois de son premier jour\u202f; une ventilation par public ne s’ajoute pas au "
        "total. Le taux de réponse dit à côté est celui des lieux labellisés, dans la même unité, sur les mêmes mois. "
        + CONFIDENTIALITY_LIMIT
    ),
    why="Elle dit si les lieux soutenus servent, et où.",
    limits=(
        "Un mois non déclaré manque, il ne vaut pas zéro\u202f: lire ce chiffre avec le taux de "
        "réponse. Les personnes, "
        "les journées et les heures sont d’autres unités, jamais additionnées aux visites."
    ),
    unit=IN_VISITS,
    measure=DECLARED_ATTENDANCE,
    proof=ATTENDANCE_PROOF,
    sources=("attendance", "places"),
    better="higher",
    read_note=read_response_rate_text,
)

EVOLUTION_LIEUX_COMPARABLES = Indicator(
    slug="evolution-lieux-comparables",
    label="Évolution des visites à lieux comparables",
    theme="frequentation",
    definition=_evolution_wording("visits").definition,
    unit_wording=_evolution_wording,
    method=(
        "Visites des douze derniers mois entiers à la date «\u202farrêté au\u202f», rapportées à celles des douze "
        "mois précédents, moins un\u202f; on ne garde que les couples (lieu, mois) déclarés les deux années dans "
        "l’unité. Le début de la période n’y change rien. La couverture est dite\u202f: le nombre de lieux comparés "
        "sur ceux qui ont déclaré dans l’année, et leur part des visites. En dessous de cinq lieux ou de la moitié des "
        "visites, rien n’est affiché. Un mois déclaré fermé compte pour les visites qu’il déclare, zéro s’il n’y en a "
        f"pas. {CONFIDENTIALITY_LIMIT}"
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
    measure=ComputedMeasure(DECLARED_ATTENDANCE, read_evolution, ("departement", "epci", "annee", "mois", "porteur")),
    proof=EVOLUTION_PROOF,
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
        "durant le mois, pour chaque mois entier de la période. Un lieu déclaré fermé (0 jour ouvert) a répondu. Un ou "
        "deux lieux privés attendus, seuls de leur sorte dans une sélection, sont laissés de côté avec leurs réponses."
    ),
    why="Aucun chiffre de fréquentation ne se lit sans lui.",
    limits="Une déclaration arrivée n’est pas une déclaration juste. Un lieu non labellisé n’est ni attendu ni compté.",
    unit=SHARE,
    measure=RESPONSE_RATE,
    proof=RESPONSE_RATE_PROOF,
    sources=("attendance", "labels", "places"),
    better="higher",
    read_note=_read_received_declarations_text,
)

VISITES_PAR_POSTE = Indicator(
    slug="visites-par-poste",
    label="Visites par poste et par mois",
    theme="frequentation",
    definition=_per_seat_wording("visits").definition,
    unit_wording=_per_seat_wording,
    method=(
        "Visites déclarées des mois entiers de la période, rapportées aux postes des mêmes lieux, comptés une fois par "
        "mois déclaré. On ne retient que les lieux dont le nombre de postes est connu et n’est pas nul\u202f; c’est "
        "celui de la liste des lieux la plus récente, appliqué à tous les mois. C’est un rapport de sommes, non une "
        f"moyenne de moyennes. {CONFIDENTIALITY_LIMIT}"
    ),
    why="Elle rapproche la fréquentation de la taille des lieux\u202f: un grand lieu n’est pas un lieu plein.",
    limits=(
        "Toutes les visites ne prennent pas un poste\u202f: une réunion ou un atelier compte aussi. Elle ne mesure pas "
        "un taux d’occupation, et ne dit rien des lieux qui ne déclarent pas."
    ),
    unit=_per_seat_wording("visits").unit,
    measure=ATTENDANCE_PER_SEAT,
    proof=ATTENDANCE_PER_SEAT_PROOF,
    sources=("attendance", "places"),
    better="neutral",
    read_note=read_response_rate_text,
)

INDICATORS = (VISITES, EVOLUTION_LIEUX_COMPARABLES, TAUX_REPONSE, VISITES_PAR_POSTE)
