"""Problems of a file grouped by cause, with their number of rows and the money of these rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from etl.problems import Problem

CauseKey = tuple[str | None, str]  # column, cause


@dataclass(frozen=True)
class ProblemGroup:
    """The problems of one cause, in one column. `lines`: of the first of their rows, in order, 0 for the whole file;
    `cents`: the money of their rows. A row with two causes is in both.
    """

    example: Problem
    message: str
    rows: int
    lines: tuple[int, ...]
    cents: int


def key_of(problem: Problem) -> CauseKey:
    """The cause of a problem: problems with the same key are grouped."""
    return problem.column, problem.cause or problem.message


def by_cause(
    problems: Iterable[Problem], cents: Mapping[int, int], counts: Mapping[CauseKey, int] | None = None
) -> list[ProblemGroup]:
    """The causes, most frequent first. `cents`: line -> money; `counts`: rows where `problems` holds the first only."""
    groups: dict[CauseKey, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(key_of(problem), []).append(problem)
    causes = []
    for key, alike in groups.items():
        lines = sorted({problem.line for problem in alike})
        rows = max(len(alike), (counts or {}).get(key, 0))
        message = alike[0].message if rows == 1 else key[1]
        causes.append(ProblemGroup(alike[0], message, rows, tuple(lines), sum(cents.get(line, 0) for line in lines)))
    return sorted(causes, key=lambda cause: -cause.rows)
