"""The network of EPN, never added to the tiers-lieux."""

from __future__ import annotations

from data.indicators.model import Indicator

INDICATORS: tuple[Indicator, ...] = ()
