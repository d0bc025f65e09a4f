"""Identifiers: what names one thing in several files, read by one rule where it is declared and where it is used."""

from __future__ import annotations

import re
from collections.abc import Callable

from data.sources import Column
from etl.typing.parsed import Parsed, Value, refused
from etl.typing.texts import clean, read_text

MAX_CHARACTERS = 200
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2})?", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE][+-]?\d+", re.ASCII)
_AS_WRITTEN = "gardé tel quel. Si un tableur l’a transformé, mettez la colonne au format texte et corrigez-le"


def why_no_identifier(text: str) -> str | None:
    """Why a text names nothing, in French; None when it may be an identifier."""
    if text.startswith("="):
        return "formule au lieu d’un identifiant\u202f: remplacez-la par sa valeur"
    if not any(letter.isalnum() for letter in text):
        return "identifiant sans lettre ni chiffre"
    return f"identifiant de plus de {MAX_CHARACTERS} caractères" if len(text) > MAX_CHARACTERS else None


def identifier_reader(column: Column) -> Callable[[str], Parsed]:
    """Reads the text as it is written; what names nothing is refused, or blanked where the column is optional."""

    def read(text: str) -> Parsed:
        value = clean(text)
        why = why_no_identifier(value)
        if why:
            return refused(why) if column.required else Parsed(None, note=f"{why} — laissé vide")
        if _DATE.fullmatch(value):
            return Parsed(value, note=f"date à la place d’un identifiant, {_AS_WRITTEN}")
        if _SCIENTIFIC.fullmatch(value):
            return Parsed(value, note=f"notation scientifique à la place d’un identifiant, {_AS_WRITTEN}")
        return read_text(value)

    return read


def reference_reader(known: Callable[[str], Value], unknown: str) -> Callable[[str], Parsed]:
    """Reads an identifier declared in another file; `known` returns its value, None when it is unknown."""

    def read(text: str) -> Parsed:
        value = clean(text)
        found = known(value)
        if found is None:
            return refused(why_no_identifier(value) or unknown)
        return Parsed(found)

    return read
