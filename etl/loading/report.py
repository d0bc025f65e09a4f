"""The outcome of one file, for people and for scripts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from etl.checks.causes import CauseKey
from etl.problems import Problem

Status = Literal["loaded", "loaded_with_rejects", "already_loaded", "refused", "held"]
NOTHING_LOADED = ("refused", "held")
MAX_JSON_REMARKS = 1_000


@dataclass(frozen=True)
class IndicatorChange:
    """An indicator that a load changes: its value before and after (None: unknown)."""

    slug: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Report:
    """The outcome of one file. `accepted` + `rejected` = its data rows; added, replaced and unchanged are accepted.
    `ended`: the live rows that the file lacks or cancels.

    `problems`: why rows, or the whole file, were refused; `remarks`: what was normalised or looks odd (at most a
    hundred of the `warnings` for each cause). For people only: `path`, where the file was; `cents`, refused line -> the
    money that it does not count; `causes`, how many rows each cause of a remark concerns.
    """

    file: str
    source: str | None
    status: Status
    accepted: int = 0
    rejected: int = 0
    added: int = 0
    unchanged: int = 0
    replaced: int = 0
    ended: int = 0
    warnings: int = 0
    load: int | None = None
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    indicator_changes: tuple[IndicatorChange, ...] = field(default=())
    path: Path | None = None
    cents: Mapping[int, int] = field(default_factory=dict)
    causes: Mapping[CauseKey, int] = field(default_factory=dict)

    def to_json(self) -> Mapping[str, object]:
        """The object that `--json` prints."""
        return {
            "file": self.file,
            "source": self.source,
            "status": self.status,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "added": self.added,
            "unchanged": self.unchanged,
            "replaced": self.replaced,
            "ended": self.ended,
            "warnings": self.warnings,
            "load": self.load,
            "problems": [_problem(problem) for problem in self.problems],
            "remarks": [_problem(problem) for problem in self.remarks[:MAX_JSON_REMARKS]],
            "moves": [
                {"slug": move.slug, "before": move.before, "after": move.after} for move in self.indicator_changes
            ],
        }


def refused_report(file: str, source: str | None, message: str) -> Report:
    """The report of a file that was not loaded, for a reason that no row of it explains."""
    return Report(file, source, "refused", problems=(Problem("refused", 0, None, None, message),))


def _problem(problem: Problem) -> Mapping[str, object]:
    return {
        "sheet": problem.sheet,
        "line": problem.line or None,
        "column": problem.column,
        "value": problem.value,
        "message": problem.message,
    }


class NotLoaded(Exception):  # noqa: N818  not an error: the outcome of a file that leaves the database as it was
    """Carries the report of a file out of a transaction that must be rolled back."""

    def __init__(self, report: Report) -> None:
        super().__init__(report.status)
        self.report = report
