"""The declaration of a source: the columns of one kind of input file.

Recognition of files, checks and messages, templates and Table Schemas are derived from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from data.i18n import fold

_EURO_SUFFIX = re.compile(r"(?<=\w)[\s_(\[]+(en )?(€|euros?)[)\]\s*]*$")

_MARK_AS_TEXT = "ï»¿"  # the mark of UTF-8, read as Windows-1252 and saved again
_EMPTY_WHEN_OPTIONAL = (
    *("null", "(null)", "<null>", "\\N", "nd", "n.d.", "s.o.", "sans objet", "non renseigné", "non renseignée"),
    *("nr", "n.r.", "non concerné", "non applicable", "non défini", "non disponible", "inconnu", "aucun", "aucune"),
    *("rien", "(vide)", "vide", "à compléter", "à définir", "à préciser", "—", "–", "--", "/", "?"),
)
"""Met in optional cells of public files and exports: none of them is a value there."""

Kind = Literal[
    "text",  # free text, NFC, at most 2 000 characters
    "identifier",  # what names one thing in several files: as it is written, never a formula, at most 200 characters
    "day",  # date
    "amount",  # euros, two decimals, not negative
    "whole",  # whole number, not negative
    "number",  # decimal number, not negative
    "share",  # fraction between 0 and 1; "50 %" is one too
    "year",  # fiscal year
    "yes_no",
    "commune",  # INSEE code of a commune of Normandie, today's or former
    "insee",  # INSEE code of any commune; one outside Normandie is kept, with a remark
    "siret",  # a SIREN alone goes to `siren`; blanked and signalled when it is destroyed or fails its checksum
    "rna",  # number of an association: W and nine digits
    "url",  # address of a page; one that runs something is refused
    "funder",  # SIREN (a SIRET is cut to it), or the name of a funder without one
    "choice",  # one of `choices`
    "choices",  # several of `choices`, separated by |
    "place",  # id_lieu of a tiers-lieu already loaded
    "places",  # several of them, separated by |; an unknown one is left out and signalled
    "aid",  # reference of an aid file already loaded
    "scheme",  # code or label of a known scheme
    "partner",  # code or label of a known partner
    "criterion",  # code or label of a known criterion of the service standard
    "territory",  # empty (the Région), a département, an intercommunalité
    "territories",  # several of them, separated by |
    "lon",
    "lat",
]

LIST_KINDS: frozenset[Kind] = frozenset({"choices", "places", "territories"})
"""Kinds of which a value is a list, kept as `|one|two|`; no value is an empty text."""


@dataclass(frozen=True)
class Choice:
    """One allowed value: what the database keeps, what the Région writes, other spellings, and the plural with which a
    sentence counts it, where one does.
    """

    code: str
    label: str
    synonyms: tuple[str, ...] = ()
    plural: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a source.

    `name` is the column of the database that it fills (or a step of a transform), `header` what the Région writes
    above it, `synonyms` other spellings met (compared without case, accents, spaces or punctuation). `empty` lists
    texts that mean nothing here, beside the blank; `default` fills a blank or absent optional cell. `unit` is written
    after its number on screen. What templates and schemas say of a column is in `data.sources.values`.
    """

    name: str
    header: str
    kind: Kind = "text"
    required: bool = False
    choices: tuple[Choice, ...] = ()
    synonyms: tuple[str, ...] = ()
    empty: tuple[str, ...] = ("-", "néant", "n.c.", "nc", "n/a", "ne rien indiquer", "non communiqué")
    default: str | None = None
    open: bool = False  # a choice not in the list is kept as it is written (typologies)
    signed: bool = False  # an amount or number that may be negative; checks restrict it to some rows
    unit: str = ""
    help: str = ""
    example: str = ""  # where that of its kind would not do

    @property
    def empty_words(self) -> tuple[str, ...]:
        """The texts that mean nothing here; an optional column has more of them."""
        return self.empty if self.required else (*self.empty, *_EMPTY_WHEN_OPTIONAL)

    def spellings(self) -> frozenset[str]:
        """Every header that means this column, folded."""
        return frozenset(fold_header(text) for text in (self.header, *self.synonyms))


@dataclass(frozen=True)
class Source:
    """One kind of input file.

    `table` is the version table that one row fills; `key` its natural key, in names of `columns`. `complete_for` are
    key columns: a file is complete for each of their values that it holds, so a live row of such a value that is absent
    from the file ends. `amount` is the column counted as « non compté » when a row is refused; `dated` the column with
    the day of the fact. `agreement` is the ending of the French participle after the label (« délibérations non
    chargées »). `supplements` names the source that this one replaces, in whole or in part, when that one was never
    loaded. `identifies` is the kind of column by which other sources refer to a row of this one, by its key.

    `is_full_list`: each file is meant to hold the whole list, so rows absent from the latest one are reported.
    `is_scheduled`: its days are set in advance, they are no facts. `is_continuous`: facts come all year, so an old last
    fact means that files are missing.
    `replaces_packaged`: a file of the Région stands for the whole list, so the rows packaged with the application that
    it lacks end.
    `holds_facts`: a database without any loaded source of this kind has no data to show.
    """

    name: str
    label: str  # « registre du label », as in the source line of a card
    table: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    complete_for: tuple[str, ...] = ()
    amount: str | None = None
    dated: str | None = None
    help: str = ""
    signature: tuple[str, ...] = field(default=())  # columns that tell the source when several could match
    agreement: Literal["", "e", "s", "es"] = ""
    supplements: str = ""
    identifies: Kind | None = None
    is_full_list: bool = False
    is_scheduled: bool = False
    is_continuous: bool = False
    replaces_packaged: bool = False
    holds_facts: bool = False

    @property
    def never_loaded_text(self) -> str:
        """« registre du label non chargé »: why a figure that rests on it is unknown."""
        return f"{self.label} non chargé{self.agreement}"

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError."""
        return next((column for column in self.columns if column.name == name), None) or _missing_column(
            self.name, name
        )

    def recognise(self, headers: Sequence[str]) -> dict[int, Column]:
        """Position in the file -> column, for the headers that this source knows."""
        known = _columns_by_spelling(self.columns)
        folded = (known.get(fold_header(header)) for header in headers)
        return {position: column for position, column in enumerate(folded) if column}


@cache
def _columns_by_spelling(columns: tuple[Column, ...]) -> Mapping[str, Column]:
    """Each spelling of a header -> its column; no two columns of a source share one."""
    return {spelling: column for column in columns for spelling in column.spellings()}


def _missing_column(source: str, name: str) -> Column:
    raise KeyError(f"{source} has no column {name}")


def fold_header(header: str) -> str:
    """« Montant (en €) », `montant_€`, `MONTANT*` -> montant: letters and digits only, without accents, case or unit.

    Euros are the only unit left out: « montant (k€) » is no amount in euros. `Nº` is `N°`.
    """
    bare = _EURO_SUFFIX.sub("", fold(header.removeprefix(_MARK_AS_TEXT).replace("º", "°")))
    return "".join(letter for letter in bare if letter.isalnum())
