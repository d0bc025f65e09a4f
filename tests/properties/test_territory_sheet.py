"""The sheet of a territory: its medians and its changes, recomputed plainly over several Régions and any filters."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, Integer, exists, func, select, type_coerce, update

from data.engine import reading, writing
from data.facts.suppression import EPCI, PRIVATE_HOLDER_TYPE
from data.indicators import INDICATORS, Indicator, groupings_of, indicator_named
from data.queries.options import read_filter_options
from data.queries.peer_median import MIN_KNOWN_PEERS, read_peer_median
from data.queries.place_changes import read_place_changes
from data.schema import attendance, attendance_suppression, place
from data.selection import Selection
from data.types import TerritoryColumn
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_files
from etl.rollups import refresh_all
from tests import naive
from tests.conftest import TODAY, NewEngine
from tests.naive import sheet
from tests.properties.random_world import write_random_world
from tests.properties.test_oracles import VALUES
from tests.properties.test_proofs import drawn

pytestmark = [pytest.mark.without_coverage, pytest.mark.fewer_on_postgresql(6)]

SELECTIONS = 6  # drawn for each Région
ON_SHEETS = ("labellises-pour-100000", "population-15km", "aide-par-habitant", "visites-par-poste")
OTHERS = tuple(
    one.slug
    for one in INDICATORS
    if one.slug not in ON_SHEETS and {"departement", "epci"} <= {grouping.key for grouping in groupings_of(one)}
)


@pytest.fixture(scope="module", params=["demonstration", "drawn 7"])
def region(
    request: pytest.FixtureRequest, demo_engine: Engine, new_engine: NewEngine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    if request.param == "demonstration":
        yield demo_engine
        return
    with new_engine() as engine:
        load_files(engine, write_random_world(tmp_path_factory.mktemp("region"), 7), LoadOptions(TODAY, confirm=True))
        yield engine


def _named(slug: str) -> Indicator:
    found = indicator_named(slug)
    assert found
    return found


@pytest.mark.parametrize("slugs", [*((slug,) for slug in ON_SHEETS), OTHERS], ids=[*ON_SHEETS, "others"])
def test_a_median_is_that_of_the_naive_values(region: Engine, slugs: tuple[str, ...]) -> None:
    """Of the départements under drawn filters; of the intercommunalités without any, for the indicators of sheets."""
    with reading(region) as connection:
        facts, options = naive.read_facts(connection), read_filter_options(connection, TODAY)
        draw = random.Random(slugs[0])
        cases: list[tuple[str, Selection, TerritoryColumn]] = [
            (slug, drawn(draw, options), "dep") for slug in slugs for _ in range(2)
        ]
        if slugs != OTHERS:
            cases.append((slugs[0], Selection.from_query("", options)[0], "epci"))
        for slug, selection, column in cases:
            found = read_peer_median(connection, _named(slug), selection, column, options)
            value, known = sheet.middle(VALUES[slug], facts, selection.without_territory(), column)
            assert found == (None if value is None else pytest.approx(value), known, 5 if column == "dep" else 69)
            assert (found.value is None) == (known < MIN_KNOWN_PEERS)


def test_changes_are_what_differs_from_one_day_to_the_next(region: Engine) -> None:
    with reading(region) as connection:
        facts, options = naive.read_facts(connection), read_filter_options(connection, TODAY)
        numbers = {code: number for number, code in connection.execute(select(place.c.place_id, place.c.code))}
        draw = random.Random(5)
        kinds = set()
        asked = [Selection.from_query(query, options)[0] for query in ("", "au=2019-12-31", "au=2021-03-10")]
        for selection in [*asked, *(drawn(draw, options) for _ in range(SELECTIONS))]:
            found = read_place_changes(connection, selection)
            assert [one.day for one in found] == sorted((one.day for one in found), reverse=True)
            plain = [(one.kind, one.day, numbers[one.code]) for one in found]
            assert len(plain) == len(set(plain))
            assert set(plain) == sheet.changes(facts, selection), selection.to_query()
            kinds |= {one.kind for one in found}
        assert {"labelled", "left", "applied"} <= kinds


@pytest.mark.any_engine
def test_a_median_tells_nothing_of_what_is_suppressed(demo_copy: Engine) -> None:
    """The declarations of private places that the intercommunalités leave out may be anything: no median moves."""
    slugs = [one.slug for one in INDICATORS if one.theme == "frequentation" and one.slug in (*ON_SHEETS, *OTHERS)]
    assert {"visites", "visites-par-poste", "taux-reponse"} <= set(slugs)

    def medians() -> dict[str, float | None]:
        with reading(demo_copy) as connection:
            options = read_filter_options(connection, TODAY)
            everything, _notices = Selection.from_query("", options)
            return {
                slug: read_peer_median(connection, _named(slug), everything, "epci", options).value for slug in slugs
            }

    before = medians()
    left_out = attendance_suppression.c
    month = func.floor(type_coerce(attendance.c.starts, Integer) / 100)
    everywhere = [
        exists().where(
            left_out.place_id == attendance.c.place_id,
            left_out.unit == attendance.c.unit,
            left_out.kind == kind,
            left_out.level == EPCI.number,
            left_out.holder_type == PRIVATE_HOLDER_TYPE,
            left_out.first <= month,
            left_out.last >= month,
        )
        for kind in ("declared", "seated")
    ]
    with writing(demo_copy) as connection:
        changed = connection.execute(
            update(attendance).where(*everywhere).values(value=attendance.c.value * 37 + 11)
        ).rowcount
        refresh_all(connection, TODAY)
    assert changed > 20
    assert medians() == before
    assert before["visites-par-poste"] is not None
