"""The sentences that open the overview, computed from the data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.charts.words import after_due_words, gap_words, where_words
from dashboard.components.page import Asked
from data.i18n import count, day_long, number, sentence_list
from data.indicators import indicator_named
from data.queries.indicators import read_stock_at, read_value
from data.queries.sources import read_sources
from data.queries.targets import Target, read_target

LABELLED = "lieux-labellises"
FACTS = ("labels", "aids", "aids-scdl", "attendance")


@dataclass(frozen=True)
class Headline:
    """The title of the page and the sentences under it."""

    title: str
    lines: tuple[str, ...]


NOTHING = Headline(
    "Aucune donnée",
    (
        "La base ne contient encore ni labellisation, ni aide, ni fréquentation.",
        "Pour charger les fichiers de la Région\u202f: python -m etl load FICHIER…",
        "Pour voir le tableau de bord avec des données inventées\u202f: python -m etl demo",
    ),
)


def read_headline(asked: Asked) -> Headline:
    """Where the policy stands; with a territory, what it has there, without a target that nobody voted for it."""
    states = read_sources(asked.connection, FACTS)
    if not any(state.last_day for state in states.values()):
        return NOTHING
    indicator = indicator_named(LABELLED)
    assert indicator is not None
    labelled = int(read_value(asked.connection, indicator, asked.selection).value or 0)
    target = read_target(asked.connection, LABELLED, asked.selection)
    if target is None:
        return Headline(_without_target(asked, labelled), (_as_of(asked),))
    if asked.selection.until > target.due:
        days = read_stock_at(asked.connection, indicator.measure, asked.selection, [target.due])
        at_due = int(days[target.due].value or 0)
        now = f"{count(labelled, 'tiers-lieu labellisé', 'tiers-lieux labellisés')} {where(asked)}"
        return Headline(after_due_words(at_due, target.due, target.value), (f"{now}, {_as_of(asked, start=False)}",))
    return Headline(_with_target(labelled, target), (*_gap(asked.selection.until, labelled, target), _as_of(asked)))


def where(asked: Asked) -> str:
    """« en Normandie », « dans l’Orne »."""
    return where_words(asked.selection, asked.known)


def _with_target(labelled: int, target: Target) -> str:
    counted = count(labelled, "tiers-lieu labellisé", "tiers-lieux labellisés")
    return f"{counted} sur {number(target.value)} visés {due_words(target.due)}"


def due_words(due: date) -> str:
    """« fin 2021 » for 31 December, « au 30 juin 2021 » for another day."""
    return f"fin {due.year}" if (due.month, due.day) == (12, 31) else f"au {day_long(due)}"


def _gap(until: date, labelled: int, target: Target) -> tuple[str, ...]:
    expected = target.expected_at(until)
    if expected is None or target.baseline_day is None or until < target.baseline_day:
        return ()
    return (f"{gap_words(labelled, expected)}.",)


def _without_target(asked: Asked, labelled: int) -> str:
    others = [
        f"{label.lower()} {sentence_list([asked.known.label(key, code) for code in asked.selection.codes(key)])}"
        for key, label in (("porteur", "Porteur"), ("typologie", "Typologie"))
        if asked.selection.codes(key)
    ]
    counted = count(labelled, "tiers-lieu labellisé", "tiers-lieux labellisés")
    return ", ".join([f"{counted} {where(asked)}", *others])


def _as_of(asked: Asked, start: bool = True) -> str:
    words = f"rrêté au {day_long(asked.selection.until)}."
    return f"A{words}" if start else f"a{words}"
