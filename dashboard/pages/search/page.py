"""The page of results, where a search without a script, or without a chosen suggestion, leads."""

from __future__ import annotations

from dashboard.charts.phrases import capitalised
from dashboard.components.page import Page, Part, Site
from dashboard.components.parts import Headline, headline_part
from dashboard.components.prose import ALL_FILTERS
from dashboard.components.search_form import search_form
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.pages.search.model import SearchRequest, SearchResult, typed_text
from dashboard.pages.search.results import SearchAnswer, SearchGroup, search
from dashboard.requests.page_request import PageRequest, query_parameter
from dashboard.urls import SEARCH_PATH, TEXT_PARAMETER
from data.i18n import NARROW, count, number, quote_french, sentence_list

TITLE = "Recherche"
HINT = (
    "Une commune (même ancienne) ou son code postal, une intercommunalité, un tiers-lieu, la référence d’un dossier "
    "d’aide, un bénéficiaire, un partenaire, un indicateur, une page."
)
NO_RESULT_HINT = "Le début d’un mot suffit, sans accents. Essayez un mot plus court, ou un code postal."
FIELD = "search-page-text"


def search_page(site: Site) -> Page:
    """The page of results among the pages of a site."""

    def read(page_request: PageRequest) -> tuple[SearchRequest, SearchAnswer]:
        request = SearchRequest(
            page_request, site, typed_text(query_parameter(page_request.query, TEXT_PARAMETER) or "")
        )
        return request, search(request)

    def read_headline(page_request: PageRequest) -> Headline:
        request, answer = read(page_request)
        if not request.text:
            return Headline("Que cherchez-vous\u202f?", (HINT,))
        if not answer.total:
            return Headline(f"Aucun résultat pour {quote_french(request.text)}", (NO_RESULT_HINT, HINT))
        more = "" if all(group.is_counted for group in answer.groups) else "Plus de "
        title = f"{more}{count(answer.total, 'résultat', 'résultats')} pour {quote_french(request.text)}"
        return Headline(title, (f"{sentence_list([_count_text(group) for group in answer.groups])}.",))

    def draw(page_request: PageRequest) -> list[Element]:
        request, answer = read(page_request)
        return [
            search_form(page_request.selection.to_query(), FIELD, request.text),
            *(_group(group) for group in answer.groups),
            *_missing(answer),
        ]

    return Page(
        SEARCH_PATH,
        lambda _slug: TITLE,
        (headline_part(read_headline), Part(draw)),
        css_class="prose search-results",
        guide=(
            "La recherche trouve aussi une commune par son ancien nom ou son code postal.",
            "Les résultats sont rangés par sorte.",
            "Ce que vous tapez n’est envoyé à aucun autre site.",
        ),
        hidden_filters=ALL_FILTERS,
    )


def _count_text(group: SearchGroup) -> str:
    return f"{'' if group.is_counted else 'plus de '}{count(group.total, *group.kind.noun)}"


def _group(group: SearchGroup) -> Element:
    one, many = group.kind.noun
    shown = len(group.results)
    note = (
        [tags.P(f"Les {number(shown)} premiers résultats sur {number(group.total)}{NARROW}: précisez votre recherche.")]
        if shown < group.total
        else []
    )
    return tags.Section(
        [
            tags.H2(capitalised(one if group.total == 1 else many)),
            tags.Ul([_item(result) for result in group.results]),
            *note,
        ],
        className="panel",
    )


def _item(result: SearchResult) -> Element:
    detail = tags.Span(f" {result.detail}", className="muted") if result.detail else None
    return tags.Li([tags.A(result.label, href=result.href), detail])


def _missing(answer: SearchAnswer) -> list[Element]:
    """What cannot be found yet, and why."""
    return [
        tags.P(f"Aucun {kind.noun[0]} ne peut être trouvé{NARROW}: {reason}.", className="muted")
        for kind, reason in answer.missing
    ]
