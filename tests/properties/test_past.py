"""The database of a past load is the database that was there then: same facts, same roll-ups, after any later loads."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import URL, Connection, Engine, select

from data.engine import open_engine, reading, writing
from data.schema import ROLL_UPS, VERSION_TABLES, is_live, load
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_files
from etl.loading.rollback import roll_back
from etl.past.writer import PastError, write_past
from etl.rollups import refresh_all
from tests.conftest import TODAY, NewEngine
from tests.properties.random_world import write_random_world

pytestmark = pytest.mark.without_coverage

Contents = dict[str, list[tuple[object, ...]]]


def known(connection: Connection) -> Contents:
    """Live facts and roll-ups, whatever the load that will end them."""
    tables = {table: select(*(column for column in table.c if column.name != "ended_by")).where(is_live(table))
              for table in VERSION_TABLES}  # fmt: skip
    queries = tables | {table: select(table) for table in ROLL_UPS}
    return {
        table.name: sorted((tuple(row) for row in connection.execute(query)), key=repr)
        for table, query in queries.items()
    }


def past(source: Engine, load_id: int, path: Path) -> Contents:
    write_past(source, load_id, path)
    engine = open_engine(URL.create("sqlite", database=str(path)), create=False)
    with reading(engine) as connection:
        contents = known(connection)
    engine.dispose()
    return contents


def test_each_load_can_be_read_again(new_engine: NewEngine, tmp_path: Path) -> None:
    """Two worlds, one after the other: the second corrects, adds and takes away places, labels, aids and visits."""
    folders = [tmp_path / "1", tmp_path / "101"]
    with new_engine() as engine:
        states: dict[int, Contents] = {}
        for folder in folders:
            folder.mkdir()
            for path in write_random_world(folder, int(folder.name)):
                for report in load_files(engine, [path], LoadOptions(TODAY, confirm=True)):
                    if report.load is not None:
                        with reading(engine) as connection:
                            states[report.load] = known(connection)
        assert len(states) >= 12
        for load_id in list(states)[3::6]:
            found = past(engine, load_id, tmp_path / f"{load_id}.sqlite")
            for name, rows in states[load_id].items():
                assert found[name] == rows, (load_id, name)
        last = max(states)
        with writing(engine) as connection:
            roll_back(connection, last)
            refresh_all(connection, TODAY)
        before = max(one for one in states if one != last)
        assert past(engine, before, tmp_path / "before.sqlite") == states[before]


def test_a_load_that_is_not_there_has_no_past(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(PastError, match="n’existe pas"):
        write_past(engine, 99, tmp_path / "past.sqlite")
    with engine.connect() as connection:
        (first,) = connection.execute(select(load.c.load_id).order_by(load.c.load_id).limit(1)).scalars()
    write_past(engine, first, tmp_path / "past.sqlite")
    with pytest.raises(PastError, match="existe déjà"):
        write_past(engine, first, tmp_path / "past.sqlite")
    assert [path.name for path in tmp_path.iterdir()] == ["past.sqlite"]
