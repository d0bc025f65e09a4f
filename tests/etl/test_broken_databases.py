"""Every command on every kind of database that does not work: one French sentence, exit code 1, nothing made."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from datetime import date
from pathlib import Path

import pytest

from data.engine import open_engine
from data.readiness import find_not_ready_reason
from etl.preparation.database import prepare
from tests.databases import Databases
from tests.etl.broken import Result, contents_of, copied, damage, refusal, run, server, without_rights
from tests.etl.deliveries import PLACES, write_csv

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights and sockets of Unix")

READERS = ("status", "status --json", "rollback 1", "check FILE", "check FILE FILE --json")
WRITERS = ("load FILE", "load FILE FILE --json", "init", "demo", "boundaries OUTLINES")
EVERY = (*READERS, *WRITERS)

Place = Callable[[Path, Path], AbstractContextManager[None]]
"""From a ready database and an empty folder: breaks `folder/x.sqlite` for as long as the context lasts."""


@pytest.fixture(scope="module")
def ready() -> Iterator[Path]:
    """A prepared database in a folder that everybody may enter."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        engine = open_engine(f"sqlite:///{name}/ready.sqlite")
        prepare(engine, date(2026, 11, 22))
        engine.dispose()
        for command in EVERY:  # what is imported late, while everything may be read
            run("nonsense", *command.split())
        yield Path(name) / "ready.sqlite"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that everybody may enter, unlike tmp_path."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name) / "base"


def _changed(change: Callable[[Path], None]) -> Place:
    @contextmanager
    def broken(ready: Path, folder: Path) -> Iterator[None]:
        change(copied(ready, folder))
        yield

    return broken


def _set_version(version: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
            connection.commit()

    return change


def _protected(mode: int) -> Place:
    @contextmanager
    def broken(ready: Path, folder: Path) -> Iterator[None]:
        copied(ready, folder).chmod(0o444)
        with without_rights(folder, mode):
            yield

    return broken


@contextmanager
def _locked(ready: Path, folder: Path) -> Iterator[None]:
    with closing(sqlite3.connect(copied(ready, folder), isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        yield


@contextmanager
def _written(ready: Path, folder: Path) -> Iterator[None]:
    with closing(sqlite3.connect(copied(ready, folder), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def _replaced(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


BUSY = "La base de données est occupée par un autre chargement"
WRITING = tuple(command for command in EVERY if not command.startswith("status"))
FILES: dict[str, tuple[Place, str, tuple[str, ...]]] = {
    "no folder": (lambda _ready, _folder: nullcontext(), "n’existe pas encore. Créez-la en lançant", READERS),
    "no file": (_changed(Path.unlink), "n’existe pas encore. Créez-la en lançant", READERS),
    "empty file": (_changed(lambda path: _replaced(path, b"")), "La base de données est vide. Créez-la", READERS),
    "a folder": (_changed(_as_folder), "La base de données ne peut pas être ouverte", EVERY),
    "a text": (_changed(lambda path: _replaced(path, b"no database, " * 999)), "n’est pas une base SQLite", EVERY),
    "damaged": (_changed(damage), "La base de données est abîmée", EVERY),
    "newer": (_changed(_set_version("0999")), "est à la version 0999, plus récente que cette application", EVERY),
    "older": (_changed(_set_version("0005")), "n’est pas à la version de l’application", READERS),
    "locked": (_locked, BUSY, EVERY),
    "being written": (_written, BUSY, WRITING),
    "folder closed": (_protected(0o700), "La base de données ne peut pas être ouverte", EVERY),
    "file read-only": (_protected(0o777), "La base de données est en lecture seule", WRITING),
    "all read-only": (_protected(0o555), "La base de données", WRITING),
}


@pytest.mark.parametrize(
    ("kind", "command"), [(kind, command) for kind, (_, _, commands) in FILES.items() for command in commands]
)
def test_a_file_that_does_not_work(ready: Path, folder: Path, kind: str, command: str) -> None:
    place, sentence, _ = FILES[kind]
    arguments = _arguments(command, folder.parent)
    with place(ready, folder):
        before = contents_of(folder) if kind not in {"folder closed"} else {}
        done = run(f"sqlite:///{folder.as_posix()}/x.sqlite?timeout=0.05", *arguments)
        after = contents_of(folder) if kind not in {"folder closed"} else {}
    _assert_told(done, command, sentence)
    if command in READERS and kind not in {"locked", "being written", "file read-only"}:  # SQLite's own two files
        assert after == before


@pytest.mark.parametrize("command", ["status", "status --json"])
@pytest.mark.parametrize("kind", ["being written", "file read-only"])
def test_what_can_be_read_is_read(ready: Path, folder: Path, kind: str, command: str) -> None:
    with FILES[kind][0](ready, folder):
        done = run(f"sqlite:///{folder.as_posix()}/x.sqlite?timeout=0.05", *command.split())
    assert (done.code, done.stderr) == (0, "")
    assert "schemes" in done.stdout


AWAY = "La base de données ne répond pas. Vérifiez DATABASE_URL"
REFUSED = "refuse l’utilisateur ou le mot de passe de DATABASE_URL"
ABSENT = "Le serveur n’a pas de base de données de ce nom"
SERVERS: dict[str, tuple[bytes | None, str, tuple[str, ...]]] = {
    "silent": (None, AWAY, ("status", "load FILE FILE --json")),  # two seconds each
    "no PostgreSQL": (b"HTTP/1.1 400 Bad Request\r\n\r\n", AWAY, EVERY),
    "hangs up": (b"", AWAY, EVERY),
    "wrong password": (refusal("28P01", 'password authentication failed for user "u"'), REFUSED, EVERY),
    "wrong password, in French": (refusal("28P01", "authentification par mot de passe échouée"), REFUSED, EVERY),
    "no such database": (refusal("3D000", 'database "b" does not exist'), ABSENT, EVERY),
    "too many": (refusal("53300", "sorry, too many clients already"), "trop de connexions", EVERY),
}


@pytest.mark.parametrize(
    ("kind", "command"), [(kind, command) for kind, (_, _, commands) in SERVERS.items() for command in commands]
)
def test_a_server_that_does_not_work(tmp_path: Path, kind: str, command: str) -> None:
    answer, sentence, _ = SERVERS[kind]
    with server(answer) as port:
        url = f"postgresql://u:secret@127.0.0.1:{port}/b?sslmode=disable&gssencmode=disable&connect_timeout=2"
        done = run(url, *_arguments(command, tmp_path))
    _assert_told(done, command, sentence)


@pytest.mark.parametrize("command", EVERY)
@pytest.mark.parametrize("host", ["127.0.0.1:1", "nowhere.invalid"])
def test_no_server_at_all(tmp_path: Path, host: str, command: str) -> None:
    _assert_told(run(f"postgresql://u:secret@{host}/b", *_arguments(command, tmp_path)), command, AWAY)


def test_a_server_of_ours_without_the_database_or_the_role(databases: Databases, tmp_path: Path) -> None:
    url = databases.create()
    if url.startswith("sqlite"):
        pytest.skip("there is no server")
    with ExitStack() as stack:
        stack.callback(databases.drop, url)
        name = re.search(r"/(test_\d+)", url)
        assert name
        _assert_told(run(url.replace(name[1], "absent"), "status"), "status", ABSENT)
        _assert_told(run(url.replace("//postgres", "//personne"), "status"), "status", REFUSED)
        _assert_told(run(url, "status"), "status", "La base de données est vide")
        engine = open_engine(url)
        prepare(engine, date(2026, 11, 22))
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
        for command in EVERY:
            _assert_told(run(url, *_arguments(command, tmp_path)), command, "plus récente que cette application")
        assert "version 0999" in (find_not_ready_reason(engine) or "")
        engine.dispose()


ADDRESSES = (
    "nonsense",
    "mysql://a:secret@b/c",
    "postgresql+pg8000://a:secret@h/b",
    "sqlite+aiosqlite:///x.sqlite",
    "sqlite://x.sqlite",
    "sqlite:///x.sqlite?timeout=abc",
    "sqlite:///x.sqlite?timeout=1e9",
    "sqlite:///x.sqlite?mode=ro",
    "postgresql://a:secret@h:abc/b",
    "postgresql://a:secret@h:99999/b",
    "postgresql://a:secret@[::1/b",
    "postgresql://a:sec:/ret@h:5432:5432/b",
    "postgresql://a:secret@h/b?connect_timeout=abc",
    "postgresql://a:secret@h/b?prepare_threshold=no",
    "postgresql://a:secret@h/b?nonsense=1",
    '"sqlite:///x.sqlite"',
    "sqlite:///a\u200b.sqlite",
    "sqlite:///\udce9.sqlite",
)


@pytest.mark.parametrize("command", EVERY)
@pytest.mark.parametrize("url", ADDRESSES, ids=ascii)
def test_an_address_that_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str, command: str) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = _arguments(command, tmp_path)
    before = contents_of(tmp_path)
    done = run(url, *arguments)
    _assert_told(done, command, "DATABASE_URL n’est pas l’adresse d’une base SQLite ou PostgreSQL")
    assert "secret" not in done.stdout + done.stderr
    assert contents_of(tmp_path) == before


def _arguments(command: str, folder: Path) -> list[str]:
    files = {"FILE": folder / "lieux.csv", "OUTLINES": folder / "départements.geojson"}
    write_csv(files["FILE"], PLACES)
    files["OUTLINES"].write_text(json.dumps(_outlines()), encoding="utf-8")
    return [str(files.get(word, word)) for word in command.split()]


def _outlines() -> dict[str, object]:
    square = [[[0, 49], [0, 49.1], [0.1, 49.1], [0.1, 49], [0, 49]]]
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": square}}
        for code in ("14", "27", "50", "61", "76")
    ]
    return {"type": "FeatureCollection", "features": features}


def _assert_told(done: Result, command: str, sentence: str) -> None:
    """One sentence, in French, on standard error; in JSON, one object for each file in its place."""
    assert done.code == 1
    assert "Traceback" not in done.stderr
    if "FILE" in command and "--json" in command:
        assert done.stderr == ""
        reports = [json.loads(line) for line in done.stdout.splitlines()]
        assert len(reports) == command.count("FILE")
        for report in reports:
            assert (report["file"], report["status"], report["load"]) == ("lieux.csv", "refused", None)
            assert sentence in report["problems"][0]["message"]
        return
    told = done.stderr or done.stdout  # a report, when the database failed under the file
    assert sentence in told
    assert len(done.stderr.splitlines()) <= 1
    assert not re.search(r"\b(error|failed|unable|cannot|invalid|sqlalche)\b", told, re.IGNORECASE)


@pytest.mark.parametrize("command", ["load FILE", "check FILE", "load FILE FILE --json", "boundaries OUTLINES"])
def test_a_file_that_may_not_be_read(ready: Path, folder: Path, command: str) -> None:
    """It is a file that is refused, not an argument that is wrong."""
    copied(ready, folder).chmod(0o666)
    arguments = _arguments(command, folder.parent)
    for argument in arguments:
        if argument.startswith("/"):
            Path(argument).chmod(0)
    with without_rights(folder, 0o777):
        done = run(f"sqlite:///{folder.as_posix()}/x.sqlite", *arguments)
    assert done.code == 1
    assert (done.stderr == "") is ("FILE" in command)
    assert "ne peut pas être lu ou écrit\u202f: accès refusé." in done.stderr + done.stdout
