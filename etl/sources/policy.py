"""The policy itself: schemes, partners, targets, envelopes, sessions."""

from __future__ import annotations

from data.sources import policy as columns
from etl.checks import policy as checks
from etl.sources.model import LoadSource

SCHEMES = LoadSource(columns.SCHEMES, checks=checks.scheme_checks)
PARTNERS = LoadSource(columns.PARTNERS)
TARGETS = LoadSource(columns.TARGETS, checks=checks.target_checks)
ENVELOPES = LoadSource(columns.ENVELOPES)
SESSIONS = LoadSource(columns.SESSIONS, checks=checks.session_checks)
