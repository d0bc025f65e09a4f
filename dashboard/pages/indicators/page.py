"""The dictionary of indicators, and the sheet of each."""

from __future__ import annotations

from typing import get_args

from dashboard.components.page import Page, Part
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.pages.indicators.dictionary import PATH, theme_section
from dashboard.pages.indicators.sheet import indicator_sheet
from dashboard.requests.page_request import PageRequest
from dashboard.urls import normalise_path
from data.indicators import INDICATORS, Indicator, indicator_named
from data.model.indicators import Theme

TITLE = "Indicateurs"
SHEET_PATH = "/indicateurs/<slug>"
THEMES = {
    "label": "Label",
    "territoires": "Territoires",
    "aides": "Aides",
    "partenaires": "Partenaires",
    "reseau": "Réseau des gérants",
    "frequentation": "Fréquentation",
}


def draw_dictionary(page_request: PageRequest) -> Element:
    """Every indicator with its value under the filters, its trend and its definition."""
    return tags.Div(
        [
            tags.H1(TITLE, tabIndex=-1),
            tags.P(
                f"{len(INDICATORS)} chiffres\u202f: leur valeur pour les filtres choisis, leur évolution, la "
                "définition de chacun, et les lignes de fichier qui sont derrière.",
                className="lead",
            ),
            tags.P(page_request.selection.caption(page_request.options), id="dictionary-caption", className="muted"),
            tags.P(
                [
                    "Le dictionnaire en données\u202f: ",
                    tags.A("CSV", href="/api/indicateurs.csv"),
                    ", ",
                    tags.A("JSON", href="/api/indicateurs"),
                    ".",
                ],
                className="muted",
            ),
            tags.Nav(
                tags.Ul([tags.Li(tags.A(label, href=f"#theme-{theme}")) for theme, label in THEMES.items()]),
                className="pager themes",
                aria_label="Thèmes",
            ),
            *(theme_section(page_request, theme, title) for theme, title in THEMES.items()),
        ]
    )


def existing_indicator(slug: str) -> Indicator:
    """The indicator of a slug accepted by the site map. Raises KeyError."""
    indicator = indicator_named(slug)
    if indicator is None:
        raise KeyError(slug)
    return indicator


def indicator_themes(slug: str) -> tuple[Theme, ...]:
    return (existing_indicator(slug).theme,)


def _requested_indicator(page_request: PageRequest) -> Indicator:
    return existing_indicator(INDICATOR.slug(normalise_path(page_request.path)) or "")


DICTIONARY = Page(
    PATH,
    lambda _slug: TITLE,
    (Part(draw_dictionary),),
    css_class="dictionary-page",
    guide=(
        "Chaque valeur est celle des filtres choisis, avec son évolution en un an et la date du dernier fait.",
        "La petite courbe part de zéro\u202f; un chiffre inconnu n’est jamais remplacé par zéro.",
        "Un nom ouvre la fiche de l’indicateur\u202f: graphiques, définition, méthode, limites et preuve.",
    ),
    menu=TITLE,
    themes=lambda _slug: get_args(Theme),
)
INDICATOR = Page(
    SHEET_PATH,
    lambda slug: f"{existing_indicator(slug).label} – {TITLE}",
    (Part(lambda page_request: indicator_sheet(page_request, _requested_indicator(page_request))),),
    css_class="sheet",
    guide=(
        "La valeur est celle des filtres choisis\u202f; la définition et la méthode disent comment elle est faite.",
        "«\u202fVoir les lignes\u202f» montre chaque fait compté, avec son fichier et sa ligne.",
        "Un pointillé est la valeur de la Région ou la trajectoire vers l’objectif\u202f; un gris, ce qui s’est passé.",
    ),
    accepts_slug=lambda slug: indicator_named(slug) is not None,
    themes=indicator_themes,
)
