"""`python -m etl past`: the database of a former load, and the process of the web that runs it."""

from pathlib import Path

import pytest

from data.readiness import find_not_ready_reason
from etl.past import process
from etl.past.process import write_past_apart

pytestmark = pytest.mark.any_engine


def test_the_past_is_written_apart(
    engine_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from data.engine import open_engine  # noqa: PLC0415

    monkeypatch.setenv("DATABASE_URL", engine_url)
    path = tmp_path / "past.sqlite"
    assert write_past_apart(3, path) is None
    engine = open_engine(f"sqlite:///{path}", create=False)
    assert find_not_ready_reason(engine) is None, "the application opens it as another"
    engine.dispose()
    assert write_past_apart(3, path) == process.FAILED_REASON, "the path is for the log"
    assert f"{path}\u202f» existe déjà" in caplog.text
    assert "n’existe pas" in str(write_past_apart(99, tmp_path / "none.sqlite"))
    monkeypatch.setattr(process, "SECONDS", 0.01)
    assert "python -m etl past 3 " in str(write_past_apart(3, tmp_path / "late.sqlite"))
