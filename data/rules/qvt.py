"""Which suggestions on the quality of life at work suit a place, from what its holder answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from data.i18n import NARROW, fold, sentence_list
from data.sources.model import Choice
from data.sources.partnership import QVT_AUDIENCES, QVT_MEDIUM_SEATS, QVT_SETTINGS, QVT_SIZES, QVT_STAGES


@dataclass(frozen=True)
class Question:
    """One question of the form: `key` in addresses, its French label and choices; `multiple` answers or one."""

    key: str
    label: str
    choices: tuple[Choice, ...]
    multiple: bool = False

    def code_of(self, text: str) -> str | None:
        """The code of the choice that an address names (« entreprises-et-tpe »), if any."""
        return next((choice.code for choice in self.choices if address_text(choice) == text), None)

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its choices."""
        return frozenset(choice.code for choice in self.choices)

    def labels(self, codes: Collection[str]) -> list[str]:
        """The French names of some of its choices, in their order."""
        return [choice.label for choice in self.choices if choice.code in codes]


def address_text(choice: Choice) -> str:
    """« entreprises et TPE » -> 'entreprises-et-tpe': how addresses name a choice."""
    return fold(choice.label).replace(" ", "-")


QUESTIONS = (
    Question("public", "Qui utilise le lieu", QVT_AUDIENCES, multiple=True),
    Question("stade", "Stade du projet", QVT_STAGES),
    Question("taille", "Taille", QVT_SIZES),
    Question("milieu", "Milieu", QVT_SETTINGS),
)


def size_of(seats: int) -> str:
    """The size of a place with so many seats: 10 to 30 are `medium`."""
    if seats in QVT_MEDIUM_SEATS:
        return "medium"
    return "small" if seats < QVT_MEDIUM_SEATS.start else "large"


def is_proposed(conditions: Collection[str], answers: Collection[str]) -> bool:
    """Whether a suggestion suits the answers: for each question that it names, one of the answers is among its
    conditions. A question without an answer excludes nothing.
    """
    return all(not given or given & named for named, given in _named_questions(conditions, answers).values() if named)


def reason_text(conditions: Collection[str], answers: Collection[str]) -> str:
    """Why a proposed suggestion is: « qui utilise le lieu : artisans ; taille (non précisée) : … »."""
    parts = list(_reasons(conditions, answers))
    return f"{NARROW}; ".join(parts) if parts else "vaut pour tous les lieux"


def _reasons(conditions: Collection[str], answers: Collection[str]) -> Iterator[str]:
    for question, (named, given) in _named_questions(conditions, answers).items():
        if named and given:
            yield f"{question.label.lower()}{NARROW}: {sentence_list(question.labels(named & given))}"
        elif named:
            names = sentence_list(question.labels(named), "ou")
            yield f"{question.label.lower()} (sans réponse){NARROW}: vaut pour {names}"


def _named_questions(
    conditions: Collection[str], answers: Collection[str]
) -> dict[Question, tuple[frozenset[str], frozenset[str]]]:
    """By question, the conditions that name it and the answers given."""
    return {
        question: (question.codes & frozenset(conditions), question.codes & frozenset(answers))
        for question in QUESTIONS
    }
