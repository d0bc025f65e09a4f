"""What the partners do."""

from __future__ import annotations

from data.indicators.model import Indicator

INDICATORS: tuple[Indicator, ...] = ()
