"""Search keys: what they make of names, where they are stored, and which texts of lists have none."""

from __future__ import annotations

import pytest
from sqlalchemy import (
    ColumnElement,
    Engine,
    Text,
    case,
    cast,
    column,
    func,
    insert,
    literal,
    null,
    select,
    union_all,
)

from data.i18n import search_key
from data.schema import commune, departement, metadata, place, place_version
from data.schema.base import derived_columns
from data.search_keys import search_key_in_sql, search_key_name, with_search_keys


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("L’Aigle", "l aigle"),
        ("L'Aigle", "l aigle"),
        ("St-Lô", "saint lo"),
        ("Ste-Marie-du-Mont", "sainte marie du mont"),
        ("Saint-Lô", "saint lo"),
        ("Estouteville", "estouteville"),
        ("CC Cœur  Côte Fleurie", "cc coeur cote fleurie"),
        ("Æbelholt", "aebelholt"),
        ("Boëcé", "boece"),
        ("100\u202f% bio", "100 % bio"),
        ("-", ""),
    ],
)
def test_a_key_is_what_people_type(text: str, key: str) -> None:
    assert search_key(text) == key
    assert search_key(key) == key


def test_every_derived_text_is_stored_beside_its_source(demo_engine: Engine) -> None:
    with demo_engine.connect() as connection:
        for table in metadata.sorted_tables:
            for name, (source, derive) in derived_columns(table):
                rows = connection.execute(select(table.c[source], table.c[name]).distinct()).all()
                wrong = [row for row in rows if (None if row[0] is None else derive(row[0])) != row[1]]
                assert not wrong, (table.name, name, wrong[:3])


def test_whoever_inserts_a_row_gives_its_key(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(insert(departement), [{"code": "99", "name": "L’Île-d’Œuf"}])
        key = select(departement.c.name_search_key).where(departement.c.code == "99")
        assert connection.scalar(key) == "l ile d oeuf"


_NAME = select(place_version.c.name).where(place_version.c.place_id == place.c.place_id).scalar_subquery()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (commune.c.name, "commune.name_search_key"),
        (commune.c.name.label("town"), "commune.name_search_key"),
        (commune.alias("town").c.name, "town.name_search_key"),
        (func.coalesce(commune.c.name, literal("Écouché")), "coalesce(commune.name_search_key, 'ecouche')"),
        (func.coalesce(commune.c.name, commune.c.code), "coalesce(commune.name_search_key, lower(commune.code))"),
        (case({"É": "Été"}, value=commune.c.code), "CASE commune.code WHEN 'É' THEN 'ete' END"),
        (case((commune.c.dep == "É", null()), else_="É"), "CASE WHEN (commune.dep = 'É') THEN NULL ELSE 'e' END"),
    ],
)  # fmt: skip
def test_a_key_is_made_of_stored_ones(text: ColumnElement[str], key: str) -> None:
    found = search_key_in_sql(text)
    assert found is not None
    assert str(found.compile(compile_kwargs={"literal_binds": True})) == key


def test_the_key_of_a_subquery_is_sought_as_its_text_is() -> None:
    found = str(search_key_in_sql(_NAME))
    assert found == str(_NAME).replace("place_version.name", "place_version.name_search_key")


@pytest.mark.parametrize("text", [commune.c.code, column("name", Text), cast(null(), Text), func.trim(commune.c.name)])
def test_a_code_has_none(text: ColumnElement[str]) -> None:
    assert search_key_in_sql(text) is None


def test_rows_are_given_the_keys_that_they_lack() -> None:
    rows = with_search_keys(select(commune.c.code, commune.c.name, commune.c.population))
    assert list(rows.selected_columns.keys()) == ["code", "name", "population", "name_search_key"]
    assert with_search_keys(rows).selected_columns.keys() == rows.selected_columns.keys()
    unnamed = with_search_keys(select(commune.c.code, cast(null(), Text).label("name")), required=("name",))
    both = union_all(select(*(rows.selected_columns[name] for name in ("code", "name", "name_search_key"))), unnamed)
    assert search_key_name("name") in both.subquery().c
