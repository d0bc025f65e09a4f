"""The service standard to which places with the label commit: its criteria, and what was found in places."""

from __future__ import annotations

from data.sources.model import Choice, Column, Source
from data.sources.places import PLACES

DECLARED = "declared"
_EQUIPMENT = tuple(
    PLACES.column(name)
    for name in ("speed_mbps", "meeting_room", "convivial_space", "shared_tools", "seats", "surface_m2")
)
MEASURED_COLUMNS = tuple(
    column.name for column in _EQUIPMENT if column.kind != "yes_no"
)  # of places: a criterion on one of them has a threshold

STANDARDS = Source(
    name="standards",
    label="standard de service",
    table="standard_criterion",
    replaces_packaged=True,
    key=("code",),
    columns=(
        Column("code", "critere", "identifier", required=True, synonyms=("critère",), example="haut-debit"),
        Column("label", "libelle", required=True, synonyms=("libellé",), example="Accès à internet à haut débit"),
        Column(
            "basis",
            "colonne",
            "choice",
            choices=(
                *(Choice(column.name, column.header) for column in _EQUIPMENT),
                Choice(DECLARED, "relevé", ("déclaré", "constaté", "sur place")),
            ),
            default="relevé",
            help="La colonne de la liste des lieux où il se lit, ou «\u202frelevé\u202f» s’il ne se lit que sur place",
        ),
        Column("threshold", "seuil", "number", help="Le minimum, pour un débit, des postes ou une surface"),
        Column("is_compulsory", "obligatoire", "yes_no", default="oui"),
        Column("since", "depuis", "day", synonyms=("en vigueur depuis",)),
        Column("origin", "source", example="règlement du label"),
    ),
    signature=("code", "label", "is_compulsory"),
    help="Un critère du standard par ligne\u202f: ses seuils sont des données, jamais du code.",
)

STANDARD_DECLARATIONS = Source(
    name="standard-declarations",
    label="relevés du standard de service",
    agreement="s",
    table="standard_declaration",
    key=("place_id", "criterion", "day"),
    columns=(
        Column("place_id", "id_lieu", "place", required=True, synonyms=("id lieu", "code_lieu")),
        Column("criterion", "critere", "criterion", required=True, synonyms=("critère",)),
        Column("day", "date", "day", required=True, synonyms=("date du relevé", "date du constat")),
        Column(
            "finding",
            "constat",
            "choice",
            required=True,
            choices=(
                Choice("met", "respecté", ("conforme", "oui")),
                Choice("missing", "manquant", ("non respecté", "absent", "non")),
            ),
        ),
        Column("origin", "source", example="visite de renouvellement"),
    ),
    dated="day",
    signature=("place_id", "criterion", "day", "finding"),
    help="Un relevé par ligne. Le plus récent sert là où la liste des lieux ne dit rien du critère.",
)
