"""A database filled by an earlier version, brought up to today's: nothing lost, everything computed again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, column, func, insert, select, text
from sqlalchemy import table as sql_table

from data import migrations
from data.cube import SET_STRIDE, all_time_condition
from data.engine import open_engine
from data.facts.aid import AID_CUBE
from data.facts.attendance import ATTENDANCE_CUBE
from data.readiness import find_not_ready_reason
from data.reference import read_commune_history, read_communes, read_epci
from data.schema import (
    ROLL_UPS,
    activity,
    aid_total,
    aid_version,
    attendance_total,
    commune,
    commune_history,
    epci,
    label_span,
    metadata,
    remark,
)
from etl import rollups
from etl.preparation.database import TERRITORY, prepare
from tests.conftest import TODAY
from tests.databases import Databases
from tests.etl.deliveries import PLACES, contents, deliver

LOAD = (
    "INSERT INTO load (load_id, source, file, sha256, content_hash, kind, status, loaded_at, accepted, rejected, "
    "unchanged, replaced, warnings) VALUES ({0}, '{1}', '{1}.csv', '', '', 'region', 'loaded', "
    "'2026-01-01 00:00:00', 1, 0, 0, 0, 0)"
)
ROWS = (
    *(
        LOAD.format(number, name)
        for number, name in enumerate(("places", "labels", "aids", "activities", "attendance"), start=1)
    ),
    "INSERT INTO place (place_id, code, load_id) VALUES (1, 'TL-1', 1)",
    "INSERT INTO place_version (place_id, name, commune, holder, holder_type, typologies, load_id, line) "
    "VALUES (1, 'La Filature', '14118', 'Asso', 'nonprofit', '', 1, 2)",
    "INSERT INTO label_event (place_id, day, step, load_id, line) VALUES (1, 20200110, 'awarded', 2, 2)",
    "INSERT INTO scheme (code, load_id) VALUES ('emergence', 1)",
    "INSERT INTO scheme_version (code, label, family, funder, origin, load_id, line) "
    "VALUES ('emergence', 'Émergence', 'lever', '200053403', 'x', 1, 2)",
    "INSERT INTO partner (code, load_id) VALUES ('aract', 1)",
    "INSERT INTO aid (aid_id, reference, load_id) VALUES (1, 'D-1', 3)",
    "INSERT INTO aid_version (aid_id, origin, scheme, place_id, beneficiary, vote, voted_amount, funder, load_id, line)"
    " VALUES (1, 'aids', 'emergence', 1, ' Asso  ÉTÉ ', 20200201, 800000, '200053403', 3, 2)",
    "INSERT INTO aid_step (aid_id, step, day, number, origin, amount, load_id, line) "
    "VALUES (1, 'vote', 20200201, 0, 'aids', 800000, 3, 2)",
    "INSERT INTO activity (code, partner, kind, day, holder, load_id, line) "
    "VALUES ('A-1', 'aract', 'prior_meeting', 20191201, 'Asso été', 4, 2)",
    "INSERT INTO attendance (place_id, starts, ends, unit, audience, value, load_id, line) "
    "VALUES (1, 20200201, 20200229, 1, 0, 130, 5, 2)",
)
OLD_ROLL_UPS = (
    "INSERT INTO aid_total (step, day, dep, epci, holder_type, scheme, family, funder, amount, files) "
    "VALUES ('vote', 20200201, '14', '200065597', 'nonprofit', 'emergence', 'lever', '200053403', 1, 1)",
    "INSERT INTO attendance_total (unit, month, dep, epci, holder_type, value, reports, expected, answered) "
    "VALUES (1, 202002, '14', '200065597', 'nonprofit', 1, 1, 0, 1)",
)

_VOTED = select(func.sum(aid_total.c.amount)).where(
    aid_total.c.step == "vote", all_time_condition(AID_CUBE, aid_total.c)
)
_DECLARED = attendance_total.c
_VISITS = select(_DECLARED.period_key, _DECLARED.value, _DECLARED.answered).where(
    _DECLARED.unit == "visits", _DECLARED.reports > 0
)


@pytest.fixture(scope="module", params=["0001", "0006"])
def old_url(databases: Databases, request: pytest.FixtureRequest) -> str:
    """A database filled at the first version, with territory and rows of every kind, and left at one that landed; to be
    copied and never written.
    """
    url = databases.create()
    engine = open_engine(url)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for table, rows in TERRITORY.items():
            filled = rows()
            known_then = sql_table(table.name, *(column(name, table.c[name].type) for name in filled[0]))
            connection.execute(insert(known_then), filled)
        for statement in (*ROWS, *OLD_ROLL_UPS):
            connection.execute(text(statement))
        command.upgrade(config, request.param)
    engine.dispose()
    return url


@pytest.fixture
def old(databases: Databases, old_url: str) -> Iterator[Engine]:
    url = databases.copy(old_url)
    engine = open_engine(url)
    yield engine
    engine.dispose()
    databases.drop(url)


def test_an_older_database_comes_out_right(old: Engine) -> None:
    prepare(old, TODAY)
    assert find_not_ready_reason(old) is None
    with old.connect() as connection:
        assert connection.scalar(select(aid_version.c.beneficiary_key)) == "asso ete"
        assert connection.scalar(select(activity.c.holder_key)) == "asso ete"
        assert connection.scalar(_VOTED) == 8_000
        assert connection.scalar(select(func.count()).select_from(label_span)) == 1
        assert {tuple(row) for row in connection.execute(_VISITS)} == {
            (one.number * SET_STRIDE + 202002, 130, 1) for one in ATTENDANCE_CUBE.sets
        }
    before = contents(old)
    prepare(old, TODAY)
    assert contents(old) == before


def test_its_roll_ups_are_those_of_a_database_filled_today(old: Engine, engine: Engine) -> None:
    """The same rows loaded by today's version, with the same numbers, give the same roll-ups."""
    prepare(old, TODAY)
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
        with old.connect() as filled:
            for table in metadata.sorted_tables:
                rows = [dict(row) for row in filled.execute(select(table)).mappings()]
                if rows and table not in ROLL_UPS:
                    connection.execute(table.insert(), rows)
        rollups.refresh_all(connection, TODAY)
    assert contents(engine) == contents(old)


def test_names_are_those_of_today(old: Engine) -> None:
    """Territories were loaded with the names of the first version."""
    plain = {"plain": "'"}
    with old.begin() as connection:
        for table, name in (("epci", "name"), ("commune", "name"), ("commune_history", "old_name")):
            connection.execute(text(f"UPDATE {table} SET {name} = replace({name}, '’', :plain)"), plain)
        for right, wrong in (("œ", "oe"), ("Évreux", "Evreux")):
            values = {"right": right, "wrong": wrong}
            connection.execute(text("UPDATE epci SET name = replace(name, :right, :wrong)"), values)
    prepare(old, TODAY)
    with old.connect() as connection:
        areas, towns = (set(connection.execute(select(one.c.code, one.c.name)).all()) for one in (epci, commune))
        former = set(connection.execute(select(commune_history.c.old_code, commune_history.c.old_name)).all())
    assert areas == {(one.code, one.name) for one in read_epci()}
    assert towns == {(one.code, one.name) for one in read_communes()}
    assert former == {(one.old_code, one.old_name) for one in read_commune_history()}


KEPT = (
    (1, 2, "date_ouverture", "Mois sans jour (lu : 01/03/2018)."),
    (1, 3, "date_ouverture", "Mois sans jour (lu : 01/04/2018)."),
    (1, None, "note", "Colonne inconnue, laissée de côté."),
    (1, 4, "siret", "SIRET lu sans espaces (lu : 20005340300016) — dit une fois pour toute la colonne."),
    *((2, line, "date", "Mois sans jour (lu : 01/03/2018).") for line in range(2, 102)),
)


def test_remarks_that_an_older_version_kept_row_by_row_come_out_by_cause(old: Engine) -> None:
    """With those that it counted and did not keep: of the only cause that it cut off, or of none in particular."""
    with old.begin() as connection:
        connection.execute(text("UPDATE load SET warnings = CASE load_id WHEN 1 THEN 7 ELSE 250 END"))
        for number, (load_id, line, name, message) in enumerate(KEPT, 1):
            connection.execute(
                text(
                    'INSERT INTO remark (load_id, number, line, "column", value, message) '
                    "VALUES (:a, :b, :c, :d, :e, :f)"
                ),
                dict(zip("abcdef", (load_id, number, line, name, "lu", message), strict=True)),
            )
    prepare(old, TODAY)
    with old.connect() as connection:
        found = [tuple(row)[1:] for row in connection.execute(
            select(remark.c.load_id, remark.c.column, remark.c.message, remark.c.rows, remark.c.lines)
            .where(remark.c.load_id <= 2).order_by(remark.c.load_id, remark.c.number))]  # fmt: skip
        keys = set(connection.scalars(select(remark.c.message_search_key)))
    assert found == [
        ("date_ouverture", "Mois sans jour.", 2, "2, 3"),
        ("note", "Colonne inconnue, laissée de côté.", None, None),
        ("siret", "SIRET lu sans espaces (lu : 20005340300016) — dit une fois pour toute la colonne.", None, "4"),
        (None, "Autres remarques de ce chargement, dont le détail n’a pas été gardé.", 3, None),
        ("date", "Mois sans jour.", 250, ", ".join([*map(str, range(2, 22)), "…"])),
    ]
    assert "mois sans jour." in keys


def test_the_siren_of_an_older_database_is_that_of_its_sirets(old: Engine) -> None:
    with old.begin() as connection:
        connection.execute(text("UPDATE aid_version SET siret = '20005340300016'"))
    prepare(old, TODAY)
    with old.connect() as connection:
        assert connection.scalar(select(aid_version.c.siren)) == "200053403"


def test_a_database_of_today_is_left_alone(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(engine, tmp_path / "places.csv", PLACES)
    monkeypatch.setattr("etl.preparation.database.upgrade_database", lambda *_: pytest.fail("nothing to bring up"))
    prepare(engine, TODAY)
