"""The form of suggestions: one plain form, that a browser sends without any script of ours."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from urllib.parse import parse_qsl

from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.reports.formats import REPORT_FORMATS
from dashboard.requests.page_request import PageRequest
from dashboard.requests.qvt_form import (
    CHOSEN,
    COMMUNE,
    DAY,
    MAX_NOTES_LETTERS,
    NOTES,
    PLACE,
    PREFIX,
    QvtForm,
    seats_text,
)
from dashboard.urls import QVT_ACTIVITY_PATH, QVT_DOCUMENT_STEM, QVT_PATH
from data.i18n import NARROW, count, day_short
from data.queries.qvt import Suggestion, read_offered_places
from data.rules.qvt import QUESTIONS, Question, address_text, reason_text
from data.sources.model import Choice

DOCUMENT_EXTENSIONS = ("pdf", "docx")
NO_ANSWER = "Sans réponse"
_FIELD = "form-control"
NOTES_HELP = (
    "Elles vont dans l’adresse de cette page et dans le document, et ne sont enregistrées nulle part. N’y écrivez ni "
    "nom ni donnée personnelle."
)
DOCUMENT_HELP = (
    "Le document contient les pistes cochées, par thème, avec une case et de la place pour des notes\u202f; sans piste "
    "cochée, toutes celles proposées."
)
ACTIVITY_HELP = (
    "Rien n’est enregistré ici\u202f: le fichier donne une ligne du suivi des partenaires, sans nom de personne, à "
    "transmettre à la personne qui charge les fichiers."
)
ACTIVITY_NEEDS_WHERE = (
    "Indiquez un lieu ou une commune, puis «\u202fProposer des pistes\u202f», pour obtenir la ligne du suivi des "
    "partenaires."
)


def form_element(page_request: PageRequest, form: QvtForm) -> Element:
    """The whole form; a new address makes a new one, since its fields are filled once."""
    filters = parse_qsl(page_request.selection.to_query())
    return tags.Form(
        [
            *(tags.Input(type="hidden", name=name, value=value) for name, value in filters),
            _panel("Le projet", [*_questions(form), *_where_fields(page_request, form)], "Proposer des pistes"),
            _panel("Les pistes", list(_suggestion_groups(form)), "Garder les pistes cochées dans l’adresse"),
            _panel("Le document", [*_notes_field(form), _document_buttons(), tags.P(DOCUMENT_HELP, className="muted")]),
            _panel("L’accompagnement à enregistrer", _activity_content(form)),
        ],
        key=page_request.query,
        method="get",
        action=QVT_PATH,
        className="qvt-form",
        autoComplete="off",
    )


def _panel(title: str, content: list[Element], button: str = "") -> Element:
    buttons = [tags.P(tags.Button(button, type="submit", className="button button-primary"))] if button else []
    return tags.Section([tags.H2(title), *content, *buttons], className="panel")


def _questions(form: QvtForm) -> Iterator[Element]:
    yield tags.Div([_question(form, one) for one in QUESTIONS], className="qvt-questions")


def _question(form: QvtForm, question: Question) -> Element:
    is_from_register = form.seats is not None and question.key == "taille"
    answers = frozenset() if is_from_register else form.answers[question.key]
    legend = f"{question.label} (plusieurs réponses possibles)" if question.multiple else question.label
    none = f"Selon le registre{NARROW}: {seats_text(form.seats or 0)}" if is_from_register else NO_ANSWER
    choices = [_choice(question, choice, is_checked=choice.code in answers) for choice in question.choices]
    if not question.multiple:
        choices.append(_choice(question, None, is_checked=not answers, label=none))
    return tags.Fieldset([tags.Legend(legend), *choices])


def _choice(question: Question, choice: Choice | None, *, is_checked: bool, label: str = "") -> Element:
    """A box to tick, or one of several choices; None: no answer."""
    value = address_text(choice) if choice else ""
    return _check(
        "checkbox" if question.multiple else "radio",
        f"{PREFIX}{question.key}",
        value,
        [choice.label[:1].upper() + choice.label[1:] if choice else label],
        is_checked=is_checked,
    )


def _check(kind: str, name: str, value: str, label: list[Element | str], *, is_checked: bool) -> Element:
    field = f"{name}-{value or 'aucun'}"
    box = tags.Input(
        id=field, type=kind, name=name, value=value, defaultChecked=is_checked, className="form-check-input"
    )
    return tags.Div([box, tags.Label(label, htmlFor=field, className="form-check-label")], className="form-check")


def _where_fields(page_request: PageRequest, form: QvtForm) -> Iterator[Element]:
    places = read_offered_places(page_request.connection)
    offered = [tags.Option(one.name, value=one.code) for one in places]
    place = form.place.code if form.place else ""
    commune = form.commune.code if form.commune else ""
    yield tags.Div(
        [
            _field(
                "Lieu du registre (identifiant, facultatif)",
                tags.Input(id=PLACE, name=PLACE, type="text", list="qvt-lieux", defaultValue=place, className=_FIELD),
            ),
            _field(
                "Ou commune (nom ou code INSEE, facultatif)",
                tags.Input(id=COMMUNE, name=COMMUNE, type="text", defaultValue=commune, className=_FIELD),
            ),
            _field(
                "Date de l’échange (jj/mm/aaaa)",
                tags.Input(id=DAY, name=DAY, type="text", defaultValue=day_short(form.day), className=_FIELD),
            ),
            tags.Datalist(offered, id="qvt-lieux"),
        ],
        className="qvt-where",
    )


def _field(label: str, field: Element) -> Element:
    return tags.Div([tags.Label(label, htmlFor=field.attributes["id"]), field])


def _suggestion_groups(form: QvtForm) -> Iterator[Element]:
    """The suggestions proposed or ticked, under their themes."""
    if not form.listed:
        reason = "Aucune piste ne correspond" if form.suggestions else "Le fichier des pistes est vide"
        help_text = f"{NARROW}: retirez une réponse, par exemple le stade ou la taille." if form.suggestions else "."
        yield tags.P(f"{reason}{help_text}", className="muted")
    for theme, group in groupby(form.listed, key=lambda one: one.theme):
        yield tags.H3(theme)
        yield tags.Ul([_suggestion(form, one) for one in group], className="qvt-suggestions")


def _suggestion(form: QvtForm, one: Suggestion) -> Element:
    is_proposed = one in form.proposed
    reason = f"Proposée{NARROW}: {reason_text(one.conditions, form.answer_codes)}"
    text = reason if is_proposed else "Cochée auparavant\u202f; elle ne correspond plus aux réponses"
    source = f" · source{NARROW}: {one.origin}" if one.origin else ""
    check = _check("checkbox", CHOSEN, one.code, [one.text], is_checked=one.code in form.chosen)
    return tags.Li([check, tags.P(f"{text}{source}.", className="muted")])


def _notes_field(form: QvtForm) -> Iterator[Element]:
    yield tags.Label("Notes (facultatives)", htmlFor=NOTES)
    yield tags.Textarea(
        id=NOTES,
        name=NOTES,
        defaultValue=form.notes,
        rows="3",
        maxLength=MAX_NOTES_LETTERS,
        className="form-control",
    )
    yield tags.P(NOTES_HELP, className="muted")


def _document_buttons() -> Element:
    buttons = [
        tags.Button(one.label, type="submit", formAction=f"{QVT_DOCUMENT_STEM}.{one.extension}", className="button")
        for one in REPORT_FORMATS
        if one.extension in DOCUMENT_EXTENSIONS
    ]
    return tags.Div([tags.Span("Télécharger", className="report-bar-title"), *buttons], className="report-bar")


def _activity_content(form: QvtForm) -> list[Element]:
    if not form.subject_text:
        return [tags.P(ACTIVITY_NEEDS_WHERE, className="muted")]
    ticked = count(len(form.chosen), "piste retenue", "pistes retenues")
    label = "Télécharger l’accompagnement à enregistrer (CSV)"
    button = tags.Button(label, type="submit", formAction=QVT_ACTIVITY_PATH, className="button")
    return [
        tags.P(f"{form.subject_text}{NARROW}; {ticked}."),
        tags.P(button),
        tags.P(ACTIVITY_HELP, className="muted"),
    ]
