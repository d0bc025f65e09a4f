"""Names of exported files."""

from __future__ import annotations

import re
from datetime import date

from data.filters import FILTERS
from data.i18n import fold
from data.selection import FilterOptions, Selection, kind_of_items

MAX_NAMED_CHOICES = 3  # of a filter in a name; more are counted
TERRITORY_KEYS = ("dep", "epci")  # filters whose choices need no name
MAX_CHOICE_LETTERS = 40  # of one choice


def file_stem(slug: str, selection: Selection, options: FilterOptions, demonstration: bool = False) -> str:
    """'trajectoire', the Orne in 2020 -> 'tiers-lieux_trajectoire_orne_2020-01-01_2020-12-31', without an
    extension.

    The name has the territory (« normandie » for the whole Région), every other filter that applies and the period, and
    marks demonstration data: files of different figures have different names.
    """
    chosen = [
        _choices_text(filter_.key, selection.codes(filter_.key), options)
        for filter_ in FILTERS
        if selection.codes(filter_.key)
    ]
    days = [day.isoformat() for day in _days(selection)]
    nature = ["demonstration"] if demonstration else []
    region = [] if any(selection.codes(key) for key in TERRITORY_KEYS) else ["normandie"]
    return "_".join(["tiers-lieux", slug, *_compared_text(selection, options), *region, *chosen, *days, *nature])


def _compared_text(selection: Selection, options: FilterOptions) -> list[str]:
    """['eure-et-orne'], ['4-territoires']; nothing without a comparison."""
    names = selection.compared_names(options)
    if len(names) > MAX_NAMED_CHOICES:
        return [f"{len(names)}-{_file_name_part(kind_of_items(selection.compared).noun[1])}"]
    return ["-et-".join(map(_file_name_part, names))] if names else []


def _days(selection: Selection) -> list[date]:
    return [selection.since, selection.until] if selection.since else [selection.until]


def _choices_text(key: str, codes: tuple[str, ...], options: FilterOptions) -> str:
    """'orne-et-manche', '5-epci', 'porteur-prive'; a territory needs no name of its filter."""
    if len(codes) > MAX_NAMED_CHOICES:
        return f"{len(codes)}-{key}"
    names = "-et-".join(_file_name_part(options.label(key, code)) for code in codes)
    return names if key in TERRITORY_KEYS else f"{key}-{names}"


def _file_name_part(label: str) -> str:
    """Letters, digits and hyphens only: names travel through every system."""
    return re.sub(r"[^a-z0-9]+", "-", fold(label)).strip("-")[:MAX_CHOICE_LETTERS].strip("-")
