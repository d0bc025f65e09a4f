"""French as it is written: numbers, dates, lists, plurals. The only module that knows how.

Everything is for the screen and for sentences; exports keep typed values.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

NARROW = "\u202f"  # narrow no-break space: thousands, and before % ; : ! ?
MINUS = "\u2212"
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
MONTHS_SHORT = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


def number(value: float | Decimal, decimals: int = 0) -> str:
    """1234.5 -> '1 235' (half away from zero); 1234.5 with one decimal -> '1 234,5'; -3 -> '−3'."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(exact):,.{decimals}f}".replace(",", NARROW).replace(".", ",")
    return f"{MINUS}{text}" if exact < 0 else text


def exact_number(value: float | Decimal) -> str:
    """12500.5 -> '12 500,5'; 3.0 -> '3': with every decimal that it has."""
    exact = Decimal(str(value)).normalize()
    return number(exact, max(0, -int(exact.as_tuple().exponent)))


def percent(fraction: float | Decimal, decimals: int = 0) -> str:
    """0.34 -> '34 %'."""
    return f"{number(Decimal(str(fraction)) * 100, decimals)}{NARROW}%"


def euros(amount: float | Decimal) -> str:
    """225000 -> '225 000 €'; above a million '1,2 M€'."""
    if amount >= 1_000_000 or amount <= -1_000_000:
        return f"{number(Decimal(str(amount)) / 1_000_000, 1)}{NARROW}M€"
    return f"{number(amount)}{NARROW}€"


def count(value: float | Decimal, one: str, many: str) -> str:
    """2, 'lieu', 'lieux' -> '2 lieux'; French counts 0 and 1 in the singular."""
    return f"{number(value)} {agree(value, one, many)}"


def agree(value: float | Decimal, one: str, many: str, decimals: int = 0) -> str:
    """The word that goes with a number, as it is written with so many decimals: singular below 2."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return one if -2 < rounded < 2 else many


def day_short(day: date) -> str:
    """For tables: 31/12/2020."""
    return f"{day:%d/%m/%Y}"


def day_long(day: date) -> str:
    """For sentences: 31 décembre 2020, 1er mars 2021."""
    first = "er" if day.day == 1 else ""
    return f"{day.day}{first} {MONTHS[day.month - 1]} {day.year}"


def month_long(month: int) -> str:
    """202003 -> 'mars 2020'."""
    return f"{MONTHS[month % 100 - 1]} {month // 100}"


def sentence_list(items: Sequence[str], last: str = "et") -> str:
    """['a', 'b', 'c'] -> 'a, b et c'."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def uncapitalised(text: str) -> str:
    """'Aide Émergence' -> 'aide Émergence', for the middle of a sentence; an acronym keeps its capitals."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def quote_french(text: str) -> str:
    """« text », with the narrow spaces of French typography, cut to what a sentence bears."""
    shortened = text if len(text) <= 80 else f"{text[:79]}…"
    return f"«{NARROW}{shortened}{NARROW}»"


def fold(text: str) -> str:
    """Without case, accents or surplus spaces: how codes, labels and headers are compared and sorted."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("œ", "oe").replace("Œ", "OE"))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split())


@lru_cache(maxsize=4096)  # the sentences of findings and names of places come again and again
def search_key(text: str) -> str:
    """'L’Aigle' -> 'l aigle', 'St-Lô' -> 'saint lo', 'Cœur' -> 'coeur': how names are searched and sorted.

    Folded; hyphens and apostrophes are spaces, « st » and « ste » are « saint » and « sainte ». The browser's search
    does the same (assets/search_key.js).
    """
    parted = fold(text.replace("æ", "ae").replace("Æ", "AE")).replace("'", " ").replace("-", " ")
    return _SAINT_ABBREVIATION.sub(r"saint\1", " ".join(parted.split()))


def in_territory(name: str) -> str:
    """'Orne' -> 'dans l’Orne'; 'Normandie' -> 'en Normandie'; 'CC du Val d’Orne' -> 'dans la CC du Val d’Orne'."""
    article = "la " if name.startswith(_FEMININE_PREFIXES) else ""
    return _IN_TERRITORY.get(name, f"{_IN_PREFIX}{article}{name}")


def territory_with_article(name: str) -> str:
    """'Orne' -> 'l’Orne'; 'Seine-Maritime' -> 'la Seine-Maritime'; 'CC du Val d’Orne' -> 'la CC du Val d’Orne'."""
    return _WITH_ARTICLE.get(name) or in_territory(name).removeprefix(_IN_PREFIX)


def in_territories(names: Sequence[str]) -> str:
    """['Orne', 'Manche', 'Seine-Maritime'] -> 'dans l’Orne, la Manche et en Seine-Maritime'."""
    phrases = [in_territory(name) for name in names]
    follows = [before.startswith(_IN_PREFIX) for before in ("", *phrases)]
    return sentence_list(
        [phrase.removeprefix(_IN_PREFIX) if same else phrase for phrase, same in zip(phrases, follows, strict=False)]
    )


_SAINT_ABBREVIATION = re.compile(r"\bst(e?)\b", re.ASCII)
_IN_PREFIX = "dans "
_FEMININE_PREFIXES = ("CA ", "CC ", "CU ", "Métropole ")  # communauté, métropole
_IN_TERRITORY = {
    "Calvados": "dans le Calvados",
    "Eure": "dans l’Eure",
    "Manche": "dans la Manche",
    "Orne": "dans l’Orne",
    "Seine-Maritime": "en Seine-Maritime",
    "Normandie": "en Normandie",
}
_WITH_ARTICLE = {"Normandie": "la Normandie", "Seine-Maritime": "la Seine-Maritime"}  # « en » has none
