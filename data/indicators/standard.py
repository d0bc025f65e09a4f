"""Indicators of the service standard of the label."""

from __future__ import annotations

from data.facts.label import LABELLED_COUNT
from data.facts.standard import AWARDS_TO_CHECK, DECLARATION_SOURCE, STANDARD_SOURCES
from data.model.indicators import ComputedMeasure, Indicator
from data.proofs.builders import count_proof
from data.proofs.standard import STANDARD_PROOF
from data.queries.standard import read_standard_cases, read_standard_share
from data.units import LABEL_DECISIONS, SHARE

_SOURCES = (*STANDARD_SOURCES, DECLARATION_SOURCE)
_COMPLIANCE_METHOD = (
    "Un critère se lit dans le registre des tiers-lieux quand sa colonne y est remplie (oui ou non, ou au moins le "
    "seuil pour un débit, des postes ou une surface)\u202f; sinon dans le dernier relevé du standard à cette date ou "
    "avant\u202f; sinon il est inconnu. Un critère compte à partir de son entrée en vigueur\u202f; ses seuils sont "
    "dans le fichier du standard."
)
_REGISTER_LIMIT = (
    "Le registre des tiers-lieux dit leur équipement d’aujourd’hui, quelle que soit la date choisie\u202f: seuls les "
    "relevés sont datés."
)

STANDARD_RESPECTE = Indicator(
    slug="standard-respecte",
    label="Standard de service respecté",
    theme="label",
    definition=(
        "Part des tiers-lieux labellisés qui respectent tous les critères obligatoires du standard de service, parmi "
        "ceux dont tous ces critères sont renseignés."
    ),
    method=(
        "À la date «\u202farrêté au\u202f», lieux labellisés qui respectent chaque critère obligatoire alors en "
        f"vigueur, divisés par les lieux labellisés dont chacun de ces critères est renseigné. {_COMPLIANCE_METHOD}"
    ),
    why="Elle dit si le label tient ses promesses à ceux qui poussent la porte d’un lieu.",
    limits=(
        "Un lieu dont un critère au moins n’est pas renseigné ne compte ni pour, ni contre, même si un autre "
        f"manque\u202f: la note dit combien. {_REGISTER_LIMIT}"
    ),
    unit=SHARE,
    measure=ComputedMeasure(
        LABELLED_COUNT,
        read_standard_share,
        ("departement", "epci", "annee", "mois", "porteur"),
        read_cases=read_standard_cases,
    ),
    proof=STANDARD_PROOF,
    sources=_SOURCES,
    optional_sources=(DECLARATION_SOURCE,),
    better="higher",
)

LABELS_A_VERIFIER = Indicator(
    slug="labels-a-verifier",
    label="Labels à vérifier",
    theme="label",
    definition=(
        "Nombre de labellisations et de renouvellements prononcés alors qu’un critère obligatoire du standard de "
        "service manquait, ou n’était pas renseigné."
    ),
    method=(
        "Labellisations et renouvellements de la période dont un critère obligatoire, en vigueur ce jour-là, était "
        f"manquant ou inconnu à cette date. {_COMPLIANCE_METHOD}"
    ),
    why="Il dit quels lieux visiter ou interroger, pour que le label et son renouvellement soient fondés.",
    limits=(
        f"Un critère inconnu n’est pas un manquement\u202f: c’est un relevé qui manque. {_REGISTER_LIMIT} Les "
        "labellisations d’avant le premier critère en vigueur n’y sont pas."
    ),
    unit=LABEL_DECISIONS,
    measure=AWARDS_TO_CHECK,
    proof=count_proof(AWARDS_TO_CHECK),
    sources=_SOURCES,
    optional_sources=(DECLARATION_SOURCE,),
    better="lower",
)

INDICATORS: tuple[Indicator, ...] = (STANDARD_RESPECTE, LABELS_A_VERIFIER)
