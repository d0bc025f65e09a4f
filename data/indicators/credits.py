"""Envelopes: what was voted, committed and ordered of them."""

from __future__ import annotations

from data.facts.credits import AUTHORISATIONS, COMMITTED_MONEY, ORDERED_MONEY, PAYMENTS, VOTED_MONEY
from data.indicators.aid import MANAGEMENT, OWN_SOURCES, SOURCES
from data.model.indicators import ComputedMeasure, Indicator
from data.proofs.credits import COMMITTED_ROWS, ORDERED_ROWS, VOTED_ROWS
from data.queries.credits import reader_of_share_used
from data.units import SHARE

_GROUPINGS = ("annee", "dispositif")
_SOURCES = (*SOURCES, "envelopes")
_OWN_SOURCES = (*OWN_SOURCES, "envelopes")
_SAME = (
    "Les mêmes dispositifs et les mêmes exercices sont des deux côtés\u202f: les exercices que la période rencontre et "
    "qui ont une enveloppe. L’enveloppe est prise entière, son usage jusqu’à la date «\u202farrêté au\u202f». Ce "
    "chiffre n’existe que pour la Région entière et depuis un 1er janvier."
)
_YEAR = (
    "Une aide appartient à son exercice s’il est donné, sinon à l’année de son vote. Les annulations ne rendent rien à "
    "l’enveloppe."
)
_KINDS = (
    "AE (fonctionnement) et AP (investissement) ne s’additionnent pas\u202f: quand la sélection a les deux, choisir un "
    "dispositif."
)

ENVELOPPE_VOTEE = Indicator(
    slug="enveloppe-votee",
    label="Part de l’enveloppe votée",
    theme="aides",
    definition="Part des autorisations d’engagement ou de programme de l’exercice que l’assemblée a déjà attribuée.",
    method=f"Votes et avenants divisés par l’enveloppe en AE ou en AP. {_SAME} {_YEAR} {_KINDS}",
    why="Elle dit ce qu’il reste à attribuer avant la fin de l’exercice.",
    limits=f"Une enveloppe absente des fichiers n’est d’aucun côté. {MANAGEMENT}",
    unit=SHARE,
    measure=ComputedMeasure(VOTED_MONEY, reader_of_share_used("voted", AUTHORISATIONS), _GROUPINGS),
    proof=VOTED_ROWS,
    sources=_SOURCES,
    better="neutral",
)

ENVELOPPE_ENGAGEE = Indicator(
    slug="enveloppe-engagee",
    label="Part de l’enveloppe engagée",
    theme="aides",
    definition="Part des autorisations d’engagement ou de programme de l’exercice devenue une obligation de la Région.",
    method=f"Engagements divisés par l’enveloppe en AE ou en AP. {_SAME} {_YEAR} {_KINDS}",
    why="Elle dit si les votes deviennent des conventions avant que l’exercice ne se ferme.",
    limits=f"Une enveloppe absente des fichiers n’est d’aucun côté. {MANAGEMENT}",
    unit=SHARE,
    measure=ComputedMeasure(COMMITTED_MONEY, reader_of_share_used("committed", AUTHORISATIONS), _GROUPINGS),
    proof=COMMITTED_ROWS,
    sources=_OWN_SOURCES,
    better="neutral",
)

CP_MANDATES = Indicator(
    slug="cp-mandates",
    label="Part des crédits de paiement mandatée",
    theme="aides",
    definition="Part des crédits de paiement de l’exercice dont la Région a ordonné le versement.",
    method=(
        f"Avances, acomptes et soldes divisés par l’enveloppe en CP. {_SAME} Un mandat appartient à son exercice s’il "
        "est donné, sinon à l’année de sa date."
    ),
    why="Elle dit si les crédits inscrits seront consommés dans l’année.",
    limits=(
        "La liste des dossiers ne donne qu’un total mandaté, daté du premier mandat\u202f: sans le suivi financier, "
        f"tout l’argent d’un dossier tombe sur cet exercice. {MANAGEMENT}"
    ),
    unit=SHARE,
    measure=ComputedMeasure(ORDERED_MONEY, reader_of_share_used("ordered", PAYMENTS), _GROUPINGS),
    proof=ORDERED_ROWS,
    sources=_OWN_SOURCES,
    better="neutral",
)

INDICATORS = (ENVELOPPE_VOTEE, ENVELOPPE_ENGAGEE, CP_MANDATES)
