"""Names that stand in addresses, files and other people's spreadsheets: they never change, none goes away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.charts import CHARTS, chart_named
from dashboard.lists import LISTS, list_named
from dashboard.web.frozen_names import current_names, with_new_names
from data.indicators import INDICATORS, indicator_named

FROZEN = json.loads((Path(__file__).parents[2] / "docs" / "names.json").read_text(encoding="utf-8"))
TODAY = current_names()


@pytest.mark.parametrize("kind", TODAY)
def test_names_are_frozen_and_unique(kind: str) -> None:
    present = TODAY[kind]
    assert set(FROZEN[kind]) <= set(present), "a name that is in use never goes away"
    assert set(present) <= set(FROZEN[kind]), "a new name is frozen: run make docs"
    assert len(set(present)) == len(present)


def test_the_file_of_names_only_grows() -> None:
    assert with_new_names({"charts": ["a", "b"]}, {"charts": ["c", "a"]}) == {"charts": ["a", "b", "c"]}


def test_a_declaration_is_found_by_its_slug_only() -> None:
    assert all(indicator_named(one.slug) is one for one in INDICATORS)
    assert all(chart_named(one.slug) is one for one in CHARTS)
    assert all(list_named(one.slug) is one for one in LISTS)
    assert indicator_named("rien") is chart_named("rien") is list_named("rien") is None


def test_no_file_has_two_meanings() -> None:
    files = [one.slug for one in CHARTS] + [one.file for one in LISTS] + [f"lignes-{one.slug}" for one in INDICATORS]
    assert len(set(files)) == len(files)
