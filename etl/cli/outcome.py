"""The outcome of loads or checks: what is printed of each file, the exit code of the command."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rich.console import Console

from etl.cli.console import print_report
from etl.cli.refused_rows import write_refused_rows
from etl.loading.report import NOTHING_LOADED, Report


def print_outcome(console: Console, reports: Sequence[Report], *, as_json: bool, rehearsal: bool) -> int:
    """Print each report. Returns the exit code: 0 all is accepted, 2 rows are to be corrected, 1 nothing was loaded."""
    for report in reports:
        if as_json:
            print(json.dumps(report.to_json(), ensure_ascii=False))  # noqa: T201
        else:
            # A rehearsal writes nothing: only a load leaves a list.
            listed = None if rehearsal else write_refused_rows(report)
            print_report(console, report, rehearsal=rehearsal, listed=listed)
    if any(report.status in NOTHING_LOADED for report in reports):
        return 1
    return 2 if any(report.rejected for report in reports) else 0
