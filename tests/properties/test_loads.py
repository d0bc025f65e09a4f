"""Laws of loading, whatever the deliveries: twice is once, and taking back is as if it had never come."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.engine import writing
from etl import rollups
from etl.withdrawal import attendance_pairs, roll_back
from tests.conftest import TODAY, NewEngine
from tests.etl.files import PLACES, contents, deliver

places = st.sampled_from(["TL-01", "TL-02", "TL-03", "TL-99"])
visits = st.fixed_dictionaries(
    {
        "id_lieu": places,
        "debut": st.sampled_from(["01/01/2020", "01/02/2020", "15/02/2020"]),
        "fin": st.just("28/02/2020"),
        "unite": st.sampled_from(["visites", "heures"]),
        "public": st.sampled_from(["", "étudiants"]),
        "valeur": st.sampled_from(["0", "10", "20", "-1"]),
    }
)
steps = st.fixed_dictionaries(
    {
        "id_lieu": places,
        "etape": st.sampled_from(["candidature", "labellisé", "retiré"]),
        "date": st.sampled_from(["01/01/2018", "01/06/2018", "01/06/2019"]),
    }
)
deliveries = st.lists(st.lists(visits, min_size=1, max_size=6) | st.lists(steps, min_size=1, max_size=4), max_size=4)


@pytest.mark.slow
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=deliveries)
def test_load_then_rollback_is_nothing_and_twice_is_once(
    new_engine: NewEngine, tmp_path: Path, files: list[list[dict[str, str]]]
) -> None:
    with new_engine() as engine:
        deliver(engine, tmp_path / "places.csv", PLACES)
        states, loads = [contents(engine)], []
        for number, rows in enumerate(files):
            report = deliver(engine, tmp_path / f"{number}.csv", rows, confirm=True)
            if report.load is None or report.status == "already_loaded":
                assert contents(engine) == states[-1]
                continue
            after = contents(engine)
            assert deliver(engine, tmp_path / f"again {number}.csv", rows, confirm=True).status == "already_loaded"
            assert contents(engine) == after
            assert report.accepted + report.rejected == len(rows)
            states.append(after)
            loads.append(report.load)
        for load_id in reversed(loads):
            assert contents(engine) == states.pop()
            with writing(engine) as connection:
                rollups.touch(connection, [attendance_pairs(load_id)])
                rollups.refresh(connection, roll_back(connection, load_id), TODAY)
        assert contents(engine) == states.pop()
