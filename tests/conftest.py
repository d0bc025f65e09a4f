"""Fixtures for everyone. Tests that ask for `engine` run on SQLite and on PostgreSQL (`--engine` chooses)."""

import gc
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Engine

from tests.databases import Databases, SqliteDatabases, postgres_server

SHARED = Path(__file__).resolve().parents[2] / "shared"
TODAY = date(2026, 11, 22)
KINDS = ("sqlite", "postgresql")

NewEngine = Callable[[], AbstractContextManager[Engine]]
FilledEngine = Callable[[Callable[[Engine], None]], AbstractContextManager[Engine]]

settings.register_profile("shared-machine", deadline=None, print_blob=True)  # tests fail on wrong, not on slow
settings.load_profile("shared-machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=(*KINDS, "all"), default="all", help="databases to run the tests on")
    parser.addoption("--crashes", type=int, default=4, help="loaders that are killed on SQLite; half on PostgreSQL")
    parser.addoption("--server-kills", type=int, default=1, help="PostgreSQL servers that are killed during a load")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One run per kind of database for each test that needs one, directly or through a fixture."""
    if "engine_kind" not in metafunc.fixturenames:
        return
    asked = metafunc.config.getoption("--engine")
    kinds = [pytest.param(kind, marks=_marks(kind), id=kind) for kind in KINDS if asked in {kind, "all"}]
    if metafunc.definition.get_closest_marker("any_engine"):
        kinds = kinds[:1]
    metafunc.parametrize("engine_kind", kinds, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, on PostgreSQL, all but one in N of the cases of a test marked `fewer_on_postgresql(N)`."""
    left_out = [item for item in items if not _runs(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if _runs(item)]


def pytest_collection_finish() -> None:
    """Spare the garbage collector the modules and the items of all tests: a sixth of the time went into them."""
    gc.collect()
    gc.freeze()


def _runs(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("fewer_on_postgresql")
    if marker is None or item.get_closest_marker("postgres") is None:
        return True
    return zlib.crc32(item.name.encode()) % int(marker.args[0]) == 0


def _marks(kind: str) -> list[pytest.MarkDecorator]:
    if kind != "postgresql":
        return []
    absent = pytest.mark.skipif(sys.platform == "win32", reason="no PostgreSQL in a wheel for Windows")
    return [pytest.mark.postgres, absent]


@pytest.fixture(scope="session")
def databases(engine_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Where to get databases of this kind: empty, or copied from one that is ready."""
    if engine_kind == "sqlite":
        yield SqliteDatabases(tmp_path_factory.mktemp("databases"))
    else:
        with postgres_server() as server:
            yield server


@pytest.fixture(scope="session")
def prepared_url(databases: Databases) -> str:
    """A database at head with the reference data, to be copied and never written."""
    from data.engine import open_engine  # noqa: PLC0415  # imported here, coverage has begun
    from etl.preparation.database import prepare  # noqa: PLC0415

    url = databases.create()
    engine = open_engine(url)
    prepare(engine, TODAY)
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def new_engine(databases: Databases, prepared_url: str) -> NewEngine:
    """`with new_engine() as engine:` a fresh prepared database; for property tests, which need one per example."""
    return lambda: _copied(databases, prepared_url)


@pytest.fixture(scope="session")
def filled_engine(databases: Databases, prepared_url: str) -> FilledEngine:
    """`with filled_engine(fill) as engine:` a prepared database as `fill` left it, which runs once: loads cost most."""
    from data.engine import open_engine  # noqa: PLC0415

    urls: dict[Callable[[Engine], None], str] = {}

    def filled(fill: Callable[[Engine], None]) -> AbstractContextManager[Engine]:
        if fill not in urls:
            url = databases.copy(prepared_url)
            engine = open_engine(url)
            fill(engine)
            engine.dispose()
            urls[fill] = url
        return _copied(databases, urls[fill])

    return filled


@pytest.fixture
def engine(new_engine: NewEngine) -> Iterator[Engine]:
    """A fresh database at head with the reference data, for this test alone."""
    with new_engine() as fresh:
        yield fresh


@pytest.fixture(scope="session")
def ready_demo(databases: Databases, prepared_url: str) -> str:
    """A database with the demonstration, to be copied and never written."""
    from data.demo import DEMO_FILES  # noqa: PLC0415
    from data.engine import open_engine  # noqa: PLC0415
    from etl.loading.apply import LoadOptions  # noqa: PLC0415
    from etl.loading.pipeline import load_files  # noqa: PLC0415

    url = databases.copy(prepared_url)
    engine = open_engine(url)
    load_files(engine, DEMO_FILES, LoadOptions(TODAY, kind="demo"))
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def demo_engine(databases: Databases, ready_demo: str) -> Iterator[Engine]:
    """The demonstration, loaded once; for tests that only read."""
    with _copied(databases, ready_demo) as engine:
        yield engine


@pytest.fixture
def demo_copy(databases: Databases, ready_demo: str) -> Iterator[Engine]:
    """The demonstration for this test alone, to be spoilt."""
    with _copied(databases, ready_demo) as engine:
        yield engine


@contextmanager
def _copied(databases: Databases, ready: str) -> Iterator[Engine]:
    from data.engine import open_engine  # noqa: PLC0415

    url = databases.copy(ready)
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()
        databases.drop(url)


@pytest.fixture
def engine_url(databases: Databases, prepared_url: str) -> Iterator[str]:
    """The same as `engine`, for what opens the database itself (the command line, the application)."""
    url = databases.copy(prepared_url)
    yield url
    databases.drop(url)


@pytest.fixture
def empty_url(databases: Databases) -> Iterator[str]:
    """A database without a single table, for the migrations."""
    url = databases.create()
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real public files and design notes beside the repository, where there is one."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not on this machine")
    return SHARED
