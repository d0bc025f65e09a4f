"""The sentences that open the overview, computed from the data."""

from __future__ import annotations

from datetime import date

from dashboard.charts.words import after_due_words, gap_words, sentence_of, where_words
from dashboard.components.page import Asked
from dashboard.components.parts import Headline
from dashboard.components.standing import Standing
from data.facts.pace import read_projection
from data.facts.targets import Target
from data.i18n import NARROW, count, day_long, number, sentence_list
from data.indicators.aid import AIDES_VOTEES
from data.indicators.label import LIEUX_EN_COURS
from data.queries.aid_lists import Meeting
from data.queries.ready import read_ready
from data.queries.sources import missing_source, read_loaded

FACTS = frozenset({"places", "labels", "aids", "aids-scdl", "attendance", "activities", "mediation-places"})
LOAD = "Pour charger un fichier de la Région\u202f: python -m etl load FICHIER…"


NOTHING = Headline(
    "Aucune donnée",
    (
        "La base ne contient encore ni labellisation, ni aide, ni fréquentation.",
        "Pour charger les fichiers de la Région\u202f: python -m etl load FICHIER…",
        "Pour voir le tableau de bord avec des données inventées\u202f: python -m etl demo",
    ),
)


def headline(asked: Asked, standing: Standing) -> Headline:
    """Where the policy stands; with a territory, what it has there, without a target that nobody voted for it."""
    if standing.missing:
        return unloaded(asked, standing.missing)
    labelled, target = standing.labelled, standing.target
    if target is None:
        return Headline(_without_target(asked, labelled), (_as_of(asked),))
    if standing.at_due is not None:
        now = f"{count(labelled, 'tiers-lieu labellisé', 'tiers-lieux labellisés')} {where(asked)}"
        return Headline(
            after_due_words(standing.at_due, target.due, target.value), (f"{now}, {_as_of(asked, start=False)}",)
        )
    lines = projection_line(asked) or _gap(asked.selection.until, labelled, target)
    return Headline(_with_target(labelled, target), (*lines, _as_of(asked)))


def unloaded(asked: Asked, missing: str) -> Headline:
    """What a page says without the source that it rests on; a base without any fact says how to begin."""
    if not read_loaded(asked.connection) & FACTS:
        return NOTHING
    return Headline(sentence_of(missing), (LOAD, _as_of(asked)))


def projection_line(asked: Asked, rhythm: str = "le rythme des douze derniers mois") -> tuple[str, ...]:
    """Where the rhythm of the last twelve months would lead, before the due date and with enough cases."""
    found = read_projection(asked.connection, asked.selection)
    if isinstance(found, str) or asked.selection.until >= found.due:
        return ()
    places = count(found.value, "lieu", "lieux")
    interval = f"intervalle à 80{NARROW}%{NARROW}: {found.interval}"
    return (f"Si {rhythm} se maintenait{NARROW}: {places} {due_words(found.due)} ({interval}).",)


def meeting_line(asked: Asked) -> tuple[str, ...]:
    """« Prochaine commission permanente le 18 janvier 2021 : 3 candidatures prêtes. »"""
    ready = read_ready(asked.connection, asked.selection, asked.known.today)
    if ready is None:
        missing = missing_source(asked.connection, ("sessions",))
        return (f"{sentence_of(missing)}.",) if missing else ()
    when = meeting_words(ready.meeting, asked.known.today)
    waiting = [count(ready.applications, "candidature prête", "candidatures prêtes")] if ready.applications else []
    waiting += [count(ready.proposals, "proposition d’aide", "propositions d’aide")] if ready.proposals else []
    missing = missing_source(asked.connection, (*LIEUX_EN_COURS.necessary, *AIDES_VOTEES.sources))
    waiting += [missing] if missing else []
    return (f"{when}{NARROW}: {sentence_list(waiting) or 'aucun dossier prêt'}.",)


def meeting_words(meeting: Meeting, today: date) -> str:
    """« Prochaine commission permanente le 18 janvier 2021 »; « … suivante » when it is past."""
    label, day = meeting.label, day_long(meeting.day)
    if meeting.day <= today:  # the calendar has nothing newer
        return f"{label} suivante, le {day}"
    return f"Prochaine {label[:1].lower()}{label[1:]} le {day}"


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
