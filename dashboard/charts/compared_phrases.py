"""Phrases of a comparison: names of what is compared, and which differences are notable."""

from __future__ import annotations

from collections.abc import Sequence

from data.filters import filter_named
from data.i18n import sentence_list, territory_with_article
from data.queries.compared import ComparedIndicator
from data.selection import TERRITORY_KIND, ComparedItem, FilterOptions, Selection

NO_NOTABLE_DIFFERENCE = "Pas de différence notable"
OTHERS_NOT_NOTABLE = "Les autres écarts ne sont pas notables"


def subject_names(selection: Selection, options: FilterOptions) -> list[str]:
    """The names of what is compared, as subjects of a sentence: « l’Eure », « Aract », « les porteurs publics »."""
    return [_subject_name(item, options) for item in selection.compared]


def _subject_name(item: ComparedItem, options: FilterOptions) -> str:
    label = options.label(item.filter_key, item.code)
    if item.filter_key in TERRITORY_KIND.filters:
        return territory_with_article(label)
    if item.filter_key == "porteur":
        return f"le porteur {label}"
    return label


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
