"""The path of projects with Aract, row by row, against activities and files followed one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from data.engine import reading
from data.queries.options import read_filter_options
from data.queries.qvt_path import PATH_STEPS, path_rows
from data.selection import Selection
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_files
from tests import naive
from tests.conftest import TODAY, NewEngine
from tests.naive.qvt_path import STEPS, last_step, projects
from tests.properties.random_world import write_random_world

QUERIES = ("", "dep=14,76", "porteur=public", "au=2019-12-31", "du=2018-06-01&au=2020-02-28", "partenaire=aten")


def compare(connection: Connection, query: str) -> tuple[set[str], int]:
    """The steps met on the way, and the number of rows."""
    selection, _notices = Selection.from_query(query, read_filter_options(connection, TODAY))
    facts = naive.read_facts(connection)
    expected = sorted(
        (
            tuple(str(one.days.get(step)) for step in STEPS),
            last_step(one),
            str(one.emergence.reference if one.emergence else None),
            str(one.digital.reference if one.digital else None),
        )
        for one in projects(facts, selection)
    )
    rows = connection.execute(path_rows(selection)).all()
    found = sorted(
        (
            tuple(str(getattr(row, step)) for step in PATH_STEPS),
            row.last_step,
            str(row.emergence_reference),
            str(row.digital_reference),
        )
        for row in rows
    )
    assert found == expected, query
    assert len({row.code for row in rows}) == len(rows)
    return {step for days, *_ in expected for step, day in zip(STEPS, days, strict=True) if day != "None"}, len(rows)


@pytest.mark.parametrize("query", QUERIES)
def test_the_path_in_the_demonstration(demo_engine: Engine, query: str) -> None:
    with reading(demo_engine) as connection:
        steps, rows = compare(connection, query)
    assert (rows == 0) is (query == "partenaire=aten")
    assert query or steps == set(STEPS), "the demonstration has each step"


@pytest.fixture(params=range(6))
def drawn(request: pytest.FixtureRequest, new_engine: NewEngine, tmp_path: Path) -> Iterator[Connection]:
    with new_engine() as engine:
        load_files(engine, write_random_world(tmp_path, request.param), LoadOptions(TODAY, confirm=True))
        with reading(engine) as connection:
            yield connection


@pytest.mark.without_coverage
@pytest.mark.fewer_on_postgresql(3)
def test_the_path_in_small_regions(drawn: Connection) -> None:
    for query in QUERIES:
        compare(drawn, query)
