"""About the application: version, licence, sources of its data, libraries."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from dashboard.components.page import BRAND
from dashboard.components.prose import Section, bullet_list, prose_table, safe_link, text_page
from dashboard.elements import tags
from dashboard.exports.open_data import LICENCE
from dashboard.pages.finder.reuse import NEVER_PUBLIC
from dashboard.requests.page_request import PageRequest
from dashboard.urls import FINDER_PATH
from data.queries.quality import read_outline_sources

PATH = "/a-propos"
TITLE = "À propos"
LEAD = f"{BRAND}\u202f: le tableau de bord avec lequel une Région pilote sa politique de tiers-lieux."
PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"

# (distribution, what it does here, licence)
LIBRARIES = (
    ("dash", "les pages", "MIT"),
    ("plotly", "les graphiques", "MIT"),
    ("dash-bootstrap-components", "les commandes des filtres", "Apache 2.0"),
    ("Bootstrap-Flask", "les styles de base (Bootstrap)", "MIT"),
    ("gunicorn", "le serveur, sauf sous Windows", "MIT"),
    ("waitress", "le serveur sous Windows", "ZPL 2.1"),
    ("Flask", "les réponses du serveur", "BSD 3 clauses"),
    ("Flask-Compress", "la compression des réponses", "MIT"),
    ("brotli", "la compression des fichiers", "MIT"),
    ("SQLAlchemy", "la base de données", "MIT"),
    ("alembic", "les versions de la base", "MIT"),
    ("psycopg", "PostgreSQL", "LGPL 3.0"),
    ("icalendar", "l’agenda auquel on s’abonne", "BSD 2 clauses"),
    ("pandas", "les tableaux", "BSD 3 clauses"),
    ("polars", "la lecture des fichiers", "MIT"),
    ("defusedxml", "la lecture sûre des classeurs", "PSF"),
    ("XlsxWriter", "l’écriture des classeurs", "BSD 2 clauses"),
    ("python-docx", "les documents Word", "MIT"),
    ("python-pptx", "les diapositives", "MIT"),
    ("typst", "les rapports en PDF", "Apache 2.0"),
    ("mini-racer", "le dessin des graphiques sur le serveur", "ISC"),
    ("resvg-py", "les images des graphiques", "MIT"),
    ("segno", "les codes QR", "BSD 3 clauses"),
    ("orjson", "l’écriture du JSON", "MPL 2.0 et Apache 2.0 ou MIT"),
    ("shapely", "les contours schématiques", "BSD 3 clauses"),
    ("typer", "la ligne de commande", "MIT"),
    ("rich", "l’affichage de la ligne de commande", "MIT"),
)


def read_version() -> str:
    """The version of the project, from its pyproject.toml."""
    return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])


def installed_version(name: str) -> str:
    """The version of a library, or an em dash where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "—"


def sections(page_request: PageRequest) -> Sequence[Section]:
    return (
        _version(),
        _reading_guide(),
        _data_sources(read_outline_sources(page_request.connection)),
        _open_data(),
        _libraries(),
    )


def _version() -> Section:
    return Section(
        "Version et licence",
        (
            f"Version {read_version()}. Logiciel libre, sous licence MIT\u202f: chacun peut l’utiliser, "
            "l’étudier, le modifier et le redistribuer, avec la mention de la licence.",
        ),
    )


def _reading_guide() -> Section:
    return Section(
        "Comment lire les chiffres",
        (
            bullet_list(
                [
                    "Chaque indicateur a sa fiche (définition, méthode, limites) dans le ",
                    safe_link("dictionnaire", "/indicateurs"),
                    ", et se prouve jusqu’au fichier et à la ligne.",
                ],
                "Un chiffre est «\u202farrêté au\u202f» une date\u202f: celle du dernier fait connu, si vous n’en "
                "choisissez pas d’autre.",
                "Un taux est un rapport de sommes, jamais une moyenne de taux. Un mois non déclaré manque\u202f: "
                "il ne vaut pas zéro.",
                "Seul un objectif voté est un objectif. Les montants sont des données de gestion et ne valent pas "
                "compte administratif.",
                [
                    "L’état des fichiers, les lignes à corriger et les contrôles sont à la page ",
                    safe_link("Données", "/donnees"),
                    ".",
                ],
            ),
        ),
    )


def _data_sources(sources: Sequence[str]) -> Section:
    return Section(
        "Sources et licences des données",
        (
            prose_table(
                "Sources et licences des données",
                ("Données", "Source", "Licence"),
                (
                    (
                        "Lieux, labels, aides, conventions, actions, réunions, besoins, relevés, fréquentation",
                        "Fichiers de la Région et de ses partenaires\u202f; données fictives tant que le bandeau "
                        "«\u202fDonnées de démonstration\u202f» est affiché",
                        "Celle que la Région décide",
                    ),
                    (
                        "Communes, intercommunalités, départements",
                        "INSEE, Code officiel géographique\u202f; DGCL\u202f; réunis par Etalab (périmètres 2026)",
                        "Licence Ouverte 2.0",
                    ),
                    ("Populations", "INSEE, populations de référence 2023", "Licence Ouverte 2.0"),
                    (
                        "Centres des communes",
                        "IGN, ADMIN EXPRESS COG (calcul\u202f: centre du contour)",
                        "Licence Ouverte 2.0",
                    ),
                    (
                        "Communes fusionnées",
                        "INSEE, Code officiel géographique, réuni par COGiter",
                        "Licence Ouverte 2.0 (données), MIT (COGiter)",
                    ),
                    (
                        "Contours des cartes (périmètres 2026)",
                        "\u202f; ".join(sources),
                        "Celle de leur source\u202f; schématiques\u202f: Licence Ouverte 2.0",
                    ),
                    (
                        "Standard de service",
                        "Engagements du label, page de la Région du 10 septembre 2018\u202f; elle ne fixe pas de "
                        "débit\u202f: 30 Mbit/s est le seuil du plan France Très Haut Débit",
                        "Faits publics, source citée",
                    ),
                    (
                        "Pistes de qualité de vie au travail",
                        "Liste de départ du tableau de bord, à valider par Aract Normandie",
                        "MIT, comme le logiciel",
                    ),
                    (
                        "Repères des courbes",
                        "Lois, décrets, protocole national et page de la Région du 10 septembre 2018, cités un par un",
                        "Faits publics, source citée",
                    ),
                    (
                        "Dispositifs, partenaires, objectif",
                        "Région Normandie, pages publiques du 10 septembre 2018 et «\u202fNormandie connectée\u202f»",
                        "Faits publics, source citée",
                    ),
                ),
            ),
        ),
    )


def _open_data() -> Section:
    return Section(
        "Données ouvertes",
        (
            tags.P(
                [
                    safe_link("Trouver un tiers-lieu", FINDER_PATH),
                    " montre à chacun les lieux labellisés, donne leurs fichiers (CSV, GeoJSON) et ceux de la "
                    f"médiation numérique, sous {LICENCE['title']}, et les lignes qui placent la carte ailleurs.",
                ]
            ),
            tags.P(NEVER_PUBLIC),
        ),
    )


def _libraries() -> Section:
    return Section(
        "Bibliothèques",
        (
            tags.P("Ce tableau de bord est construit avec des logiciels libres."),
            prose_table(
                "Bibliothèques et licences",
                ("Bibliothèque", "Sert à", "Version", "Licence"),
                tuple((name, role, installed_version(name), licence) for name, role, licence in LIBRARIES),
            ),
            "Les pages embarquent React (MIT), plotly.js (MIT) et Bootstrap (MIT), servis par ce site.",
        ),
    )


ABOUT = text_page(
    PATH,
    TITLE,
    LEAD,
    sections,
    guide=(
        "Cette page dit quelle version de l’application est en service, et sous quelle licence.",
        "Elle nomme la source et la licence de chaque sorte de données.",
        "Les définitions des chiffres sont dans le dictionnaire des indicateurs.",
    ),
)
