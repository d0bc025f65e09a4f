"""What exported files are called."""

from __future__ import annotations

import re
from datetime import date

from data.filters import FILTERS
from data.i18n import fold
from data.selection import FilterOptions, Selection

MAX_NAMED_CHOICES = 3  # choices of a filter that a name can hold; more are counted
MAX_CHOICE_LETTERS = 40  # letters of one choice


def file_stem(slug: str, selection: Selection, options: FilterOptions, demonstration: bool = False) -> str:
    """'trajectoire', the Orne in 2020 -> 'tiers-lieux_trajectoire_orne_2020-01-01_2020-12-31', without an extension.

    Every filter that narrows the figures is in the name, and demonstration data say so: two files of different figures
    never have the same name.
    """
    chosen = [_choices_text(one.key, selection.codes(one.key), options) for one in FILTERS if selection.codes(one.key)]
    days = [day.isoformat() for day in _days(selection)]
    nature = ["demonstration"] if demonstration else []
    return "_".join(["tiers-lieux", slug, *chosen, *days, *nature])


def _days(selection: Selection) -> list[date]:
    return [selection.since, selection.until] if selection.since else [selection.until]


def _choices_text(key: str, codes: tuple[str, ...], options: FilterOptions) -> str:
    """'orne-et-manche', '5-epci', 'porteur-prive'; a territory needs no name of its filter."""
    if len(codes) > MAX_NAMED_CHOICES:
        return f"{len(codes)}-{key}"
    words = "-et-".join(_file_name_part(options.label(key, code)) for code in codes)
    return words if key in ("dep", "epci") else f"{key}-{words}"


def _file_name_part(label: str) -> str:
    """Letters, digits and hyphens only: names travel through every system."""
    return re.sub(r"[^a-z0-9]+", "-", fold(label)).strip("-")[:MAX_CHOICE_LETTERS].strip("-")
