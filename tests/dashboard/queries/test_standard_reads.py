"""The list of places with their criteria, against the raw facts."""

import random
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from data.engine import reading
from data.queries.options import read_filter_options
from data.queries.standard import labelled_place_standards, read_commitments
from data.selection import Selection
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_files
from tests import naive
from tests.conftest import TODAY
from tests.naive.standard import compliance, in_force
from tests.properties.random_world import write_random_world

QUERIES = ("au=2018-12-31", "au=2020-06-10&porteur=public,prive", "au=2022-01-01&dep=14,61")


@pytest.fixture
def random_region(engine: Engine, tmp_path: Path) -> Engine:
    seed = random.Random("standard").randrange(100)
    load_files(engine, write_random_world(tmp_path, seed), LoadOptions(TODAY, confirm=True))
    return engine


def test_a_place_is_listed_with_each_of_its_criteria_once(random_region: Engine) -> None:
    with reading(random_region) as connection:
        facts, options = naive.read_facts(connection), read_filter_options(connection, TODAY)
        for query in QUERIES:
            _compare(connection, facts, Selection.from_query(query, options)[0])


def _compare(connection: Connection, facts: naive.Facts, selection: Selection) -> None:
    rows = {row["name"]: row for row in connection.execute(labelled_place_standards(selection)).mappings()}
    places = naive.lieux_labellises(facts, selection)
    criteria = sorted(in_force(facts, selection.until), key=lambda one: one.code)
    assert set(rows) == {place.name for place in places} != set()
    for place in places:
        found = {one.code: compliance(facts, place, one, selection.until) for one in criteria}
        row = rows[place.name]
        for name in ("missing", "unknown", "met"):
            labels = [
                one.label if one.is_compulsory else f"{one.label} (facultatif)"
                for one in criteria
                if found[one.code] == name
            ]
            assert row[f"{name}_names"] == (", ".join(labels) or None)
        assert row["met"] == list(found.values()).count("met")
        compulsory = {found[one.code] for one in criteria if one.is_compulsory}
        worst = next(word for word in ("unknown", "missing", "met") if word in compulsory)
        assert row["standard"] == {"unknown": "inconnu", "missing": "non respecté", "met": "respecté"}[worst]
        commitments = read_commitments(connection, place.place_id, selection.until)
        assert sorted((one.label, one.compliance) for one in commitments) == sorted(
            (one.label, found[one.code]) for one in criteria
        )
