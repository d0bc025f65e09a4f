"""« /qvt »: suggestions to enrich the specification of a place, that an adviser chooses with its holder."""

from __future__ import annotations

from dashboard import ids
from dashboard.charts.phrases import capitalised
from dashboard.components.headline import LOAD_COMMAND_HELP
from dashboard.components.page import Page, Part
from dashboard.components.prose import ALL_FILTERS
from dashboard.components.related_links import related_links
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.lists.qvt_path import QVT_PATH_LIST
from dashboard.pages.qvt.fields import form_element
from dashboard.requests.page_request import PageRequest
from dashboard.requests.qvt_form import QvtForm, read_qvt_form
from dashboard.urls import QVT_PATH
from data.i18n import agree, count, number
from data.queries.sources import missing_source_reason

TITLE = "Qualité de vie au travail"
PURPOSE = "Pour enrichir, avec le porteur, le cahier des charges d’un tiers-lieu avant son étude."
NOTHING_STORED = (
    "Rien de ce que vous choisissez n’est enregistré\u202f: tout est dans l’adresse de cette page, que vous pouvez "
    "garder ou envoyer."
)
PATH_LIST_HREF = f"{QVT_PATH_LIST.path}#{ids.listing(QVT_PATH_LIST.slug, 'title')}"


def draw_qvt(page_request: PageRequest) -> Element:
    """The questions, the suggestions that suit the answers, and what can be made of those ticked."""
    missing = missing_source_reason(page_request.connection, ("qvt-suggestions",))
    form = read_qvt_form(page_request.connection, page_request.query, page_request.options.today)
    return tags.Div(
        [
            tags.H1(capitalised(missing) if missing else headline(form), tabIndex=-1),
            *([tags.P(form.subject_text, className="lead")] if form.subject_text else []),
            tags.P(PURPOSE, className="purpose"),
            *_notices(form),
            *([tags.P(LOAD_COMMAND_HELP)] if missing else [tags.P(NOTHING_STORED), form_element(page_request, form)]),
            related_links(page_request, ("Voir où en sont les lieux reçus par Aract", PATH_LIST_HREF)),
        ]
    )


def _notices(form: QvtForm) -> list[Element]:
    if not form.notices:
        return []
    return [tags.Div([tags.P(one, className="notice") for one in form.notices], role="status", className="notices")]


def headline(form: QvtForm) -> str:
    """How many suggestions suit the answers."""
    total, proposed = len(form.suggestions), len(form.proposed)
    if not total:
        return "Le fichier des pistes est vide"
    if not form.answer_codes:
        return f"{count(total, 'piste', 'pistes')} pour enrichir le cahier des charges"
    if not proposed:
        return f"Aucune des {number(total)} pistes ne correspond à ces réponses"
    verb = agree(proposed, "correspond", "correspondent")
    return f"{count(proposed, 'piste', 'pistes')} sur {number(total)} {verb} à ces réponses"


QVT = Page(
    QVT_PATH,
    lambda _slug: TITLE,
    (Part(draw_qvt),),
    css_class="qvt",
    guide=(
        "Répondez aux questions\u202f: les pistes qui conviennent au projet s’affichent.",
        "Cette page n’enregistre rien.",
        "Le document et la ligne d’accompagnement se téléchargent.",
    ),
    hidden_filters=ALL_FILTERS,
)
