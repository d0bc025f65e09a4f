"""Which suggestions on the quality of life at work suit a place, from what its holder answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from data.i18n import NARROW, fold, sentence_list
from data.sources.model import Choice
from data.sources.partnership import QVT_AUDIENCES, QVT_SETTINGS, QVT_SIZES, QVT_STAGES


@dataclass(frozen=True)
class Dimension:
    """One question of the form: `key` in addresses, its French label and choices; `several` answers or one."""

    key: str
    label: str
    choices: tuple[Choice, ...]
    several: bool = False

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


DIMENSIONS = (
    Dimension("public", "Qui utilise le lieu", QVT_AUDIENCES, several=True),
    Dimension("stade", "Stade du projet", QVT_STAGES),
    Dimension("taille", "Taille", QVT_SIZES),
    Dimension("milieu", "Milieu", QVT_SETTINGS),
)
_SIZE_LIMITS = ((10, "small"), (31, "medium"))  # a place with fewer seats is of that size


def size_of(seats: int) -> str:
    """The size of a place with so many seats: 10 to 30 are `medium`."""
    return next((size for limit, size in _SIZE_LIMITS if seats < limit), "large")


def is_proposed(conditions: Collection[str], answers: Collection[str]) -> bool:
    """Whether a suggestion suits the answers: for each dimension that it names, one of the answers is among its
    conditions. A dimension without an answer excludes nothing.
    """
    return all(not given or given & named for named, given in _named_dimensions(conditions, answers).values() if named)


def reason_text(conditions: Collection[str], answers: Collection[str]) -> str:
    """Why a proposed suggestion is: « qui utilise le lieu : artisans ; taille (non précisée) : … »."""
    parts = list(_reasons(conditions, answers))
    return f"{NARROW}; ".join(parts) if parts else "vaut pour tous les lieux"


def _reasons(conditions: Collection[str], answers: Collection[str]) -> Iterator[str]:
    for dimension, (named, given) in _named_dimensions(conditions, answers).items():
        if named and given:
            yield f"{dimension.label.lower()}{NARROW}: {sentence_list(dimension.labels(named & given))}"
        elif named:
            names = sentence_list(dimension.labels(named), "ou")
            yield f"{dimension.label.lower()} (sans réponse){NARROW}: vaut pour {names}"


def _named_dimensions(
    conditions: Collection[str], answers: Collection[str]
) -> dict[Dimension, tuple[frozenset[str], frozenset[str]]]:
    """By dimension, the conditions that name it and the answers given."""
    return {
        dimension: (dimension.codes & frozenset(conditions), dimension.codes & frozenset(answers))
        for dimension in DIMENSIONS
    }
