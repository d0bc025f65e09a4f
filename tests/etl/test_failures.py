"""What can go wrong around a load: a killed process, a full disk, another writer. The state before stands."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, nullcontext
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import openpyxl
import psycopg
import pytest
from rich.console import Console
from sqlalchemy import Engine, func, insert, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, OperationalError

from data.engine import open_engine
from data.migrations import MigrationError
from data.readiness import find_not_ready_reason
from data.reference import POLICY_FILES
from data.schema import attendance, departement
from etl.cli import reports
from etl.cli.reports import load_reports
from etl.failures import PreparationError, describe
from etl.files.recognise import Format
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_file
from etl.preparation import database
from tests.conftest import TODAY
from tests.etl.deliveries import PLACES, contents, deliver, write_csv

ROOT = Path(__file__).resolve().parents[2]
VISIT = {"id_lieu": "TL-01", "debut": "01/01/2020", "fin": "31/01/2020", "unite": "visites", "valeur": "120"}
unix = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of Unix")


def _big_file(path: Path, rows: int) -> Path:
    """One row a day and place: what takes seconds to load."""
    first = date(1900, 1, 1)
    days = (first + timedelta(days=number // len(PLACES)) for number in range(rows))
    lines = [
        f"{PLACES[number % len(PLACES)]['id_lieu']};{day:%d/%m/%Y};{day:%d/%m/%Y};heures;{number}\n"
        for number, day in enumerate(days)
    ]
    path.write_text("id_lieu;debut;fin;unite;valeur\n" + "".join(lines), encoding="utf-8")
    return path


def _start(url: str, *arguments: object, before: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "etl", *map(str, arguments)]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=before,  # noqa: PLW1509  # no thread is running
    )


def _is_written(url: str) -> bool:
    """Whether somebody holds the writer's lock."""
    if url.startswith("postgresql"):
        with psycopg.connect(url) as connection:
            held = connection.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            ).fetchone()
            return bool(held and held[0])
    with closing(sqlite3.connect(str(make_url(url).database), timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        return False


@unix
@pytest.mark.slow
def test_a_loader_killed_in_the_middle_leaves_the_state_before(engine_url: str, tmp_path: Path) -> None:
    engine = open_engine(engine_url)
    deliver(engine, tmp_path / "places.csv", PLACES)
    before = contents(engine)
    engine.dispose()
    path = _big_file(tmp_path / "visites.csv", 120_000)
    loader = _start(engine_url, "load", path)
    busy_since = None
    while busy_since is None or time.monotonic() - busy_since < 0.4:
        assert loader.poll() is None, f"loaded before it could be killed: {loader.communicate()}"
        busy_since = (busy_since or time.monotonic()) if _is_written(engine_url) else None
        time.sleep(0.01)
    loader.send_signal(signal.SIGKILL)
    loader.communicate()
    assert loader.returncode == -signal.SIGKILL
    assert contents(engine) == before
    report = deliver(engine, tmp_path / "après.csv", [VISIT])
    assert (report.status, report.accepted) == ("loaded", 1)
    engine.dispose()


@unix
def test_a_full_disk_leaves_the_state_before(tmp_path: Path) -> None:
    """A limit on the size of files stands for it: SQLite meets an error while it writes."""
    import resource  # noqa: PLC0415  # not on Windows

    path = tmp_path / "x.sqlite"
    url = f"sqlite:///{path.as_posix()}"
    engine = open_engine(url)
    database.prepare(engine, TODAY)
    deliver(engine, tmp_path / "places.csv", PLACES)
    before = contents(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    limit = path.stat().st_size + 100_000
    loader = _start(
        url,
        "load",
        _big_file(tmp_path / "visites.csv", 30_000),
        before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    said, failed = loader.communicate(timeout=120)
    assert (loader.returncode, failed) == (1, "")
    assert "Le disque de la base de données est plein, ou ne peut plus être écrit." in said
    assert contents(engine) == before
    assert deliver(engine, tmp_path / "après.csv", [VISIT]).status == "loaded"
    engine.dispose()


def test_another_writer_is_waited_for_then_named(tmp_path: Path) -> None:
    url = f"sqlite:///{(tmp_path / 'x.sqlite').as_posix()}?timeout=0.2"
    engine = open_engine(url)
    database.prepare(engine, TODAY)
    with closing(sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        report = deliver(engine, tmp_path / "places.csv", PLACES)
        with pytest.raises(OperationalError) as busy:
            deliver(engine, tmp_path / "places.csv", PLACES, keep=False)
        database.prepare(engine, TODAY)  # it is ready: nothing to wait for
    sentence = "La base de données est occupée par un autre chargement. Recommencez dans un instant."
    assert (report.status, report.problems[0].message, describe(busy.value)) == ("refused", sentence, sentence)
    assert deliver(engine, tmp_path / "places.csv", PLACES).status == "loaded"
    engine.dispose()


@pytest.mark.parametrize("name", ["lieux.csv", "lieux.xlsx"])
def test_a_file_that_changes_while_it_is_read_is_refused(engine: Engine, tmp_path: Path, name: str) -> None:
    path = write_csv(tmp_path / name, PLACES)
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in (list(PLACES[0]), *(list(place.values()) for place in PLACES)):
            book.worksheets[0].append(row)
        book.save(path)
    before = contents(engine)
    report = load_file(engine, path, LoadOptions(TODAY), progress=lambda _read, _total: path.touch())
    assert (report.status, report.problems[0].message) == (
        "refused",
        "le fichier a été modifié pendant la lecture. Réessayez dans un instant.",
    )
    assert contents(engine) == before


def test_an_interruption_leaves_the_state_before(engine: Engine, tmp_path: Path) -> None:
    def interrupt(_read: int, _total: int | None) -> None:
        raise KeyboardInterrupt

    before = contents(engine)
    with pytest.raises(KeyboardInterrupt):
        load_file(engine, write_csv(tmp_path / "places.csv", PLACES), LoadOptions(TODAY), interrupt)
    assert contents(engine) == before
    assert deliver(engine, tmp_path / "places.csv", PLACES).status == "loaded"


def test_a_server_that_goes_away_ends_in_a_sentence(engine: Engine, tmp_path: Path) -> None:
    if engine.dialect.name == "sqlite":
        pytest.skip("there is no server")

    def cut(_rows: int, _total: int | None) -> None:
        with engine.connect() as other:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            other.execute(text(f"{others} WHERE datname = current_database() AND pid <> pg_backend_pid()"))

    report = load_file(engine, write_csv(tmp_path / "places.csv", PLACES), LoadOptions(TODAY), cut)
    assert report.status == "refused"
    assert report.problems[0].message.startswith("La base de données ne répond pas.")
    assert deliver(engine, tmp_path / "places.csv", PLACES).status == "loaded"


def test_an_unforeseen_failure_keeps_its_traceback(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(connection: object, *_others: object) -> None:
        connection.execute(insert(departement).values(code="14", name="encore"))  # type: ignore[attr-defined]

    monkeypatch.setattr("etl.loading.apply.merge", broken)
    with pytest.raises(IntegrityError) as bug:
        deliver(engine, tmp_path / "places.csv", PLACES)
    assert describe(bug.value) is None


def test_a_database_without_its_policy_is_not_made(
    empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.reference.POLICY_FILES", (*POLICY_FILES, tmp_path / "absent.csv"))
    engine = open_engine(empty_url)
    with pytest.raises(PreparationError, match="introuvable") as failure:
        database.prepare(engine, TODAY)
    assert describe(failure.value) == str(failure.value)
    assert "python -m etl init" in (find_not_ready_reason(engine) or "")
    engine.dispose()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("SQLITE_BUSY_SNAPSHOT", "occupée"),
        ("SQLITE_FULL", "plein"),
        ("SQLITE_IOERR_WRITE", "plein"),
        ("SQLITE_CANTOPEN", "ne peut pas être ouverte"),
        ("SQLITE_READONLY_DIRECTORY", "lecture seule"),
        ("SQLITE_NOTADB", "n’est pas une base SQLite"),
        ("SQLITE_CORRUPT", "abîmée"),
        ("SQLITE_CONSTRAINT_UNIQUE", None),
    ],
)
def test_errors_of_sqlite(code: str, said: str | None) -> None:
    original = sqlite3.OperationalError("in English")
    original.sqlite_errorname = code
    sentence = describe(OperationalError("SELECT 1", None, original))
    assert (sentence is None) if said is None else (said in (sentence or ""))


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (psycopg.errors.DiskFull(), "est plein"),
        (OperationalError("COPY", None, psycopg.errors.DiskFull()), "est plein"),
        (psycopg.OperationalError("connection lost"), "ne répond pas"),
        (psycopg.errors.UniqueViolation(), None),
        (FileNotFoundError(2, "No such file or directory", "x.csv"), "«\u202fx.csv\u202f» ne peut pas être lu"),
        (OSError("something else"), "something else"),
        (MigrationError("rien n’a changé"), "rien n’a changé"),
    ],
    ids=repr,
)
def test_other_errors(failure: Exception, said: str | None) -> None:
    sentence = describe(failure)
    assert (sentence is None) if said is None else (said in (sentence or ""))


def test_rows_are_counted_on_a_terminal_only(engine_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = StringIO()
    monkeypatch.setattr(reports, "console", Console(file=shown, force_terminal=True, force_interactive=True))
    engine = open_engine(engine_url)
    path = write_csv(tmp_path / "places.csv", PLACES)
    load_reports(lambda: nullcontext(engine), [path], LoadOptions(TODAY), as_json=True)
    assert shown.getvalue() == ""
    load_reports(
        lambda: nullcontext(engine), [write_csv(tmp_path / "v.csv", [VISIT])], LoadOptions(TODAY), as_json=False
    )
    assert "1 ligne lue, enregistrement…" in shown.getvalue()
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(attendance)) == 1
    engine.dispose()


def test_a_file_of_too_many_bytes_or_rows_is_refused_before_it_is_read(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither digested nor decoded: 2 GB would take half a minute before their refusal."""

    def read(*_arguments: object, **_named: object) -> None:
        raise AssertionError("the file was read")

    monkeypatch.setattr("etl.files.source_file.SourceFile.digest", read)
    monkeypatch.setattr("etl.files._READERS", dict.fromkeys(Format, read))
    path = tmp_path / "visites.csv"
    with path.open("wb") as file:
        file.write(b"id_lieu;debut;fin;unite;valeur\n")
        file.truncate(2_000_000_001)  # sparse: takes no room
    assert [one.message for one in load_file(engine, path, LoadOptions(TODAY)).problems] == [
        "le fichier pèse 2\u202f000,0\u202fMo\u202f; la limite est de 2\u202f000\u202fMo."
    ]
    monkeypatch.setattr("etl.files.recognise.MAX_ROWS", 3)
    rows = write_csv(path, [VISIT] * 4)
    assert [one.message for one in load_file(engine, rows, LoadOptions(TODAY)).problems] == [
        "plus de 20 millions de lignes."
    ]
