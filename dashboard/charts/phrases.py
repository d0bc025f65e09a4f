"""Phrases shared by findings, messages of empty charts, and tiles."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from data.filters import FILTERS
from data.filters.options import Option
from data.i18n import (
    NARROW,
    agree,
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

MAX_ON_TRACK_GAP = 0.5  # places: a gap that rounds to 0
MAX_NAMED_TERRITORIES = {"dep": 3, "epci": 2}  # in a sentence; more are counted
TERRITORY_PLURALS = {"dep": "départements", "epci": "intercommunalités"}
PROPER_NOUN_FILTERS = ("dep", "epci", "partenaire")  # their labels keep their capital inside a sentence


def capitalised(reason: str) -> str:
    """The text with its first letter in capitals."""
    return reason[:1].upper() + reason[1:]


def territory_text(selection: Selection, options: FilterOptions) -> str:
    """« en Normandie », « dans l’Orne et la Manche », « dans la CA Lisieux Normandie, côté Eure », « dans 5
    intercommunalités ».
    """
    epcis = _chosen_epcis(selection, options)
    if not epcis:
        return _territories_text("dep", selection.codes("dep"), options) or in_territory("Normandie")
    areas = _territories_text("epci", [epci.code for epci in epcis], options)
    if has_whole_epcis(selection, options) or message_without_commune(selection, options):
        return areas
    return f"{areas}, côté {sentence_list([options.label('dep', code) for code in selection.codes('dep')])}"


def _chosen_epcis(selection: Selection, options: FilterOptions) -> list[Option]:
    """The chosen intercommunalités with a commune in the chosen départements; all of them when none has any."""
    deps, codes = set(selection.codes("dep")), selection.codes("epci")
    chosen = [epci for epci in options.by_filter.get("epci", ()) if epci.code in codes]
    return [epci for epci in chosen if not deps or deps & set(epci.parent_codes)] or chosen


def _territories_text(key: str, codes: Sequence[str], options: FilterOptions) -> str:
    """The location of some territories of a filter; empty without any, and when all are chosen."""
    if not codes or len(codes) == len(options.by_filter.get(key, ())) > 1:
        return ""
    if len(codes) > MAX_NAMED_TERRITORIES[key]:
        return f"dans {number(len(codes))} {TERRITORY_PLURALS[key]}"
    return in_territories([options.label(key, code) for code in codes])


def has_whole_epcis(selection: Selection, options: FilterOptions) -> bool:
    """Whether the chosen départements contain the whole of the chosen intercommunalités; otherwise only a part is
    counted.
    """
    deps = set(selection.codes("dep"))
    return not deps or all(set(epci.parent_codes) <= deps for epci in _chosen_epcis(selection, options))


def message_without_commune(selection: Selection, options: FilterOptions) -> str:
    """The reason why no commune is selected: « La CA Lisieux Normandie n’a aucune commune dans l’Orne »; empty when one
    is.
    """
    deps = set(selection.codes("dep"))
    chosen = _chosen_epcis(selection, options)
    if not deps or not chosen or any(deps & set(epci.parent_codes) for epci in chosen):
        return ""
    departements = _territories_text("dep", selection.codes("dep"), options)
    if len(chosen) > 1:
        return f"Aucune des {number(len(chosen))} intercommunalités choisies n’a de commune {departements}"
    return f"La {chosen[0].label} n’a aucune commune {departements}"


NO_COMMUNE_HELP = "Retirez le filtre «\u202fDépartement\u202f» ou le filtre «\u202fIntercommunalité\u202f»."


def add_filters(sentence: str, selection: Selection, options: FilterOptions, indicators: Sequence[str]) -> str:
    """The sentence with the chosen filters that apply to one of its indicators and that it does not name: the territory
    before, the others after.

    « Dans l’Orne, aucune des 15 intercommunalités n’a de lieu labellisé (porteur : privé) » would be false without
    them.
    """
    return add_territory(add_other_filters(sentence, selection, options, indicators), selection, options)


def chosen_territory_text(selection: Selection, options: FilterOptions) -> str:
    """The chosen territory, as `territory_text`; empty for the whole Région."""
    where = territory_text(selection, options)
    return "" if where == in_territory("Normandie") else where


def add_territory(sentence: str, selection: Selection, options: FilterOptions) -> str:
    """The sentence preceded by the chosen territory, unless it names it."""
    where = chosen_territory_text(selection, options)
    if where in sentence or _names_territory(sentence, selection, options):
        return sentence
    return f"{where[0].upper()}{where[1:]}, {_without_capital(sentence, options)}"


def _names_territory(sentence: str, selection: Selection, options: FilterOptions) -> bool:
    """Whether the sentence names every chosen territory, if any."""
    key = "epci" if selection.codes("epci") else "dep"
    names = [options.label(key, code) for code in selection.codes(key)]
    is_part = (
        key == "epci" and not has_whole_epcis(selection, options) and not message_without_commune(selection, options)
    )
    return bool(names) and not is_part and all(_has_word(sentence, name) for name in names)


def _without_capital(sentence: str, options: FilterOptions) -> str:
    """The sentence as written after a comma: without its capital, unless it begins with a proper name or an acronym."""
    names = tuple(
        option.label.split(" (")[0] for key in PROPER_NOUN_FILTERS for option in options.by_filter.get(key, ())
    )
    return sentence if sentence.startswith(names) else uncapitalised(sentence)


def add_other_filters(sentence: str, selection: Selection, options: FilterOptions, indicators: Sequence[str]) -> str:
    """The sentence followed by the chosen filters other than the territory, between brackets; a choice that it quotes
    is left out.
    """
    measures = [indicator.basis for slug in indicators if (indicator := indicator_named(slug))]
    fixed_columns = {"dep", "epci", *(column for measure in measures for column in measure.fixed_columns)}
    columns = {column.name for measure in measures for column in measure.fact.detail.c} - fixed_columns
    keys = [filter_.key for filter_ in FILTERS if filter_.column in columns]
    return add_choices(sentence, selection, options, keys)


def add_choices(sentence: str, selection: Selection, options: FilterOptions, keys: Collection[str]) -> str:
    """The sentence followed by the chosen filters of these keys, the territory excepted: as `add_other_filters`."""
    choices = [
        f"{filter_.label.lower()}{NARROW}: {sentence_list(labels)}"
        for filter_ in FILTERS
        if (labels := [options.label(filter_.key, code) for code in selection.codes(filter_.key)])
        and filter_.key in keys
        and filter_.key not in TERRITORY_PLURALS
        and f"«{NARROW}{labels[0]}{NARROW}»" not in (sentence if len(labels) == 1 else "")
        and not (filter_.key == "unite" and _has_word(sentence, labels[0]))
    ]
    if not choices:
        return sentence
    if sentence.endswith(")"):
        return f"{sentence[:-1]}{NARROW}; {', '.join(choices)})"
    return f"{sentence} ({', '.join(choices)})"


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
    """The chosen period, as in a subtitle: « du 01/01/2019 au 31/12/2020 », « au 31/12/2020 »; empty without a
    choice.
    """
    until = f"au {day_short(selection.until)}"
    if selection.since:
        return f"du {day_short(selection.since)} {until}"
    return until if selection.until_given else ""


def change_text(unit: Unit, change: float, stable: float, *, declared: bool = False) -> str:
    """« les visites reculent de 31 % », « la fréquentation déclarée en personnes se maintient »: the subject is « les
    visites » for visits, « la fréquentation » in other units.
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
    """The chosen filters that apply, by key, then the chosen filters that do not: « Orne · arrêté au 31/12/2020 · le
    filtre « Unité » ne change rien ici ».
    """
    parts = (selection.keeping_filters(filters).caption(options), unused_filters_text(selection, filters))
    return " · ".join(part for part in parts if part)


def unused_filters_text(selection: Selection, filters: Collection[str]) -> str:
    """« le filtre « Unité » ne change rien ici »; empty when every chosen filter applies."""
    unused = [f"«{NARROW}{label}{NARROW}»" for label in selection.unused_labels(filters)]
    verb = "le filtre {} ne change" if len(unused) == 1 else "les filtres {} ne changent"
    return f"{verb.format(sentence_list(unused))} rien ici" if unused else ""


def among_text(total: int, parts: Sequence[tuple[int, str, str]]) -> str:
    """The parts of a number, each with its singular and plural: « , dont 2 ouverts au public et 1 à venir »; a part
    that is the whole is named without its number: « , tous ouverts au public ».
    """
    whole = [agree(total, one, many) for part, one, many in parts if part == total > 0]
    some = [count(part, one, many) for part, one, many in parts if 0 < part < total]
    text = f", {'tous ' if total > 1 else ''}{sentence_list(whole)}" if whole else ""
    return f"{text}, dont {sentence_list(some)}" if some else text


def gap_text(labelled: float, expected: float) -> str:
    """« 6 lieux de moins que prévu à cette date »; a gap that rounds to 0 gives « Autant de lieux que prévu »."""
    gap = labelled - expected
    if abs(gap) < MAX_ON_TRACK_GAP:
        return "Autant de lieux que prévu à cette date"
    # rounded half up: « 1,5 lieu » would make no sense
    places = count(int(abs(gap) + 0.5), "lieu", "lieux")
    return f"{places} de {'plus' if gap > 0 else 'moins'} que prévu à cette date"


def past_target_text(reached: float, due: date, target: float) -> str:
    """The headline after a due date: the value reached, the target, and that no newer target exists."""
    places = count(reached, "lieu", "lieux")
    target_text = count(target, "visé", "visés")
    return f"{places} au {day_short(due)} pour {target_text}{NARROW}; aucun objectif plus récent n’est enregistré"
