"""The tiles: their numbers are the indicators', their sentences follow the data."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine, delete, insert

from dashboard.components.tile import Tile
from dashboard.components.tile_values import response_tile, visits_tile, voted_tile
from dashboard.pages.home.tiles import read_tiles
from data.engine import reading, writing
from data.indicators import indicator_named
from data.indicators.coverage import POPULATION_15KM
from data.queries.indicators import read_value
from data.queries.options import read_filter_options
from data.queries.target_position import read_target_position
from data.schema import envelope
from data.selection import FilterOptions, Selection
from data.sources import REGION_SIREN
from tests.conftest import NewEngine
from tests.dashboard.conftest import ON, select
from tests.dashboard.facts import LOAD, Facts, Place, Report, Vote, fill, some_facts


def read(query: str, connection: Connection, options: FilterOptions) -> dict[str, Tile]:
    selection = select(query, options)
    return {one.slug: one for one in read_tiles(connection, selection, read_target_position(connection, selection))}


def response(query: str, connection: Connection, options: FilterOptions) -> Tile:
    return response_tile(connection, select(query, options))


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


QUERIES = ("au=2020-12-31", "dep=76&au=2020-12-31", "du=2019-03-15&au=2020-06-10&porteur=prive", "au=2019-05-31")


@pytest.mark.parametrize("query", QUERIES)
def test_the_rows_behind_a_tile_make_its_number(query: str, connection: Connection, options: FilterOptions) -> None:
    tiles = read(query, connection, options)
    assert tuple(tiles) == ("lieux-labellises", "aides-votees", "population-15km", "visites")
    for slug, shown in tiles.items():
        indicator = indicator_named(slug)
        assert indicator is not None
        behind = read_value(connection, indicator, Selection.from_query(shown.query, options)[0])
        assert shown.value == indicator.unit.value_text(behind.value)


def test_labelled_tile_compares_with_the_target(connection: Connection, options: FilterOptions) -> None:
    shown = read("au=2020-12-31", connection, options)["lieux-labellises"]
    assert (shown.value, shown.unit, shown.tone) == ("32", "/ 50", "late")
    assert shown.share == pytest.approx(32 / 50)
    assert shown.status == "8 lieux de moins que prévu à cette date"


@pytest.mark.parametrize(
    ("query", "reason"),
    [("dep=76&au=2020-12-31", "pour ce territoire"), ("porteur=prive&au=2020-12-31", "par type de porteur")],
)
def test_nobody_is_late_without_a_voted_target(
    query: str, reason: str, connection: Connection, options: FilterOptions
) -> None:
    shown = read(query, connection, options)["lieux-labellises"]
    assert (shown.unit, shown.share, shown.tone) == ("", None, "neutral")
    assert shown.status == f"Pas d’objectif voté {reason}"


def test_before_the_baseline_the_labelled_tile_is_neutral(connection: Connection, options: FilterOptions) -> None:
    shown = read("au=2018-01-31", connection, options)["lieux-labellises"]
    assert (shown.tone, shown.status) == ("neutral", "Objectif fixé au 31/12/2021")


def test_after_the_due_date_the_labelled_tile_is_neutral(connection: Connection, options: FilterOptions) -> None:
    later = replace(options, today=date(2023, 1, 1))
    shown = read("au=2022-06-30", connection, later)["lieux-labellises"]
    assert shown.tone == "neutral"
    assert plain(shown.status) == "32 lieux au 31/12/2021 pour 50 visés ; aucun objectif plus récent n’est enregistré"


def test_more_than_expected_is_good_and_reached(new_engine: NewEngine) -> None:
    with new_engine() as engine:
        assert labelled_tile(engine, some_facts(count=60), "au=2020-12-31").tone == "good"
    with new_engine() as engine:
        shown = labelled_tile(engine, some_facts(count=60), "au=2020-06-30")
        assert shown.status.endswith("de plus que prévu à cette date") or shown.status == "Objectif atteint"


def labelled_tile(engine: Engine, facts: Facts, query: str) -> Tile:
    with writing(engine) as connection:
        fill(connection, facts)
    with reading(engine) as connection:
        return read(query, connection, read_filter_options(connection, ON))["lieux-labellises"]


def test_voted_tile_gives_the_last_twelve_months(connection: Connection, options: FilterOptions) -> None:
    whole = voted_tile(connection, select("au=2020-12-31", options))
    assert whole.unit == "jusqu’au 31 décembre 2020"
    assert plain(whole.status).startswith("Dont ")
    year = voted_tile(connection, select("du=2020-01-01&au=2020-12-31", options))
    assert year.unit == "du 1er janvier 2020 au 31 décembre 2020"
    assert year.status == "Leviers Émergence et Services numériques innovants"
    assert f"Dont {year.value} sur les douze derniers mois" == whole.status


def test_visits_tile_gives_the_last_month_declared(connection: Connection, options: FilterOptions) -> None:
    shown = read("au=2020-12-31", connection, options)["visites"]
    assert (shown.label, shown.unit) == ("Visites, décembre 2020", "visites")
    assert "ont répondu (" in shown.status
    silent = read("au=2020-04-30", connection, options)["visites"]
    assert silent.label == "Visites, mars 2020"
    assert plain(silent.status).endswith(" ; rien de déclaré depuis")


def test_visits_tile_without_declaration_has_a_reason(connection: Connection, options: FilterOptions) -> None:
    tiles = read("au=2018-06-30", connection, options)
    assert (tiles["visites"].value, tiles["visites"].status) == ("—", "Aucun lieu n’a déclaré de fréquentation")
    none = response("du=2020-12-05&au=2020-12-20", connection, options)
    assert (none.value, none.status, none.share) == ("—", "Aucun mois entier dans la période", None)


def test_response_tile_gives_the_response_rate(connection: Connection, options: FilterOptions) -> None:
    shown = response("au=2020-12-31", connection, options)
    assert shown.label == "Taux de réponse, 12 derniers mois"
    assert "déclarations attendues manquent" in shown.status
    month = response("du=2020-12-01&au=2020-12-31", connection, options)
    assert month.label == "Taux de réponse, 1 dernier mois"


@pytest.mark.parametrize(("before", "expected_text"), [(20, "−50 %"), (5, "+100 %"), (10, "0 %")])
def test_attendance_tile_compares_two_years(new_engine: NewEngine, before: int, expected_text: str) -> None:
    scope = ("61", "246100663", "public", "")
    places = tuple(Place(at, "Lieu", "61001", scope, ((date(2019, 1, 1), None),)) for at in range(1, 6))
    visits = {201912: before, 202012: 10}
    reports = tuple(Report(place, month, declared) for place in places for month, declared in visits.items())
    with new_engine() as engine:
        with writing(engine) as connection:
            fill(connection, Facts(places, (), reports))
        with reading(engine) as connection:
            options = read_filter_options(connection, ON)
            shown = read("au=2020-12-31", connection, options)["visites"]
            alone = read("au=2019-12-31", connection, options)["visites"]
    assert (
        plain(shown.status) == f"{expected_text} sur douze mois à lieux comparables ; 5 lieux sur 5 ont répondu (100 %)"
    )
    assert plain(alone.status) == "5 lieux sur 5 ont répondu (100 %)"  # no year before


def test_near_tile_gives_the_share_of_inhabitants(connection: Connection, options: FilterOptions) -> None:
    shown = read("au=2020-12-31", connection, options)["population-15km"]
    now, before = (
        read_value(connection, POPULATION_15KM, select(f"au={year}-12-31", options)).value or 0 for year in (2020, 2019)
    )
    assert now > before
    assert plain(shown.status) == f"À vol d’oiseau ; +{round((now - before) * 100)} points en un an"
    assert shown.share == now
    empty = read("dep=61&epci=200066827&au=2020-12-31", connection, options)["population-15km"]
    assert (empty.value, empty.status, empty.share) == ("—", "Aucun habitant dans la sélection", None)


ENVELOPES = (
    ((("emergence", 2020, "AE", 100_000),), "/ 100 000 €", "Votés : 54 % des autorisations d’engagement (AE) 2020"),
    (
        (("emergence", 2020, "AE", 100_000), ("services-numeriques", 2020, "AP", 400_000)),
        "",
        "Votés : 54 % des autorisations d’engagement (AE) et 10 % des autorisations de programme (AP) 2020",
    ),
    ((("emergence", 2019, "AE", 100_000), ("ess", 2020, "AE", 5_000)), "jusqu’au 31 décembre 2020", "Dont "),
)


@pytest.mark.parametrize(("rows", "unit", "status"), ENVELOPES, ids=["one kind", "two kinds", "none of a lever"])
def test_yearly_aid_tile_compares_with_the_envelope(
    new_engine: NewEngine, rows: tuple[tuple[str, int, str, int], ...], unit: str, status: str
) -> None:
    place = Place(1, "Lieu", "61001", ("61", "246100663", "public", ""), ((date(2020, 1, 1), None),))
    spent = {"emergence": 54_000} if len(rows) == 1 else {"emergence": 54_000, "services-numeriques": 40_000}
    votes = tuple(Vote(date(2020, 5, 1), one, REGION_SIREN, place, Decimal(amount)) for one, amount in spent.items())
    with new_engine() as engine:
        with writing(engine) as connection:
            fill(connection, Facts((place,), votes, ()))
            connection.execute(delete(envelope))
            for line, (scheme, year, credit, amount) in enumerate(rows, 2):
                about = {"scheme": scheme, "fiscal_year": year, "credit": credit, "amount": Decimal(amount)}
                connection.execute(insert(envelope), about | {"load_id": LOAD, "line": line})
        with reading(engine) as connection:
            options = read_filter_options(connection, ON)
            shown = read("au=2020-12-31", connection, options)["aides-votees"]
            assert read("dep=61&au=2020-12-31", connection, options)["aides-votees"].unit == "jusqu’au 31 décembre 2020"
    assert plain(shown.unit) == unit
    assert plain(shown.status).startswith(status)
    assert (shown.share is not None) == unit.startswith("/")


ALL_IN = "Toutes les déclarations attendues sont arrivées"
NONE_EXPECTED = "Aucun lieu n’était labellisé durant la période"


@pytest.mark.parametrize(
    ("awarded", "visits", "expected_text"),
    [
        (date(2019, 1, 1), 0, ("visite", "1 lieu sur 1 a répondu (100 %)", "11 déclarations attendues manquent")),
        (date(2020, 12, 3), 2, ("visites", "1 lieu sur 1 a répondu (100 %)", ALL_IN)),
        (date(2021, 1, 2), 1, ("visite", "Aucun lieu labellisé n’était attendu", NONE_EXPECTED)),
    ],
)
def test_one_place_is_singular(
    new_engine: NewEngine, awarded: date, visits: int, expected_text: tuple[str, str, str]
) -> None:
    place = Place(1, "Lieu", "61001", ("61", "246100663", "public", ""), ((awarded, None),))
    with new_engine() as engine:
        with writing(engine) as connection:
            fill(connection, Facts((place,), (), (Report(place, 202012, visits),)))
        with reading(engine) as connection:
            selection = select("au=2020-12-31", read_filter_options(connection, ON))
            shown, rate = visits_tile(connection, selection), response_tile(connection, selection)
    assert shown.value == str(visits)
    assert (shown.unit, plain(shown.status), rate.status) == expected_text
