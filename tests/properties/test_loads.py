"""Laws of loading, whatever the deliveries: twice is once, and taking back is as if it had never come."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.engine import writing
from etl import rollups
from etl.loading.rollback import attendance_pairs, roll_back
from tests.conftest import TODAY, FilledEngine
from tests.etl.deliveries import PLACES, contents, deliver

pytestmark = pytest.mark.without_coverage

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


def _places(engine: Engine) -> None:
    with TemporaryDirectory() as folder:
        assert deliver(engine, Path(folder) / "places.csv", PLACES).status == "loaded"


@pytest.mark.slow
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=deliveries)
def test_load_then_rollback_is_nothing_and_twice_is_once(
    filled_engine: FilledEngine, tmp_path: Path, files: list[list[dict[str, str]]]
) -> None:
    with filled_engine(_places) as engine:
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
            _take_back(engine, load_id)
        assert contents(engine) == states.pop()


def _visit(place: str, value: str) -> dict[str, str]:
    return {"id_lieu": place, "debut": "01/01/2020", "fin": "31/01/2020", "unite": "visites", "valeur": value}


def _step(place: str, step: str) -> dict[str, str]:
    return {"id_lieu": place, "etape": step, "date": "01/06/2018"}


def _aid(committed: str) -> dict[str, str]:
    return {
        "reference": "D-1",
        "dispositif": "emergence",
        "beneficiaire": "Asso A",
        "date_vote": "18/03/2019",
        "montant_vote": "8000",
        "date_engagement": "20/03/2019",
        "montant_engage": committed,
    }


CONTENTS = {
    "visits": [_visit("TL-01", "10"), _visit("TL-02", "10")],
    "visits corrected": [_visit("TL-01", "20")],
    "visits corrected again": [_visit("TL-01", "30"), _visit("TL-03", "5")],
    "steps": [_step("TL-01", "candidature"), _step("TL-01", "labellisé"), _step("TL-02", "labellisé")],
    "steps without one": [_step("TL-01", "candidature")],
    "aid": [_aid("")],
    "aid committed": [_aid("8000")],
}
ACTIONS = st.lists(st.sampled_from([*CONTENTS, "rollback"]), min_size=2, max_size=7)
Present = frozenset[tuple[str, ...]]


def _applied(present: Present, name: str) -> Present:
    """The naive present once a content is loaded: a file speaks for each place, month or aid that it names."""
    rows = [tuple(row.values()) for row in CONTENTS[name]]
    kind = name.split(maxsplit=1)[0]
    named = {row[0] for row in rows}
    return frozenset(row for row in present if row[0] != kind or row[1] not in named) | {(kind, *row) for row in rows}


@pytest.mark.slow
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(actions=["visits", "visits corrected", "visits", "visits corrected"])
@example(actions=["steps", "steps without one", "steps"])
@example(actions=["aid", "aid committed", "aid"])
@example(actions=["visits", "visits corrected", "rollback", "visits"])
@given(actions=ACTIONS)
def test_already_loaded_means_that_the_rows_are_live(
    filled_engine: FilledEngine, tmp_path: Path, actions: list[str]
) -> None:
    """Whatever came before, or was taken back: it is said of what stands today, and of nothing that was replaced."""
    with filled_engine(_places) as engine:
        present: Present = frozenset()
        loads: list[tuple[int, str, Present]] = []  # those that stand, with what was there before
        for number, name in enumerate(actions):
            if name == "rollback":
                if loads:
                    load_id, _, present = loads.pop()
                    _take_back(engine, load_id)
                continue
            before, stands = contents(engine), _applied(present, name) == present
            report = deliver(engine, tmp_path / f"{number}.csv", CONTENTS[name])
            if report.status == "held":  # an older delivery that comes late, and is meant
                assert not stands
                assert contents(engine) == before
                report = deliver(engine, tmp_path / f"{number}.csv", CONTENTS[name], confirm=True)
            is_known = name in {known for _, known, _ in loads}
            assert report.status == ("already_loaded" if stands and is_known else "loaded")
            assert (contents(engine)["reject"], report.rejected) == ([], 0)
            if report.status == "already_loaded":
                assert contents(engine) == before
            elif report.load is not None:
                loads.append((report.load, name, present))
                present = _applied(present, name)


def _take_back(engine: Engine, load_id: int) -> None:
    with writing(engine) as connection:
        rollups.mark_changed_months(connection, [attendance_pairs(load_id)])
        rollups.refresh(connection, roll_back(connection, load_id), TODAY)
