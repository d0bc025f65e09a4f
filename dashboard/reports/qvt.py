"""The document of the suggestions chosen for a place, and the row that records the talk as an activity."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2s
from itertools import groupby
from typing import Any

from dashboard.components.source_line import source_texts
from dashboard.reports.document import CheckItem, CheckList, Content, Document, Heading, TextParagraph, TextTable
from dashboard.requests.page_request import PageRequest
from dashboard.requests.qvt_form import QvtForm
from data.i18n import NARROW, count, day_long
from data.rules.aid import MEETING_PARTNER
from data.rules.qvt import QUESTIONS, reason_text
from data.sources.activities import ACTIVITIES, ACTIVITY_KINDS

TITLE = "Pistes pour enrichir le cahier des charges"
NO_SUBJECT = "Projet sans lieu ni commune indiqués"
NO_FIGURE = "Ce document ne contient aucun chiffre des politiques de la Région\u202f: il n’a pas de passeport."
ACTIVITY_KIND = "support"
ACTIVITY_COLUMNS = ("code", "partner", "kind", "day", "place_id", "commune", "title")


def compose_qvt(page_request: PageRequest, form: QvtForm, link: str, warning: str) -> Document:
    """The suggestions ticked (all those proposed when none is), by theme, each with a box and room for notes."""
    return Document(
        title=TITLE,
        subtitle=form.subject_text or NO_SUBJECT,
        warning=warning,
        day=page_request.options.today,
        contents=tuple(_contents(form)),
        link=link,
        sources=tuple(source_texts(page_request.provenance, ("qvt-suggestions",))),
        link_text="Rouvrir ces choix dans le tableau de bord",
    )


def _contents(form: QvtForm) -> Iterator[Content]:
    yield Heading(_heading(form))
    yield TextTable("", ("Question", "Réponse"), tuple(_answer_rows(form)))
    if form.notes:
        yield Heading("Notes", 2)
        yield from (TextParagraph(line) for line in form.notes.splitlines() if line.strip())
    for theme, group in groupby(form.retained, key=lambda one: one.theme):
        yield Heading(theme, 2)
        yield CheckList(
            tuple(
                CheckItem(one.text, " · ".join(filter(None, (one.code, _why(form, one.conditions), one.origin))))
                for one in group
            )
        )
    yield TextParagraph(NO_FIGURE, "muted")


def _heading(form: QvtForm) -> str:
    if form.chosen:
        return f"{count(len(form.retained), 'piste retenue', 'pistes retenues')} le {day_long(form.day)}"
    return f"{count(len(form.retained), 'piste proposée', 'pistes proposées')}, aucune n’étant encore retenue"


def _why(form: QvtForm, conditions: frozenset[str]) -> str:
    return reason_text(conditions, form.answer_codes)


def _answer_rows(form: QvtForm) -> Iterator[tuple[str, str]]:
    yield "Lieu ou commune", form.subject_text or "sans réponse"
    yield "Date de l’échange", day_long(form.day)
    for question in QUESTIONS:
        yield question.label, form.answer_text(question)


def _project_code(form: QvtForm) -> str:
    """Four letters and digits that tell two projects of one commune apart: a digest of their answers and choices."""
    answers = sorted((key, *sorted(codes)) for key, codes in form.answers.items())
    content = repr((answers, sorted(form.chosen))).encode()
    return blake2s(content, digest_size=2).hexdigest().upper()


def activity_row(form: QvtForm) -> tuple[list[str], list[Any]]:
    """Headers and values of the one row of `activities` that records the talk: no name, no note. The same talk on the
    same day in the same place has the same identifier; without a place, so has one with the same answers and choices.
    """
    where = form.place.code if form.place else f"{form.commune.code if form.commune else ''}-{_project_code(form)}"
    chosen = [one.code for one in form.suggestions if one.code in form.chosen]
    title = f"Pistes de qualité de vie au travail{NARROW}: {', '.join(chosen) or 'aucune retenue'}"
    values = {
        "code": f"QVT-{form.day:%Y%m%d}-{where}",
        "partner": MEETING_PARTNER,
        "kind": next(choice.label for choice in ACTIVITY_KINDS if choice.code == ACTIVITY_KIND),
        "day": form.day,
        "place_id": form.place.code if form.place else None,
        "commune": form.commune.code if form.commune else None,
        "title": title,
    }
    return [ACTIVITIES.column(name).header for name in ACTIVITY_COLUMNS], [values[name] for name in ACTIVITY_COLUMNS]
