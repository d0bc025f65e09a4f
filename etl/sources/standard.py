"""The service standard of the label."""

from __future__ import annotations

from data.sources import standard as columns
from etl.checks import standard as checks
from etl.sources.model import LoadSource

STANDARDS = LoadSource(columns.STANDARDS, checks=checks.criterion_checks)
STANDARD_DECLARATIONS = LoadSource(columns.STANDARD_DECLARATIONS, checks=checks.declaration_checks)
