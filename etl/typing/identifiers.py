"""SIREN and SIRET: what a spreadsheet destroyed is never put together again by guessing."""

from __future__ import annotations

import re

from etl.typing.parsed import Parsed, normalised, refused
from etl.typing.texts import read_text

_LA_POSTE = "356000000"
_DIGITS = re.compile(r"'?(\d+)([.,]0+)?", re.ASCII)
_RNA = re.compile(r"W\d[0-9A-Z]\d{7}", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+", re.ASCII)
_BLANKED = "SIRET laissé vide"
_SIREN = "SIREN (9 chiffres) à la place du SIRET (14), gardé comme SIREN"
_PADDED = "SIRET de 13 chiffres, zéro de tête rétabli (clé vérifiée)"
_ONLY_SIREN = "seul son SIREN (9 premiers chiffres, clé vérifiée) est gardé"
_ROUNDED_FUNDER = f"SIRET du financeur arrondi par un tableur\u202f: {_ONLY_SIREN}"
_WRONG_FUNDER = f"SIRET du financeur faux\u202f: {_ONLY_SIREN}"


def luhn(digits: str) -> bool:
    """The checksum of SIREN and SIRET: double every second digit from the right, the sum ends with 0."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0


def is_siren(digits: str) -> bool:
    """Nine digits that pass the checksum."""
    return len(digits) == 9 and digits != "0" * 9 and luhn(digits)


def is_siret(digits: str) -> bool:
    """Fourteen digits that pass the checksum; the post office's have a rule of their own."""
    if len(digits) != 14 or digits.endswith("00000"):
        return False
    return luhn(digits) or (digits.startswith(_LA_POSTE) and sum(map(int, digits)) % 5 == 0)


def _digits(text: str) -> tuple[str, bool] | None:
    """The digits, and whether their end was rounded away.

    « 30053625700300.0 » was a number: the two zeros at its end are what twelve significant digits leave of a SIRET,
    and one in ten of these passes the checksum by chance.
    """
    found = _DIGITS.fullmatch("".join(text.split()))
    if not found:
        return None
    digits = found[1]
    return digits, len(digits) == 14 and digits.endswith("00" if found[2] else "00000")


def _lost_zero(digits: str) -> bool:
    """Thirteen digits that become a SIRET of an existing form of SIREN once the zero in front is back."""
    return len(digits) == 13 and is_siret(f"0{digits}") and is_siren(f"0{digits[:8]}")


def read_siret(text: str) -> Parsed:
    """Fourteen digits, or the nine of a SIREN, or null with the reason: money is never lost for an identifier."""
    found = _digits(text)
    if found is None:
        destroyed = _SCIENTIFIC.fullmatch("".join(text.split()))
        why = "notation scientifique, chiffres perdus par le tableur" if destroyed else "14 chiffres sont attendus"
        return Parsed(None, note=f"{_BLANKED}\u202f: {why}")
    digits, rounded = found
    if is_siret(digits) and not rounded:
        return normalised(digits, digits != text, "SIRET lu sans espaces ni décimales", digits)
    if _lost_zero(digits):
        return Parsed(f"0{digits}", note=_PADDED, after=f"0{digits}")
    if is_siren(digits):
        return Parsed(digits, note=_SIREN, after=digits)
    return Parsed(None, note=f"{_BLANKED}\u202f: {_why_no_siret(digits, rounded=rounded)}")


def _why_no_siret(digits: str, *, rounded: bool) -> str:
    if len(digits) == 9:
        return "9 chiffres, qui ne sont pas non plus un SIREN (la clé de contrôle est fausse)"
    if len(digits) != 14:
        return f"{len(digits)} chiffres au lieu de 14"
    if not digits.strip("0"):
        return "que des zéros"
    return "arrondi par un tableur" if rounded else "la clé de contrôle est fausse"


def read_rna(text: str) -> Parsed:
    """The number of an association in the national register: W and nine digits (or letters and digits, overseas)."""
    compact = "".join(text.split()).upper()
    if not _RNA.fullmatch(compact):
        return refused("numéro RNA faux\u202f: un W suivi de 9 chiffres est attendu, comme W143001234")
    return normalised(compact, compact != text, "numéro RNA lu sans espaces", compact)


def read_funder(text: str) -> Parsed:
    """A SIREN, cut from a SIRET if need be; or the name of a funder that has none."""
    found = _digits(text)
    if found is None:
        if any(letter.isalpha() for letter in text) and not _SCIENTIFIC.fullmatch("".join(text.split())):
            return read_text(text)
        return refused("financeur illisible\u202f: un SIREN (9 chiffres), un SIRET (14 chiffres) ou un nom est attendu")
    digits, rounded = found
    wrong = len(digits) == 14 and not is_siret(digits)
    if (rounded or wrong) and is_siren(digits[:9]):
        return Parsed(digits[:9], note=_ROUNDED_FUNDER if rounded else _WRONG_FUNDER, after=digits[:9])
    if is_siren(digits) or is_siret(digits):
        return Parsed(digits[:9])
    if _lost_zero(digits):
        return Parsed(f"0{digits[:8]}", note=_PADDED, after=f"0{digits[:8]}")
    return refused("SIREN ou SIRET du financeur faux\u202f: 9 ou 14 chiffres à la clé de contrôle juste sont attendus")
