"""The label against its target: what is expected, how fast it goes, where that leads."""

from __future__ import annotations

from data.facts.label import LABEL_SOURCES, LABELLED_COUNT
from data.model.indicators import ComputedMeasure, Indicator
from data.proofs.pace import (
    EXPECTED_PROOF,
    LEAD_IN_DAYS_PROOF,
    LEAD_PROOF,
    PACE_PROOF,
    PROJECTION_PROOF,
    REQUIRED_PACE_PROOF,
    TARGET_SHARE_PROOF,
)
from data.queries.pace import (
    TARGET_SOURCES,
    expected_labels,
    lead_in_days,
    lead_in_labels,
    read_pace_by_group,
    read_projection_by_group,
    required_pace,
    target_share,
    target_value_reader,
)
from data.units import DAYS, PLACES, PLACES_EXPECTED, PLACES_PER_MONTH, SHARE

_GROUPING_KEYS = ("departement", "epci", "annee", "mois", "porteur")
_TARGET_METHOD = (
    "L’objectif lu est celui qui a été voté pour ce territoire, prochain à échoir à la date «\u202farrêté au\u202f» (à "
    "défaut, le dernier échu). Aucun n’est déduit pour un autre territoire, un type de porteur ou une typologie\u202f: "
    "le chiffre n’est alors pas calculé."
)
_LINE_METHOD = (
    "La trajectoire est la ligne droite entre le point de départ de l’objectif (date et valeur) et son échéance\u202f; "
    "après l’échéance, on attend l’objectif lui-même."
)

PART_OBJECTIF = Indicator(
    slug="part-objectif",
    label="Part de l’objectif atteinte",
    theme="label",
    definition="Tiers-lieux labellisés à la date choisie, rapportés au nombre que vise l’objectif voté.",
    method=f"Nombre de labels en vigueur à la date, divisé par la valeur de l’objectif. {_TARGET_METHOD}",
    why="Elle dit le chemin fait vers l’objectif, sans parler du temps qui reste.",
    limits=(
        "Elle se lit avec l’échéance\u202f: 70\u202f% est une avance à mi-parcours et un retard la veille. Elle "
        "dépasse 100\u202f% quand l’objectif est dépassé."
    ),
    unit=SHARE,
    measure=ComputedMeasure(LABELLED_COUNT, target_value_reader(target_share), _GROUPING_KEYS),
    proof=TARGET_SHARE_PROOF,
    sources=TARGET_SOURCES,
    better="higher",
)

ATTENDU_A_DATE = Indicator(
    slug="attendu-a-date",
    label="Labels attendus à cette date",
    theme="label",
    definition="Nombre de tiers-lieux labellisés qu’il faudrait à la date choisie pour être sur la trajectoire.",
    method=f"{_LINE_METHOD} {_TARGET_METHOD}",
    why="C’est le repère auquel comparer le nombre de labels avant l’échéance.",
    limits=(
        "La ligne droite est une convention\u202f: aucun rythme n’a été voté. Le départ de 17 lieux au 10 septembre "
        "2018 est une annonce (adhésions), non un décompte du registre. Avant le point de départ, rien n’est attendu."
    ),
    unit=PLACES_EXPECTED,
    measure=ComputedMeasure(LABELLED_COUNT, target_value_reader(expected_labels), _GROUPING_KEYS),
    proof=EXPECTED_PROOF,
    sources=TARGET_SOURCES,
    better="neutral",
)

AVANCE_LABELS = Indicator(
    slug="avance-labels",
    label="Avance sur la trajectoire, en labels",
    theme="label",
    definition="Écart entre les tiers-lieux labellisés et le nombre attendu à cette date\u202f; négatif, un retard.",
    method=f"Labels en vigueur à la date, moins labels attendus à cette date. {_LINE_METHOD} {_TARGET_METHOD}",
    why="Elle dit en une fois si la politique tient son objectif, et de combien de lieux.",
    limits=(
        "Un comité de labellisation qui se tient quelques jours plus tard suffit à la faire changer de signe\u202f: un "
        "écart de moins d’un lieu ne veut rien dire."
    ),
    unit=PLACES_EXPECTED,
    measure=ComputedMeasure(LABELLED_COUNT, target_value_reader(lead_in_labels), _GROUPING_KEYS),
    proof=LEAD_PROOF,
    sources=TARGET_SOURCES,
    better="higher",
)

AVANCE_JOURS = Indicator(
    slug="avance-jours",
    label="Avance sur la trajectoire, en jours",
    theme="label",
    definition="Le même écart, en temps\u202f: jours d’avance sur la trajectoire\u202f; négatif, un retard.",
    method=(
        "Jour où la trajectoire passe par le nombre de labels en vigueur à la date, moins cette date. Non calculé "
        f"quand la trajectoire ne passe jamais par ce nombre (au-dessus de l’objectif, au-dessous du départ). "
        f"{_LINE_METHOD} {_TARGET_METHOD}"
    ),
    why="Un retard en jours se compare au temps qui reste jusqu’à l’échéance.",
    limits=(
        "Après l’échéance il compte depuis le jour où la trajectoire passait par ce nombre et grandit d’un jour par "
        "jour, même si l’objectif est atteint depuis\u202f: il ne se lit qu’avant l’échéance."
    ),
    unit=DAYS,
    measure=ComputedMeasure(LABELLED_COUNT, target_value_reader(lead_in_days), _GROUPING_KEYS),
    proof=LEAD_IN_DAYS_PROOF,
    sources=TARGET_SOURCES,
    better="higher",
)

RYTHME_REQUIS = Indicator(
    slug="rythme-requis",
    label="Rythme requis",
    theme="label",
    definition="Nombre de labels à gagner chaque mois, de la date choisie à l’échéance, pour atteindre l’objectif.",
    method=(
        "Labels qui manquent à l’objectif, divisés par les mois qui restent (de 30,4375 jours). Zéro une fois "
        f"l’objectif atteint\u202f; non calculé après l’échéance. {_TARGET_METHOD}"
    ),
    why="Comparé au rythme observé, il dit si l’objectif reste à portée.",
    limits=(
        "Il compte des labels nets\u202f: chaque sortie est à remplacer en plus. Dans les dernières semaines il "
        "grandit très vite."
    ),
    unit=PLACES_PER_MONTH,
    measure=ComputedMeasure(LABELLED_COUNT, target_value_reader(required_pace), _GROUPING_KEYS),
    proof=REQUIRED_PACE_PROOF,
    sources=TARGET_SOURCES,
    better="lower",
)

RYTHME_OBSERVE = Indicator(
    slug="rythme-observe",
    label="Rythme observé",
    theme="label",
    definition="Nombre de labels gagnés en moyenne chaque mois durant les douze mois qui précèdent la date choisie.",
    method=(
        "Labels en vigueur à la date, moins labels en vigueur douze mois plus tôt, divisés par douze. Les sorties "
        "(label retiré ou expiré, lieu fermé) sont donc déduites. Il se calcule pour toute sélection, avec ou sans "
        "objectif, et ne dépend pas du début de la période."
    ),
    why="Il dit la vitesse à laquelle le réseau grandit, à comparer au rythme requis.",
    limits="Les labels arrivent par comités\u202f: selon qu’un comité tombe dans les douze mois, il varie par à-coups.",
    unit=PLACES_PER_MONTH,
    measure=ComputedMeasure(LABELLED_COUNT, read_pace_by_group, _GROUPING_KEYS),
    proof=PACE_PROOF,
    sources=LABEL_SOURCES,
    better="higher",
)

PROJECTION_ECHEANCE = Indicator(
    slug="projection-echeance",
    label="Projection à l’échéance",
    theme="label",
    definition=(
        "Nombre de tiers-lieux labellisés à l’échéance de l’objectif si le rythme des 12 derniers mois se maintenait."
    ),
    method=(
        "Labels en vigueur à la date, plus les entrées moins les sorties des douze derniers mois, prolongées jusqu’à "
        "l’échéance (t, en années de douze mois de 30,4375 jours). L’intervalle à 80\u202f% est cette valeur ± 1,2816 "
        "× √((entrées + sorties) × t × (1 + t)), jamais au-dessous de zéro\u202f: entrées et sorties y sont traitées "
        "comme des évènements de hasard, connus par une seule année. Une entrée est un label qui commence (un "
        "renouvellement n’en est pas une), une sortie un label qui finit. Non calculée avec moins de 6 entrées et "
        f"sorties, ni après l’échéance. {_TARGET_METHOD}"
    ),
    why="Elle dit où mène le rythme actuel, assez tôt pour le changer.",
    limits=(
        "C’est un prolongement, non une prévision\u202f: il ignore les candidatures en cours, le calendrier des "
        "comités et les renouvellements à venir. Une fois sur cinq, la réalité sort de l’intervalle même si rien ne "
        "change."
    ),
    unit=PLACES,
    measure=ComputedMeasure(LABELLED_COUNT, read_projection_by_group, _GROUPING_KEYS),
    proof=PROJECTION_PROOF,
    sources=TARGET_SOURCES,
    better="higher",
)

INDICATORS = (
    PART_OBJECTIF,
    ATTENDU_A_DATE,
    AVANCE_LABELS,
    AVANCE_JOURS,
    RYTHME_REQUIS,
    RYTHME_OBSERVE,
    PROJECTION_ECHEANCE,
)
