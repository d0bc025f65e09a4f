"""Phrases of a comparison: names of what is compared, and which differences are notable."""

from __future__ import annotations

from collections.abc import Sequence

from data.filters import filter_named
from data.i18n import NARROW, in_territory, number, percent, sentence_list, territory_with_article
from data.model.cases import RateInterval
from data.queries.compared import ComparedIndicator
from data.selection import TERRITORY_KIND, ComparedItem, FilterOptions, Selection

NO_NOTABLE_DIFFERENCE = "Pas de différence notable"
OTHERS_NOT_NOTABLE = "Les autres écarts ne sont pas notables"


def subject_names(selection: Selection, options: FilterOptions) -> list[str]:
    """The names of what is compared, as subjects of a sentence: « l’Eure », « Aract », « les porteurs publics »."""
    names = short_names(selection, options)
    return [_subject_name(item, name) for item, name in zip(selection.compared, names, strict=True)]


def short_names(selection: Selection, options: FilterOptions) -> list[str]:
    """The names of what is compared, each once: without what stands between brackets in a label, unless two are then
    the same.
    """
    labels = selection.compared_names(options)
    names = [label.partition(" (")[0] for label in labels]
    return names if len(set(names)) == len(names) else labels


def _subject_name(item: ComparedItem, name: str) -> str:
    if item.filter_key in TERRITORY_KIND.filters:
        return territory_with_article(name)
    return f"le porteur {name}" if item.filter_key == "porteur" else name


def place_phrases(selection: Selection, options: FilterOptions) -> list[str]:
    """Where, or for whom, each compared item is: « dans l’Eure », « pour Aract », « pour le porteur public »."""
    return [
        in_territory(options.label(*item)) if item.filter_key in TERRITORY_KIND.filters else f"pour {name}"
        for item, name in zip(selection.compared, subject_names(selection, options), strict=True)
    ]


def item_position(item: ComparedItem, options: FilterOptions) -> int:
    """The position of an item in the list of all known ones, which gives its colour."""
    return options.position(item.filter_key, item.code)


def difference_sentences(compared: ComparedIndicator, names: Sequence[str]) -> tuple[str, ...]:
    """The notable differences, each pair once: « l’Orne dépasse l’Eure »; none of them: « Pas de différence notable ».

    Empty when fewer than two items have a rate, and when items are not alike: nothing is then ranked.
    """
    rated = [position for position, rate in enumerate(compared.rates) if rate is not None]
    if len(rated) < 2 or not compared.are_alike:
        return ()
    lower = {position: compared.lower_items(position) for position in rated}
    pairs = sum(len(positions) for positions in lower.values())
    if not pairs:
        return (NO_NOTABLE_DIFFERENCE,)
    sentences = [
        f"{names[position][:1].upper()}{names[position][1:]} dépasse {sentence_list([names[each] for each in below])}"
        for position, below in lower.items()
        if below
    ]
    has_others = pairs < len(rated) * (len(rated) - 1) // 2
    return (*sentences, *((OTHERS_NOT_NOTABLE,) if has_others else ()))


def replaced_filter_label(selection: Selection) -> str:
    """The label of a chosen filter that the comparison replaces, since its codes are what is compared; empty without
    any.
    """
    keys = {item.filter_key for item in selection.compared} - set(TERRITORY_KIND.filters)
    return next((filter_named(key).label for key in keys if selection.codes(key)), "")


def rate_text(rate: RateInterval, *, is_count: bool) -> str:
    """« marge : 21 % à 67 % »; of a count first its rate: « soit 1,0 pour 100 000 habitants, marge : 0,5 à 2,2 »."""
    low, high = ((percent(bound) if rate.per == 1 else number(bound, 1)) for bound in (rate.low, rate.high))
    margin = f"marge{NARROW}: {low} à {high}"
    return f"soit {number(rate.value, 1)} pour {number(rate.per)} habitants, {margin}" if is_count else margin
