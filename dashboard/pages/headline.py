"""The sentences that open the overview, computed from the data."""

from __future__ import annotations

from datetime import date

from dashboard.charts.words import after_due_words, gap_words, where_words
from dashboard.components.page import Asked
from dashboard.components.parts import Headline
from dashboard.components.standing import Standing
from data.facts.targets import Target
from data.i18n import count, day_long, number, sentence_list
from data.queries.sources import Provenance

FACTS = ("labels", "aids", "aids-scdl", "attendance")


NOTHING = Headline(
    "Aucune donnée",
    (
        "La base ne contient encore ni labellisation, ni aide, ni fréquentation.",
        "Pour charger les fichiers de la Région\u202f: python -m etl load FICHIER…",
        "Pour voir le tableau de bord avec des données inventées\u202f: python -m etl demo",
    ),
)


def headline(asked: Asked, standing: Standing, provenance: Provenance) -> Headline:
    """Where the policy stands; with a territory, what it has there, without a target that nobody voted for it."""
    if not any(provenance.states[name].last_day for name in FACTS if name in provenance.states):
        return NOTHING
    labelled, target = standing.labelled, standing.target
    if target is None:
        return Headline(_without_target(asked, labelled), (_as_of(asked),))
    if standing.at_due is not None:
        now = f"{count(labelled, 'tiers-lieu labellisé', 'tiers-lieux labellisés')} {where(asked)}"
        return Headline(
            after_due_words(standing.at_due, target.due, target.value), (f"{now}, {_as_of(asked, start=False)}",)
        )
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
