"""Filter controls ↔ query, both ways: what the controls hold, and what to set them to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dash import Input, Output, no_update

from dashboard import ids
from dashboard.components.filter_bar import (
    filter_options,
    filter_value,
    is_within,
    since_value,
    until_value,
)
from data.selection import FILTERS, Known, Selection

NARROWED = tuple(one for one in FILTERS if one.key == "epci")  # filters whose options depend on another


@dataclass(frozen=True)
class Controls:
    """What the controls hold, as the client says: codes by filter in the order of FILTERS, then the two dates."""

    choices: tuple[tuple[str, ...], ...]
    since: str
    until: str

    @staticmethod
    def of(values: Sequence[Any]) -> Controls:
        """From the values of `control_inputs()`, in their order; anything that is no text is nothing."""
        *choices, since, until = values
        return Controls(tuple(_texts(one) for one in choices), _text(since), _text(until))

    def is_typing(self) -> bool:
        """Whether a year is being typed: its first digits make a date of the first centuries."""
        return any(day and day < "1000" for day in (self.since, self.until))

    def query(self) -> str:
        """The query they mean, to be parsed like any other."""
        parts = [(one.key, code) for one, codes in zip(FILTERS, self.choices, strict=True) for code in codes]
        return urlencode([*parts, *((key, day) for key, day in (("du", self.since), ("au", self.until)) if day)])


def _texts(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(item for item in items if isinstance(item, str) and item)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def control_inputs() -> list[Input]:
    """The value of every filter's control, then of the two dates."""
    return [
        *(Input(ids.filter_choice(one.key), "value") for one in FILTERS),
        Input(ids.SINCE, "value"),
        Input(ids.UNTIL, "value"),
    ]


def control_outputs() -> list[Output]:
    """The same, to be set."""
    return [Output(one.component_id, one.component_property) for one in control_inputs()]


def control_values(selection: Selection) -> list[Any]:
    """What the controls show for a selection."""
    return [*(filter_value(one, selection) for one in FILTERS), since_value(selection), until_value(selection)]


def options_outputs() -> list[Output]:
    """The lists of options that another filter narrows."""
    return [Output(ids.filter_choice(one.key), "options") for one in NARROWED]


def options_values(selection: Selection, known: Known, before: Selection) -> list[Any]:
    """Their values, each sent only when it is not what it was."""
    options = ((filter_options(one, selection, known), filter_options(one, before, known)) for one in NARROWED)
    return [no_update if now == then else now for now, then in options]


def narrowed(selection: Selection, known: Known) -> Selection:
    """The selection without the choices that the chosen départements leave out."""
    for one in NARROWED:
        kept = {option.code for option in known.options[one.key] if is_within(option, selection)}
        selection = selection.choosing(one.key, (code for code in selection.codes(one.key) if code in kept))
    return selection
