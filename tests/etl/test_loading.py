"""What a delivery does to the database, and what taking it back undoes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Engine, func, select

from data.cube import SET_STRIDE, all_time_condition
from data.engine import writing
from data.facts.aid import AID_CUBE
from data.facts.attendance import ATTENDANCE_CUBE
from data.schema import (
    aid_total,
    attendance,
    attendance_total,
    is_live,
    label_event,
    label_span,
    load,
    place,
    place_version,
    reject,
    remark,
    source_state,
)
from etl import rollups
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_files
from etl.loading.rollback import RollbackRefused, attendance_pairs, roll_back
from tests.conftest import TODAY, FilledEngine
from tests.etl.deliveries import FIRST_LOAD, PLACES, contents, deliver, write_csv

pytestmark = pytest.mark.without_coverage

LABELS_LOAD = FIRST_LOAD + 1  # after that of the places
LABELS = (
    {"id_lieu": "TL-01", "etape": "candidature", "date": "01/02/2018"},
    {"id_lieu": "TL-01", "etape": "labellisé", "date": "15/05/2018"},
    {"id_lieu": "TL-02", "etape": "labellisé", "date": "10/09/2018"},
)
VISITS = (
    {"id_lieu": "TL-01", "debut": "01/01/2020", "fin": "31/01/2020", "unite": "visites", "valeur": "120"},
    {"id_lieu": "TL-02", "debut": "01/01/2020", "fin": "31/01/2020", "unite": "visites", "valeur": "80"},
)
AID = {
    "reference": "D-1",
    "dispositif": "Émergence",
    "id_lieu": "TL-01",
    "beneficiaire": "Asso A",
    "date_vote": "18/03/2019",
    "montant_vote": "8 000,00 €",
    "depenses_eligibles": "16 000",
}

_VOTED = select(func.sum(aid_total.c.amount)).where(
    aid_total.c.step == "vote", all_time_condition(AID_CUBE, aid_total.c)
)


def _places_and_labels(engine: Engine) -> None:
    """Three places and the steps of two labels."""
    with TemporaryDirectory() as folder:
        assert deliver(engine, Path(folder) / "places.csv", PLACES).status == "loaded"
        assert deliver(engine, Path(folder) / "labels.csv", LABELS).status == "loaded"


@pytest.fixture
def filled(filled_engine: FilledEngine) -> Iterator[Engine]:
    with filled_engine(_places_and_labels) as engine:
        yield engine


def _undo(engine: Engine, load_id: int) -> None:
    with writing(engine) as connection:
        rollups.mark_changed_months(connection, [attendance_pairs(load_id)])
        rollups.refresh(connection, roll_back(connection, load_id), TODAY)


def _scalar(engine: Engine, query: object) -> object:
    with engine.connect() as connection:
        return connection.scalar(query)  # type: ignore[call-overload]


def test_the_same_file_twice_changes_nothing(filled: Engine, tmp_path: Path) -> None:
    before = contents(filled)
    again = deliver(filled, tmp_path / "labels.csv", LABELS)
    assert (again.status, again.accepted, again.load) == ("already_loaded", 0, LABELS_LOAD)
    assert contents(filled) == before


def test_the_same_content_written_otherwise_changes_nothing(filled: Engine, tmp_path: Path) -> None:
    before = contents(filled)
    path = tmp_path / "autre nom.csv"
    path.write_text("date,etape,id_lieu\r\n" + "".join(f"{r['date']},{r['etape']},{r['id_lieu']}\r\n" for r in LABELS))
    assert load_files(filled, [path], LoadOptions(TODAY))[0].status == "already_loaded"
    assert contents(filled) == before


def test_a_correction_ends_the_old_row_without_deleting_it(filled: Engine, tmp_path: Path) -> None:
    deliver(filled, tmp_path / "visites.csv", VISITS)
    corrected = [{**VISITS[0], "valeur": "130"}, VISITS[1]]
    report = deliver(filled, tmp_path / "visites2.csv", corrected)
    assert (report.status, report.accepted, report.unchanged, report.replaced) == ("loaded", 2, 1, 1)
    with filled.connect() as connection:
        rows = connection.execute(select(attendance.c.value, attendance.c.ended_by).order_by(attendance.c.value)).all()
        assert [tuple(row) for row in rows] == [(80, None), (120, report.load), (130, None)]
        sums, whole = ATTENDANCE_CUBE.table.c, ATTENDANCE_CUBE.sets[0]
        kept = (sums.period_key.between(whole.period_key(0), whole.period_key(SET_STRIDE - 1)), sums.unit == "visits")
        assert connection.scalar(select(func.sum(sums.value)).where(*kept)) == 130  # not those of a private place


def test_rollback_brings_back_the_exact_state_before(filled: Engine, tmp_path: Path) -> None:
    deliver(filled, tmp_path / "visites.csv", [*VISITS, {**VISITS[0], "id_lieu": "TL-99"}])
    before = contents(filled)
    report = deliver(
        filled, tmp_path / "visites2.csv", [{**VISITS[0], "valeur": "1"}, {**VISITS[1], "id_lieu": "TL-03"}]
    )
    assert report.load is not None
    assert contents(filled) != before
    _undo(filled, report.load)
    assert contents(filled) == before
    assert _scalar(filled, select(load.c.status).where(load.c.load_id == report.load)) == "rolled_back"
    again = deliver(
        filled, tmp_path / "visites2.csv", [{**VISITS[0], "valeur": "1"}, {**VISITS[1], "id_lieu": "TL-03"}]
    )
    assert again.status == "loaded"


def test_rollback_refuses_while_later_loads_rest_on_it(filled: Engine) -> None:
    before = contents(filled)
    with pytest.raises(RollbackRefused, match=f"chargement {LABELS_LOAD} repose"):
        _undo(filled, FIRST_LOAD)
    with pytest.raises(RollbackRefused, match="n’existe pas"):
        _undo(filled, 99)
    assert contents(filled) == before
    _undo(filled, LABELS_LOAD)
    _undo(filled, FIRST_LOAD)
    with pytest.raises(RollbackRefused, match="déjà annulé"):
        _undo(filled, FIRST_LOAD)
    assert _scalar(filled, select(func.count()).select_from(place)) == 0


def test_rollback_refuses_when_its_rows_were_replaced(filled: Engine, tmp_path: Path) -> None:
    first = deliver(filled, tmp_path / "visites.csv", VISITS)
    second = deliver(filled, tmp_path / "visites2.csv", [{**VISITS[0], "valeur": "5"}])
    assert first.load is not None
    with pytest.raises(RollbackRefused, match=f"chargement {second.load} "):
        _undo(filled, first.load)


def test_a_labels_file_is_complete_for_the_places_it_names(filled: Engine, tmp_path: Path) -> None:
    corrected = [LABELS[0], {**LABELS[1], "date": "16/05/2018"}]
    report = deliver(filled, tmp_path / "labels2.csv", corrected)
    assert (report.accepted, report.unchanged) == (2, 1)
    with filled.connect() as connection:
        days = connection.execute(
            select(label_event.c.day, label_event.c.step).where(is_live(label_event)).order_by(label_event.c.day)
        ).all()
        assert [(str(row.day), row.step) for row in days] == [
            ("2018-02-01", "application"),
            ("2018-05-16", "awarded"),
            ("2018-09-10", "awarded"),
        ]
        started = connection.scalars(select(label_span.c.started).where(label_span.c.state == "labelled"))
        assert sorted(map(str, started)) == ["2018-05-16", "2018-09-10"]


def test_rejects_have_their_place_and_are_settled_by_a_correction(filled: Engine, tmp_path: Path) -> None:
    report = deliver(filled, tmp_path / "aides.csv", [AID, {**AID, "reference": "D-2", "date_vote": "31/02/2019"}])
    assert (report.status, report.accepted, report.rejected) == ("loaded_with_rejects", 1, 1)
    assert [(p.line, p.column, p.value) for p in report.problems] == [(3, "date_vote", "31/02/2019")]
    with filled.connect() as connection:
        row = connection.execute(select(reject)).one()
        assert (row.line, row.column, row.value, row.amount) == (3, "date_vote", "31/02/2019", 8000)
        state = connection.execute(select(source_state).where(source_state.c.source == "aids")).one()
        assert (state.rejects, state.rejected_amount) == (1, 8000)
    corrected = deliver(filled, tmp_path / "corrections.csv", [{**AID, "reference": "D-2"}])
    with filled.connect() as connection:
        assert connection.scalar(select(reject.c.ended_by)) == corrected.load
        assert connection.scalar(select(source_state.c.rejects).where(source_state.c.source == "aids")) == 0
        assert connection.scalar(_VOTED) == 16000


def test_the_same_key_twice(filled: Engine, tmp_path: Path) -> None:
    alike = deliver(filled, tmp_path / "visites.csv", [*VISITS, VISITS[0]])
    assert (alike.accepted, alike.rejected, alike.warnings) == (3, 0, 1)
    apart = deliver(
        filled, tmp_path / "visites2.csv", [VISITS[1], {**VISITS[0], "valeur": "1"}, {**VISITS[0], "valeur": "2"}]
    )
    assert (apart.accepted, apart.rejected, apart.status) == (1, 2, "loaded_with_rejects")
    assert {problem.line for problem in apart.problems} == {3, 4}
    assert _scalar(filled, select(func.sum(attendance.c.value)).where(is_live(attendance))) == 200


def test_too_many_refused_rows_hold_the_file(filled: Engine, tmp_path: Path) -> None:
    before = contents(filled)
    rows = [{**VISITS[0], "debut": f"01/{m:02}/2019", "fin": f"28/{m:02}/2019", "valeur": "x"} for m in range(1, 12)]
    held = deliver(filled, tmp_path / "visites.csv", [*VISITS, *rows])
    assert (held.status, held.load) == ("held", None)
    assert "--confirm" in held.problems[0].message
    assert contents(filled) == before
    assert deliver(filled, tmp_path / "visites.csv", [*VISITS, *rows], confirm=True).status == "loaded_with_rejects"


def test_a_file_of_refused_rows_only_is_refused(filled: Engine, tmp_path: Path) -> None:
    before = contents(filled)
    report = deliver(filled, tmp_path / "visites.csv", [{**VISITS[0], "valeur": "beaucoup"}], confirm=True)
    assert (report.status, report.accepted, report.rejected, report.load) == ("refused", 0, 1, None)
    assert contents(filled) == before


def test_an_older_delivery_is_held(filled: Engine, tmp_path: Path) -> None:
    deliver(filled, tmp_path / "a.csv", VISITS)
    deliver(filled, tmp_path / "b.csv", [{**VISITS[0], "valeur": "5"}])
    late = deliver(filled, tmp_path / "c.csv", [VISITS[0]])
    assert late.status == "held"
    assert "livraison ancienne" in late.problems[0].message
    assert deliver(filled, tmp_path / "c.csv", [VISITS[0]], confirm=True).replaced == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (VISITS, [{**VISITS[0], "valeur": "5"}]),
        (LABELS, LABELS[:1]),
        ([{**AID, "montant_engage": "8000"}], [{**AID, "montant_engage": "4000"}]),
        ([PLACES[0]], [{**PLACES[0], "nom": "La Manufacture"}]),
    ],
    ids=["attendance", "labels", "aids", "places"],
)
def test_a_content_that_another_replaced_is_held_then_loaded_again(
    filled: Engine, tmp_path: Path, first: list[dict[str, str]], second: list[dict[str, str]]
) -> None:
    deliver(filled, tmp_path / "a.csv", first)
    replaced = deliver(filled, tmp_path / "b.csv", second, confirm=True)
    assert replaced.status == "loaded"
    before = contents(filled)
    held = deliver(filled, tmp_path / "a.csv", first)
    assert held.status == "held"
    assert "livraison ancienne" in held.problems[0].message
    assert contents(filled) == before
    again = deliver(filled, tmp_path / "a.csv", first, confirm=True)
    assert again.status == "loaded"
    assert contents(filled) != before
    assert deliver(filled, tmp_path / "a.csv", first).status == "already_loaded"


def test_what_went_with_the_demonstration_can_be_delivered(engine: Engine, tmp_path: Path) -> None:
    for name, rows in (("places.csv", PLACES), ("labels.csv", LABELS)):
        deliver(engine, tmp_path / name, rows, kind="demo")
    assert deliver(engine, tmp_path / "labels.csv", LABELS).status == "already_loaded"  # it stands
    deliver(engine, tmp_path / "réels.csv", [{**PLACES[0], "nom": "Un vrai lieu"}, *PLACES[1:]])
    assert not _scalar(engine, select(func.count()).where(is_live(label_event)))
    assert deliver(engine, tmp_path / "labels.csv", LABELS).status == "loaded"
    assert _scalar(engine, select(func.count()).where(is_live(label_event))) == len(LABELS)


def test_two_files_of_a_command_that_contradict_each_other_are_held(filled: Engine, tmp_path: Path) -> None:
    paths = [
        write_csv(tmp_path / "a.csv", VISITS),
        write_csv(tmp_path / "b.csv", [{**VISITS[0], "valeur": "5"}]),
    ]
    assert [report.status for report in load_files(filled, paths, LoadOptions(TODAY))] == ["loaded", "held"]


def test_files_given_together_are_loaded_in_the_order_of_the_sources(engine: Engine, tmp_path: Path) -> None:
    paths = [
        write_csv(tmp_path / "1.csv", VISITS),
        write_csv(tmp_path / "2.csv", LABELS),
        write_csv(tmp_path / "3.csv", PLACES),
        tmp_path / "absent.csv",
    ]
    reports = load_files(engine, paths, LoadOptions(TODAY))
    assert [(report.source, report.status) for report in reports] == [
        ("places", "loaded"),
        ("labels", "loaded"),
        ("attendance", "loaded"),
        (None, "refused"),
    ]


def test_real_files_end_the_demonstration_and_their_rollback_reopens_it(engine: Engine, tmp_path: Path) -> None:
    deliver(engine, tmp_path / "places.csv", PLACES, kind="demo")
    deliver(engine, tmp_path / "visites.csv", VISITS, kind="demo")
    before = contents(engine)
    real = deliver(engine, tmp_path / "reel.csv", [{**PLACES[0], "nom": "Un vrai lieu"}])
    assert "démonstration" in real.remarks[0].message
    with engine.connect() as connection:
        assert connection.scalars(select(place_version.c.name).where(is_live(place_version))).all() == ["Un vrai lieu"]
        assert connection.scalar(select(func.count()).where(is_live(attendance))) == 0
        assert not connection.scalar(select(func.count()).select_from(attendance_total))
    assert real.load is not None
    _undo(engine, real.load)
    assert contents(engine) == before


def test_a_refused_real_file_leaves_the_demonstration(engine: Engine, tmp_path: Path) -> None:
    deliver(engine, tmp_path / "places.csv", PLACES, kind="demo")
    before = contents(engine)
    assert deliver(engine, tmp_path / "reel.csv", [{**PLACES[0], "code_insee": "75056"}]).status == "refused"
    assert contents(engine) == before


def test_a_rehearsal_writes_nothing_and_lists_the_indicators_that_would_change(filled: Engine, tmp_path: Path) -> None:
    before = contents(filled)
    report = deliver(filled, tmp_path / "visites.csv", VISITS, keep=False)
    assert report.status == "loaded"
    assert [(move.slug, move.before, move.after) for move in report.indicator_changes if move.slug == "visites"] == [
        ("visites", None, 120)
    ]
    assert contents(filled) == before


def test_remarks_are_stored_by_cause_with_all_their_rows(filled: Engine, tmp_path: Path) -> None:
    """More rows than are kept one by one; what is said once for its column is counted too."""
    rows = [
        {**PLACES[0], "id_lieu": f"X-{at}", "siret": "200 053 403 00016", "surface_m2": f"{at}e", "note": "x"}
        for at in range(150)
    ]
    rows[0]["date_ouverture"] = "mars 2018"
    report = deliver(filled, tmp_path / "lieux2.csv", rows)
    with filled.connect() as connection:
        stored = connection.execute(select(remark).where(remark.c.load_id == report.load).order_by(remark.c.number))
        said = {row.column: row for row in stored}
    assert list(said) == ["siret", "surface_m2", None, "note", "date_ouverture"]
    assert [row.rows for row in said.values()] == [150, 150, None, None, 1]
    assert "non confirmée(s)\u202f: TL-01" in said[None].message
    assert said["siret"].message == "SIRET lu sans espaces ni décimales."
    assert (said["surface_m2"].value, said["note"].lines) == ("0e", None)
    assert said["surface_m2"].lines == ", ".join([*map(str, range(2, 22)), "…"])
    assert (
        said["date_ouverture"].lines,
        "(lu : 01/03/2018)" in said["date_ouverture"].message.replace("\u202f", " "),
    ) == (
        "2",
        True,
    )


def test_columns_without_their_own_are_stored_in_extra(engine: Engine, tmp_path: Path) -> None:
    named = [{**PLACES[0], "commune": 'Lisieux "14"'}, PLACES[1]]
    report = deliver(engine, tmp_path / "places.csv", named)
    with engine.connect() as connection:
        kept = connection.scalars(select(place_version.c.extra).order_by(place_version.c.line)).all()
    assert kept == ['{"commune_name":"Lisieux \\"14\\""}', None]
    assert report.status == "loaded"
    assert deliver(engine, tmp_path / "again.csv", [{**named[0], "commune": "Lisieux"}, PLACES[1]]).replaced == 1


def test_rows_that_lacked_their_place_are_loaded_by_the_same_file_once_it_has_come(
    engine: Engine, tmp_path: Path
) -> None:
    deliver(engine, tmp_path / "places.csv", PLACES[:1])
    first = deliver(engine, tmp_path / "labels.csv", LABELS)
    assert (first.accepted, first.rejected) == (2, 1)
    assert deliver(engine, tmp_path / "labels.csv", LABELS).status == "already_loaded"
    deliver(engine, tmp_path / "places2.csv", PLACES[1:2])
    again = deliver(engine, tmp_path / "labels.csv", LABELS)
    assert (again.status, again.accepted, again.unchanged) == ("loaded", 3, 2)
    assert deliver(engine, tmp_path / "labels.csv", LABELS).status == "already_loaded"
