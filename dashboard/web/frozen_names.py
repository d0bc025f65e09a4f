"""`python -m dashboard.web.frozen_names FILE`: add the names of today to those that may never change.

They stand in addresses, files and other people's spreadsheets. The file only grows: a test fails when a name of it is
gone, and when one of today is not in it (`make docs` adds it).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from dashboard.charts import CHARTS
from dashboard.lists import LISTS
from dashboard.pages import PAGES
from data.filters import FILTERS
from data.indicators import GROUPINGS, INDICATORS
from data.sources import SOURCES

Names = Mapping[str, Sequence[str]]  # by kind, in the order of the registries


def current_names() -> Names:
    """The slug, key, path or name of every declaration."""
    return {
        "indicators": [one.slug for one in INDICATORS],
        "charts": [one.slug for one in CHARTS],
        "lists": [one.slug for one in LISTS],
        "pages": [one.path for one in PAGES],
        "filters": [one.key for one in FILTERS],
        "groupings": [one.key for one in GROUPINGS],
        "sources": [one.name for one in SOURCES],
    }


def with_new_names(frozen: Names, today: Names) -> Names:
    """The frozen names, then those of today that are not among them."""
    return {kind: [*dict.fromkeys([*frozen.get(kind, ()), *names])] for kind, names in today.items()}


def main(path: Path) -> None:
    """Write the file again, with the new names at the end of each kind."""
    frozen: Names = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    names = with_new_names(frozen, current_names())
    path.write_text(json.dumps(names, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
