"""What the Région agrees with its partners, and what Aract proposes to those who open a place."""

from __future__ import annotations

from data.sources.model import Choice, Column, Source

CONVENTIONS = Source(
    name="conventions",
    label="conventions de partenariat",
    agreement="es",
    table="agreement",
    key=("partner", "starts"),
    columns=(
        Column("partner", "partenaire", "partner", required=True),
        Column("starts", "debut", "day", required=True, synonyms=("début", "date de début")),
        Column("ends", "fin", "day", synonyms=("date de fin", "échéance")),
        Column("purpose", "objet", required=True, example="Accompagnement des porteurs de projet"),
        Column("territories", "territoires", "territories", help="Vide\u202f: toute la Région"),
        Column("origin", "source", example="délibération CP 25-01-12"),
    ),
    dated="starts",
    is_scheduled=True,
    signature=("partner", "starts", "purpose"),
    help="Une convention par ligne. Ses objectifs, par année, sont dans le fichier des objectifs (targets).",
)

QVT_AUDIENCES = (
    Choice("independents", "indépendants"),
    Choice("teleworkers", "salariés en télétravail", ("télétravailleurs",)),
    Choice("companies", "entreprises et TPE", ("entreprises", "TPE")),
    Choice("craftspeople", "artisans"),
    Choice("associations", "associations"),
    Choice("public", "tout public", ("habitants",)),
)
QVT_MEDIUM_SEATS = range(10, 31)  # of a place that is neither small nor large
QVT_SIZES = (
    Choice("small", f"moins de {QVT_MEDIUM_SEATS[0]} postes"),
    Choice("medium", f"{QVT_MEDIUM_SEATS[0]} à {QVT_MEDIUM_SEATS[-1]} postes"),
    Choice("large", f"plus de {QVT_MEDIUM_SEATS[-1]} postes"),
)
QVT_STAGES = (
    Choice("idea", "idée"),
    Choice("study", "étude"),
    Choice("opening", "ouverture", ("travaux",)),
    Choice("running", "fonctionnement", ("ouvert",)),
)
QVT_SETTINGS = (Choice("rural", "rural"), Choice("urban", "urbain"))

QVT_SUGGESTIONS = Source(
    name="qvt-suggestions",
    label="pistes de qualité de vie au travail",
    agreement="es",
    table="qvt_suggestion",
    replaces_packaged=True,
    key=("code",),
    columns=(
        Column("code", "code", "identifier", required=True, example="QVT-01"),
        Column("theme", "theme", required=True, synonyms=("thème",), example="Espaces et ergonomie"),
        Column("suggestion", "suggestion", required=True, synonyms=("piste",), example="Prévoir un espace de repli"),
        Column(
            "conditions",
            "conditions",
            "choices",
            choices=(*QVT_AUDIENCES, *QVT_SIZES, *QVT_STAGES, *QVT_SETTINGS),
            help="Publics, tailles, stades ou milieux pour lesquels elle vaut. Vide\u202f: pour tous",
        ),
        Column("origin", "source", example="guide d’Aract Normandie"),
    ),
    signature=("code", "theme", "suggestion"),
    help="Une piste par ligne, pour enrichir le cahier des charges d’un tiers-lieu.",
)
