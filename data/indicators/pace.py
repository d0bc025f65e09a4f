"""The label against its target: what is expected, how fast it goes, where that leads."""

from __future__ import annotations

from data.indicators.model import Indicator

INDICATORS: tuple[Indicator, ...] = ()
