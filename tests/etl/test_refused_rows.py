"""Hundreds of refused rows: told by cause on the terminal, one by one in a file that is never in the way."""

from __future__ import annotations

import csv
import os
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from data.formulas import FORMULA_PREFIXES
from etl.checks.causes import by_cause
from etl.cli.console import MAX_LISTED, print_report
from etl.cli.refused_rows import FOLDER, write_refused_rows
from etl.loading.progress import progress_bar, stage_of
from etl.loading.report import Report
from etl.problems import Problem

texts = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=12)
problems_of = st.lists(
    st.builds(
        Problem, st.just("refused"), st.integers(2, 60), st.sampled_from(["nom", "date", None]), texts,
        st.sampled_from(["Date illisible.", "Hors de Normandie\u202f: 75056.", "Hors de Normandie\u202f: 1."]),
        cause=st.sampled_from(["", "Hors de Normandie."]),
    ),
    min_size=MAX_LISTED + 1, max_size=40,
)  # fmt: skip


def _told(report: Report, listed: Path | None = None) -> str:
    out = StringIO()
    print_report(Console(file=out, soft_wrap=True, width=10_000), report, listed=listed)
    return out.getvalue()


@given(problems_of, st.dictionaries(st.integers(2, 60), st.integers(0, 10**9)))
def test_causes_hold_every_problem_and_the_money_of_its_rows(problems: list[Problem], cents: dict[int, int]) -> None:
    causes = by_cause(problems, cents)
    assert sum(cause.rows for cause in causes) == len(problems)
    alike = Counter((problem.column, problem.cause or problem.message) for problem in problems)
    assert [cause.rows for cause in causes] == sorted(alike.values(), reverse=True)
    for cause in causes:
        key = (cause.example.column, cause.example.cause or cause.example.message)
        lines = {one.line for one in problems if (one.column, one.cause or one.message) == key}
        assert cause.cents == sum(cents.get(line, 0) for line in lines)


def test_many_refused_rows_are_grouped_by_cause_with_their_money() -> None:
    problems = [Problem("refused", line, "code_insee", f"75{line}", f"Hors de Normandie\u202f: {line}.",
                        cause="Hors de Normandie.") for line in range(2, 502)]  # fmt: skip
    problems += [Problem("refused", line, "date_vote", None, "Colonne obligatoire vide.") for line in range(2, 302)]
    report = Report("aides.csv", "aids", "held", rejected=500, problems=tuple(problems),
                    cents=dict.fromkeys(range(2, 502), 100_000))  # fmt: skip
    lines = _told(report, Path("/ici/aides.csv")).replace("\u202f", " ").splitlines()
    assert lines[2:] == [
        "  • colonne code_insee : Hors de Normandie. (500 fois, 500 000,00 € non comptés ; d’abord ligne 2 « 752 »)",
        "  • colonne date_vote : Colonne obligatoire vide. (300 fois, 300 000,00 € non comptés ; d’abord ligne 2)",
        "  Toutes les lignes à corriger, une par une : /ici/aides.csv",
    ]


def test_remarks_are_counted_beyond_those_that_are_stored() -> None:
    remarks = tuple(Problem("warning", line, "depuis", "mars 2020", "Mois sans jour (lu).", cause="Mois sans jour.")
                    for line in range(2, 102))  # fmt: skip
    report = Report("a.csv", "partners", "loaded", accepted=5_000, warnings=5_000, remarks=remarks,
                    causes={("depuis", "Mois sans jour."): 5_000})  # fmt: skip
    assert "Mois sans jour. (5\u202f000 fois" in _told(report)


@given(problems_of)
def test_the_list_holds_every_problem_and_nothing_that_runs(
    tmp_path_factory: pytest.TempPathFactory, problems: list[Problem]
) -> None:
    folder = tmp_path_factory.mktemp("livraison")
    ordered = tuple(sorted(problems, key=lambda problem: problem.line))
    report = Report("x.csv", "aids", "held", problems=ordered, path=folder / "x.csv", cents={2: 123_456})
    path = write_refused_rows(report)
    assert path == folder / FOLDER / "x.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        _header, *rows = csv.reader(file, delimiter=";")
    assert [(row[1], row[4]) for row in rows] == [(str(one.line), one.message) for one in ordered]
    assert not any(cell.startswith(FORMULA_PREFIXES) for row in rows for cell in row)
    assert [row[5] for row in rows if row[5]] == ["1234,56"] * any(one.line == 2 for one in ordered)


def _report(folder: Path, rows: int = 20) -> Report:
    problems = tuple(Problem("refused", line, "nom", None, "Colonne obligatoire vide.") for line in range(rows))
    return Report("x.csv", "places", "held", problems=problems, path=folder / "x.csv")


def test_a_list_never_replaces_a_file_and_never_looks_like_a_delivery(tmp_path: Path) -> None:
    names = [write_refused_rows(_report(tmp_path)) for _ in range(3)]
    assert [path and path.name for path in names] == ["x.csv", "x-2.csv", "x-3.csv"]
    assert list(tmp_path.glob("*.csv")) == []


def test_few_refused_rows_need_no_list(tmp_path: Path) -> None:
    assert write_refused_rows(_report(tmp_path, MAX_LISTED + 1)) is None  # one of them is of the file as a whole
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written_the_list_goes_to_the_working_folder_or_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "ici"
    here.mkdir()
    monkeypatch.chdir(here)
    (tmp_path / "livraisons").mkdir()
    (tmp_path / "livraisons" / FOLDER).write_text("un fichier qui porte ce nom")
    report = _report(tmp_path / "livraisons")
    assert write_refused_rows(report) == here / FOLDER / "x.csv"
    os.rename(here / FOLDER, here / "autre")  # noqa: PTH104
    (here / FOLDER).write_text("un autre")
    assert write_refused_rows(report) is None


def test_progress_is_reported_in_french_with_its_total() -> None:
    assert stage_of(1_200, 5_000) == "1\u202f200 lignes lues sur 5\u202f000"
    assert stage_of(1, 1) == "1 ligne lue sur 1"
    assert stage_of(5_000, None) == "5\u202f000 lignes lues, enregistrement…"
    terminal = Console(file=StringIO(), force_terminal=True)
    with progress_bar(terminal, quiet=False) as show:
        assert show is not None
        show(10, 20)
        show(20, None)
    with progress_bar(Console(file=StringIO()), quiet=False) as hidden:
        assert hidden is None
