"""Values taken from a list: declared choices, known schemes and partners, yes or no."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping

from data.i18n import fold
from data.sources import Choice, fold_header
from etl.typing.parsed import Parsed, allowed, refused
from etl.typing.references import reference_reader
from etl.typing.texts import clean, masked

_YES_NO = {
    **dict.fromkeys(("oui", "o", "vrai", "true", "1", "yes", "y", "x"), True),
    **dict.fromkeys(("non", "n", "faux", "false", "0", "no"), False),
}
_BETWEEN = re.compile(r"[|,;]")


def read_yes_no(text: str) -> Parsed:
    """« Oui », « non » and the usual other spellings."""
    value = _YES_NO.get(fold_header(text))
    return refused(f"valeur inconnue\u202f: {allowed(['oui', 'non'])} est attendu") if value is None else Parsed(value)


def _codes(choices: tuple[Choice, ...]) -> dict[str, str]:
    """Folded spelling -> code."""
    spellings = ((text, choice.code) for choice in choices for text in (choice.code, *choice.synonyms, choice.label))
    return {fold_header(text): code for text, code in spellings}


def choice_reader(choices: tuple[Choice, ...], *, is_open: bool) -> Callable[[str], Parsed]:
    """Reads one of `choices`, whatever its case and accents."""
    codes = _codes(choices)
    unknown = refused(f"valeur inconnue\u202f: {allowed([choice.label for choice in choices])} est attendu")

    def read(text: str) -> Parsed:
        code = codes.get(fold_header(text))
        if code:
            return Parsed(code)
        return Parsed(masked(clean(text)), note="valeur hors de la liste, gardée telle quelle") if is_open else unknown

    return read


def choices_reader(choices: tuple[Choice, ...], *, is_open: bool) -> Callable[[str], Parsed]:
    """Reads several of `choices`: « Fab lab | coworking » -> |coworking|fablab|."""
    codes = _codes(choices)
    unknown = refused(
        f"valeur inconnue\u202f: {allowed([choice.label for choice in choices])} est attendu, séparés par |"
    )

    def read(text: str) -> Parsed:
        parts = [part for part in map(fold, map(clean, _BETWEEN.split(masked(text)))) if part]
        found = {part: codes.get(fold_header(part)) for part in parts}
        if None in found.values() and not is_open:
            return unknown
        kept = sorted({code or part for part, code in found.items()})
        value = f"|{'|'.join(kept)}|" if kept else ""
        note = "valeur hors de la liste, gardée telle quelle" if None in found.values() else None
        return Parsed(value, note=note, after=", ".join(kept) if note else None)

    return read


def places_reader(places: Container[str]) -> Callable[[str], Parsed]:
    """Reads several id_lieu: « TL-001 | TL-002 » -> |TL-001|TL-002|; unknown ones are left out and signalled."""

    def read(text: str) -> Parsed:
        codes = dict.fromkeys(code for part in _BETWEEN.split(text) if (code := clean(part)))
        known = [code for code in codes if code in places]
        value = f"|{'|'.join(known)}|" if known else ""
        note = "tiers-lieu inconnu, laissé de côté" if len(known) < len(codes) else None
        return Parsed(value, note=note, after=", ".join(known) if note else None)

    return read


def known_reader(known: Mapping[str, str], what: str) -> Callable[[str], Parsed]:
    """Reads the code or the label of something already loaded (`what`: « Dispositif »)."""
    exact = {**{label: code for code, label in known.items()}, **{code: code for code in known}}
    alike: dict[str, set[str]] = {}
    for text, code in exact.items():
        alike.setdefault(fold_header(text), set()).add(code)
    wanted = f"{allowed(sorted(known))} est attendu" if known else "aucun n’est encore chargé"

    def code_of(text: str) -> str | None:
        """The code or label as it is written, else the only one that differs by case, accents or punctuation."""
        found = alike.get(fold_header(text), set())
        return exact.get(text) or (next(iter(found)) if len(found) == 1 else None)

    return reference_reader(code_of, f"{what} inconnu\u202f: {wanted}")
