"""Indicators of aid files: rates, leverage, delay, what is to be checked, aid for whom."""

from __future__ import annotations

from data.facts.aid_files import (
    AID_RATE,
    EXPENSES_PER_EURO,
    FILES_TO_CHECK,
    LEFT_TO_ORDER,
    LEVER_FILE_COUNT,
    LEVER_VOTED_AMOUNT,
)
from data.i18n import uncapitalised
from data.indicators.aid import AID_SOURCES, MANAGEMENT_LIMIT, REGION_AID_SOURCES, TODAY_LIMIT
from data.model.indicators import ComputedMeasure, Indicator
from data.proofs.aid import (
    AID_PER_INHABITANT_PROOF,
    AID_PER_PLACE_PROOF,
    AID_RATE_PROOF,
    EXPENSES_PER_EURO_PROOF,
    FILES_TO_CHECK_PROOF,
    FIRST_ORDER_DELAY_PROOF,
    LEFT_TO_ORDER_PROOF,
    LEVERAGE_PROOF,
)
from data.queries.aid_ratios import (
    read_aid_per_inhabitant,
    read_aid_per_place,
    read_first_order_delay,
    read_left_to_order,
    read_leverage,
)
from data.rules.aid import RULES
from data.units import DAYS, EUROS, EUROS_PER_EURO, EUROS_PER_INHABITANT, EUROS_PER_PLACE, FILES, SHARE

_GROUPING_KEYS = ("departement", "epci", "annee", "dispositif", "porteur")

TAUX_AIDE = Indicator(
    slug="taux-aide",
    label="Taux d’aide",
    theme="aides",
    definition="Part des dépenses éligibles des projets que la Région finance au titre des deux leviers.",
    method=(
        "Somme des montants votés divisée par la somme des dépenses éligibles, sur les dossiers dont le premier vote "
        "est dans la période et dont les dépenses éligibles sont connues. C’est un rapport de sommes, non une moyenne "
        "de taux."
    ),
    why="Il se compare au taux maximal du règlement, et dit l’effort que la Région consent par projet.",
    limits=(
        f"Un taux moyen conforme peut cacher un dossier qui ne l’est pas (voir les dossiers à vérifier). {TODAY_LIMIT}"
    ),
    unit=SHARE,
    measure=AID_RATE,
    proof=AID_RATE_PROOF,
    sources=REGION_AID_SOURCES,
    better="neutral",
)

DEPENSES_PAR_EURO = Indicator(
    slug="depenses-par-euro",
    label="Dépenses éligibles pour un euro d’aide",
    theme="aides",
    definition="Dépenses éligibles que porte chaque euro voté par la Région au titre des deux leviers.",
    method=(
        "Somme des dépenses éligibles divisée par la somme des montants votés, sur les dossiers dont le premier vote "
        "est dans la période et dont les dépenses éligibles sont connues."
    ),
    why="C’est l’inverse du taux d’aide, dit en euros\u202f: 2 € de dépenses pour 1 € d’aide à un taux de 50\u202f%.",
    limits=f"Ce n’est pas un effet de levier\u202f: la dépense aurait pu avoir lieu sans l’aide. {TODAY_LIMIT}",
    unit=EUROS_PER_EURO,
    measure=EXPENSES_PER_EURO,
    proof=EXPENSES_PER_EURO_PROOF,
    sources=REGION_AID_SOURCES,
    better="neutral",
)

EFFET_LEVIER = Indicator(
    slug="effet-levier",
    label="Argent privé pour un euro d’aide",
    theme="aides",
    definition="Argent privé que les projets réunissent pour chaque euro voté par la Région au titre des deux leviers.",
    method=(
        "Coût total moins argent public (l’aide votée et les autres cofinancements publics), divisé par les montants "
        "votés, sur les dossiers dont le premier vote est dans la période et dont le coût total est connu. Le nombre "
        "de ces dossiers est dit à côté."
    ),
    why="Il dit si l’argent public entraîne de l’argent privé.",
    limits=(
        "Un cofinancement public laissé vide compte pour zéro, ce qui grossit l’argent privé. Le coût prévu n’est pas "
        f"le coût réalisé, et rien ne prouve que l’aide l’a déclenché. {TODAY_LIMIT}"
    ),
    unit=EUROS_PER_EURO,
    measure=ComputedMeasure(LEVER_FILE_COUNT, read_leverage, _GROUPING_KEYS),
    proof=LEVERAGE_PROOF,
    sources=REGION_AID_SOURCES,
    better="neutral",
)

RESTE_A_MANDATER = Indicator(
    slug="reste-a-mandater",
    label="Reste à mandater",
    theme="aides",
    definition="Argent que la Région s’est engagée à verser et dont elle n’a pas encore ordonné le paiement.",
    method=(
        "Total engagé moins total mandaté, à la date «\u202farrêté au\u202f», toutes années confondues\u202f: le début "
        "de la période n’y change rien. Argent de la Région, au titre des deux leviers."
    ),
    why="C’est ce que les exercices à venir auront encore à payer.",
    limits=(
        "Les annulations et les titres de recette n’en sont pas déduits. Un dossier mandaté dont l’engagement n’est "
        f"pas renseigné le diminue à tort. {MANAGEMENT_LIMIT}"
    ),
    unit=EUROS,
    measure=ComputedMeasure(LEFT_TO_ORDER, read_left_to_order, _GROUPING_KEYS),
    proof=LEFT_TO_ORDER_PROOF,
    sources=REGION_AID_SOURCES,
    better="neutral",
)

DELAI_PREMIER_MANDAT = Indicator(
    slug="delai-premier-mandat",
    label="Délai du vote au premier mandat",
    theme="aides",
    definition="Nombre de jours entre le vote d’une aide et le premier ordre de paiement, pour un dossier sur deux.",
    method=(
        "Médiane, sur les dossiers des deux leviers dont le premier vote est dans la période et qui ont un mandat à la "
        "date «\u202farrêté au\u202f». Le nombre de dossiers mesurés et celui des dossiers sans mandat sont dits."
    ),
    why="Il dit combien de temps un porteur attend, ou met, avant de toucher la première part de son aide.",
    limits=(
        "Les dossiers encore sans mandat n’y sont pas\u202f: leur délai est déjà long et n’a pas fini de courir, la "
        "médiane est donc basse quand ils sont nombreux. Un mandat sans date est compté au jour du vote."
    ),
    unit=DAYS,
    measure=ComputedMeasure(LEVER_FILE_COUNT, read_first_order_delay, _GROUPING_KEYS),
    proof=FIRST_ORDER_DELAY_PROOF,
    sources=REGION_AID_SOURCES,
    better="lower",
)

DOSSIERS_A_VERIFIER = Indicator(
    slug="dossiers-a-verifier",
    label="Dossiers à vérifier",
    theme="aides",
    definition="Nombre de dossiers votés au titre des deux leviers qui enfreignent une règle de leur dispositif.",
    method=(
        "On compte les dossiers dont le premier vote est dans la période et qui enfreignent au moins une règle, sans "
        "dérogation enregistrée. Les valeurs viennent du règlement des dispositifs. "
        + " ".join(f"{rule.label}\u202f: {uncapitalised(rule.why)}" for rule in RULES)
    ),
    why="Il désigne les dossiers à rouvrir avant que d’autres ne le fassent, avec la raison et les chiffres.",
    limits=(
        "À vérifier ne veut pas dire irrégulier\u202f: une donnée peut manquer ou être fausse. Un dossier non "
        "vérifiable, faute du fichier qui trancherait, n’est pas compté. Les règles sont jugées sur ce que l’on sait "
        "aujourd’hui, quelle que soit la date «\u202farrêté au\u202f»."
    ),
    unit=FILES,
    measure=FILES_TO_CHECK,
    proof=FILES_TO_CHECK_PROOF,
    sources=(*AID_SOURCES, "activities", "labels"),
    optional_sources=("activities", "labels"),  # what they would decide is « non vérifiable »
    better="lower",
)

AIDE_PAR_HABITANT = Indicator(
    slug="aide-par-habitant",
    label="Aide par habitant",
    theme="aides",
    definition="Argent voté pour les tiers-lieux au titre des deux leviers, rapporté aux habitants du territoire.",
    method="Aides votées dans la période, divisées par la population municipale des communes choisies.",
    why="Elle permet de comparer des territoires de tailles inégales.",
    limits=(
        "Les lieux aident au-delà de leur commune. Une aide sans commune connue compte pour la Région entière et pour "
        "aucun de ses territoires. Sur un petit territoire, un seul dossier fait le chiffre\u202f: peu de cas."
    ),
    unit=EUROS_PER_INHABITANT,
    measure=ComputedMeasure(LEVER_VOTED_AMOUNT, read_aid_per_inhabitant, _GROUPING_KEYS),
    proof=AID_PER_INHABITANT_PROOF,
    sources=AID_SOURCES,
    better="neutral",
)

AIDE_PAR_LIEU = Indicator(
    slug="aide-par-lieu",
    label="Aide votée par lieu labellisé",
    theme="aides",
    definition="Argent voté aux tiers-lieux labellisés au titre des deux leviers, rapporté à leur nombre.",
    method=(
        "Aides votées dans la période aux lieux de la sélection labellisés à la date «\u202farrêté au\u202f», divisées "
        "par le nombre de ces lieux, aidés ou non. Le filtre de territoire porte sur les lieux. L’aide qui n’est "
        "rattachée à aucun tiers-lieu est dite à part."
    ),
    why="Elle dit l’effort moyen de la politique par lieu en service.",
    limits=(
        "Ce n’est pas le coût d’un lieu\u202f: elle ne dit rien des autres financements, et les aides aux lieux non "
        "labellisés n’y sont pas."
    ),
    unit=EUROS_PER_PLACE,
    measure=ComputedMeasure(LEVER_VOTED_AMOUNT, read_aid_per_place, _GROUPING_KEYS),
    proof=AID_PER_PLACE_PROOF,
    sources=(*AID_SOURCES, "labels", "places"),
    better="neutral",
)

INDICATORS = (
    TAUX_AIDE,
    DEPENSES_PAR_EURO,
    EFFET_LEVIER,
    RESTE_A_MANDATER,
    DELAI_PREMIER_MANDAT,
    DOSSIERS_A_VERIFIER,
    AIDE_PAR_HABITANT,
    AIDE_PAR_LIEU,
)
