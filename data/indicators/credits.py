"""Envelopes: what was voted, committed and ordered of them."""

from __future__ import annotations

from data.indicators.model import Indicator

INDICATORS: tuple[Indicator, ...] = ()
