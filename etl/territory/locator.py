"""Which commune a row is in: its code, checked against the town and the postcode beside it, or these alone.

46 names are borne by several communes of Normandie: a name is trusted within one département only, when one commune
there bears it, or only one that has the postcode. 227 codes of Normandie are also the postcode of other communes (the
code of Campigny, 14130, is the postcode of Pont-l’Évêque): one that is contradicted is never believed in silence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import polars as pl

from data.i18n import fold
from data.reference import read_communes_in_zero
from etl.reference_data import ReferenceData

_SAINT = {"st": "saint", "ste": "sainte"}
_CODE_LENGTH = 5
_NAMES_CACHED = 10_000  # the communes of Normandie, compared at each load, and as many towns of files
_SORTING = re.compile(r" cedex\b.*")
Finding = Literal["mended", "doubtful", "other_name", "restored"]


@dataclass(frozen=True)
class Location:
    """The commune of a row (None: not known), and how its code, its town and its postcode contradict each other."""

    commune: str | None
    finding: Finding | None = None


@lru_cache(_NAMES_CACHED)
def name_key(name: str) -> str:
    """A commune's name as it is compared: « ST LO CEDEX » -> saint lo."""
    words = "".join(letter if letter.isalnum() else " " for letter in fold(name)).split()
    return _SORTING.sub("", " ".join(_SAINT.get(word, word) for word in words))


def postcode_of(text: str | None) -> str | None:
    """A postcode in five digits, the zero in front put back; None when it is none."""
    digits = re.sub(r"cedex.*", "", "".join((text or "").lower().split())).removesuffix(".0")
    return digits.zfill(5) if digits.isascii() and digits.isdigit() and len(digits) in {4, 5} else None


class Locator:
    """Finds the commune of rows in a known world."""

    def __init__(self, reference: ReferenceData) -> None:
        self.reference = reference
        self.names = _names(reference)

    def locate(self, code: str | None, town: str | None, postcode: str | None) -> Location:
        """`code`: an INSEE code already read, in four digits when it lost its zero; `postcode`: five digits."""
        if code is None:
            return Location(self._by_town(town, postcode[:2] if postcode else None, postcode))
        if len(code) < _CODE_LENGTH:
            return self._restored(f"0{code}", town, postcode)
        if code not in self.reference.communes:
            return self._outside(code, town, postcode)
        return self._inside(code, town, postcode)

    def _inside(self, code: str, town: str | None, postcode: str | None) -> Location:
        """A code of Normandie, believed unless town and postcode agree on another commune."""
        commune = self.reference.communes[code]
        if town and name_key(town) == name_key(commune.name):
            return Location(code)
        named = self._by_town(town, postcode[:2] if postcode else commune.dep, postcode)
        if postcode == code and not self._supports(postcode, code):
            # The same five digits twice, no postcode of that commune: the cell is no INSEE code.
            return _mended(named or self._alone(postcode))
        if named and (self._is_postcode_of(code, named) or (postcode and not self._supports(postcode, code))):
            return _mended(named)
        if postcode and self._contradicts(postcode, code):
            return Location(None, "doubtful")
        return Location(code, "other_name" if town else None)

    def _outside(self, code: str, town: str | None, postcode: str | None) -> Location:
        """A code of a commune outside Normandie; the postcode may show that it is a mistake."""
        if postcode is None or _postal_departement(code) == postcode[:2]:
            return Location(code)
        return _mended(self._by_town(town, postcode[:2], postcode))

    def _restored(self, code: str, town: str | None, postcode: str | None) -> Location:
        """A code with its lost zero, believed when the commune and the département beside it are its own."""
        names = read_communes_in_zero().get(code, ())
        is_named = town is not None and name_key(town) in {name_key(name) for name in names}
        if is_named and (postcode is None or postcode[:2] == code[:2]):
            return Location(code, "restored")
        return _mended(self._by_town(town, postcode[:2] if postcode else None, postcode))

    def _by_town(self, town: str | None, departement: str | None, postcode: str | None) -> str | None:
        """The only commune of that name in a département, or the only one of them that has the postcode."""
        bearers = self.names.get((departement, name_key(town)), ()) if town and departement else ()
        if len(bearers) > 1:
            bearers = tuple(code for code in bearers if postcode and self._supports(postcode, code))
        return bearers[0] if len(bearers) == 1 else None

    def _alone(self, postcode: str) -> str | None:
        """The only commune of a postcode; None when it has several."""
        communes = self.reference.postcodes.get(postcode, ())
        return communes[0] if len(communes) == 1 else None

    def _supports(self, postcode: str, code: str) -> bool:
        return code in self.reference.postcodes.get(postcode, ())

    def _contradicts(self, postcode: str, code: str) -> bool:
        """It is a postcode of other communes only or, one that is not known (CEDEX), of another département."""
        known = self.reference.postcodes.get(postcode)
        return code not in known if known else postcode[:2] != code[:2]

    def _is_postcode_of(self, code: str, commune: str) -> bool:
        """The code, or a former code of the same commune, is a postcode of the commune."""
        former = (old for old, current in self.reference.former.items() if current == code)
        return any(commune in self.reference.postcodes.get(one, ()) for one in (code, *former))


def locate(rows: pl.DataFrame, reference: ReferenceData) -> pl.DataFrame:
    """The rows with `_commune`, the INSEE code found (null: none), `_outside`, true when it is not in Normandie, and
    `_finding`, what contradicts what (null: nothing).

    Rows may have `commune` (an INSEE code), `postcode`, and the town as `commune_name` or `city`.
    """
    locator = Locator(reference)
    nothing = pl.repeat(None, len(rows), dtype=pl.String, eager=True)
    codes, towns, postcodes = (
        next((rows[name] for name in names if name in rows.columns), nothing)
        for names in (("commune",), ("commune_name", "city"), ("postcode",))
    )
    found, outside, findings = [], [], []
    for code, town, text in zip(codes, towns, postcodes, strict=True):
        postcode = postcode_of(text)
        location = locator.locate(code, town, postcode)
        departement = None if postcode is None else postcode[:2]
        elsewhere = departement is not None and departement not in reference.departements
        found.append(location.commune)
        outside.append(location.commune not in reference.communes if location.commune else elsewhere)
        findings.append(location.finding)
    return rows.with_columns(
        pl.Series("_commune", found, dtype=pl.String),
        pl.Series("_outside", outside, dtype=pl.Boolean),
        pl.Series("_finding", findings, dtype=pl.String),
    )


def _mended(commune: str | None) -> Location:
    return Location(commune, "mended" if commune else "doubtful")


def _postal_departement(code: str) -> str:
    """The first two digits of postcodes there: Corsica's codes start with 2A or 2B, its postcodes with 20."""
    return "20" if code[:2] in {"2A", "2B"} else code[:2]


def _names(reference: ReferenceData) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """(département, name) -> the codes of the communes that bear the name there."""
    bearers: dict[tuple[str, str], tuple[str, ...]] = {}
    for code, commune in reference.communes.items():
        key = (commune.dep, name_key(commune.name))
        bearers[key] = (*bearers.get(key, ()), code)
    return bearers
