"""What a query may name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.filters.options import Option


@dataclass(frozen=True)
class FilterOptions:
    """What a query may name: each filter's options, the default and the latest possible « arrêté au »."""

    by_filter: Mapping[str, tuple[Option, ...]]
    until: date
    today: date

    def label(self, key: str, code: str) -> str:
        """The label of a code of a filter (the code itself when it is not known)."""
        return next((option.label for option in self.by_filter.get(key, ()) if option.code == code), code)

    def position(self, key: str, code: str) -> int:
        """The place of a code among all those of a filter, from 0 (after the last when it is not known)."""
        codes = [option.code for option in self.by_filter.get(key, ())]
        return codes.index(code) if code in codes else len(codes)
