"""What a comparison sets side by side: territories, partners, schemes or types of holders, one kind at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from data.i18n import NARROW, number
from data.selection.options import FilterOptions
from data.selection.query import unknown_choice_notice

MIN_COMPARED_ITEMS, MAX_COMPARED_ITEMS = 2, 6


@dataclass(frozen=True)
class ComparisonKind:
    """What can be compared: `key` is its parameter of an address (`t=27,61`), whose codes are those of `filters`.

    `noun` names one and several of them, in French.
    """

    key: str
    filters: tuple[str, ...]
    noun: tuple[str, str]


COMPARISON_KINDS = (
    ComparisonKind("t", ("dep", "epci"), ("territoire", "territoires")),
    ComparisonKind("partenaires", ("partenaire",), ("partenaire", "partenaires")),
    ComparisonKind("dispositifs", ("dispositif",), ("dispositif", "dispositifs")),
    ComparisonKind("porteurs", ("porteur",), ("type de porteur", "types de porteurs")),
)
TERRITORY_KIND = COMPARISON_KINDS[0]


class ComparedItem(NamedTuple):
    """One thing of a comparison: the key of its filter and its code, `dep` and `61`."""

    filter_key: str
    code: str


ComparedItems = tuple[ComparedItem, ...]  # of one kind, in the order of the address


def kind_of_items(items: ComparedItems) -> ComparisonKind:
    """The kind of some items; territories without any."""
    return next((kind for kind in COMPARISON_KINDS if items and items[0].filter_key in kind.filters), TERRITORY_KIND)


def read_compared_items(
    parameters: Mapping[str, Sequence[str]], options: FilterOptions, notices: list[str]
) -> ComparedItems:
    """The items of a query, MAX_COMPARED_ITEMS at most, of the first kind that has any; ignored ones are added to the
    notices.
    """
    chosen: ComparedItems = ()
    for kind in COMPARISON_KINDS:
        items = _known_items(kind, parameters.get(kind.key, ()), options, notices)
        if items and chosen:
            notices.append(
                f"Une comparaison ne porte que sur des choses de même nature{NARROW}: les {kind.noun[1]} ont été "
                "ignorés."
            )
        chosen = chosen or items
    if len(chosen) > MAX_COMPARED_ITEMS:
        limit = number(MAX_COMPARED_ITEMS)
        notices.append(
            f"Une comparaison a {limit} {kind_of_items(chosen).noun[1]} au plus{NARROW}: seuls les {limit} premiers "
            "sont montrés."
        )
    return chosen[:MAX_COMPARED_ITEMS]


def _known_items(
    kind: ComparisonKind, texts: Sequence[str], options: FilterOptions, notices: list[str]
) -> ComparedItems:
    keys = {option.code: key for key in kind.filters for option in options.by_filter.get(key, ())}
    codes = dict.fromkeys(texts)
    notices.extend(unknown_choice_notice(f"comparaison de {kind.noun[1]}", code) for code in codes if code not in keys)
    return tuple(ComparedItem(keys[code], code) for code in codes if code in keys)
