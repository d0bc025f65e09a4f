"""Numbers as people in France write them. A dot or a comma that could mean two things is never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

OTHER_MARK = {",": ".", ".": ","}
_EURO = re.compile(r"^€ ?| ?(?:€|euros?|eur)$", re.IGNORECASE)
_SHAPE = re.compile(r"(\d{1,3}(?: \d{3})+|\d+)((?:[.,]\d+)*)", re.ASCII)
_GROUP = re.compile(r"([.,])(\d+)", re.ASCII)
_NEGATIVE = re.compile(r"\((?P<inner>.*)\)|[-−–] ?(?P<left>.*)|(?P<right>.*\d) ?[-−–]")
_COMMON_FORM = re.compile(r"\d+[.,]\d\d?", re.ASCII)
_MAX_CHARACTERS = 40
_REASONS = (
    (
        re.compile(r"\d[.,]?\d*[eE][+-]?\d"),
        "notation scientifique (1E+5)\u202f: le tableur a perdu des chiffres, retrouvez le nombre d’origine",
    ),
    (
        re.compile(r"(?<![a-z])[km] ?€|(?<![a-z])k(?:ilo)?-?euros?\b|\bmillions?\b|\bmilliers?\b", re.IGNORECASE),
        "montant en k€ ou en M€\u202f: écrivez-le en euros, par exemple 12\u202f300,00",
    ),
    (
        re.compile(r"environ|\benv\b|\bca\b|près de|autour de|[~≈±<>]", re.IGNORECASE),
        "valeur approximative\u202f: une valeur exacte est attendue",
    ),
    (
        re.compile(r"(?:/|par) ?(?:an|mois|trimestre|semestre|jour)\b|annuel|mensuel", re.IGNORECASE),
        "valeur par an ou par mois\u202f: le total est attendu",
    ),
)
_NOT_A_NUMBER = re.compile(r"[+-]?(?:nan|inf|infinity|infini|∞)", re.IGNORECASE)


@dataclass(frozen=True)
class NumberText:
    """A number as written: the digits before the mark, the marks and the digits after each, its sign."""

    whole: str
    groups: tuple[tuple[str, str], ...]
    negative: bool = False
    spaced: bool = False
    normalised: bool = False

    @property
    def ambiguous(self) -> bool:
        """« 1.500 » is one thousand five hundred in some columns and one and a half in others."""
        return (
            len(self.groups) == 1
            and len(self.groups[0][1]) == 3
            and len(self.whole) <= 3
            and self.whole[0] != "0"
            and not self.spaced
        )

    @property
    def grouped(self) -> bool:
        """« 1.500,00 » or « 1.500.000 »: a mark groups the thousands, so the other one is the decimal mark."""
        return len(self.groups) > 1

    @property
    def decimal(self) -> str | None:
        """The decimal mark that this writing proves; None when it proves none."""
        if not self.groups or self.ambiguous:
            return None
        last = self.groups[-1][0]
        return OTHER_MARK[last] if self.grouped and self.groups[0][0] == last else last

    def value(self, decimal: str | None) -> Decimal:
        """The number, once it is known which mark separates the decimals."""
        digits, fraction = self.whole, ""
        for mark, group in self.groups:
            if mark == decimal:
                fraction = group
            else:
                digits += group
        number = Decimal(f"{digits}.{fraction or 0}")
        return -number if self.negative else number


def is_nothing(text: str) -> bool:
    """NaN, inf: what a program writes when it has no number."""
    return bool(_NOT_A_NUMBER.fullmatch(text))


def parse_number_text(text: str) -> NumberText | str:
    """How the number is written, or why it is none (a French sentence)."""
    spaced = " ".join(text.split())
    bare = _EURO.sub("", spaced)
    sign = _NEGATIVE.fullmatch(bare)
    core = (next(part for part in sign.groups() if part is not None) if sign else bare.removeprefix("+")).strip()
    shape = _SHAPE.fullmatch(_EURO.sub("", core)) if len(core) <= _MAX_CHARACTERS else None
    if not shape:
        return _why_not(text)
    groups = tuple(_GROUP.findall(shape[2]))
    digits = shape[1].replace(" ", "")
    number_text = NumberText(digits, groups, bool(sign), " " in shape[1], normalised=shape[0] != text.removeprefix("-"))
    return number_text if _well_grouped(number_text) else _why_not(text)


def _well_grouped(number_text: NumberText) -> bool:
    """Thousands in threes, by one mark, and at most one other mark after them."""
    if not number_text.grouped:
        return True
    marks = [mark for mark, _ in number_text.groups]
    thousands = number_text.groups if marks[0] == marks[-1] else number_text.groups[:-1]
    return (
        not number_text.spaced
        and len(number_text.whole) <= 3
        and {mark for mark, _ in thousands} == {marks[0]}
        and all(len(group) == 3 for _, group in thousands)
    )


def _why_not(text: str) -> str:
    if any(letter.isdigit() and not letter.isascii() for letter in text):
        return "chiffres d’un autre alphabet\u202f: écrivez le nombre avec les chiffres 0 à 9"
    reason = next((message for pattern, message in _REASONS if pattern.search(text)), None)
    return reason or "nombre illisible\u202f: écrivez par exemple 1\u202f500 ou 1500,50"


def decimal_marks(texts: Iterable[str]) -> frozenset[str]:
    """The decimal marks that these texts prove: one in a consistent column, two in one that mixes conventions."""
    found: set[str] = set()
    for text in texts:
        if _COMMON_FORM.fullmatch(text):
            found.add(text[-2] if text[-2] in OTHER_MARK else text[-3])
        elif "," in text or "." in text:
            number_text = parse_number_text(text)
            if isinstance(number_text, NumberText) and number_text.decimal:
                found.add(number_text.decimal)
    return frozenset(found)


def read_number(text: str, marks: frozenset[str]) -> tuple[Decimal, bool] | str:
    """The number and whether its writing was tidied, or why it is refused. `marks`: what the column has proved."""
    number_text = parse_number_text(text)
    if isinstance(number_text, str):
        return number_text
    decimal = number_text.decimal
    if number_text.ambiguous:
        if len(marks) != 1:
            return (
                "nombre ambigu\u202f: le point ou la virgule peut séparer les milliers ou les décimales, et le reste "
                "de la colonne ne permet pas de trancher. Écrivez 1500 ou 1,50"
            )
        decimal = next(iter(marks))
    elif number_text.grouped and len(marks) > 1:
        return (
            "la colonne mêle deux façons d’écrire les milliers et les décimales (1.500,00 et 1,500.00)\u202f: "
            "écrivez 1500,00 partout"
        )
    normalised = (
        number_text.normalised or (number_text.ambiguous and number_text.groups[0][0] != decimal) or number_text.grouped
    )
    return number_text.value(decimal), normalised
