"""Files that look like a mistake: totals that do not add up, doubles, missing rows (bad-inputs 27, 57, 111–114)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Engine, func, select

from data.schema import is_live, label_event, label_span, place_version, reject, source_state
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_file
from etl.loading.report import Report
from tests.conftest import TODAY, FilledEngine
from tests.etl.deliveries import PLACES, contents, deliver

pytestmark = pytest.mark.fewer_on_postgresql(3)

AID = {"reference": "D-1", "dispositif": "Émergence", "beneficiaire": "Asso A", "date_vote": "18/03/2019"}
AIDS = "reference;dispositif;beneficiaire;date_vote;montant_vote;depenses_eligibles"
SCDL = "idAttribuant;dateConvention;nomBeneficiaire;montant"
STEPS = (
    {"id_lieu": "TL-01", "etape": "candidature", "date": "01/02/2018"},
    {"id_lieu": "TL-01", "etape": "labellisé", "date": "15/05/2018"},
    {"id_lieu": "TL-02", "etape": "labellisé", "date": "10/09/2018"},
)


def _places(engine: Engine) -> None:
    """Three places."""
    with TemporaryDirectory() as folder:
        assert deliver(engine, Path(folder) / "places.csv", PLACES).status == "loaded"


@pytest.fixture
def filled(filled_engine: FilledEngine) -> Iterator[Engine]:
    with filled_engine(_places) as engine:
        yield engine


def _load(engine: Engine, path: Path, *lines: str, **order: object) -> Report:
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    return load_file(engine, path, LoadOptions(TODAY, **order))  # type: ignore[arg-type]


def _plain(report: Report) -> str:
    return " ".join(problem.message for problem in report.problems).replace("\u202f", " ").replace("\u00a0", " ")


def test_57_a_right_total_is_taken_out_and_reported(filled: Engine, tmp_path: Path) -> None:
    rows = ("D-1;emergence;A;01/03/2019;1 000,50;2 000", "D-2;emergence;B;01/03/2019;500;")
    report = _load(filled, tmp_path / "a.csv", AIDS, *rows, "Total;;;;1 500,50 €;2 000", "Source : service")
    assert (report.status, report.accepted, report.rejected) == ("loaded", 2, 0)
    assert [problem.line for problem in report.remarks if "retirée" in problem.message] == [5, 4]


def test_57_a_wrong_total_holds_the_file(filled: Engine, tmp_path: Path) -> None:
    before = contents(filled)
    lines = (AIDS, "D-1;emergence;A;01/03/2019;1 000,50;2 000", "TOTAL GÉNÉRAL;;;;1 000,05;2 000")
    held = _load(filled, tmp_path / "a.csv", *lines)
    assert held.status == "held"
    assert "ligne 3 (montant_vote : 1 000,05 €) n’est pas la somme des lignes (1 000,50 €)" in _plain(held)
    assert contents(filled) == before
    assert _load(filled, tmp_path / "a.csv", *lines, confirm=True).status == "loaded"


def test_57_refused_rows_and_doubles_belong_to_the_total(filled: Engine, tmp_path: Path) -> None:
    """It is compared with all rows of the file: what becomes of them is another matter."""
    rows = (
        "D-1;emergence;A;01/03/2019;100;",
        "D-1;emergence;A;01/03/2019;100;",
        "D-2;emergence;B;31/02/2019;40;",
        "D-3;emergence;C;01/03/2019;2;",
    )
    assert _load(filled, tmp_path / "a.csv", AIDS, *rows, "Total;;;;242;").status == "loaded_with_rejects"
    wrong = _load(filled, tmp_path / "b.csv", AIDS, *rows, "Total;;;;202;", "")
    assert wrong.status == "already_loaded"  # a total is not content
    other = ("D-9;emergence;A;01/03/2019;1;", *rows)
    assert _load(filled, tmp_path / "c.csv", AIDS, *other, "Total;;;;242;").status == "held"


def test_57_the_total_of_open_data_is_that_of_the_amounts_as_written(filled: Engine, tmp_path: Path) -> None:
    row = "20005340300017;2019-03-01;Asso A;"
    assert _load(filled, tmp_path / "a.csv", SCDL, f"{row}1000", f"{row}500", "Total;;;1500").status == "loaded"
    assert _load(filled, tmp_path / "b.csv", SCDL, f"{row}1", f"{row}2", "Total;;;4").status == "held"


def test_57_a_total_over_a_cell_that_cannot_be_read_proves_nothing(filled: Engine, tmp_path: Path) -> None:
    rows = ("D-1;emergence;A;01/03/2019;100;", "D-2;emergence;B;01/03/2019;cent;")
    assert _load(filled, tmp_path / "a.csv", AIDS, *rows, "Total;;;;200;").status == "loaded_with_rejects"


def test_57_a_total_is_written_as_its_column(filled: Engine, tmp_path: Path) -> None:
    """`1.500` is ambiguous alone; the column decides."""
    rows = ("D-1;emergence;A;01/03/2019;1.000,50;", "D-2;emergence;B;01/03/2019;499,50;")
    assert _load(filled, tmp_path / "a.csv", AIDS, *rows, "Total;;;;1.500;").status == "loaded"
    assert _load(filled, tmp_path / "b.csv", AIDS, rows[0].replace("D-1", "D-7"), "Total;;;;1.500;").status == "held"


def test_57_sub_totals_and_whole_numbers(filled: Engine, tmp_path: Path) -> None:
    header, row = "id_lieu;debut;fin;unite;valeur", "01/01/2020;31/01/2020;visites"
    lines = (header, f"TL-01;{row};120", "Sous-total;;;;120", f"TL-02;{row};80", "Sous-total;;;;80")
    assert _load(filled, tmp_path / "a.csv", *lines, "Total;;;;200").status == "loaded"
    wrong = (header, f"TL-01;{row};110", "Sous-total;;;;7", f"TL-02;{row};90")
    assert "valeur : 7) n’est pas la somme" in _plain(_load(filled, tmp_path / "c.csv", *wrong, "Total;;;;200"))
    held = _load(filled, tmp_path / "b.csv", header, f"TL-03;{row};5", "Total;;;;2000")
    assert "valeur : 2 000) n’est pas la somme des lignes (5)" in _plain(held)


def test_111_identical_rows_count_once_and_are_all_accepted(filled: Engine, tmp_path: Path) -> None:
    rows = [{**AID, "montant_vote": "10"}] * 3
    report = deliver(filled, tmp_path / "a.csv", rows)
    assert (report.accepted, report.rejected, report.unchanged) == (3, 0, 0)
    assert [(p.line, p.message) for p in report.remarks if "identique" in p.message] == [
        (3, "Ligne identique à la ligne 2\u202f: une seule compte."),
        (4, "Ligne identique à la ligne 2\u202f: une seule compte."),
    ]


def test_112_rows_that_contradict_each_other_are_kept_with_their_key_and_money(filled: Engine, tmp_path: Path) -> None:
    ok = {**AID, "reference": "D-0", "montant_vote": "1"}
    rows = [ok, {**AID, "montant_vote": "10"}, {**AID, "montant_vote": "20,50"}]
    report = deliver(filled, tmp_path / "a.csv", rows)
    assert (report.accepted, report.rejected) == (1, 2)
    with filled.connect() as connection:
        kept = connection.execute(select(reject.c.line, reject.c.row_key, reject.c.amount).order_by(reject.c.line))
        assert [(line, key, float(amount)) for line, key, amount in kept] == [(3, "D-1", 10.0), (4, "D-1", 20.5)]
    corrected = deliver(filled, tmp_path / "b.csv", [{**AID, "montant_vote": "20,50"}])
    assert (corrected.status, _left(filled, "aids")) == ("loaded", (0, 0.0))


def test_a_row_refused_again_in_another_file_waits_once(filled: Engine, tmp_path: Path) -> None:
    ok = {**AID, "montant_vote": "1", "reference": "D-0"}
    wrong = {**AID, "montant_vote": "8000", "date_vote": "31/02/2019"}
    deliver(filled, tmp_path / "mars.csv", [ok, wrong])
    assert _left(filled, "aids") == (1, 8000.0)
    deliver(filled, tmp_path / "avril.csv", [{**ok, "montant_vote": "2"}, {**wrong, "date_vote": "demain"}])
    assert _left(filled, "aids") == (1, 8000.0)


def _left(engine: Engine, source: str) -> tuple[int, float]:
    with engine.connect() as connection:
        row = connection.execute(select(source_state).where(source_state.c.source == source)).one()
        return row.rejects, float(row.rejected_amount)


def test_113_a_new_value_replaces_the_old_one_which_is_kept(filled: Engine, tmp_path: Path) -> None:
    report = deliver(filled, tmp_path / "b.csv", [{**PLACES[0], "nom": "Autre nom"}])
    assert (report.replaced, report.unchanged) == (1, 0)
    with filled.connect() as connection:
        rows = connection.execute(select(place_version.c.name, place_version.c.ended_by).order_by("name")).all()
    assert ("La Filature", report.load) in [tuple(row) for row in rows]
    assert ("Autre nom", None) in [tuple(row) for row in rows]


def test_114_a_place_absent_from_a_new_file_stays(filled: Engine, tmp_path: Path) -> None:
    deliver(filled, tmp_path / "b.csv", [{**PLACES[0], "postes": "12"}])
    with filled.connect() as connection:
        names = connection.scalars(select(place_version.c.name).where(is_live(place_version)).order_by("name")).all()
    assert names == ["Elabo", "La Filature", "Le Zéphyr"]


@pytest.mark.parametrize(
    "wrong",
    [
        [{**STEPS[1], "date": "15/05/20018"}],
        [{**STEPS[1], "sens": "favorable"}, {**STEPS[1], "sens": "réservé"}],
    ],
    ids=["a date that cannot be", "said twice differently"],
)
def test_a_refused_step_ends_nothing_of_its_place(filled: Engine, tmp_path: Path, wrong: list[dict[str, str]]) -> None:
    """The file is complete for its places, but for those of which a row could not be read."""
    deliver(filled, tmp_path / "labels.csv", STEPS)
    report = deliver(filled, tmp_path / "labels2.csv", [STEPS[0], *wrong, STEPS[2]])
    assert report.status == "loaded_with_rejects"
    assert any("1 lieu dont une ligne est à corriger" in remark.message for remark in report.remarks)
    with filled.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(label_event).where(is_live(label_event))) == 3
        labelled = select(func.count()).where(label_span.c.state == "labelled", label_span.c.ended.is_(None))
        assert connection.scalar(labelled) == 2


def test_27_a_labels_file_that_would_end_many_steps_is_held(filled: Engine, tmp_path: Path) -> None:
    opinions = [{"id_lieu": "TL-01", "etape": "avis Aract", "date": f"{day:02}/03/2018"} for day in range(1, 13)]
    deliver(filled, tmp_path / "labels.csv", [*STEPS, *opinions])
    before = contents(filled)
    held = deliver(filled, tmp_path / "labels2.csv", [{**STEPS[0], "commentaire": "seul"}, STEPS[2]])
    assert held.status == "held"
    assert "ferait disparaître 13 lignes connues sur 15" in _plain(held)
    assert contents(filled) == before
    fewer = deliver(filled, tmp_path / "labels3.csv", [*STEPS, *opinions[:7]])
    assert (fewer.status, "ferait disparaître 5 lignes connues sur 15" in _plain(fewer)) == ("held", True)
    moved = [{**one, "date": one["date"].replace("/03/", "/04/")} for one in opinions[2:]]
    corrected = deliver(filled, tmp_path / "labels4.csv", [*STEPS, *opinions[:2], *moved])
    assert (corrected.status, corrected.added, corrected.ended) == ("loaded", 10, 10)
    few = deliver(filled, tmp_path / "labels5.csv", [*STEPS, *opinions[:2], *moved[:-1]])
    assert (few.status, few.unchanged, few.ended) == ("loaded", 14, 1)


def test_reading_ends_when_more_rows_are_refused_than_anybody_corrects(
    filled: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1 000 000 refused rows weighed 2 GB before this limit; what is known of the cause is reported."""
    for module in ("etl.loading.rows", "etl.loading.apply"):
        monkeypatch.setattr(f"{module}.MAX_REFUSED_ROWS", 3)
    before = contents(filled)
    visits = "id_lieu;debut;fin;unite;valeur"
    rows = [f"TL-{n};01/03/2019;31/03/2019;visites;5" for n in range(90, 94)]
    refused = _load(filled, tmp_path / "v.csv", visits, "TL-01;01/03/2019;31/03/2019;visites;5", *rows, confirm=True)
    assert (refused.status, refused.load) == ("refused", None)
    assert "Plus de 3 lignes seraient refusées : la lecture s’est arrêtée à la ligne 6" in _plain(refused)
    assert len(refused.problems) == 5
    assert contents(filled) == before
    kept = _load(filled, tmp_path / "v.csv", visits, "TL-01;01/03/2019;31/03/2019;visites;5", *rows[1:], confirm=True)
    assert (kept.status, kept.accepted, kept.rejected) == ("loaded_with_rejects", 1, 3)
