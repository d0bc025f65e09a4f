"""`DATABASE_URL`: one reader for the loader and the web, whatever the address; what the address may say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from dashboard.web.settings import read_settings
from data.engine import CONNECTION_LIMITS, open_engine, reading
from data.settings import DEFAULT_DATABASE_URL, SettingsError, parse_database_url, read_database_url
from tests.etl.broken import run, server
from tests.etl.deliveries import PLACES, deliver
from tests.etl.test_broken_databases import ADDRESSES

ROOT = Path(__file__).resolve().parents[2]
AROUND = st.text(alphabet=" \t\r\n", max_size=3)
ROUND_TRIP = (
    "sqlite:///var/base.sqlite",
    "sqlite:////srv/é b/base.sqlite",
    "postgres://u:p@h/b",
    "postgresql://u:a/b@h:5432/b",
    "postgresql+psycopg://u:p%40@h/b?sslmode=require&connect_timeout=3",
    "postgresql://u@/b?host=/run/postgresql",
    "postgresql+psycopg2://h/b?prepare_threshold=0",
)


@given(address=st.sampled_from((*ROUND_TRIP, *ADDRESSES, "")), before=AROUND, after=AROUND)
def test_the_loader_and_the_web_read_the_same_database(address: str, before: str, after: str) -> None:
    environ = {"DATABASE_URL": f"{before}{address}{after}"}
    try:
        url = read_settings(environ).database_url
    except SettingsError as error:
        assert address in ADDRESSES
        with pytest.raises(SettingsError, match=re.escape(str(error))):
            read_database_url(environ)
        return
    assert url == read_database_url(environ) == parse_database_url(address or DEFAULT_DATABASE_URL)
    assert open_engine(url).url.database == url.database


@pytest.mark.parametrize("address", [address for address in ROUND_TRIP if address.startswith("postgres")])
def test_every_form_of_a_server_s_address_is_psycopg_3_with_limits(address: str) -> None:
    engine = open_engine(address)
    assert engine.driver == "psycopg"
    arguments, named = engine.dialect.create_connect_args(engine.url)
    assert arguments == []
    assert set(CONNECTION_LIMITS) <= set(named)
    assert named["connect_timeout"] == ("3" if "connect_timeout" in address else "10")
    assert "prepare_threshold" not in named


@pytest.mark.parametrize("entry", ["app.py", "etl"])
@pytest.mark.parametrize("address", ["postgresql://a:secret@h:abc/b", '"sqlite:///x"', "sqlite:///x?timeout=abc"])
def test_the_web_gives_the_same_sentence(entry: str, address: str) -> None:
    with pytest.raises(SettingsError) as refusal:
        parse_database_url(address)
    command = {"app.py": [sys.executable, "app.py"], "etl": [sys.executable, "-m", "etl", "status"]}[entry]
    env = {**os.environ, "DATABASE_URL": address}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == ({"app.py": 3, "etl": 1}[entry], "")
    assert done.stderr == f"{refusal.value}\n"


@pytest.mark.skipif(sys.platform == "win32", reason="gunicorn does not run there")
def test_gunicorn_stops_with_the_sentence() -> None:
    """A worker that ends with another code is started again, for ever."""
    command = [sys.executable, "-m", "gunicorn", "app:server", "--bind", "127.0.0.1:0", "--no-control-socket"]
    env = {**os.environ, "PORT": "abc"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode != 0
    assert "PORT doit être un nombre entre 1 et 65535" in done.stderr
    assert 'Traceback (most recent call last):\n  File "' + str(ROOT) not in done.stderr


def test_the_web_makes_no_database(tmp_path: Path) -> None:
    url = f"sqlite:///{(tmp_path / 'new' / 'x.sqlite').as_posix()}"
    code = "from app import server; answer = server.test_client().get('/sante'); print(answer.status_code, answer.text)"
    env = {**os.environ, "DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout.startswith("503 "), done.stderr
    assert "n’existe pas encore" in done.stdout
    assert not list(tmp_path.iterdir())


def test_connecting_to_a_silent_server_times_out() -> None:
    """Ten seconds are the default; here two, the least that libpq allows."""
    with server(None) as port:
        engine = open_engine(f"postgresql://u@127.0.0.1:{port}/b?connect_timeout=2")
        began = time.monotonic()
        with pytest.raises(OperationalError), engine.connect():
            pass
        assert 1.5 < time.monotonic() - began < 9
    assert CONNECTION_LIMITS["connect_timeout"] == "10"


def test_no_setting_of_a_command_remains_in_a_session(engine: Engine, tmp_path: Path) -> None:
    """PgBouncer by transaction gives a session of the server to one client after the other."""
    if engine.dialect.name == "sqlite":
        pytest.skip("there is no session of a server")
    address = engine.url.update_query_dict({"prepare_threshold": "0"}).render_as_string(hide_password=False)
    pooled = open_engine(address)
    with pooled.connect() as connection:
        before = connection.execute(text(_SESSION)).all()
        pid = connection.scalar(text("SELECT pg_backend_pid()"))
    for rows in (PLACES, PLACES[:1], [{**PLACES[0], "nom": "Autre nom"}]):
        deliver(pooled, tmp_path / "lieux.csv", rows)
        deliver(pooled, tmp_path / "visites.csv", [_VISIT], keep=False)
        deliver(pooled, tmp_path / "visites.csv", [_VISIT | {"valeur": str(len(rows))}])
    with reading(pooled) as connection:
        for _ in range(20):
            connection.execute(text("SELECT count(*) FROM place"))
        assert connection.scalar(text("SELECT count(*) FROM pg_prepared_statements")) == 0
    with pooled.connect() as connection:
        assert connection.scalar(text("SELECT pg_backend_pid()")) == pid
        assert connection.execute(text(_SESSION)).all() == before
    pooled.dispose()


_VISIT = {"id_lieu": "TL-01", "debut": "01/01/2020", "fin": "31/01/2020", "unite": "visites", "valeur": "120"}
_SESSION = """
SELECT 'setting', name, setting FROM pg_settings WHERE source = 'session' AND name NOT LIKE 'transaction_%'
UNION ALL SELECT 'statement', name, statement FROM pg_prepared_statements
UNION ALL SELECT 'lock', locktype, '' FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()
UNION ALL SELECT 'table', relname, '' FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relkind = 'r'
UNION ALL SELECT 'cursor', name, '' FROM pg_cursors WHERE is_holdable
ORDER BY 1, 2
"""


def test_a_line_break_after_the_url_is_ignored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A line break at its end, as an environment file of Windows leaves it, is no other database."""
    monkeypatch.chdir(tmp_path)
    assert run("sqlite:///x.sqlite\r\n", "status").stderr.startswith("La base de données n’existe pas encore.")
    engine = open_engine("sqlite:///x.sqlite")
    engine.connect().close()
    engine.dispose()
    assert run("sqlite:///x.sqlite\r\n", "status").stderr.startswith("La base de données est vide.")
    assert [path.name for path in tmp_path.glob("*")] == ["x.sqlite"]
