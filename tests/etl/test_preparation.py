"""A database made, brought up and filled: on any day, whoever else does the same, wherever it is interrupted."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text

from data import reference
from data.demo import DEMO_FILES
from data.engine import open_engine, writing
from data.readiness import find_not_ready_reason
from data.schema import VERSION_TABLES, aid_finding, aid_total, is_live, load, scheme_version
from etl import rollups
from etl.failures import PreparationError
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_files
from etl.loading.rollback import attendance_pairs, roll_back
from etl.preparation.database import complete_demonstration, load_demonstration, prepare
from tests.conftest import TODAY
from tests.databases import Databases
from tests.etl.deliveries import PLACES, contents, deliver, write_csv

pytestmark = [pytest.mark.without_coverage, pytest.mark.fewer_on_postgresql(4)]

ROOT = Path(__file__).resolve().parents[2]
NAMES = [path.name for path in DEMO_FILES]
unix = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")


@pytest.fixture
def empty(empty_url: str) -> Iterator[Engine]:
    engine = open_engine(empty_url)
    yield engine
    engine.dispose()


def _new_edition(folder: Path) -> tuple[Path, ...]:
    """The packaged policy of a next release: every file has one more column value changed."""
    edition = []
    for path in reference.POLICY_FILES:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        edition.append(write_csv(folder / path.name, [{**row, "source": "Édition suivante"} for row in rows]))
    return tuple(edition)


def _policy(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    return {
        name: rows for name, rows in contents(engine).items() if name in {"scheme_version", "partner_version", "target"}
    }


def _own_rate(engine: Engine, path: Path) -> int:
    """The Région sets the rate of Émergence to 33 %; returns the load."""
    scheme = {
        "dispositif": "emergence",
        "libelle": "Émergence",
        "taux_max": "33 %",
        "plafond": "10000",
        "source": "Délibération",
    }
    report = deliver(engine, path, [scheme])
    assert report.status == "loaded"
    assert report.load is not None
    return report.load


def _rate(engine: Engine) -> float:
    with engine.connect() as connection:
        query = select(scheme_version.c.rate_max).where(is_live(scheme_version), scheme_version.c.code == "emergence")
        return float(connection.scalar(query) or 0)


def _undo(engine: Engine, load_id: int) -> None:
    with writing(engine) as connection:
        rollups.mark_changed_months(connection, [attendance_pairs(load_id)])
        rollups.refresh(connection, roll_back(connection, load_id), TODAY)


def test_a_new_edition_of_the_packaged_policy_replaces_nothing(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the Région has done of it: set its own values, or taken ours back."""
    _own_rate(engine, tmp_path / "own.csv")
    _undo(engine, 3)  # the packaged targets
    before = _policy(engine)
    (tmp_path / "next").mkdir()
    monkeypatch.setattr("data.reference.POLICY_FILES", _new_edition(tmp_path / "next"))
    for recompute in (False, True):
        prepare(engine, TODAY, recompute=recompute)
        assert _policy(engine) == before
        assert _rate(engine) == pytest.approx(0.33)
    with engine.begin() as connection:  # the new release brings definitions of its own
        connection.execute(text("UPDATE roll_up_version SET version = 'before'"))
    prepare(engine, TODAY)
    assert _policy(engine) == before


def test_a_policy_that_an_interruption_left_incomplete_is_completed(
    empty: Engine, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as incomplete:
        incomplete.setattr("data.reference.POLICY_FILES", reference.POLICY_FILES[:1])
        prepare(empty, TODAY)
    prepare(empty, TODAY, recompute=True)
    assert contents(empty) == contents(engine)


def test_roll_ups_of_other_definitions_are_computed_again_at_the_next_start(demo_copy: Engine) -> None:
    right = contents(demo_copy)
    with demo_copy.begin() as connection:
        connection.execute(text("UPDATE roll_up_version SET version = 'before'"))
        connection.execute(aid_total.update().values(amount=1))
        connection.execute(aid_finding.delete())
        connection.execute(text("UPDATE aid_version SET beneficiary_key = 'folded otherwise'"))
    assert find_not_ready_reason(demo_copy)
    prepare(demo_copy, TODAY)
    assert find_not_ready_reason(demo_copy) is None
    assert contents(demo_copy) == right


def test_roll_ups_are_recomputed_on_demand(demo_copy: Engine) -> None:
    right = contents(demo_copy)
    with demo_copy.begin() as connection:
        connection.execute(aid_total.update().values(amount=1))
    prepare(demo_copy, TODAY)
    assert contents(demo_copy) != right
    prepare(demo_copy, TODAY, recompute=True)
    assert contents(demo_copy) == right


@pytest.mark.parametrize("at", [0, 6, len(NAMES) - 1])
def test_a_demonstration_that_is_interrupted_leaves_nothing(engine: Engine, at: int) -> None:
    before, begun = contents(engine), 0

    def interrupt(_rows: int, _total: int | None) -> None:
        nonlocal begun
        begun += 1
        if begun > at:
            raise KeyboardInterrupt

    for fill in (complete_demonstration, load_demonstration):
        begun = 0
        with pytest.raises(KeyboardInterrupt):
            fill(engine, TODAY, interrupt)
        assert contents(engine) == before
        assert _files(engine, "demo") == []


@pytest.mark.parametrize("loaded", [5])
def test_half_a_demonstration_left_by_an_earlier_version_is_completed(
    engine: Engine, demo_engine: Engine, loaded: int
) -> None:
    load_files(engine, DEMO_FILES[:loaded], LoadOptions(TODAY, kind="demo"))
    assert complete_demonstration(engine, TODAY)
    assert _files(engine, "demo") == NAMES
    assert contents(engine) == contents(demo_engine)
    assert complete_demonstration(engine, TODAY) == 0


def test_a_demonstration_that_cannot_be_loaded_whole_is_not_loaded(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(engine)
    monkeypatch.setattr("etl.preparation.database.DEMO_FILES", (*DEMO_FILES[:4], tmp_path / "absent.csv"))
    for fill in (complete_demonstration, load_demonstration):
        with pytest.raises(PreparationError, match="introuvable"):
            fill(engine, TODAY)
        assert contents(engine) == before


def test_the_demonstration_stays_away_once_the_region_has_come(engine: Engine, tmp_path: Path) -> None:
    report = deliver(engine, tmp_path / "places.csv", PLACES)
    assert report.load is not None
    assert complete_demonstration(engine, TODAY) == 0
    with pytest.raises(PreparationError, match="ne s’y ajoute pas"):
        load_demonstration(engine, TODAY)
    _undo(engine, report.load)
    assert complete_demonstration(engine, TODAY) == 0
    assert load_demonstration(engine, TODAY)


def test_what_was_taken_back_of_the_demonstration_stays_so(demo_copy: Engine) -> None:
    last = max(number for number, _ in _loads(demo_copy))
    _undo(demo_copy, last)
    before = contents(demo_copy)
    assert complete_demonstration(demo_copy, TODAY) == 0
    assert contents(demo_copy) == before


def _loads(engine: Engine) -> list[tuple[int, str]]:
    with engine.connect() as connection:
        return [(row.load_id, row.status) for row in connection.execute(select(load.c.load_id, load.c.status))]


def _files(engine: Engine, kind: str) -> list[str]:
    with engine.connect() as connection:
        query = select(load.c.file).where(load.c.kind == kind, load.c.status != "rolled_back").order_by(load.c.load_id)
        return list(connection.scalars(query))


def _start(url: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "etl", "init"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def _comparable(engine: Engine) -> dict[str, object]:
    """What two first starts have in common, the day on which they happened aside."""
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table).where(is_live(table)))
            for table in VERSION_TABLES
        } | {"files": tuple(_files(engine, "demo"))}


@unix
@pytest.mark.slow
def test_two_first_starts_at_once_both_succeed(databases: Databases, demo_engine: Engine) -> None:
    url = databases.create()
    both = [_start(url), _start(url)]
    for one in both:
        said, failed = one.communicate(timeout=300)
        assert one.returncode == 0, said + failed
        assert "Traceback" not in failed
    engine = open_engine(url)
    assert _comparable(engine) == _comparable(demo_engine)
    assert _files(engine, "reference") == [path.name for path in reference.POLICY_FILES]
    engine.dispose()
    databases.drop(url)


@unix
@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.05, 0.8, 2.0])
def test_a_first_start_killed_at_any_moment_is_made_good_by_the_next(
    databases: Databases, demo_engine: Engine, seconds: float
) -> None:
    """`seconds` after it has begun to write: while the schema is made, the policy read, the demonstration loaded."""
    url = databases.create()
    engine = open_engine(url)
    starting = _start(url)
    began = _began(engine, starting)
    time.sleep(seconds)
    starting.send_signal(signal.SIGKILL)
    starting.communicate()
    assert began
    if find_not_ready_reason(engine) is None:
        assert _files(engine, "demo") in ([], NAMES)
    prepare(engine, TODAY)
    complete_demonstration(engine, TODAY)
    assert _comparable(engine) == _comparable(demo_engine)
    assert find_not_ready_reason(engine) is None
    engine.dispose()
    databases.drop(url)


def _began(engine: Engine, process: subprocess.Popen[str]) -> bool:
    """Wait until another process writes to the database."""
    path = Path(str(engine.url.database))
    locks = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")
    while process.poll() is None:
        if engine.dialect.name == "sqlite":
            if path.is_file() and path.stat().st_size:
                return True
        else:
            with engine.connect() as connection:
                if connection.scalar(locks):
                    return True
        time.sleep(0.01)
    return False
