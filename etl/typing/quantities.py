"""Amounts, counts, shares, years and coordinates."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from data.i18n import number
from data.sources import Column
from etl.typing.lambert import is_metric
from etl.typing.numbers import is_nothing, parse_number_text, read_number
from etl.typing.parsed import Parsed, normalised, refused

HUGE_AMOUNT = "montant de plus de 10 millions d’euros, à vérifier"
HUGE_EUROS = Decimal(10_000_000)
_MAX_EUROS = Decimal(10_000_000_000)
_FLOAT_NOISE = Decimal("1e-9")  # what binary fractions leave of a whole number: 11.999999999999998
_NEGATIVE = "nombre négatif\u202f: un nombre positif ou nul est attendu"
_MAX_WHOLE = 2_147_483_647  # an integer of the database
_PERCENT = re.compile(r"(.*?)\s*%", re.DOTALL)
# No coordinate groups its thousands: a comma or a dot is the decimal mark.
_DEGREES = re.compile(r"([-−]?)(\d{1,7})(?:[.,](\d+))?", re.ASCII)
# A workbook stores 01/01/2023 where it shows 2023.
_DATED_YEAR = re.compile(r"(\d{4})-\d{2}-\d{2}(?:T[\d:.]+)?|\d{2}/\d{2}/(\d{4})", re.ASCII)
_YEAR = re.compile(r"(\d{4})(?:[.,]0+)?", re.ASCII)
# What nearly every cell holds: read at once, a file has hundreds of thousands of them.
_COMMON_FORM = re.compile(r"(\d{1,7})(?:[.,](\d{1,2}))?", re.ASCII)
_NORMALISED = "nombre lu sans ses espaces, signes de milliers ou symbole €"


def _nothing(text: str) -> Parsed | None:
    return Parsed(None, note="valeur absente (NaN, infini), lue comme une case vide") if is_nothing(text) else None


def read_amount(text: str, marks: frozenset[str], column: Column) -> Parsed:
    """Euros as cents. A zero is only odd where an amount is the point of the row."""
    ordinary = _COMMON_FORM.fullmatch(text)
    cents = int(ordinary[1]) * 100 + int((ordinary[2] or "").ljust(2, "0")) if ordinary else 0
    if cents:
        return Parsed(cents)
    found = read_number(text, marks)
    if isinstance(found, str):
        return _nothing(text) or refused(found)
    euros, changed = found
    if euros < 0 and not column.signed:
        return refused("montant négatif\u202f: une annulation se déclare à part, et non par un montant négatif")
    if abs(euros) > _MAX_EUROS:
        return refused("montant impossible (plus de 10 milliards d’euros)\u202f: vérifiez l’unité")
    cents = int((euros * 100).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
    shown = f"{number(Decimal(cents) / 100, 2)}\u202f€"
    odd = _odd_amount(euros, rounded=cents != euros * 100, required=column.required)
    return Parsed(cents, note=odd, after=shown) if odd else normalised(cents, changed, _NORMALISED, shown)


def _odd_amount(euros: Decimal, *, rounded: bool, required: bool) -> str | None:
    if abs(euros) > HUGE_EUROS:
        return HUGE_AMOUNT
    if rounded:
        return "plus de deux décimales, arrondi au centime"
    return "montant nul, à vérifier" if required and not euros else None


def read_whole(text: str, marks: frozenset[str]) -> Parsed:
    """A count: whole and not negative; « 12,0 » is 12."""
    if len(text) < 10 and text.isascii() and text.isdigit():
        return Parsed(int(text))
    found = read_number(text, marks)
    if isinstance(found, str):
        return _nothing(text) or refused(found)
    value, changed = found
    if not 0 <= value <= _MAX_WHOLE:
        return refused(_NEGATIVE if value < 0 else "nombre impossible (plus de 2 milliards)\u202f: vérifiez la valeur")
    nearest = value.quantize(Decimal(1), rounding=ROUND_HALF_EVEN)
    if abs(value - nearest) > _FLOAT_NOISE:
        return refused("nombre à virgule\u202f: un nombre entier est attendu")
    if value != nearest:
        return Parsed(int(nearest), note="nombre calculé par un tableur, arrondi à l’unité", after=number(nearest))
    return normalised(int(value), changed or not text.isdigit(), _NORMALISED, number(value))


def read_decimal(text: str, marks: frozenset[str], column: Column) -> Parsed:
    """A number, as a float; a negative one only where the column is signed."""
    found = read_number(text, marks)
    if isinstance(found, str):
        return _nothing(text) or refused(found)
    value, changed = found
    if value < 0 and not column.signed:
        return refused("nombre négatif\u202f: un nombre positif ou nul est attendu")
    return normalised(float(value), changed, _NORMALISED, str(value).replace(".", ","))


def share_style(text: str) -> str | None:
    """`%` or `1`: how a share is written; None for a zero, which is the same in both."""
    bare = _PERCENT.fullmatch(text)
    if bare:
        return "%"
    return None if not text.strip("0.,") else "1"


def read_share(text: str, styles: frozenset[str]) -> Parsed:
    """A fraction between 0 and 1. `styles`: how the column writes them; a bare 1 among « 50 % » could be 1 %."""
    bare = _PERCENT.fullmatch(text)
    number_text = parse_number_text(bare[1] if bare else text)
    if isinstance(number_text, str):
        return _nothing(text) or refused("part illisible\u202f: écrivez 50\u202f% ou 0,5")
    if number_text.grouped or number_text.normalised:
        return refused("part illisible\u202f: écrivez 50\u202f% ou 0,5")
    if not bare and len(styles) > 1 and share_style(text):
        return refused("la colonne mêle des pourcentages et des fractions\u202f: écrivez 50\u202f% partout")
    mark = number_text.groups[0][0] if number_text.groups else None
    value = number_text.value(mark) / (100 if bare else 1)
    if value < 0:
        return refused("part négative\u202f: une part entre 0 et 100\u202f% est attendue")
    if value > 1:
        hint = (
            "une part ne dépasse pas 100\u202f%"
            if bare
            else "sans %, elle se lit entre 0 et 1. Écrivez 50\u202f% ou 0,5"
        )
        return refused(f"part trop grande\u202f: {hint}")
    return Parsed(float(value))


def read_year(text: str, today: date) -> Parsed:
    """A fiscal year in four digits, from 2000 to ten years ahead."""
    dated = _DATED_YEAR.fullmatch(text)
    found = dated or _YEAR.fullmatch(text)
    if not found:
        return _nothing(text) or refused("exercice illisible\u202f: une année comme 2025 est attendue")
    year = int(next(filter(None, found.groups())))
    if not 2000 <= year <= today.year + 10:
        return refused(f"exercice impossible\u202f: une année entre 2000 et {today.year + 10} est attendue")
    return Parsed(year, note="date lue comme son année", after=str(year)) if dated else Parsed(year)


def read_degrees(text: str, limit: int) -> Parsed:
    """Decimal degrees, within ± `limit`, or metres for `etl.typing.lambert`; a swap is seen later, on the whole row."""
    found = _DEGREES.fullmatch(text)
    if not found:
        return _nothing(text) or refused("coordonnée illisible\u202f: des degrés sont attendus, comme -0,37054")
    value = float(f"{found[2]}.{found[3] or 0}") * (-1 if found[1] else 1)
    if is_metric(value):
        return Parsed(value, note="coordonnées en mètres (Lambert-93), converties en degrés", once_per_column=True)
    if abs(value) > limit:
        return refused("coordonnée hors limites\u202f: des degrés décimaux sont attendus, comme 49,18287")
    return Parsed(value)
