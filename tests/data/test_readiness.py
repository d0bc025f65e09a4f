"""Whether a database may be read is said in one sentence with the command to run, and asking leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from dashboard.web.readiness_gate import ReadinessGate
from data.engine import open_engine, reading
from data.migrations import migrated_writing
from data.readiness import find_not_ready_reason, not_ready_reason
from etl.preparation.database import prepare
from tests.conftest import TODAY

ABSENT = "La base de données n’existe pas encore. Créez-la en lançant : python -m etl init"
EMPTY = "La base de données est vide. Créez-la en lançant : python -m etl init"


@pytest.fixture
def empty(empty_url: str) -> Iterator[Engine]:
    engine = open_engine(empty_url)
    yield engine
    engine.dispose()


def _said(engine: Engine) -> str:
    return (find_not_ready_reason(engine) or "").replace("\u202f", " ")


def test_each_state_of_a_database(empty: Engine) -> None:
    assert _said(empty) == (ABSENT if empty.dialect.name == "sqlite" else EMPTY)
    empty.connect().close()
    assert _said(empty) == EMPTY
    with migrated_writing(empty):
        pass
    assert _said(empty).startswith("Les règles de calcul ont changé depuis le dernier calcul des sommes")
    prepare(empty, TODAY)
    assert _said(empty) == ""
    with reading(empty) as connection:
        assert not_ready_reason(connection) is None
    with empty.begin() as connection:
        connection.execute(text("UPDATE roll_up_version SET version = 'before'"))
    assert _said(empty).endswith("Mettez-les à jour : python -m etl init")
    with empty.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0006'"))
        connection.execute(text("DROP TABLE roll_up_version"))
    assert _said(empty) == (
        "La base de données n’est pas à la version de l’application. Mettez-la à jour : python -m etl init"
    )


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize(
    ("place", "content", "said"),
    [("x.sqlite", None, ABSENT), ("not/there.sqlite", None, ABSENT), ("x.sqlite", b"", EMPTY)],
    ids=["missing", "without a folder", "of no bytes"],
)
def test_a_file_without_content_is_left_as_it_is(
    tmp_path: Path, place: str, content: bytes | None, said: str, *, create: bool
) -> None:
    path = tmp_path / place
    if content is not None:
        path.write_bytes(content)
    before = sorted(tmp_path.iterdir())
    engine = open_engine(f"sqlite:///{path.as_posix()}", create=create)
    assert _said(engine) == said
    if not create:  # as the web opens it
        assert (ReadinessGate(engine).why_not() or "").replace("\u202f", " ") == said
    assert sorted(tmp_path.iterdir()) == before
    assert not path.exists() or not path.stat().st_size


def test_a_database_that_does_not_answer(tmp_path: Path) -> None:
    nobody = open_engine("postgresql://nobody@127.0.0.1:1/none?connect_timeout=1")
    assert _said(nobody).startswith("La base de données ne répond pas. Vérifiez DATABASE_URL")
    (tmp_path / "x.sqlite").write_bytes(b"this is no database " * 99)
    broken = open_engine(f"sqlite:///{(tmp_path / 'x.sqlite').as_posix()}")
    assert _said(broken) == "Le fichier désigné par DATABASE_URL n’est pas une base SQLite."


def test_a_database_of_a_later_version(empty: Engine) -> None:
    prepare(empty, TODAY)
    with empty.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert _said(empty).startswith("La base de données est à la version 9999, plus récente que cette application")
