"""The demonstration and the Région's files never count together, in whatever order loads are taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.engine import writing
from etl.loading.rollback import RollbackRefused, roll_back
from tests.etl.deliveries import PLACES, contents, deliver


def test_the_demonstration_does_not_come_back_beside_real_files(engine: Engine, tmp_path: Path) -> None:
    deliver(engine, tmp_path / "demo.csv", PLACES[:1], kind="demo")
    before = contents(engine)
    first = deliver(engine, tmp_path / "premier.csv", PLACES[1:2])
    second = deliver(engine, tmp_path / "second.csv", PLACES[2:])
    assert first.load is not None
    assert second.load is not None
    with pytest.raises(RollbackRefused, match=f"chargement {second.load} repose"), writing(engine) as connection:
        roll_back(connection, first.load)
    for load_id in (second.load, first.load):
        with writing(engine) as connection:
            roll_back(connection, load_id)
    assert contents(engine)["place_version"] == before["place_version"]
