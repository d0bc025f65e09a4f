"""Agreements with partners, and the suggestions of Aract."""

from __future__ import annotations

from data.sources import partnership as columns
from etl.checks import partnership as checks
from etl.sources.model import LoadSource

CONVENTIONS = LoadSource(columns.CONVENTIONS, checks=checks.agreement_checks)
QVT_SUGGESTIONS = LoadSource(columns.QVT_SUGGESTIONS)
