"""How to reuse what the finder shows: the files of open data, and the map in another site."""

from __future__ import annotations

from html import escape

from dashboard.components.prose import safe_link
from dashboard.elements import tags
from dashboard.elements.tags import Element, Paragraph
from dashboard.exports.open_data import LICENCE, PUBLIC_FILES, public_path
from dashboard.requests.page_request import Installation, PageRequest
from dashboard.urls import EMBED_PATH
from data.i18n import NARROW, sentence_list
from data.model.public import PublicDataset
from data.queries.public_places import PUBLIC_DATASETS
from data.queries.sources import missing_source_reason

UNKNOWN_ADDRESS = "https://adresse-de-ce-site"
EMBED_HEIGHT = 640  # pixels
NEVER_PUBLIC = (
    "Seules les colonnes décrites par ces schémas sont publiées. Les noms et SIRET des porteurs, la fréquentation de "
    "chaque lieu et les commentaires ne le sont jamais."
)


def reuse_section(page_request: PageRequest) -> Element:
    """The files, their licence and their schemas, then the snippet."""
    return tags.Section(
        [
            tags.H2("Réutiliser ces données"),
            tags.Ul([tags.Li(_dataset_links(page_request, dataset)) for dataset in PUBLIC_DATASETS]),
            tags.P(
                f"{LICENCE['title']}, sans filtre, à la date du dernier fait connu. {NEVER_PUBLIC}", className="muted"
            ),
            tags.H2("Montrer cette carte sur un autre site"),
            *_embedding(page_request.installation),
        ],
        className="panel finder-reuse",
    )


def _dataset_links(page_request: PageRequest, dataset: PublicDataset) -> list[Element | str]:
    links: list[Element | str] = [f"{dataset.title}{NARROW}: "]
    missing = missing_source_reason(page_request.connection, dataset.sources)
    if missing:
        return [*links, f"{missing}."]
    for index, file in enumerate(PUBLIC_FILES):
        text: list[Element | str] = [file.label, tags.Span(f"{NARROW}: {dataset.title}", className="visually-hidden")]
        links += [", "] if index else []
        links.append(tags.A(text, href=public_path(dataset, file)))
    return [*links, "."]


def _embedding(installation: Installation) -> list[Element]:
    origins = installation.embed_origins
    allowed: Paragraph = (
        f"Sites autorisés par la Région{NARROW}: {sentence_list([origin.partition('//')[2] for origin in origins])}."
        if origins
        else "Aucun autre site n’est encore autorisé par la Région à les montrer."
    )
    return [
        tags.P(
            [
                safe_link("La liste et la carte seules", EMBED_PATH),
                " se placent dans la page d’un autre site par ces lignes\u202f:",
            ]
        ),
        tags.Pre(
            tags.Code(embed_snippet(installation.public_url)),
            tabIndex=0,
            role="region",
            aria_label="Lignes à copier",
            className="finder-snippet",
        ),
        tags.P(allowed, className="muted"),
    ]


def embed_snippet(public_url: str) -> str:
    """The element that shows the map inside another page."""
    source = escape(f"{public_url or UNKNOWN_ADDRESS}{EMBED_PATH}")
    return (
        f'<iframe src="{source}" title="Trouver un tiers-lieu en Normandie"\n'
        f'  width="100%" height="{EMBED_HEIGHT}"></iframe>'
    )
