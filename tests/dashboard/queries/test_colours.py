"""Colour belongs to the thing: a scheme, a family, a kind of credits has the same one whatever the filters."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection

from dashboard.charts import CHARTS
from dashboard.figures.base import PATTERNS, SERIES
from dashboard.figures.colours import bar_marker
from data.selection import FilterOptions
from tests.dashboard.conftest import select

QUERIES = (
    "",
    "dispositif=emergence",
    "dispositif=services-numeriques",
    "dispositif=services-numeriques&dep=76",
    *(f"dep={code}" for code in ("14", "27", "50", "61", "76")),
    *(f"porteur={code}" for code in ("public", "prive", "associatif")),
    *(f"partenaire={code}" for code in ("aract", "aten")),
    *(f"du={year}-01-01&au={year}-06-30" for year in (2017, 2018, 2019, 2020)),
)


def style_of(trace: dict[str, Any]) -> str:
    """Colour and pattern, or that of the line."""
    marker = trace.get("marker", {})
    return str((marker.get("color"), marker.get("pattern", {}).get("shape")))


def test_each_name_has_one_colour_and_pattern(connection: Connection, options: FilterOptions) -> None:
    looks: dict[str, set[str]] = defaultdict(set)
    for query in QUERIES:
        selection = select(query, options)
        for chart in CHARTS:
            frame = chart.read(connection, selection, options)
            if not len(frame):
                continue
            for trace in chart.draw(frame)["data"]:
                if trace.get("type") == "bar" and trace.get("name"):
                    looks[trace["name"]].add(style_of(trace))
    assert {name: found for name, found in looks.items() if len(found) > 1} == {}
    assert len(looks["Émergence"] | looks["Services numériques innovants"]) == 2


def test_sixteen_positions_have_different_markers() -> None:
    assert len({style_of({"marker": bar_marker(at)}) for at in range(len(SERIES) * len(PATTERNS))}) == 16


def test_the_levers_have_the_first_colours(options: FilterOptions) -> None:
    assert [option.code for option in options.by_filter["dispositif"]][:2] == ["emergence", "services-numeriques"]
    assert options.position("dispositif", "services-numeriques") == 1
    assert options.position("dispositif", "unknown") == len(options.by_filter["dispositif"])
