"""What happened outside the policy and explains its curves: lockdowns, elections, new rules."""

from __future__ import annotations

from data.sources.model import Choice, Column, Source

ANNOTATION_THEMES = (  # of indicators, by code
    Choice("label", "label"),
    Choice("aides", "aides"),
    Choice("partenaires", "partenaires"),
    Choice("reseau", "réseau"),
    Choice("frequentation", "fréquentation"),
    Choice("territoires", "territoires"),
)

ANNOTATIONS = Source(
    name="annotations",
    label="repères des courbes",
    agreement="s",
    table="annotation",
    replaces_packaged=True,
    is_scheduled=True,
    key=("starts", "text"),
    columns=(
        Column("starts", "debut", "day", required=True, synonyms=("début", "date", "date de début")),
        Column("ends", "fin", "day", synonyms=("date de fin",), help="Dernier jour. Vide\u202f: un seul jour"),
        Column(
            "themes",
            "themes",
            "choices",
            choices=ANNOTATION_THEMES,
            synonyms=("thèmes", "thème"),
            help="Vide\u202f: toutes les courbes",
        ),
        Column("territories", "territoires", "territories", help="Vide\u202f: toute la Région"),
        Column("text", "texte", required=True, synonyms=("repère",), example="Premier confinement"),
        Column("origin", "source", required=True, example="décret n° 2020-260 du 16 mars 2020"),
    ),
    dated="starts",
    signature=("starts", "text", "origin"),
    help="Un repère par ligne\u202f: un jour ou une période, dessinés sur les courbes avec leur texte.",
)
