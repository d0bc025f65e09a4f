"""Connections: readers that see one snapshot and cannot write, one writer who keeps all or nothing."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, ProgrammingError

from data.engine import DEFAULT_WRITER_WAIT, WriterBusyError, cached_on_snapshot, open_engine, reading, writing
from data.schema import departement, label_month
from data.settings import SettingsError

ELSEWHERE = insert(departement).values(code="99", name="Ailleurs")


def _count(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(departement)) or 0


def test_a_reader_cannot_write(engine: Engine) -> None:
    with reading(engine) as connection, pytest.raises(DBAPIError, match=r"(?i)read-?only"):
        connection.execute(ELSEWHERE)
    with reading(engine) as connection:
        assert _count(connection) == 5


def test_a_writer_writes_on_a_connection_that_served_a_reader(engine: Engine) -> None:
    with reading(engine) as connection:
        assert _count(connection) == 5
    with writing(engine) as connection:
        connection.execute(ELSEWHERE)
    with reading(engine) as connection:
        assert _count(connection) == 6


def test_a_reader_that_fails_gives_back_a_connection_that_can_write(engine: Engine) -> None:
    with pytest.raises((OperationalError, ProgrammingError)), reading(engine) as connection:
        connection.execute(text("SELECT nothing FROM nowhere"))
    with writing(engine) as connection:
        connection.execute(ELSEWHERE)


def test_a_reader_sees_one_snapshot_while_somebody_writes(engine: Engine) -> None:
    with reading(engine) as connection:
        assert _count(connection) == 5
        with writing(engine) as writer:
            writer.execute(ELSEWHERE)
        assert _count(connection) == 5
    with reading(engine) as connection:
        assert _count(connection) == 6


def test_a_writer_keeps_all_or_nothing(engine: Engine) -> None:
    twice = [{"code": "99", "name": "Ailleurs"}, {"code": "14", "name": "Encore"}]
    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(insert(departement), twice)
    with reading(engine) as connection:
        assert _count(connection) == 5


def test_two_writers_wait_for_each_other(engine: Engine) -> None:
    """The second begins once the first is done, and sees what it did."""
    seen: list[int] = []
    started = threading.Event()

    def second() -> None:
        started.set()
        with writing(engine) as connection:
            seen.append(_count(connection))
            connection.execute(insert(departement).values(code="98", name="Plus loin"))

    other = threading.Thread(target=second)
    with writing(engine) as connection:
        other.start()
        started.wait(10)
        connection.execute(ELSEWHERE)
        other.join(0.3)
        assert other.is_alive()
        assert seen == []
    other.join(20)
    assert seen == [6]
    with reading(engine) as connection:
        assert _count(connection) == 7


def test_foreign_keys_hold(engine: Engine) -> None:
    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(insert(label_month).values(place_id=99, month=202001))


def test_how_long_a_writer_waits_and_the_log_are_set(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{(tmp_path / 'x.sqlite').as_posix()}")
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA busy_timeout")) == DEFAULT_WRITER_WAIT * 1000
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
    engine.dispose()


def test_nothing_is_created_before_it_is_used(tmp_path: Path) -> None:
    open_engine(f"sqlite:///{(tmp_path / 'not' / 'there' / 'x.sqlite').as_posix()}")
    assert not list(tmp_path.iterdir())


def test_a_writer_waits_as_long_as_it_is_told_and_says_for_whom(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    """The wait given to one writer is its own: the next on the same connection waits as long as the address says."""
    address = (
        engine.url.set(query={**engine.url.query, "timeout": "0.2"})
        .difference_update_query(["cached_statements"])
        .render_as_string(hide_password=False)
    )
    hurried = open_engine(address)
    sqlite = engine.dialect.name == "sqlite"
    with writing(hurried, wait=60):
        pass
    started = time.monotonic()
    with (
        writing(engine),
        pytest.raises(OperationalError if sqlite else WriterBusyError) as busy,
        writing(hurried),
    ):
        pass
    assert time.monotonic() - started < 20
    if not sqlite:
        said = str(busy.value)
        assert said.startswith("La base de données est occupée depuis 1 seconde par un autre chargement (tiers-lieux ")
        assert f"tiers-lieux {os.getpid()}@" in said
        assert "session PostgreSQL" in said
        assert "Attente de 0 s au plus" in caplog.text
    with writing(hurried):
        pass
    hurried.dispose()


def test_how_long_a_writer_waits_can_be_given(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{(tmp_path / 'x.sqlite').as_posix()}?timeout=2")
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA busy_timeout")) == 2000
    engine.dispose()


@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])  # SQLite refuses the log at once, or after it has waited
def test_the_log_is_asked_for_as_long_as_a_writer_waits(tmp_path: Path, lock: str) -> None:
    path = tmp_path / "x.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE one (x)")
        other.execute(f"BEGIN {lock}")
        hurried = open_engine(f"sqlite:///{path.as_posix()}?timeout=0.2")
        started = time.monotonic()
        with pytest.raises(OperationalError, match="locked"), hurried.connect():
            pass
        assert 0.15 < time.monotonic() - started < 3
        patient = open_engine(f"sqlite:///{path.as_posix()}?timeout=20")
        with ThreadPoolExecutor() as pool:
            mode = pool.submit(_journal_mode, patient)
            time.sleep(0.3)
            assert not mode.done()
            other.execute("COMMIT")
            assert mode.result(20) == "wal"
    patient.dispose()


def _journal_mode(engine: Engine) -> object:
    with engine.connect() as connection:
        return connection.scalar(text("PRAGMA journal_mode"))


def test_a_database_in_memory_needs_no_folder() -> None:
    engine = open_engine("sqlite://")
    with writing(engine) as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    engine.dispose()


@pytest.mark.parametrize("url", ["nonsense", "", "mysql://user@host/base", "http://host/base"])
def test_an_address_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(SettingsError):
        open_engine(url)


def test_postgresql_is_spoken_to_by_psycopg() -> None:
    assert open_engine("postgresql://host/base").driver == "psycopg"


def test_a_question_asked_twice_on_one_snapshot_is_read_once(engine: Engine) -> None:
    read: list[str] = []

    @cached_on_snapshot
    def count_of(connection: Connection, code: str) -> int:
        read.append(code)
        return connection.scalar(select(func.count()).where(departement.c.code == code)) or 0

    with reading(engine) as connection:
        assert [count_of(connection, code) for code in ("99", "14", "99")] == [0, 1, 0]
    assert read == ["99", "14"]
    with writing(engine) as connection:
        before = count_of(connection, "99")
        connection.execute(ELSEWHERE)
        assert (before, count_of(connection, "99")) == (0, 1)
    with reading(engine) as connection:
        assert count_of(connection, "99") == 1
