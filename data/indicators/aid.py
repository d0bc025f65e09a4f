"""Indicators of the Région's aid: its four steps, and what others add."""

from __future__ import annotations

from data.facts.aid_files import (
    COMPLEMENTARY_AMOUNT,
    ELIGIBLE_EXPENSES,
    LEVER_CANCELLED_AMOUNT,
    LEVER_COMMITTED_AMOUNT,
    LEVER_FILE_COUNT,
    LEVER_ORDERED_AMOUNT,
    LEVER_PAID_AMOUNT,
    LEVER_VOTED_AMOUNT,
)
from data.model.indicators import Indicator
from data.proofs.aid import (
    CANCELLED_PROOF,
    COMMITTED_PROOF,
    COMPLEMENTARY_PROOF,
    ELIGIBLE_EXPENSES_PROOF,
    FILE_COUNT_PROOF,
    ORDERED_PROOF,
    PAID_PROOF,
    VOTED_PROOF,
)
from data.units import EUROS, FILES

AID_SOURCES = ("aids", "aids-scdl", "aid-steps", "schemes")
REGION_AID_SOURCES = ("aids", "aid-steps", "schemes")  # open data have votes only: no costs, no later step
MANAGEMENT_LIMIT = "Donnée de gestion, ne vaut pas compte administratif."
LEVERS_METHOD = (
    "pour les dispositifs de la famille «\u202flevier\u202f» (Émergence, Services numériques innovants) financés par "
    "la Région"
)
_STEPS_METHOD = (
    "Chaque étape compte à sa date. Les étapes du suivi financier remplacent, dossier par dossier et famille par "
    "famille (vote, engagement, mandats, paiement), celles de la liste des dossiers."
)
_TOTALS_LIMIT = (
    "La liste des dossiers ne donne qu’un total par étape, daté du premier mouvement\u202f: seul le suivi financier "
    "répartit les versements dans le temps. Un montant sans date compte à la date du vote."
)
TODAY_LIMIT = (
    "Dépenses, coûts et montants votés (avenants compris) sont ceux que l’on connaît aujourd’hui\u202f: une date "
    "«\u202farrêté au\u202f» choisit les dossiers, elle ne remonte pas le temps de chacun."
)


AIDES_VOTEES = Indicator(
    slug="aides-votees",
    label="Aides votées",
    theme="aides",
    definition="Argent que la Région a voté pour les tiers-lieux au titre des deux leviers de sa politique.",
    method=(
        f"Somme des votes et des avenants dont la date est dans la période, {LEVERS_METHOD}. Une référence présente "
        f"dans la liste des dossiers et dans les données ouvertes compte une fois. {_STEPS_METHOD}"
    ),
    why="Elle dit l’effort décidé par l’assemblée, avant tout engagement et tout paiement.",
    limits=(
        "Les aides complémentaires (ESS, culture, FEDER…) n’y sont pas. Un vote à venir est une proposition\u202f: il "
        f"n’est pas compté. Les annulations n’en sont pas déduites. {MANAGEMENT_LIMIT}"
    ),
    unit=EUROS,
    measure=LEVER_VOTED_AMOUNT,
    proof=VOTED_PROOF,
    sources=AID_SOURCES,
    better="neutral",
)

AIDES_ANNULEES = Indicator(
    slug="aides-annulees",
    label="Aides annulées",
    theme="aides",
    definition="Part de l’argent voté pour les tiers-lieux à laquelle il a été renoncé depuis.",
    method=f"Somme des annulations dont la date est dans la période, {LEVERS_METHOD}. {_STEPS_METHOD}",
    why="Elle dit ce que les aides votées ne produiront pas, et rend des crédits visibles.",
    limits=(
        "Seul le suivi financier dit les annulations\u202f: sans lui, ce montant est nul. Une annulation peut porter "
        f"sur un vote d’une année antérieure. {MANAGEMENT_LIMIT}"
    ),
    unit=EUROS,
    measure=LEVER_CANCELLED_AMOUNT,
    proof=CANCELLED_PROOF,
    sources=REGION_AID_SOURCES,
    better="neutral",
)

AIDES_ENGAGEES = Indicator(
    slug="aides-engagees",
    label="Aides engagées",
    theme="aides",
    definition="Argent que la Région s’est juridiquement obligée à verser aux tiers-lieux, par arrêté ou convention.",
    method=f"Somme des engagements dont la date est dans la période, {LEVERS_METHOD}. {_STEPS_METHOD}",
    why="Elle dit la part des décisions qui est devenue une obligation, et consomme les autorisations.",
    limits=f"{_TOTALS_LIMIT} {MANAGEMENT_LIMIT}",
    unit=EUROS,
    measure=LEVER_COMMITTED_AMOUNT,
    proof=COMMITTED_PROOF,
    sources=REGION_AID_SOURCES,
    better="neutral",
)

AIDES_MANDATEES = Indicator(
    slug="aides-mandatees",
    label="Aides mandatées",
    theme="aides",
    definition="Argent que la Région a donné l’ordre de payer aux tiers-lieux.",
    method=f"Somme des avances, acomptes et soldes dont la date est dans la période, {LEVERS_METHOD}. {_STEPS_METHOD}",
    why="Elle dit ce que les projets ont déjà déclenché, et consomme les crédits de paiement.",
    limits=f"{_TOTALS_LIMIT} Les titres de recette (reversements demandés) n’en sont pas déduits. {MANAGEMENT_LIMIT}",
    unit=EUROS,
    measure=LEVER_ORDERED_AMOUNT,
    proof=ORDERED_PROOF,
    sources=REGION_AID_SOURCES,
    better="neutral",
)

AIDES_PAYEES = Indicator(
    slug="aides-payees",
    label="Aides payées",
    theme="aides",
    definition="Argent qui est arrivé chez les bénéficiaires.",
    method=f"Somme des paiements dont la date est dans la période, {LEVERS_METHOD}. {_STEPS_METHOD}",
    why="C’est la seule étape que le porteur du lieu voit sur son compte.",
    limits=f"{_TOTALS_LIMIT} {MANAGEMENT_LIMIT}",
    unit=EUROS,
    measure=LEVER_PAID_AMOUNT,
    proof=PAID_PROOF,
    sources=REGION_AID_SOURCES,
    better="neutral",
)


AIDES_COMPLEMENTAIRES = Indicator(
    slug="aides-complementaires",
    label="Aides complémentaires",
    theme="aides",
    definition=(
        "Argent voté pour les tiers-lieux par d’autres dispositifs que les deux leviers, de la Région, de l’État, de "
        "l’Europe ou d’autres financeurs."
    ),
    method=(
        "Somme des votes et des avenants dont la date est dans la période, pour les dispositifs de la famille "
        "«\u202fcomplémentaire\u202f», quel que soit leur financeur. La page des aides les montre par financeur."
    ),
    why="Elle dit ce qui accompagne les leviers\u202f: ce montant se lit à côté des aides votées, jamais avec elles.",
    limits=(
        "Seules les aides présentes dans les fichiers chargés sont connues\u202f: ce n’est pas le total des "
        f"financements publics des lieux. Une aide au dispositif non renseigné est ici. {MANAGEMENT_LIMIT}"
    ),
    unit=EUROS,
    measure=COMPLEMENTARY_AMOUNT,
    proof=COMPLEMENTARY_PROOF,
    sources=AID_SOURCES,
    better="neutral",
)

DOSSIERS_AIDES = Indicator(
    slug="dossiers-aides",
    label="Dossiers aidés",
    theme="aides",
    definition="Nombre de dossiers auxquels la Région a voté une aide au titre des deux leviers.",
    method=f"On compte chaque dossier une fois, au jour de son premier vote s’il est dans la période, {LEVERS_METHOD}.",
    why="Il rapporte les montants au nombre de projets soutenus.",
    limits="Un lieu peut avoir plusieurs dossiers\u202f; un dossier annulé depuis reste compté.",
    unit=FILES,
    measure=LEVER_FILE_COUNT,
    proof=FILE_COUNT_PROOF,
    sources=AID_SOURCES,
    better="neutral",
)

DEPENSES_ELIGIBLES = Indicator(
    slug="depenses-eligibles",
    label="Dépenses éligibles",
    theme="aides",
    definition="Dépenses retenues pour le calcul de l’aide, dans les dossiers votés au titre des deux leviers.",
    method="Somme des dépenses éligibles des dossiers dont le premier vote est dans la période.",
    why="Elles disent le volume des projets soutenus, au-delà de la part que la Région finance.",
    limits=f"Un dossier qui ne les indique pas n’y ajoute rien. {TODAY_LIMIT}",
    unit=EUROS,
    measure=ELIGIBLE_EXPENSES,
    proof=ELIGIBLE_EXPENSES_PROOF,
    sources=REGION_AID_SOURCES,
    better="neutral",
)

INDICATORS = (
    AIDES_VOTEES,
    AIDES_ANNULEES,
    AIDES_ENGAGEES,
    AIDES_MANDATEES,
    AIDES_PAYEES,
    AIDES_COMPLEMENTAIRES,
    DOSSIERS_AIDES,
    DEPENSES_ELIGIBLES,
)
