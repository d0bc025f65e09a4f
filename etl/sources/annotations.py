"""The annotations of curves."""

from __future__ import annotations

from data.sources.annotations import ANNOTATIONS as COLUMNS
from etl.checks.annotations import annotation_checks
from etl.sources.model import LoadSource

ANNOTATIONS = LoadSource(COLUMNS, checks=annotation_checks)
