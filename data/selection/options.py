"""The options that a URL query may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from data.filters.options import Option


@dataclass(frozen=True)
class FilterOptions:
    """The options of each filter, the default « arrêté au » (`until`) and the latest possible one (`today`)."""

    by_filter: Mapping[str, tuple[Option, ...]] = field(hash=False)  # so that what is read with them is cached
    until: date
    today: date

    def label(self, key: str, code: str) -> str:
        """The label of a code of a filter; the code itself when unknown."""
        return next((option.label for option in self.by_filter.get(key, ()) if option.code == code), code)

    def position(self, key: str, code: str) -> int:
        """The position of a code among the options of a filter, from 0; after the last when unknown."""
        codes = [option.code for option in self.by_filter.get(key, ())]
        return codes.index(code) if code in codes else len(codes)
