"""Envelopes: what was voted, committed and ordered of them."""

from __future__ import annotations

from data.facts.credits import (
    AUTHORISATION_CREDITS,
    PAYMENT_CREDITS,
    REGION_COMMITTED_AMOUNT,
    REGION_ORDERED_AMOUNT,
    REGION_VOTED_AMOUNT,
)
from data.indicators.aid import AID_SOURCES, MANAGEMENT_LIMIT, REGION_AID_SOURCES
from data.model.indicators import ComputedMeasure, Indicator
from data.proofs.credits import ENVELOPE_COMMITTED_PROOF, ENVELOPE_ORDERED_PROOF, ENVELOPE_VOTED_PROOF
from data.queries.credits import envelope_share_reader
from data.units import SHARE

_GROUPING_KEYS = ("annee", "dispositif")
_SOURCES = (*AID_SOURCES, "envelopes")
_REGION_SOURCES = (*REGION_AID_SOURCES, "envelopes")
_PERIMETER_METHOD = (
    "Les mêmes dispositifs et les mêmes exercices sont des deux côtés\u202f: les exercices que la période rencontre et "
    "qui ont une enveloppe. L’enveloppe est prise entière, son usage jusqu’à la date «\u202farrêté au\u202f». Ce "
    "chiffre n’existe que pour la Région entière et depuis un 1er janvier."
)
_FISCAL_YEAR_METHOD = (
    "Une aide appartient à son exercice s’il est donné, sinon à l’année de son vote. Les annulations ne rendent rien à "
    "l’enveloppe."
)
_CREDIT_KINDS_METHOD = (
    "AE (fonctionnement) et AP (investissement) ne s’additionnent pas\u202f: quand la sélection a les deux, choisir un "
    "dispositif."
)

ENVELOPPE_VOTEE = Indicator(
    slug="enveloppe-votee",
    label="Part de l’enveloppe votée",
    theme="aides",
    definition="Part des autorisations d’engagement ou de programme de l’exercice que l’assemblée a déjà attribuée.",
    method=(
        f"Votes et avenants divisés par l’enveloppe en AE ou en AP. {_PERIMETER_METHOD} {_FISCAL_YEAR_METHOD} "
        f"{_CREDIT_KINDS_METHOD}"
    ),
    why="Elle dit ce qu’il reste à attribuer avant la fin de l’exercice.",
    limits=f"Une enveloppe absente des fichiers n’est d’aucun côté. {MANAGEMENT_LIMIT}",
    unit=SHARE,
    measure=ComputedMeasure(REGION_VOTED_AMOUNT, envelope_share_reader("voted", AUTHORISATION_CREDITS), _GROUPING_KEYS),
    proof=ENVELOPE_VOTED_PROOF,
    sources=_SOURCES,
    better="neutral",
)

ENVELOPPE_ENGAGEE = Indicator(
    slug="enveloppe-engagee",
    label="Part de l’enveloppe engagée",
    theme="aides",
    definition="Part des autorisations d’engagement ou de programme de l’exercice devenue une obligation de la Région.",
    method=(
        f"Engagements divisés par l’enveloppe en AE ou en AP. {_PERIMETER_METHOD} {_FISCAL_YEAR_METHOD} "
        f"{_CREDIT_KINDS_METHOD}"
    ),
    why="Elle dit si les votes deviennent des conventions avant que l’exercice ne se ferme.",
    limits=f"Une enveloppe absente des fichiers n’est d’aucun côté. {MANAGEMENT_LIMIT}",
    unit=SHARE,
    measure=ComputedMeasure(
        REGION_COMMITTED_AMOUNT, envelope_share_reader("committed", AUTHORISATION_CREDITS), _GROUPING_KEYS
    ),
    proof=ENVELOPE_COMMITTED_PROOF,
    sources=_REGION_SOURCES,
    better="neutral",
)

CP_MANDATES = Indicator(
    slug="cp-mandates",
    label="Part des crédits de paiement mandatée",
    theme="aides",
    definition="Part des crédits de paiement de l’exercice dont la Région a ordonné le versement.",
    method=(
        f"Avances, acomptes et soldes divisés par l’enveloppe en CP. {_PERIMETER_METHOD} Un mandat appartient à son "
        "exercice s’il est donné, sinon à l’année de sa date."
    ),
    why="Elle dit si les crédits inscrits seront consommés dans l’année.",
    limits=(
        "La liste des dossiers ne donne qu’un total mandaté, daté du premier mandat\u202f: sans le suivi financier, "
        f"tout l’argent d’un dossier tombe sur cet exercice. {MANAGEMENT_LIMIT}"
    ),
    unit=SHARE,
    measure=ComputedMeasure(REGION_ORDERED_AMOUNT, envelope_share_reader("ordered", PAYMENT_CREDITS), _GROUPING_KEYS),
    proof=ENVELOPE_ORDERED_PROOF,
    sources=_REGION_SOURCES,
    better="neutral",
)

INDICATORS = (ENVELOPPE_VOTEE, ENVELOPPE_ENGAGEE, CP_MANDATES)
