"""The command line as scripts and people call it: exit codes, what is printed, what stands in the database after it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import URL, Engine, func, select, text
from sqlalchemy.exc import IntegrityError

from data.demo import DEMO_FILES
from data.engine import open_engine
from data.reference import OUTLINES_FILE, POLICY_FILES
from data.schema import aid_total, attendance, is_live, label_event, load, outline, place_version, reject
from data.sources import SOURCES
from etl import __main__ as etl_main
from tests.conftest import SHARED
from tests.databases import Databases
from tests.etl.deliveries import FIRST_LOAD, PLACES, write_csv

ROOT = Path(__file__).resolve().parents[2]
KEYS = [
    "file", "source", "status", "accepted", "rejected", "added", "unchanged", "replaced", "ended", "warnings", "load",
    "problems",
]  # fmt: skip
LABELS = (
    {"id_lieu": "TL-01", "etape": "labellisé", "date": "15/05/2018"},
    {"id_lieu": "TL-02", "etape": "labellisé", "date": "10/09/2018"},
)
VISITS = tuple(
    {"id_lieu": "TL-01", "debut": f"01/{month:02}/2020", "fin": f"28/{month:02}/2020", "unite": "visites", "valeur": 9}
    for month in range(1, 13)
)


@dataclass(frozen=True)
class Result:
    """What a script sees of a command."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Result]


def in_a_script(url: str, *arguments: object, **environment: str) -> Result:
    """python -m etl in a process of its own, without a terminal: two seconds of start, so for what needs it."""
    env = {**os.environ, "DATABASE_URL": url, **environment}
    command = [sys.executable, "-m", "etl", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", timeout=120, check=False)
    return _plain(Result(done.returncode, done.stdout, done.stderr))


def _plain(done: Result) -> Result:
    assert "Traceback" not in done.stderr, done.stderr
    assert "\x1b" not in done.stdout + done.stderr, "escape codes in a pipe"
    return done


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """run(url, *arguments): the same within this process, quickly."""
    opened: list[Engine] = []

    def open_and_note(url: URL, *, create: bool) -> Engine:
        opened.append(open_engine(url, create=create))
        return opened[-1]

    def command(url: str, *arguments: object) -> Result:
        monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.setattr(sys, "argv", ["etl", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            etl_main.main()
        assert end.value.code is None or isinstance(end.value.code, int)
        for engine in opened:
            engine.dispose()
        return _plain(Result(end.value.code or 0, *capsys.readouterr()))

    monkeypatch.setattr(etl_main, "open_engine", open_and_note)
    yield command
    for engine in opened:
        engine.dispose()


@pytest.fixture
def etl(engine_url: str, run: Run) -> Run:
    """The command on a prepared database of each kind."""
    return lambda *arguments: run(engine_url, *arguments)


@pytest.fixture(scope="module")
def prepared_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database made by the command itself, with the demonstration."""
    path = tmp_path_factory.mktemp("command line") / "é with spaces.sqlite"
    done = in_a_script(f"sqlite:///{path.as_posix()}", "init")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Données de démonstration\u202f: 1\u202f")
    return path


@pytest.fixture
def demo_url(prepared_file: Path, tmp_path: Path) -> str:
    """A copy of it; what does not depend on the kind of database is tested on this one only."""
    shutil.copyfile(prepared_file, tmp_path / "copy.sqlite")
    return f"sqlite:///{(tmp_path / 'copy.sqlite').as_posix()}"


def lines(done: Result) -> list[dict[str, Any]]:
    """One object a line, with exactly the keys of the contract and the two that add to it."""
    found = [json.loads(line) for line in done.stdout.splitlines()]
    for report in found:
        assert list(report) == [*KEYS, "remarks", "moves"]
        for problem in (*report["problems"], *report["remarks"]):
            assert list(problem) == ["sheet", "line", "column", "value", "message"]
    return found


def read(url: str, query: Any) -> Any:
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            return connection.scalar(query)
    finally:
        engine.dispose()


def counts(report: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(report[key] for key in ("source", "status", "accepted", "rejected", "unchanged", "replaced"))


def test_files_in_any_order_then_again_then_corrected_then_taken_back(
    etl: Run, engine_url: str, tmp_path: Path
) -> None:
    files = [
        write_csv(tmp_path / "visites.csv", [*VISITS, {**VISITS[0], "id_lieu": "TL-99"}]),
        write_csv(tmp_path / "étapes.csv", LABELS),
        write_csv(tmp_path / "lieux.csv", PLACES),
    ]
    first = etl("load", *files, "--json")
    reports = lines(first)
    assert [counts(report) for report in reports] == [
        ("places", "loaded", 3, 0, 0, 0),
        ("labels", "loaded", 2, 0, 0, 0),
        ("attendance", "loaded_with_rejects", 12, 1, 0, 0),
    ]
    assert (first.returncode, first.stderr) == (2, "")
    assert reports[1]["file"] == "étapes.csv"
    assert [report["load"] for report in reports] == [FIRST_LOAD, FIRST_LOAD + 1, FIRST_LOAD + 2]
    [problem] = reports[2]["problems"]
    assert (problem["sheet"], problem["line"], problem["column"], problem["value"]) == (None, 14, "id_lieu", "TL-99")

    again = etl("load", *files[1:], "--json")
    assert [counts(report)[1:] for report in lines(again)] == [("already_loaded", 0, 0, 0, 0)] * 2
    assert again.returncode == 0
    corrected = write_csv(tmp_path / "corrigé.csv", [{**VISITS[0], "valeur": 10}, VISITS[1]])
    [report] = lines(done := etl("load", corrected, "--json"))
    assert (counts(report)[1:], done.returncode) == (("loaded", 2, 0, 1, 1), 0)

    refused = etl("rollback", FIRST_LOAD + 2)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert f"le chargement {FIRST_LOAD + 3} repose sur ses lignes" in refused.stderr
    assert etl("rollback", FIRST_LOAD + 3).returncode == 0
    assert etl("rollback", FIRST_LOAD + 2).returncode == 0
    assert read(engine_url, select(func.count()).select_from(attendance)) == 0
    assert read(engine_url, select(func.count()).select_from(reject)) == 0
    found = json.loads(etl("status", "--json").stdout)
    assert [row["status"] for row in found["loads"][-4:]] == ["loaded", "loaded", "rolled_back", "rolled_back"]
    assert lines(etl("load", files[0], "--json"))[0]["status"] == "loaded_with_rejects"


def test_held_then_confirmed(etl: Run, engine_url: str, tmp_path: Path) -> None:
    places = write_csv(tmp_path / "lieux.csv", PLACES)
    wrong = [{**visit, "valeur": "?"} for visit in VISITS]
    visits = write_csv(tmp_path / "visites.csv", [*({**one, "id_lieu": "TL-02"} for one in VISITS), *wrong])
    held = etl("load", places, visits, "--json")
    reports = lines(held)
    assert [report["status"] for report in reports] == ["loaded", "held"]
    assert (held.returncode, reports[1]["load"]) == (1, None)
    assert "12 lignes sur 24 (50\u202f%) seraient refusées" in reports[1]["problems"][0]["message"]
    assert "--confirm" in reports[1]["problems"][0]["message"]
    assert read(engine_url, select(func.count()).select_from(attendance)) == 0
    [report] = lines(done := etl("load", visits, "--confirm", "--json"))
    assert (counts(report)[1:4], done.returncode) == (("loaded_with_rejects", 12, 12), 2)


def test_a_check_writes_nothing_and_each_file_sees_those_before_it(etl: Run, engine_url: str, tmp_path: Path) -> None:
    files = [write_csv(tmp_path / "e.csv", LABELS), write_csv(tmp_path / "l.csv", PLACES)]
    done = etl("check", *files, "--json")
    reports = lines(done)
    assert [report["status"] for report in reports] == ["loaded", "loaded"]
    assert {"slug": "lieux-labellises", "before": None, "after": 2} in reports[1]["moves"]
    assert done.returncode == 0
    assert read(engine_url, select(func.max(load.c.load_id))) == FIRST_LOAD - 1
    said = etl("check", *files)
    assert "peut être chargé (vérification seule, rien n’a été écrit)" in said.stdout
    assert "Tiers-lieux labellisés\u202f: — → 2 tiers-lieux" in said.stdout
    assert etl("check", files[0]).returncode == 1


def test_the_first_real_file_withdraws_the_demonstration_with_a_remark(run: Run, demo_url: str, tmp_path: Path) -> None:
    files = [write_csv(tmp_path / "lieux.csv", PLACES), write_csv(tmp_path / "e.csv", LABELS)]
    done = run(demo_url, "load", *files)
    assert done.returncode == 0
    assert done.stdout.count(f"retire les données de démonstration ({len(DEMO_FILES)} fichiers)") == 1
    assert read(demo_url, select(func.count()).where(is_live(place_version))) == 3
    assert read(demo_url, select(func.count()).where(is_live(label_event))) == 2
    refused = run(demo_url, "demo")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "Des fichiers de la Région sont chargés\u202f: la démonstration ne s’y ajoute pas.\n"
    latest = len(POLICY_FILES) + len(DEMO_FILES) + len(files)
    assert run(demo_url, "rollback", latest).returncode == 0
    assert run(demo_url, "rollback", latest - 1).returncode == 0
    assert read(demo_url, select(func.count()).where(is_live(place_version))) > 30


def test_init_and_demo_again_change_nothing(run: Run, demo_url: str) -> None:
    before = read(demo_url, select(func.count()).select_from(load))
    assert run(demo_url, "init").stdout == ""
    assert run(demo_url, "demo").returncode == 0
    assert read(demo_url, select(func.count()).select_from(load)) == before == len(POLICY_FILES) + len(DEMO_FILES)


def test_status(run: Run, demo_url: str) -> None:
    found = json.loads(run(demo_url, "status", "--json").stdout)
    assert list(found) == ["sources", "loads"]
    assert [row["source"] for row in found["sources"]] == [source.name for source in SOURCES]
    labels = next(row for row in found["sources"] if row["source"] == "labels")
    assert (labels["last_day"], labels["rejects"]) == ("2020-12-07", 2)
    assert [(row["load"], row["kind"]) for row in found["loads"]][FIRST_LOAD - 2 : FIRST_LOAD] == [
        (FIRST_LOAD - 1, "reference"),
        (FIRST_LOAD, "demo"),
    ]
    assert found["loads"][FIRST_LOAD - 1]["loaded_at"].endswith("Z")
    said = run(demo_url, "status")
    assert (said.returncode, said.stderr) == (0, "")
    assert "Lignes à corriger" in said.stdout
    assert "(démonstration)" in said.stdout


def test_templates_and_schemas_need_no_database(run: Run, tmp_path: Path) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/none?connect_timeout=1"
    done = run(nowhere, "template", "places", tmp_path / "lieux.xlsx")
    assert (done.returncode, done.stdout) == (0, f"Modèle écrit\u202f: {tmp_path / 'lieux.xlsx'}\n")
    again = run(nowhere, "template", "places", tmp_path / "lieux.xlsx")
    assert again.returncode == 1
    assert "existe déjà" in again.stderr
    assert run(nowhere, "template", "lieux", tmp_path / "x.xlsx").stderr.startswith("Source inconnue\u202f: lieux.")
    schema = json.loads(run(nowhere, "schema", "places").stdout)
    assert (schema["name"], schema["primaryKey"]) == ("places", ["id_lieu"])


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: None, "introuvable"),
        (lambda path: path.mkdir(), "c’est un dossier, pas un fichier"),
        (lambda path: path.write_bytes(b""), "vide"),
        (lambda path: path.write_bytes(b"PK\x03\x04" + bytes(200)), "classeur"),
        (lambda path: path.write_text("a;b\n1;2\n"), "aucune ligne d’en-tête"),
        (lambda path: path.write_text("id_lieu;nom\nTL-1;x\n"), "La plus proche est places"),
    ],
    ids=["missing", "directory", "empty", "broken archive", "unknown columns", "columns missing"],
)
def test_what_cannot_be_read_is_refused_with_a_reason(
    run: Run, prepared_file: Path, tmp_path: Path, make: Callable[[Path], None], said: str
) -> None:
    make(tmp_path / "fichier [1].csv")
    done = run(f"sqlite:///{prepared_file.as_posix()}", "load", tmp_path / "fichier [1].csv")
    assert done.returncode == 1
    assert "refusé, rien n’a été chargé" in done.stdout
    assert said in done.stdout
    assert "No such" not in done.stdout


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_the_right_to_read_it(run: Run, demo_url: str, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "lieux.csv", PLACES)
    path.chmod(0)
    assert "accès refusé" in run(demo_url, "load", path).stdout


def test_a_source_can_be_named(etl: Run, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "lieux.csv", PLACES)
    unknown = etl("load", path, "--source", "lieux")
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert unknown.stderr.startswith("Source inconnue\u202f: lieux. Sources connues\u202f: schemes, ")
    [report] = lines(etl("load", path, "--source", "attendance", "--json"))
    assert (report["status"], report["source"]) == ("refused", "attendance")
    assert report["problems"][0]["message"].startswith("aucune ligne d’en-tête reconnue")
    assert lines(etl("load", path, "--source", "places", "--json"))[0]["status"] == "loaded"


def test_a_workbook_names_its_sheet(run: Run, demo_url: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Lieux 2020"
    for row in (list(PLACES[0]), list(PLACES[0].values()), ["TL-9", "Nulle part", "99999", "X", "public"]):
        sheet.append(row)
    book.save(tmp_path / "lieux.xlsx")
    [report] = lines(done := run(demo_url, "load", tmp_path / "lieux.xlsx", "--json"))
    assert (done.returncode, counts(report)[1:4]) == (2, ("loaded_with_rejects", 1, 1))
    assert (report["problems"][0]["sheet"], report["problems"][0]["line"]) == ("Lieux 2020", 3)


@pytest.mark.parametrize("arguments", [("load",), ("load", "--nope"), ("nope",), ("rollback", "x"), ("rollback",)])
def test_a_misuse_is_never_taken_for_refused_rows(run: Run, prepared_file: Path, arguments: tuple[str, ...]) -> None:
    done = run(f"sqlite:///{prepared_file.as_posix()}", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    what = (
        "Valeur impossible pour un argument"
        if "x" in arguments
        else "Argument manquant, ou commande ou option inconnue"
    )
    assert done.stderr.startswith(what)
    assert "Voyez\u202f: python -m etl" in done.stderr


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    done = run("sqlite://")
    assert done.returncode == 0
    assert all(
        name in done.stdout for name in ("load", "check", "status", "rollback", "init", "refresh", "demo", "boundaries")
    )


def test_a_rollback_that_cannot_be(run: Run, demo_url: str) -> None:
    assert run(demo_url, "rollback", "99").stderr == "Le chargement 99 n’existe pas.\n"
    places, labels, next_one = (FIRST_LOAD + _demo_rank(name) for name in ("places", "labels", "standard-declarations"))
    done = run(demo_url, "rollback", places)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"les chargements {labels}, {next_one}, " in done.stderr
    assert "reposent sur ses lignes" in done.stderr


def _demo_rank(name: str) -> int:
    return [path.stem for path in DEMO_FILES].index(name)


READ_ONLY = [
    ("status",),
    ("status", "--json"),
    ("rollback", "1"),
    ("check", "lieux.csv"),
    ("check", "lieux.csv", "--json"),
]


@pytest.mark.parametrize("command", READ_ONLY, ids=" ".join)
@pytest.mark.parametrize("content", [None, b""], ids=["missing", "empty"])
def test_a_missing_database_is_not_made_and_the_message_names_the_command(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], content: bytes | None
) -> None:
    write_csv(tmp_path / "lieux.csv", PLACES)
    monkeypatch.chdir(tmp_path)
    path = tmp_path / ("new/x.sqlite" if content is None else "x.sqlite")
    if content is not None:
        path.write_bytes(content)
    before = _bytes_under(tmp_path)
    done = run(f"sqlite:///{path.as_posix()}", *command)
    assert done.returncode == 1
    assert "lançant\u202f: python -m etl init" in done.stdout + done.stderr
    assert _bytes_under(tmp_path) == before


@pytest.mark.parametrize("command", READ_ONLY, ids=" ".join)
@pytest.mark.parametrize(
    "outdate",
    ["UPDATE alembic_version SET version_num = '0001'", "UPDATE roll_up_version SET version = 'before'"],
    ids=["old schema", "old definitions"],
)
def test_an_old_database_is_not_brought_up_by_what_does_not_write(
    run: Run, demo_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], outdate: str
) -> None:
    write_csv(tmp_path / "lieux.csv", PLACES)
    monkeypatch.chdir(tmp_path)
    engine = open_engine(demo_url)
    with engine.begin() as connection:
        connection.execute(text(outdate))
    engine.dispose()
    before = _bytes_under(tmp_path)
    done = run(demo_url, *command)
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert "Mettez-la à jour\u202f: python -m etl init" in said or "Mettez-les à jour\u202f: python" in said
    assert _bytes_under(tmp_path) == before


def test_a_check_changes_no_byte(run: Run, demo_url: str, tmp_path: Path) -> None:
    files = [write_csv(tmp_path / "l.csv", PLACES), write_csv(tmp_path / "v.csv", VISITS)]
    run(demo_url, "status")  # what was still in the log is now in the file
    before = _bytes_under(tmp_path)
    assert run(demo_url, "check", *files).returncode == 0
    assert run(demo_url, "status").returncode == 0
    assert _bytes_under(tmp_path) == before


def _bytes_under(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_folder_is_made_by_init(run: Run, tmp_path: Path) -> None:
    url = f"sqlite:///{(tmp_path / 'not' / 'there' / 'x.sqlite').as_posix()}"
    assert run(url, "init").returncode == 0
    assert read(url, select(func.count()).where(is_live(place_version))) > 30


def test_refresh_recomputes_every_sum(run: Run, demo_url: str) -> None:
    right = read(demo_url, select(func.sum(aid_total.c.amount)))
    engine = open_engine(demo_url)
    with engine.begin() as connection:
        connection.execute(aid_total.update().values(amount=1))
    engine.dispose()
    done = run(demo_url, "refresh")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Toutes les sommes sont recalculées.\n", "")
    assert read(demo_url, select(func.sum(aid_total.c.amount))) == right


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "DATABASE_URL n’est pas l’adresse"),
        ("mysql://a@b/c", "DATABASE_URL n’est pas l’adresse"),
        ("postgresql://nobody@127.0.0.1:1/none", "ne répond pas"),
        ("sqlite:////dev/null/x.sqlite", "ne peut pas être ouverte"),
    ],
)
def test_a_database_that_cannot_be_opened(run: Run, url: str, said: str) -> None:
    done = run(url, "init")
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr


def test_a_file_that_is_no_database(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_bytes(b"not a database at all, " * 99)
    done = run(f"sqlite:///{(tmp_path / 'x.sqlite').as_posix()}", "init")
    assert (done.returncode, done.stderr) == (1, "Le fichier désigné par DATABASE_URL n’est pas une base SQLite.\n")


def test_what_is_piped_is_utf_8_whatever_the_machine(demo_url: str, tmp_path: Path) -> None:
    """A pipe on Windows is cp1252, which has no narrow space."""
    path = write_csv(tmp_path / "lieux.csv", PLACES)
    done = in_a_script(demo_url, "check", path, PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "lieux.csv (places)\u202f: peut être chargé" in done.stdout


def test_boundaries(run: Run, demo_url: str, tmp_path: Path) -> None:
    square = [[[0, 49], [0, 49.1], [0.1, 49.1], [0.1, 49], [0, 49]]]
    codes = ("14", "27", "50", "61", "76")
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": square}}
        for code in codes
    ]
    path = tmp_path / "départements.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    done = run(demo_url, "boundaries", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Contours remplacés\u202f: ")
    rings = read(demo_url, select(outline.c.rings).where(outline.c.level == "departement", outline.c.code == "14"))
    assert "49.1" in rings
    path.write_text("{}", encoding="utf-8")
    refused = run(demo_url, "boundaries", path)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "introuvable" in run(demo_url, "boundaries", tmp_path / "absent.geojson").stderr


@pytest.fixture
def empty_database(databases: Databases) -> Iterator[str]:
    url = databases.create()
    yield url
    databases.drop(url)


def test_init_from_nothing_on_each_kind_of_database(run: Run, empty_database: str) -> None:
    assert run(empty_database, "init").returncode == 0
    assert read(empty_database, select(func.count()).where(is_live(place_version))) > 30


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not on this machine")
def test_a_real_file_from_end_to_end(demo_url: str) -> None:
    path = SHARED / "data" / "real" / "subv_2016_cd58-nievre_liste.csv"
    [report] = lines(done := in_a_script(demo_url, "load", path, "--json"))
    assert (done.returncode, counts(report)[:4]) == (2, ("aids-scdl", "loaded_with_rejects", 90, 7))


def test_schematic_outlines_come_back(run: Run, demo_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a file they are computed again: seconds of work, tested on its own."""
    written: list[Path] = []
    monkeypatch.setattr("etl.territory.outlines.write_outlines", written.append)
    assert run(demo_url, "boundaries").stdout.startswith("Contours remplacés\u202f: ")
    assert [path.name for path in written] == [OUTLINES_FILE.name]


def test_many_refused_rows_are_grouped_by_cause_and_listed_in_a_file(run: Run, demo_url: str, tmp_path: Path) -> None:
    """Held or loaded, but never by a check, which says that it writes nothing, nor for a script, which has them all."""
    rows = [{**PLACES[0], "id_lieu": f"TL-{number}", "code_insee": "99999"} for number in range(13)]
    sent = tmp_path / "envoi"
    sent.mkdir()
    path = write_csv(sent / "lieux.csv", [*rows, *PLACES])
    for quiet in (("check", path), ("check", path, "--confirm"), ("load", path, "--json")):
        run(demo_url, *quiet)
        assert list(sent.iterdir()) == [path]
    held = run(demo_url, "load", path)
    assert (held.returncode, "lignes-a-corriger/lieux.csv" in held.stdout) == (1, True)
    done = run(demo_url, "load", path, "--confirm")
    assert done.returncode == 2
    assert "lignes-a-corriger/lieux-2.csv" in done.stdout
    assert "(13 fois\u202f; d’abord ligne 2 «\u202f99999\u202f»)" in done.stdout
    listed = (sent / "lignes-a-corriger" / "lieux-2.csv").read_text(encoding="utf-8-sig").splitlines()
    assert (len(listed), listed[1].split(";")[1:4]) == (14, ["2", "code_insee", "99999"])


def test_an_unforeseen_failure_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch, demo_url: str) -> None:
    def broken(*_arguments: object, **_named: object) -> None:
        raise IntegrityError("INSERT", None, ValueError("a bug"))

    monkeypatch.setattr("etl.preparation.database.prepare", broken)
    monkeypatch.setattr(sys, "argv", ["etl", "refresh"])
    monkeypatch.setenv("DATABASE_URL", demo_url)
    with pytest.raises(IntegrityError):
        etl_main.main()
