"""The result of parsing one cell, and helpers shared by all kinds of cells."""

from __future__ import annotations

from typing import NamedTuple

from data.i18n import quote_french, sentence_list

Value = str | int | float | bool | None


class Parsed(NamedTuple):
    """A cell ready for the database, or the reason why it is refused (a French sentence, without its value).

    `refusal` and `note` (what was normalised or looks odd) don't vary with the value: rows are grouped by them.
    `after`: what was understood or, of a refused cell, what to write in its place.
    `once_per_column`: the note is about a mere convention (« 10 000,00 € »), reported once for the column, not per row.
    `unreadable`: a text was there that no value could be made of; an optional cell is left empty for it.
    """

    value: Value
    refusal: str | None = None
    note: str | None = None
    after: str | None = None
    once_per_column: bool = False
    unreadable: bool = False


def refused(message: str, advice: str | None = None) -> Parsed:
    """No value: the row is set aside. `advice` may vary with the value."""
    return Parsed(None, refusal=message, after=advice)


def normalised(value: Value, when: bool, note: str, after: str) -> Parsed:
    """The value; `when` it was normalised, with a note reported once for the column."""
    return Parsed(value, note=note, after=after, once_per_column=True) if when else Parsed(value)


def allowed(labels: list[str]) -> str:
    """« a », « b » ou « c », at most thirty of them."""
    shown = [quote_french(label) for label in labels[:30]]
    return sentence_list([*shown, "…"] if len(labels) > 30 else shown, "ou")
