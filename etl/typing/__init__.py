"""French text → typed values: one reader for each kind of column."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from data.i18n import fold, quote_french
from data.sources import Column
from etl.reference_data import ReferenceData
from etl.typing import days, lists, quantities, territory
from etl.typing.identifiers import read_funder, read_rna, read_siret
from etl.typing.numbers import decimal_marks
from etl.typing.parsed import Parsed, Value, refused
from etl.typing.references import identifier_reader
from etl.typing.texts import is_nir, masked, read_text, read_url
from etl.workbooks.summary import MERGED, NOT_COMPUTED

Reader = Callable[[str], Parsed]

_ERROR = re.compile(
    r"#(?:N/A|N/D|NA|REF!?|DIV/0!?|VALUE!?|VALEUR!?|NAME\?|NOM\?|NULL!?|NUL!?|NUM!?|NOMBRE!?|SPILL!|PROPAGATION!|"
    r"CALC!|CALCUL!|FIELD!|CHAMP!|BLOCKED!|CONNECT!|BUSY!|GETTING_DATA)|#{3,}|Err\s?:\s?\d{3}",
    re.IGNORECASE,
)
_REPLACEMENT_CHARACTER = "\ufffd"
_NAME = "Null"  # a family name; NULL and null are what databases write
_MERGED_CELL = "cellule fusionnée avec celle du dessus\u202f: écrivez sa valeur à chaque ligne"
_LOST_ACCENTS = "accents détruits (�)\u202f: redemandez le fichier en UTF-8, ou corrigez la cellule"
_CALCULATION_ERROR = "erreur de calcul du tableur\u202f: corrigez la formule, ou remplacez-la par sa valeur"
_NO_RESULT = "formule sans résultat\u202f: ouvrez le classeur, recalculez-le, puis enregistrez-le"
# Damage done to the file: what the cell held is in another copy of it.
_DAMAGED = frozenset({_MERGED_CELL, _LOST_ACCENTS, _CALCULATION_ERROR, _NO_RESULT})
_NUMERIC = frozenset({"amount", "whole", "number"})
# An optional cell of these kinds never costs its row. References and lists do: a row must not say something else.
_LEFT_EMPTY = frozenset({"day", "amount", "whole", "number", "share", "year", "yes_no", "lon", "lat"})
# Their readers handle `=`.
_LITERAL_KINDS = frozenset({"text", "identifier", "place", "places", "aid", "scheme", "partner", "criterion"})


@dataclass(frozen=True)
class ColumnConventions:
    """The conventions of one column for what can be written in two ways, as far as its texts have proved them.

    `marks`: decimal marks; `shares`: `%` and `1`; `american`: dates that can only have the month first.
    """

    marks: frozenset[str] = frozenset()
    shares: frozenset[str] = frozenset()
    american: tuple[str, ...] = ()

    def updated_with(self, texts: Collection[str], column: Column) -> ColumnConventions:
        """These conventions, completed by those that more texts of the column prove."""
        if column.kind in _NUMERIC:
            return ColumnConventions(marks=self.marks | decimal_marks(texts))
        if column.kind == "share":
            found = {style for style in map(quantities.share_style, texts) if style}
            return ColumnConventions(shares=self.shares | found)
        if column.kind == "day":
            return ColumnConventions(american=self.american or days.american_dates(texts))
        return self


def parse(text: str, column: Column, reference: ReferenceData) -> Parsed:
    """One cell, read on its own."""
    return reader(column, reference, ColumnConventions().updated_with([text], column))(text)


def reader(column: Column, reference: ReferenceData, conventions: ColumnConventions) -> Reader:
    """Reads the cells of one column; blank cells (null) are the caller's business."""
    read = _kind_reader(column, reference, conventions)
    empty = frozenset(map(fold, column.empty_words))
    longest = 2 * max(map(len, empty), default=0)
    initials = frozenset(text[:1] for text in empty)

    def is_empty_word(text: str) -> bool:
        may_be = len(text) <= longest and (text[0].lower() in initials or not text[0].isascii())
        return may_be and text != _NAME and fold(text) in empty

    def read_cell(text: str) -> Parsed:
        damage = _damage(text, column)
        if damage:
            return refused(damage)
        if not text.strip():
            return Parsed(None)
        if is_empty_word(text):
            return Parsed(None, note=f"{quote_french(text)} lu comme une case vide", once_per_column=True)
        return read(text)

    def read_or_leave_empty(text: str) -> Parsed:
        parsed = read_cell(text)
        if not parsed.refusal or parsed.refusal in _DAMAGED:
            return parsed
        return Parsed(None, note=f"{parsed.refusal} — case laissée vide", after=parsed.after, unreadable=True)

    can_be_left_empty = column.kind in _LEFT_EMPTY and not column.required and column.default is None
    return read_or_leave_empty if can_be_left_empty else read_cell


def _damage(text: str, column: Column) -> str | None:
    """Why the cell no longer holds what was written in it; None when it does."""
    if text == MERGED:
        return _MERGED_CELL
    if _REPLACEMENT_CHARACTER in text:
        return _LOST_ACCENTS
    if _ERROR.fullmatch(text):
        return _CALCULATION_ERROR
    is_formula = text.startswith("=") and column.kind not in _LITERAL_KINDS
    return _NO_RESULT if text == NOT_COMPUTED or is_formula else None


def _kind_reader(column: Column, reference: ReferenceData, conventions: ColumnConventions) -> Reader:
    known: dict[str, Callable[[], Reader]] = {
        "text": lambda: read_text,
        "identifier": lambda: identifier_reader(column),
        "day": lambda: lambda text: days.read_day(text, reference.today, american=conventions.american),
        "amount": lambda: lambda text: quantities.read_amount(text, conventions.marks, column),
        "whole": lambda: lambda text: quantities.read_whole(text, conventions.marks),
        "number": lambda: lambda text: quantities.read_decimal(text, conventions.marks, column),
        "share": lambda: lambda text: quantities.read_share(text, conventions.shares),
        "year": lambda: lambda text: quantities.read_year(text, reference.today),
        "yes_no": lambda: lists.read_yes_no,
        "commune": lambda: territory.commune_reader(reference),
        "insee": lambda: territory.insee_reader(reference),
        "siret": lambda: read_siret,
        "funder": lambda: read_funder,
        "rna": lambda: read_rna,
        "url": lambda: read_url,
        "choice": lambda: lists.choice_reader(column.choices, is_open=column.open),
        "choices": lambda: lists.choices_reader(column.choices, is_open=column.open),
        "place": lambda: territory.place_reader(reference),
        "places": lambda: lists.places_reader(reference.places),
        "aid": lambda: territory.aid_reader(reference),
        "scheme": lambda: lists.known_reader(reference.schemes, "dispositif"),
        "partner": lambda: lists.known_reader(reference.partners, "partenaire"),
        "criterion": lambda: lists.known_reader(reference.criteria, "critère"),
        "territory": lambda: territory.territory_reader(reference),
        "territories": lambda: territory.territories_reader(reference),
        "lon": lambda: lambda text: quantities.read_degrees(text, 180),
        "lat": lambda: lambda text: quantities.read_degrees(text, 90),
    }
    return known[column.kind]()


__all__ = ["ColumnConventions", "Parsed", "Reader", "Value", "is_nir", "masked", "parse", "reader"]
