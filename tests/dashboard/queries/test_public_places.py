"""The finder against a plain recomputation: who is listed, how far, in which order; and how communes are found."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from random import Random

import pytest
from sqlalchemy import Connection, Engine, select

from data.engine import reading, writing
from data.facts.public_epn import PUBLIC_EPN
from data.i18n import fold
from data.queries.commune_search import commune_of_code, find_communes, search_communes
from data.queries.options import read_filter_options
from data.queries.public_places import NEAR_KM, SERVICES, PublicPlaces, read_public_places
from data.reference import Commune, read_commune_history, read_communes, read_postcodes
from data.schema import mediation_place, place_version, standard_criterion
from data.selection import Selection
from tests.conftest import TODAY, NewEngine
from tests.dashboard.facts import Facts, fill, some_facts

SAMPLED = 40  # one in so many: a search reads all the names
COMMUNES = {commune.code: commune for commune in read_communes()}
QUERIES = ("", "dep=61", "dep=14,50&au=2019-06-30", "porteur=prive", "typologie=fablab", "au=2016-01-01")


def kilometres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The spherical law of cosines: another formula than the application's."""
    (lon1, lat1), (lon2, lat2) = (tuple(map(math.radians, point)) for point in (one, other))
    cosine = math.sin(lat1) * math.sin(lat2) + math.cos(lat1) * math.cos(lat2) * math.cos(lon1 - lon2)
    return 6371.0088 * math.acos(max(-1.0, min(1.0, cosine)))


@pytest.fixture(scope="module")
def facts() -> Facts:
    return some_facts(seed=7)


@pytest.fixture(scope="module")
def services(facts: Facts) -> dict[int, dict[str, bool | None]]:
    """What each place has: yes, no, or nobody knows."""
    random = Random(3)
    names = [column.name for column in SERVICES]
    return {place.number: {name: random.choice((True, True, False, None)) for name in names} for place in facts.places}


def columns_of(has: dict[str, bool | None]) -> dict[str, object]:
    """What the register says of these services; the packaged standard wants 30 Mbit/s."""
    speed = {True: 30.0, False: 29.9, None: None}[has["broadband"]]
    return {**{name: answer for name, answer in has.items() if name != "broadband"}, "speed_mbps": speed}


@pytest.fixture(scope="module")
def world(new_engine: NewEngine, facts: Facts, services: dict[int, dict[str, bool | None]]) -> Iterator[Engine]:
    with new_engine() as engine:
        with writing(engine) as connection:
            fill(connection, facts)
            add_faster_criteria(connection)
            for number, has in services.items():
                connection.execute(
                    place_version.update().where(place_version.c.place_id == number).values(columns_of(has))
                )
        yield engine


def add_faster_criteria(connection: Connection) -> None:
    """Criteria of the standard that ask for more, but not of these places: one is optional, one not yet in force."""
    broadband = select(standard_criterion).where(standard_criterion.c.basis == "speed_mbps")
    row = dict(connection.execute(broadband).mappings().one())
    for code, change in (("fibre", {"is_compulsory": False}), ("demain", {"since": date(2099, 1, 1)})):
        connection.execute(standard_criterion.insert().values(row | {"code": code, "threshold": 1_000.0} | change))


def read(engine: Engine, query: str, codes: tuple[str, ...], origin: Commune | None) -> PublicPlaces:
    with reading(engine) as connection:
        options = read_filter_options(connection, TODAY)
        selection, notices = Selection.from_query(query, options)
        assert not notices
        return read_public_places(connection, selection, codes, origin)


def naive_numbers(facts: Facts, query: str, until: date) -> list[int]:
    parts = dict(part.split("=") for part in query.split("&") if part)
    deps = parts.get("dep", "").split(",") if "dep" in parts else None
    return [
        place.number
        for place in facts.places
        if place.labelled_at(until)
        and (deps is None or place.scope[0] in deps)
        and ("porteur" not in parts or place.scope[2] == "private")
        and ("typologie" not in parts or "|fablab|" in place.scope[3])
    ]


@pytest.mark.fewer_on_postgresql(6)
@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("codes", [(), ("salle-reunion",), tuple(column.service for column in SERVICES)])
def test_places_are_those_of_a_plain_recomputation(
    world: Engine, facts: Facts, services: dict[int, dict[str, bool | None]], query: str, codes: tuple[str, ...]
) -> None:
    origin = COMMUNES["50502"]
    until = date.fromisoformat(query.partition("au=")[2] or "2020-12-31")
    names = [column.name for column in SERVICES if column.service in codes]
    labelled = naive_numbers(facts, query, until)
    centre = {place.number: COMMUNES[place.commune] for place in facts.places}
    expected = {
        f"L{number}": kilometres_between((origin.lon, origin.lat), (centre[number].lon, centre[number].lat))
        for number in labelled
        if all(services[number][name] for name in names)
    }
    found = read(world, query, codes, origin)
    assert [place.values["code"] for place in found.places] == sorted(expected, key=lambda code: expected[code])
    for place in found.places:
        assert place.kilometres == pytest.approx(expected[place.values["code"]], abs=0.01)
    assert len(found.near) == sum(distance <= NEAR_KM for distance in expected.values())
    answers = [[services[number][name] for name in names] for number in labelled]
    assert found.unknown == sum(None in one and False not in one for one in answers)


def test_without_a_commune_places_are_by_name(world: Engine) -> None:
    found = read(world, "", (), None)
    names = [place.values["name"] for place in found.places]
    assert names == sorted(names, key=fold)
    assert names
    assert all(place.kilometres is None for place in found.places)
    assert found.near == found.places


def test_a_place_with_coordinates_is_there_and_not_at_the_centre(engine: Engine) -> None:
    with writing(engine) as connection:
        fill(connection, some_facts(seed=1, count=2))
        connection.execute(place_version.update().where(place_version.c.place_id == 1).values(lon=-1.1, lat=49.1))
        connection.execute(place_version.update().where(place_version.c.place_id == 2).values(lon=-1.1))
    rows = {place.values["code"]: place.values for place in read(engine, "", (), None).places}
    assert (rows["L1"]["lon"], rows["L1"]["lat"], rows["L1"]["position"]) == (-1.1, 49.1, "lieu")
    assert rows["L2"]["position"] == "centre de la commune"
    assert rows["L2"]["lon"] == COMMUNES[rows["L2"]["commune_code"]].lon


@pytest.mark.any_engine
def test_only_the_siret_of_a_public_body_is_published(engine: Engine) -> None:
    pivots = ("20005340300016", "43493312300029", "", "199")
    with writing(engine) as connection:
        fill(connection, Facts())
        connection.execute(
            mediation_place.insert(),
            [
                {"code": f"E{at}", "name": "EPN", "commune": "14118", "load_id": 1000, "line": at}
                | {"extra": f'{{"pivot": "{pivot}", "updated": 20200214}}'}
                for at, pivot in enumerate(pivots)
            ],
        )
    with reading(engine) as connection:
        selection = Selection.from_query("", read_filter_options(connection, TODAY))[0]
        rows = connection.execute(PUBLIC_EPN.rows(selection)).mappings().all()
    assert [row["pivot"] for row in rows] == ["20005340300016", None, None, None]
    assert rows[0]["updated"] == date(2020, 2, 14)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("saint lo", "Saint-Lô (Manche)"),
        ("ST-LO", "Saint-Lô (Manche)"),
        ("50000", "Saint-Lô (Manche)"),
        ("14100", "Lisieux (Calvados)"),  # a postcode; also the INSEE code of another commune
        ("14118", "Caen (Calvados)"),
        ("l'aigle", "L’Aigle (Orne)"),
        ("aignerville", "Formigny La Bataille (Calvados)"),  # merged
        ("mere egl", "Sainte-Mère-Église (Manche)"),
    ],
)
def test_a_commune_is_found_first(text: str, label: str) -> None:
    assert search_communes(text)[0].label == label


def test_communes_are_found_by_each_of_their_names() -> None:
    for commune in list(COMMUNES.values())[::SAMPLED]:
        for text in (commune.name, fold(commune.name), commune.name.upper().replace("-", " "), commune.code):
            assert commune.code in {one.commune.code for one in find_communes(text)}, text
    for former in read_commune_history()[::SAMPLED]:
        assert former.code in {one.commune.code for one in find_communes(former.old_name)} or any(
            fold(one.name) == fold(former.old_name) for one in COMMUNES.values()
        )
        assert commune_of_code(former.old_code) in {COMMUNES[former.code], COMMUNES.get(former.old_code)}
    for postcode, codes in list(read_postcodes().items())[::SAMPLED]:
        assert set(codes) <= {one.commune.code for one in find_communes(postcode)}


def test_communes_of_one_name_are_told_apart_by_their_departement() -> None:
    found = find_communes("saint-aubin-sur-mer")
    assert {one.label for one in found} == {"Saint-Aubin-sur-Mer (Calvados)", "Saint-Aubin-sur-Mer (Seine-Maritime)"}
    assert [one.commune.dep for one in find_communes("Saint-Aubin-sur-Mer (Calvados)")] == ["14"]


@pytest.mark.parametrize("text", ["", " ", "(", "()", "strasbourg", "\0", "99999", "🙂"])
def test_what_names_no_commune_finds_none(text: str) -> None:
    assert find_communes(text) == []
