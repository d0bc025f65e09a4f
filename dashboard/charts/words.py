"""Turns of phrase shared by findings, empty sentences and tiles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from data.i18n import NARROW, count, day_long, day_short, in_name, number, sentence_list
from data.indicators import indicator_named
from data.selection import FILTERS, Known, Selection

ON_TRACK = 0.5  # a gap that rounds to no place at all


def sentence_of(reason: str) -> str:
    """A reason or a note, with a capital."""
    return reason[:1].upper() + reason[1:]


def where_words(selection: Selection, known: Known) -> str:
    """« en Normandie », « dans l’Orne et dans la Manche », « dans la CC du Pays de Honfleur, côté Eure »."""
    deps = selection.codes("dep")
    areas = sentence_list([f"dans la {known.label('epci', code)}" for code in selection.codes("epci")])
    if not areas:
        return sentence_list([in_name(known.label("dep", code)) for code in deps]) or in_name("Normandie")
    if not deps or is_whole(selection, known):
        return areas
    return f"{areas}, côté {sentence_list([known.label('dep', code) for code in deps])}"


def is_whole(selection: Selection, known: Known) -> bool:
    """Whether the chosen départements hold the chosen intercommunalités entirely: if not, only a part is counted."""
    chosen = set(selection.codes("epci"))
    return all(set(one.within) <= set(selection.codes("dep")) for one in known.options["epci"] if one.code in chosen)


def narrowed(sentence: str, selection: Selection, known: Known, indicators: Sequence[str]) -> str:
    """The sentence with the filters other than the territory that narrow one of its indicators.

    « Aucune des 15 intercommunalités n’a de lieu labellisé (porteur : privé) » would be false without its end.
    """
    measures = [indicator.basis for slug in indicators if (indicator := indicator_named(slug))]
    settled = {"dep", "epci", *(column for measure in measures for column in measure.fixed)}
    columns = {column.name for measure in measures for column in measure.fact.detail.c} - settled
    words = [
        f"{one.label.lower()}{NARROW}: {sentence_list([known.label(one.key, code) for code in codes])}"
        for one in FILTERS
        if (codes := selection.codes(one.key)) and one.column in columns
    ]
    return f"{sentence} ({', '.join(words)})" if words else sentence


def when_words(selection: Selection) -> str:
    """« du 1er janvier 2019 au 31 décembre 2020 », « jusqu’au 31 décembre 2020 »."""
    until = day_long(selection.until)
    return f"du {day_long(selection.since)} au {until}" if selection.since else f"jusqu’au {until}"


def gap_words(labelled: float, expected: float) -> str:
    """« 6 lieux de moins que prévu à cette date »; a gap that rounds to nothing is none."""
    gap = labelled - expected
    if abs(gap) < ON_TRACK:
        return "Autant de lieux que prévu à cette date"
    # « 1,5 lieu » would be absurd: the gap is said in whole places, as people count them
    whole = count(int(abs(gap) + 0.5), "lieu", "lieux")
    return f"{whole} de {'plus' if gap > 0 else 'moins'} que prévu à cette date"


def after_due_words(reached: float, due: date, aimed: float) -> str:
    """What follows a due date: what was reached, what was aimed at, and that nothing newer is known."""
    places = count(reached, "lieu", "lieux")
    return (
        f"{places} au {day_short(due)} pour {number(aimed)} visés{NARROW}; aucun objectif plus récent n’est enregistré"
    )
