"""How much of the territory the label reaches."""

from __future__ import annotations

from data.indicators.model import Indicator

INDICATORS: tuple[Indicator, ...] = ()
