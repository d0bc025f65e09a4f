"""Filter controls and query, in both directions: the query of control values, the control values of a selection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dash import Input, Output

from dashboard import ids
from dashboard.components.filter_bar import (
    EPCI_FILTER,
    filter_value,
    is_in_chosen_departements,
    since_value,
    until_value,
)
from data.filters import FILTERS
from data.selection import FilterOptions, Selection


@dataclass(frozen=True)
class Controls:
    """The values of the controls sent by the client: codes by filter, in the order of FILTERS, then the two dates."""

    choices: tuple[tuple[str, ...], ...]
    since: str
    until: str

    @staticmethod
    def of(values: Sequence[Any]) -> Controls:
        """From the values of `control_inputs()`, in their order; values that are not texts are dropped."""
        *choices, since, until = values
        return Controls(tuple(_text_items(value) for value in choices), _text_or_empty(since), _text_or_empty(until))

    def is_typing(self) -> bool:
        """Whether a year is being typed: its first digits make a date in the first centuries."""
        return any(day and day < "1000" for day in (self.since, self.until))

    def query(self) -> str:
        """The query of these values, to be parsed as any other."""
        parts = [(filter_.key, code) for filter_, codes in zip(FILTERS, self.choices, strict=True) for code in codes]
        return urlencode([*parts, *((key, day) for key, day in (("du", self.since), ("au", self.until)) if day)])


def _text_items(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(item for item in items if isinstance(item, str) and item)


def _text_or_empty(value: Any) -> str:
    return value if isinstance(value, str) else ""


def control_inputs() -> list[Input]:
    """The value of every filter's control, then of the two dates."""
    return [
        *(Input(ids.filter_choice(filter_.key), "value") for filter_ in FILTERS),
        Input(ids.SINCE, "value"),
        Input(ids.UNTIL, "value"),
    ]


def control_outputs() -> list[Output]:
    """The outputs of the controls, in the order of `control_inputs()`."""
    return [Output(control.component_id, control.component_property) for control in control_inputs()]


def control_values(selection: Selection) -> list[Any]:
    return [*(filter_value(filter_, selection) for filter_ in FILTERS), since_value(selection), until_value(selection)]


def without_outside_epcis(selection: Selection, options: FilterOptions) -> Selection:
    """The selection without the intercommunalités outside the chosen départements."""
    inside = {option.code for option in options.by_filter[EPCI_FILTER] if is_in_chosen_departements(option, selection)}
    return selection.with_codes(EPCI_FILTER, (code for code in selection.codes(EPCI_FILTER) if code in inside))
