"""The form of suggestions on the quality of life at work: its state is in the address, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import Connection

from data.i18n import NARROW, count, day_short, number, quote_french
from data.queries.commune_search import MAX_FOUND, commune_of_code, find_communes
from data.queries.qvt import Suggestion, SuggestionPlace, read_suggestion_place, read_suggestions
from data.reference import Commune
from data.rules.qvt import QUESTIONS, Question, address_text, is_proposed, size_of
from data.selection import EARLIEST_DAY, MAX_QUERY_LENGTH

PREFIX = "qvt-"  # of its parameters in addresses
PLACE, COMMUNE, DAY, CHOSEN, NOTES = (f"{PREFIX}{name}" for name in ("lieu", "commune", "date", "piste", "notes"))
QVT_PARAMETERS = frozenset({PLACE, COMMUNE, DAY, CHOSEN, NOTES, *(f"{PREFIX}{one.key}" for one in QUESTIONS)})
MAX_NOTES_LETTERS = 500  # an address holds them, with their accents
MAX_TEXT_LETTERS = 200

Parameters = tuple[tuple[str, str], ...]


def qvt_parameters(query: str) -> Parameters:
    """The filled parameters of the form in a query, in its order."""
    parameters = parse_qsl(query.lstrip("?")[:MAX_QUERY_LENGTH])
    return tuple((name, value) for name, value in parameters if name in QVT_PARAMETERS)


@dataclass(frozen=True)
class QvtForm:
    """The form as an address fills it. `answers` are codes by key of question; `seats` those of the register, when the
    size comes from there; `chosen` the ticked suggestions; `day` that of the talk; `notices` name what was ignored.
    """

    suggestions: tuple[Suggestion, ...]
    answers: Mapping[str, frozenset[str]]
    place: SuggestionPlace | None
    commune: Commune | None
    seats: int | None
    chosen: frozenset[str]
    notes: str
    day: date
    notices: tuple[str, ...]
    parameters: Parameters

    @cached_property
    def answer_codes(self) -> frozenset[str]:
        """The codes of all answers."""
        return frozenset().union(*self.answers.values())

    @cached_property
    def proposed(self) -> tuple[Suggestion, ...]:
        """The suggestions that suit the answers, in order."""
        return tuple(one for one in self.suggestions if is_proposed(one.conditions, self.answer_codes))

    @property
    def listed(self) -> tuple[Suggestion, ...]:
        """The suggestions proposed or ticked, in order: a ticked one is never lost."""
        return tuple(one for one in self.suggestions if one in self.proposed or one.code in self.chosen)

    @property
    def retained(self) -> tuple[Suggestion, ...]:
        """The suggestions of the document: those ticked, else all proposed ones."""
        return tuple(one for one in self.listed if one.code in self.chosen or not self.chosen)

    @property
    def subject_text(self) -> str:
        """For whom: « La Filature (L-07), Lisieux », « un projet à Lisieux »; empty when neither is known."""
        if self.place:
            return f"{self.place.name} ({self.place.code}), {self.place.commune_name}"
        return f"Un projet à {self.commune.name} ({self.commune.dep})" if self.commune else ""

    def answer_text(self, question: Question) -> str:
        """The answers to one question, in French; « sans réponse »."""
        labels = question.labels(self.answers.get(question.key, ()))
        text = ", ".join(labels) or "sans réponse"
        from_register = self.seats is not None and question.key == "taille"
        return f"{text} ({seats_text(self.seats or 0)} au registre)" if from_register else text

    def query(self) -> str:
        """Its state as a query."""
        return urlencode(self.parameters)


def seats_text(seats: int) -> str:
    """« 12 postes »."""
    return count(seats, "poste", "postes")


def read_qvt_form(connection: Connection, query: str, today: date) -> QvtForm:
    """The form of an address; what it cannot mean is ignored with a notice."""
    parameters = qvt_parameters(query)
    notices: list[str] = []
    values: dict[str, list[str]] = {}
    for name, value in parameters:
        values.setdefault(name, []).append(" ".join(value.replace("\0", " ").split()) if name != NOTES else value)
    if len(query) > MAX_QUERY_LENGTH:
        notices.append(
            f"L’adresse est trop longue{NARROW}: ce qui dépasse {number(MAX_QUERY_LENGTH)} signes a été ignoré."
        )
    answers = {one.key: _read_answers(one, values.get(f"{PREFIX}{one.key}", []), notices) for one in QUESTIONS}
    place = _read_place(connection, _only(values, PLACE, "lieu", notices), notices)
    commune = _read_commune(_only(values, COMMUNE, "commune", notices), notices)
    suggestions = tuple(read_suggestions(connection))
    seats = place.seats if place and not answers["taille"] else None
    if seats is not None:
        answers["taille"] = frozenset({size_of(seats)})
    return QvtForm(
        suggestions,
        answers,
        place,
        None if place else commune,
        seats,
        _read_chosen(suggestions, values.get(CHOSEN, []), notices),
        _only(values, NOTES, "notes", notices).replace("\0", " ").strip()[:MAX_NOTES_LETTERS],
        _read_day(_only(values, DAY, "date", notices), today, notices),
        tuple(notices),
        parameters,
    )


def _only(values: Mapping[str, list[str]], name: str, label: str, notices: list[str]) -> str:
    """The first value of a parameter, or an empty text."""
    texts = values.get(name, [""])
    notices.extend(_single_choice_notice(label, text) for text in dict.fromkeys(texts[1:]) if text != texts[0])
    return texts[0] if name == NOTES else texts[0][:MAX_TEXT_LETTERS]


def _read_answers(question: Question, texts: list[str], notices: list[str]) -> frozenset[str]:
    label = question.label.lower()
    codes = {text: question.code_of(text) for text in texts if text}
    notices.extend(_unknown_notice(label, text) for text, code in codes.items() if code is None)
    known = [code for code in codes.values() if code]
    if not question.multiple:
        names = {code: address_text(choice) for choice in question.choices for code in [choice.code]}
        notices.extend(_single_choice_notice(label, names[code]) for code in known[1:])
        known = known[:1]
    return frozenset(known)


def _read_chosen(suggestions: tuple[Suggestion, ...], texts: list[str], notices: list[str]) -> frozenset[str]:
    codes = {one.code for one in suggestions}
    if codes:  # without any, the page says why
        notices.extend(_unknown_notice("piste", text) for text in dict.fromkeys(texts) if text and text not in codes)
    return frozenset(texts) & codes


def _read_place(connection: Connection, code: str, notices: list[str]) -> SuggestionPlace | None:
    place = read_suggestion_place(connection, code) if code else None
    if code and place is None:
        notices.append(f"Aucun lieu du registre n’a l’identifiant {quote_french(code)}{NARROW}: il a été ignoré.")
    return place


def _read_commune(text: str, notices: list[str]) -> Commune | None:
    commune = commune_of_code(text.upper())  # first: some postcodes look like the code of another commune
    if commune or not text:
        return commune
    found = [one.commune for one in find_communes(text)]
    if text and not found:
        notices.append(f"Aucune commune de Normandie ne s’appelle {quote_french(text)}{NARROW}: elle a été ignorée.")
    if len(found) > 1:
        codes = ", ".join(f"{one.code} ({one.name}, {one.dep})" for one in found[:MAX_FOUND])
        more = "…" if len(found) > MAX_FOUND else "."
        notices.append(f"Plusieurs communes répondent à {quote_french(text)}{NARROW}: écrivez son code, {codes}{more}")
    return found[0] if len(found) == 1 else None


def _read_day(text: str, today: date, notices: list[str]) -> date:
    if not text:
        return today
    try:
        day = date.fromisoformat("-".join(reversed(text.split("/"))))
    except ValueError:
        notices.append(_unknown_notice("date", text))
        return today
    if not EARLIEST_DAY <= day <= today:
        notices.append(
            f"La date du {day_short(day)} est antérieure à 2000 ou dans le futur{NARROW}: elle a été ignorée."
        )
        return today
    return day


def _unknown_notice(label: str, text: str) -> str:
    return f"Le choix {quote_french(text)} ({label}) n’existe pas{NARROW}: il a été ignoré."


def _single_choice_notice(label: str, text: str) -> str:
    return f"Un seul choix est possible ({label})\u202f: {quote_french(text)} a été ignoré."
