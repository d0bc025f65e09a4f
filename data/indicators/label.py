"""Indicators of the label."""

from __future__ import annotations

from data.facts.label import EVER_LABELLED_COUNT, IN_PROCESS_COUNT, LABEL_SOURCES, LABELLED_COUNT
from data.model.indicators import ComputedMeasure, Indicator
from data.proofs.label import AWARD_DELAY_PROOF, EVER_LABELLED_PROOF, IN_PROCESS_PROOF, LABELLED_PROOF
from data.queries.delays import DATED_AWARD_COUNT, read_median_award_delay
from data.units import DAYS, PLACES

LIEUX_LABELLISES = Indicator(
    slug="lieux-labellises",
    label="Tiers-lieux labellisés",
    theme="label",
    definition=(
        "Nombre de tiers-lieux dont le label «\u202fTiers-Lieux Normandie\u202f» est en vigueur à la date choisie."
    ),
    method=(
        "On compte les lieux dont la dernière étape parmi labellisé, renouvelé, retiré et expiré, à "
        "la date «\u202farrêté "
        "au\u202f» ou avant, est labellisé ou renouvelé, et qui n’ont pas fermé. Le même jour, l’ordre des étapes est "
        "celui de cette liste."
    ),
    why="C’est la grandeur que vise l’objectif de la politique régionale.",
    limits=(
        "Les 17 adhésions annoncées le 10 septembre 2018 sont une annonce, non un décompte du registre. "
        "Un lieu fermé sans date de fermeture reste compté."
    ),
    unit=PLACES,
    measure=LABELLED_COUNT,
    proof=LABELLED_PROOF,
    sources=LABEL_SOURCES,
    better="higher",
)

LABELLISATIONS_CUMULEES = Indicator(
    slug="labellisations-cumulees",
    label="Labellisations cumulées",
    theme="label",
    definition="Nombre de tiers-lieux qui ont reçu le label au moins une fois, qu’il soit encore en vigueur ou non.",
    method=(
        "On compte les lieux dont la première étape «\u202flabellisé\u202f» est à la date «\u202farrêté au\u202f» ou "
        "avant. Un lieu labellisé de nouveau après une sortie compte une seule fois. L’écart avec les tiers-lieux "
        "labellisés est le nombre de lieux sortis (label retiré ou expiré, lieu fermé)\u202f: «\u202f52 à ce jour = "
        "58 attribués − 6 sortis\u202f»."
    ),
    why="Il dit le travail accompli depuis le début de la politique, sorties comprises.",
    limits=(
        "L’objectif régional ne se compare pas à lui mais aux labels en vigueur. Une labellisation restée parmi les "
        "lignes à corriger n’est pas comptée."
    ),
    unit=PLACES,
    measure=EVER_LABELLED_COUNT,
    proof=EVER_LABELLED_PROOF,
    sources=LABEL_SOURCES,
    better="higher",
)

LIEUX_EN_COURS = Indicator(
    slug="lieux-en-cours",
    label="Lieux en parcours de labellisation",
    theme="label",
    definition="Nombre de tiers-lieux dont la candidature au label est en cours d’examen à la date choisie.",
    method=(
        "On compte les lieux dont une candidature ou un dossier complet, à la date «\u202farrêté au\u202f» ou avant, "
        "est plus récent que la dernière labellisation, le dernier refus, abandon ou retrait, et dont le label n’est "
        "pas en vigueur. Un avis de l’Aract n’y change rien\u202f: le lieu reste en parcours."
    ),
    why="Ce sont les labellisations à venir, et les dossiers qui attendent une réponse.",
    limits=(
        "Un abandon qui n’est pas écrit au registre laisse le lieu en parcours\u202f: l’ancienneté de la dernière "
        "étape, sur la page Label, aide à les repérer."
    ),
    unit=PLACES,
    measure=IN_PROCESS_COUNT,
    proof=IN_PROCESS_PROOF,
    sources=LABEL_SOURCES,
    better="neutral",
)

DELAI_LABELLISATION = Indicator(
    slug="delai-labellisation",
    label="Délai de labellisation",
    theme="label",
    definition="Nombre de jours entre la première candidature d’un lieu et sa première labellisation, en médiane.",
    method=(
        "On prend les premières labellisations de la période, et pour chacune les jours écoulés depuis la première "
        "candidature du lieu (à défaut, son premier dossier complet). La médiane partage les lieux en deux moitiés "
        "égales. Un lieu labellisé sans candidature connue auparavant est laissé de côté. Les lieux encore en parcours "
        "à la date de fin sont dits à côté\u202f: leur délai n’est pas fini."
    ),
    why="Il dit ce qu’attend un porteur de projet, et si l’instruction s’allonge.",
    limits=(
        "Il ne compte que les candidatures abouties\u202f: celles qui traînent n’y sont pas encore, celles qui ont été "
        "refusées n’y sont jamais. Sur quelques lieux, un seul dossier le déplace."
    ),
    unit=DAYS,
    measure=ComputedMeasure(
        DATED_AWARD_COUNT, read_median_award_delay, ("departement", "epci", "annee", "mois", "porteur")
    ),
    proof=AWARD_DELAY_PROOF,
    sources=LABEL_SOURCES,
    better="lower",
)

INDICATORS = (LIEUX_LABELLISES, LABELLISATIONS_CUMULEES, LIEUX_EN_COURS, DELAI_LABELLISATION)
