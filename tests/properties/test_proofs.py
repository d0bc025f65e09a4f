"""A figure is its rows: the list behind every indicator gives it back, for all filters, over several Régions."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from data.engine import reading
from data.filters import FILTERS
from data.indicators import INDICATORS, Indicator
from data.queries.indicators import read_value
from data.queries.measures import count_single_rows
from data.queries.options import read_filter_options
from data.queries.proof import arithmetic_sentence, has_proof, proof_rows
from data.selection import FilterOptions, Selection
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_files
from tests import naive
from tests.conftest import TODAY, NewEngine
from tests.naive.proofs import REBUILD, numbers, seen, worked_out
from tests.properties.contract_world import write_files
from tests.properties.random_world import write_random_world
from tests.properties.test_oracles import QUERIES
from tests.sampling import turn_of

pytestmark = [pytest.mark.without_coverage, pytest.mark.fewer_on_postgresql(4)]

DRAWN = 5  # selections drawn for each Région
REFERENCE = "Insee"
every_indicator = pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one.slug)


class Region:
    """A Région: its database, its raw facts, and the selections under which it is read."""

    def __init__(self, engine: Engine, queries: tuple[str, ...], seed: int) -> None:
        self.engine = engine
        with reading(engine) as connection:
            self.facts = naive.read_facts(connection)
            options = read_filter_options(connection, TODAY)
        draw = random.Random(seed)
        asked = [Selection.from_query(query, options)[0] for query in queries]
        self.selections = [*asked, *(drawn(draw, options) for _ in range(DRAWN))]

    def selections_of(self, indicator: Indicator) -> list[Selection]:
        """The first selection and half of the others, in turn from one indicator to the next."""
        first, *others = self.selections
        return [first, *others[turn_of(indicator.slug, 2) :: 2]]


def drawn(draw: random.Random, options: FilterOptions) -> Selection:
    """Some filters, several codes of each, and some dates."""
    parts = []
    for one in FILTERS:
        codes = [option.code for option in options.by_filter[one.key]]
        if codes and draw.random() < 0.22:
            chosen = draw.sample(codes, min(len(codes), draw.choice((1, 1, 2, 3)) if one.multiple else 1))
            parts.append(f"{one.key}={','.join(chosen)}")
    if draw.random() < 0.6:
        parts.append(f"au={_some_day(draw)}")
    if draw.random() < 0.4:
        parts.append(f"du={_some_day(draw)}")
    return Selection.from_query("&".join(parts), options)[0]


def _some_day(draw: random.Random) -> date:
    """Any day from 2017 to 2023; ends and starts of years and months more often."""
    day = date(2017, 1, 1) + timedelta(days=draw.randrange(7 * 365))
    first = day.replace(day=1)
    return draw.choice((day, day, first, first - timedelta(days=1), date(day.year, 1, 1), date(day.year, 12, 31)))


@pytest.fixture(scope="module", params=["demonstration", "contract", "drawn 1", "drawn 2"])
def region(
    request: pytest.FixtureRequest, demo_engine: Engine, new_engine: NewEngine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Region]:
    if demo_engine.dialect.name == "postgresql" and request.param.startswith("drawn"):
        pytest.skip("the other two tell what a statement of PostgreSQL has of its own")
    if request.param == "demonstration":
        yield Region(demo_engine, QUERIES[::3], 0)
        return
    folder = tmp_path_factory.mktemp("region")
    seed = int(request.param[-1]) if request.param[-1].isdigit() else 0
    paths = write_random_world(folder, seed) if seed else write_files(folder)
    with new_engine() as engine:
        reports = load_files(engine, paths, LoadOptions(TODAY, confirm=True))
        assert {report.status for report in reports} <= {"loaded", "loaded_with_rejects"}
        yield Region(engine, ("", "au=2021-12-31"), seed)


@every_indicator
def test_the_rows_give_the_figure(region: Region, indicator: Indicator) -> None:
    """They rebuild it; the numbers of the sentence are theirs and, done, give it too; each says where it was read."""
    for selection in region.selections_of(indicator):
        with reading(region.engine) as connection:
            _proves(connection, region, indicator, selection)


def _proves(connection: Connection, region: Region, indicator: Indicator, selection: Selection) -> None:
    where, proof = selection.to_query(), indicator.proof
    select = proof_rows(connection, indicator, selection)
    found = [dict(row) for row in connection.execute(select).mappings()]
    _says_where_it_was_read(indicator, found)
    assert has_proof(connection, indicator, selection) == bool(found), where
    if proof.line_measure:
        assert count_single_rows(connection, proof.line_measure, proof.period(selection)) == len(found), where
    rows = [seen(indicator, row) for row in found]
    rebuilt = REBUILD[indicator.slug](rows, region.facts, selection)
    figure = read_value(connection, indicator, selection)
    words = arithmetic_sentence(connection, indicator, figure, selection)
    if figure.value is None:
        assert rebuilt.value is None or rebuilt.half_known, where
        assert words == f"Non calculable\u202f: {figure.reason}."
        return
    assert figure.value == pytest.approx(rebuilt.value), where
    left, sum_ = words.removesuffix(".").split(" = ")
    assert left == indicator.unit.text(figure.value)
    assert numbers(sum_) == pytest.approx([abs(part) for part in rebuilt.parts], abs=0.006), where
    assert worked_out(sum_, indicator, rows) == pytest.approx(figure.value, rel=1e-4, abs=1e-4), where


def _says_where_it_was_read(indicator: Indicator, rows: list[dict[str, Any]]) -> None:
    keys = [tuple(row[name] for name in indicator.proof.key) for row in rows]
    assert len(set(keys)) == len(keys)
    for row in rows:
        missing = row.get("answered") == "non"  # a month that nobody declared
        assert missing or (row["file"] and (REFERENCE in row["file"] or row["line"] > 1)), row
