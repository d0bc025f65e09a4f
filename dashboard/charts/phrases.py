"""Turns of phrase shared by findings, empty sentences and tiles."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from data.filters import FILTERS
from data.filters.options import Option
from data.i18n import (
    NARROW,
    count,
    day_long,
    day_short,
    in_territories,
    in_territory,
    number,
    percent,
    sentence_list,
    uncapitalised,
)
from data.indicators import indicator_named
from data.selection import FilterOptions, Selection
from data.units import VISITS, Unit

MAX_ON_TRACK_GAP = 0.5  # a gap that rounds to no place at all
MAX_NAMED_TERRITORIES = {"dep": 3, "epci": 2}  # territories that a sentence can name; more are counted
TERRITORY_PLURALS = {"dep": "départements", "epci": "intercommunalités"}
PROPER_NOUN_FILTERS = ("dep", "epci", "partenaire")  # filters whose labels keep their capital within a sentence


def capitalised(reason: str) -> str:
    """A reason or a note, with a capital."""
    return reason[:1].upper() + reason[1:]


def territory_text(selection: Selection, options: FilterOptions) -> str:
    """« en Normandie », « dans l’Orne et la Manche », « dans la CA Lisieux Normandie, côté Eure », « dans 5
    intercommunalités ».
    """
    epcis = _chosen_epcis(selection, options)
    if not epcis:
        return _territories_text("dep", selection.codes("dep"), options) or in_territory("Normandie")
    areas = _territories_text("epci", [one.code for one in epcis], options)
    if has_whole_epcis(selection, options) or message_without_commune(selection, options):
        return areas
    return f"{areas}, côté {sentence_list([options.label('dep', code) for code in selection.codes('dep')])}"


def _chosen_epcis(selection: Selection, options: FilterOptions) -> list[Option]:
    """The chosen intercommunalités with a commune in the chosen départements; all of them when none has any."""
    deps, codes = set(selection.codes("dep")), selection.codes("epci")
    chosen = [one for one in options.by_filter.get("epci", ()) if one.code in codes]
    return [one for one in chosen if not deps or deps & set(one.parent_codes)] or chosen


def _territories_text(key: str, codes: Sequence[str], options: FilterOptions) -> str:
    """Where some territories of a filter are; nothing without any, nor when they are all that there is."""
    if not codes or len(codes) == len(options.by_filter.get(key, ())) > 1:
        return ""
    if len(codes) > MAX_NAMED_TERRITORIES[key]:
        return f"dans {number(len(codes))} {TERRITORY_PLURALS[key]}"
    return in_territories([options.label(key, code) for code in codes])


def has_whole_epcis(selection: Selection, options: FilterOptions) -> bool:
    """Whether the chosen départements hold the chosen intercommunalités entirely: if not, only a part is counted."""
    deps = set(selection.codes("dep"))
    return not deps or all(set(one.parent_codes) <= deps for one in _chosen_epcis(selection, options))


def message_without_commune(selection: Selection, options: FilterOptions) -> str:
    """Why no commune is chosen: « La CA Lisieux Normandie n’a aucune commune dans l’Orne »; nothing when one is."""
    deps = set(selection.codes("dep"))
    chosen = _chosen_epcis(selection, options)
    if not deps or not chosen or any(deps & set(one.parent_codes) for one in chosen):
        return ""
    there = _territories_text("dep", selection.codes("dep"), options)
    if len(chosen) > 1:
        return f"Aucune des {number(len(chosen))} intercommunalités choisies n’a de commune {there}"
    return f"La {chosen[0].label} n’a aucune commune {there}"


NO_COMMUNE_HELP = "Retirez le filtre «\u202fDépartement\u202f» ou le filtre «\u202fIntercommunalité\u202f»."


def add_filters(sentence: str, selection: Selection, options: FilterOptions, indicators: Sequence[str]) -> str:
    """The sentence with the filters that narrow one of its indicators and that it does not name: the territory before,
    the others after.

    « Dans l’Orne, aucune des 15 intercommunalités n’a de lieu labellisé (porteur : privé) » would be false without its
    ends.
    """
    return add_territory(add_other_filters(sentence, selection, options, indicators), selection, options)


def chosen_territory_text(selection: Selection, options: FilterOptions) -> str:
    """Where the filters narrow what is shown; nothing for the whole Région."""
    where = territory_text(selection, options)
    return "" if where == in_territory("Normandie") else where


def add_territory(sentence: str, selection: Selection, options: FilterOptions) -> str:
    """The sentence with the territory chosen, unless it names it."""
    where = chosen_territory_text(selection, options)
    if where in sentence or _names_territory(sentence, selection, options):
        return sentence
    return f"{where[0].upper()}{where[1:]}, {_without_capital(sentence, options)}"


def _names_territory(sentence: str, selection: Selection, options: FilterOptions) -> bool:
    """Whether the sentence names each territory chosen, if one is."""
    key = "epci" if selection.codes("epci") else "dep"
    names = [options.label(key, code) for code in selection.codes(key)]
    is_part = (
        key == "epci" and not has_whole_epcis(selection, options) and not message_without_commune(selection, options)
    )
    return bool(names) and not is_part and all(_has_word(sentence, name) for name in names)


def _without_capital(sentence: str, options: FilterOptions) -> str:
    """The sentence as it stands after a comma: without its capital, unless a name or an acronym begins it."""
    names = tuple(
        option.label.split(" (")[0] for key in PROPER_NOUN_FILTERS for option in options.by_filter.get(key, ())
    )
    return sentence if sentence.startswith(names) else uncapitalised(sentence)


def add_other_filters(sentence: str, selection: Selection, options: FilterOptions, indicators: Sequence[str]) -> str:
    """The sentence with the filters other than the territory between brackets, but for the choice that it quotes."""
    measures = [indicator.basis for slug in indicators if (indicator := indicator_named(slug))]
    settled = {"dep", "epci", *(column for measure in measures for column in measure.fixed_columns)}
    columns = {column.name for measure in measures for column in measure.fact.detail.c} - settled
    words = [
        f"{one.label.lower()}{NARROW}: {sentence_list(labels)}"
        for one in FILTERS
        if (labels := [options.label(one.key, code) for code in selection.codes(one.key)])
        and one.column in columns
        and f"«{NARROW}{labels[0]}{NARROW}»" not in (sentence if len(labels) == 1 else "")
        and not (one.key == "unite" and _has_word(sentence, labels[0]))
    ]
    if not words:
        return sentence
    if sentence.endswith(")"):
        return f"{sentence[:-1]}{NARROW}; {', '.join(words)})"
    return f"{sentence} ({', '.join(words)})"


def _has_word(sentence: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", sentence) is not None


def period_text(selection: Selection) -> str:
    """« du 1er janvier 2019 au 31 décembre 2020 », « jusqu’au 31 décembre 2020 »."""
    until = day_long(selection.until)
    return f"du {day_long(selection.since)} au {until}" if selection.since else f"jusqu’au {until}"


def as_of_text(selection: Selection) -> str:
    """The sentence that dates a headline: « Arrêté au 31 décembre 2020. »; with a start, both ends of the period."""
    until = day_long(selection.until)
    return f"Du {day_long(selection.since)} au {until}." if selection.since else f"Arrêté au {until}."


def short_period_text(selection: Selection) -> str:
    """The period that filters narrow, as a subtitle says it: « du 01/01/2019 au 31/12/2020 », « au 31/12/2020 »;
    nothing when none was chosen.
    """
    until = f"au {day_short(selection.until)}"
    if selection.since:
        return f"du {day_short(selection.since)} {until}"
    return until if selection.until_given else ""


def change_text(unit: Unit, change: float, stable: float, *, declared: bool = False) -> str:
    """« les visites reculent de 31 % », « la fréquentation déclarée en personnes se maintient »: visits are counted,
    other units measure the attendance.
    """
    is_many = unit == VISITS
    subject = f"les {unit.plural}" if is_many else "la fréquentation"
    if declared:
        subject += " déclarées" if is_many else " déclarée"
    subject += "" if is_many else f" en {unit.plural}"
    if abs(change) < stable:
        return f"{subject} {'se maintiennent' if is_many else 'se maintient'}"
    verbs = ("progressent", "reculent") if is_many else ("progresse", "recule")
    return f"{subject} {verbs[change < 0]} de {percent(abs(change))}"


def filters_text(selection: Selection, options: FilterOptions, filters: Collection[str]) -> str:
    """The filters that narrow what is shown, by key, and that the others chosen do not: « Orne · arrêté au 31/12/2020 ·
    le filtre « Unité » ne change rien ici ».
    """
    unused = [f"«{NARROW}{label}{NARROW}»" for label in selection.unused_labels(filters)]
    parts = [selection.keeping_filters(filters).caption(options)]
    if unused:
        verb = "le filtre {} ne change" if len(unused) == 1 else "les filtres {} ne changent"
        parts.append(f"{verb.format(sentence_list(unused))} rien ici")
    return " · ".join(parts)


def gap_text(labelled: float, expected: float) -> str:
    """« 6 lieux de moins que prévu à cette date »; a gap that rounds to nothing is none."""
    gap = labelled - expected
    if abs(gap) < MAX_ON_TRACK_GAP:
        return "Autant de lieux que prévu à cette date"
    # « 1,5 lieu » would be absurd: the gap is said in whole places, as people count them
    whole = count(int(abs(gap) + 0.5), "lieu", "lieux")
    return f"{whole} de {'plus' if gap > 0 else 'moins'} que prévu à cette date"


def past_target_text(reached: float, due: date, aimed: float) -> str:
    """What follows a due date: what was reached, what was aimed at, and that nothing newer is known."""
    places = count(reached, "lieu", "lieux")
    aim = count(aimed, "visé", "visés")
    return f"{places} au {day_short(due)} pour {aim}{NARROW}; aucun objectif plus récent n’est enregistré"
