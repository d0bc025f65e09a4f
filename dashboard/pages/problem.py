"""« Signaler un problème »: a text that identifies the view of a page, to copy or to send by one's own mail."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

from dashboard import ids
from dashboard.components.exported import VALUES, read_figures
from dashboard.components.page import BRAND, Page, Part, Site, document_title, filtered_href, find_page
from dashboard.components.passport import passport_code
from dashboard.components.prose import ALL_FILTERS, safe_link
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.pages.about import read_version
from dashboard.requests.page_request import PageRequest, query_parameter
from dashboard.urls import PASSPORT_PATH, PROBLEM_PATH, VIEW_PARAMETER, normalise_path
from data.i18n import NARROW, day_short
from data.queries.knowledge import read_active_load_list
from data.selection import MAX_QUERY_LENGTH, Selection

TITLE = "Signaler un problème"
LEAD = "Ce texte dit de quelle vue il s’agit\u202f: complétez-le, puis copiez-le."
NOTHING_SENT = "Rien ne part de cette page\u202f: le texte n’est envoyé que si vous l’envoyez."
MAX_MAIL_LETTERS = 1_800  # of an address that every mail program takes
_TO_COMPLETE = ("Ce que j’ai vu\u202f:", "Ce que j’attendais\u202f:")
_ROWS = 16  # of the field


@dataclass(frozen=True)
class _View:
    """The page with the problem: its path, its query, the title of its document."""

    path: str
    query: str
    title: str


def problem_page(site: Site) -> Page:
    """The page that describes a view of any page of a site."""

    def draw(page_request: PageRequest) -> Element:
        view = _requested_view(page_request, site)
        text = view_description(page_request, view.path, view.query, view.title)
        contact = page_request.installation.contact_email
        return tags.Article(
            [
                tags.H1(TITLE, tabIndex=-1),
                tags.P(LEAD, className="lead"),
                tags.Section(
                    [
                        tags.H2("Le texte"),
                        tags.Label("Description de la vue", htmlFor=ids.PROBLEM_TEXT),
                        tags.Textarea(
                            id=ids.PROBLEM_TEXT, defaultValue=text, rows=str(_ROWS), className="problem-text"
                        ),
                        tags.P([_copy_button(), *_mail_link(contact, text)]),
                        tags.P(NOTHING_SENT, className="muted"),
                    ],
                    className="panel",
                ),
                tags.P(
                    safe_link("Revenir à la page", filtered_href(view.path, view.query)), className="way-back no-print"
                ),
            ]
        )

    return Page(
        PROBLEM_PATH,
        lambda _slug: TITLE,
        (Part(draw, follows_filters=False),),
        css_class="prose",
        guide=(
            "Le texte décrit la page d’où vous venez\u202f: son adresse, ses filtres, son passeport.",
            "Le passeport permet de rouvrir les mêmes chiffres, tels qu’ils sont connus aujourd’hui.",
            "Rien ne part sans vous.",
        ),
        hidden_filters=ALL_FILTERS,
    )


def _copy_button() -> Element:
    return tags.Button("Copier", type="button", id=ids.PROBLEM_COPY, className="button needs-help")


def _mail_link(contact: str, text: str) -> list[Element | str]:
    return [" ", tags.A(f"Écrire à {contact}", href=mail_address(contact, text))] if contact else []


def _requested_view(page_request: PageRequest, site: Site) -> _View:
    """The page in the address; the overview when it has none, or one that is no page of ours."""
    text = (query_parameter(page_request.query, VIEW_PARAMETER) or "")[:MAX_QUERY_LENGTH]
    path, _mark, query = text.partition("?")
    path = normalise_path(path)
    if not path.startswith("/") or path.startswith("//") or find_page(site, path) is None:
        path, query = "/", ""
    selection, _notices = Selection.from_query(query, page_request.options)
    return _View(path, selection.to_query(), document_title(site, path))


def view_description(page_request: PageRequest, path: str, query: str, title: str) -> str:
    """What identifies a view, with the two sentences that only the visitor knows; `query` is canonical."""
    selection, _notices = Selection.from_query(query, page_request.options)
    viewed = replace(page_request, selection=selection, query=query)
    code = passport_code(viewed, VALUES.name, read_figures(viewed, VALUES).rows)
    site = page_request.installation.public_url
    loads = read_active_load_list(page_request.connection)
    last = f"{loads[-1].load_id}, le {day_short(loads[-1].loaded_at.date())}" if loads else "aucun"
    facts = (
        ("Page", title),
        ("Adresse", f"{site}{path}{'?' if query else ''}{query}"),
        ("Filtres", selection.caption(page_request.options)),
        ("Passeport", f"{site}{PASSPORT_PATH}/{code}"),
        ("Dernier chargement", last),
        ("Version", read_version()),
    )
    lines = (f"{name}{NARROW}: {value}" for name, value in facts)
    return "\n".join((*(f"{sentence}\n" for sentence in _TO_COMPLETE), *lines))


def mail_address(contact: str, text: str) -> str:
    """A mail with the text, or without it where it is too long for an address: it is then to be pasted."""
    subject = f"mailto:{contact}?subject={quote(f'Un problème sur {BRAND}')}"
    whole = f"{subject}&body={quote(text.replace(chr(10), chr(13) + chr(10)))}"
    return whole if len(whole) <= MAX_MAIL_LETTERS else subject
