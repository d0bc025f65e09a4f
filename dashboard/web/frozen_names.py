"""`python -m dashboard.web.frozen_names FILE`: add the current names to those that may never change.

These names are in addresses, files and spreadsheets of other people. The file only grows: a test fails when one of its
names is gone, or when a current name is not in it (`make docs` adds it).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from dashboard.charts import ALL_CHARTS
from dashboard.lists import LISTS
from dashboard.pages import PAGES
from data.filters import FILTERS
from data.indicators import GROUPINGS, INDICATORS
from data.sources import SOURCES

Names = Mapping[str, Sequence[str]]  # by kind, in the order of the registries


def current_names() -> Names:
    """The slug, key, path or name of every declaration."""
    return {
        "indicators": [declaration.slug for declaration in INDICATORS],
        "charts": [declaration.slug for declaration in ALL_CHARTS],
        "lists": [declaration.slug for declaration in LISTS],
        "pages": [declaration.path for declaration in PAGES],
        "filters": [declaration.key for declaration in FILTERS],
        "groupings": [declaration.key for declaration in GROUPINGS],
        "sources": [declaration.name for declaration in SOURCES],
    }


def with_new_names(frozen: Names, current: Names) -> Names:
    """The frozen names, then the current names that are not among them."""
    return {kind: [*dict.fromkeys([*frozen.get(kind, ()), *names])] for kind, names in current.items()}


def main(path: Path) -> None:
    """Write the file again, with the new names at the end of each kind."""
    frozen: Names = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    names = with_new_names(frozen, current_names())
    path.write_text(json.dumps(names, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
