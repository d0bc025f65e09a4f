"""Every command on every kind of broken output, interrupted, or given what is no file: the data are told first."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from data.engine import open_engine, reading
from data.schema import is_live, load, place_version
from etl import __main__ as etl_main
from etl.loading import apply, pipeline
from tests.etl.broken import run
from tests.etl.deliveries import FIRST_LOAD, PLACES, write_csv

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="devices, pipes and signals of Unix"),
    pytest.mark.without_coverage,
]
BROKEN = "La sortie standard ne peut pas être écrite\u202f: {}.\n"


def _full() -> io.TextIOBase:
    return Path("/dev/full").open("w", encoding="utf-8")


def _closed_pipe() -> io.TextIOBase:
    reading_end, writing_end = os.pipe()
    os.close(reading_end)
    return os.fdopen(writing_end, "w", encoding="utf-8")


OUTPUTS: dict[str, tuple[Callable[[], io.TextIOBase | None], str]] = {
    "full": (_full, "disque plein"),
    "closed pipe": (_closed_pipe, "plus personne ne lit"),
    "closed": (lambda: None, "elle est fermée"),  # what Python makes of it
}
BAD = {**PLACES[0], "id_lieu": "TL-09", "code_insee": "99999"}


Output = tuple[Callable[[], io.TextIOBase | None], str]


@pytest.fixture(params=sorted(OUTPUTS))
def output(request: pytest.FixtureRequest) -> Output:
    """Makes a standard output that cannot be written; what is said of it."""
    make, reason = OUTPUTS[request.param]
    return make, BROKEN.format(reason)


def _loads(url: str) -> int:
    engine = open_engine(url)
    with reading(engine) as connection:
        found = connection.scalar(select(func.count()).where(load.c.kind == "region", load.c.status != "rolled_back"))
    engine.dispose()
    return found or 0


def test_a_load_is_committed_although_its_report_cannot_be_written(
    engine_url: str, tmp_path: Path, output: Output
) -> None:
    make, sentence = output
    good = write_csv(tmp_path / "lieux.csv", PLACES)
    done = run(engine_url, "load", good, stdout=make())
    assert done.code == 0
    assert done.stderr.startswith("lieux.csv (places)\u202f: chargé\n")
    assert done.stderr.endswith(sentence)
    assert _loads(engine_url) == 1
    mixed = write_csv(tmp_path / "autres.csv", [*PLACES, BAD])
    done = run(engine_url, "load", mixed, good, tmp_path / "absent.csv", "--json", stdout=make())
    *lines, last = done.stderr.splitlines(keepends=True)
    assert [json.loads(line)["status"] for line in lines] == ["loaded_with_rejects", "already_loaded", "refused"]
    assert (done.code, last) == (1, sentence)
    assert run(engine_url, "load", mixed, "--confirm", stdout=make()).code in {0, 2}
    done = run(engine_url, "rollback", FIRST_LOAD + 1, stdout=make())
    assert (done.code, done.stderr) == (0, f"Chargement {FIRST_LOAD + 1} annulé.\n{sentence}")
    assert _loads(engine_url) == 1


@pytest.mark.any_engine
@pytest.mark.parametrize("command", ["status", "status --json", "schema labels", "--help", "load --help", ""])
def test_what_is_only_printed_is_lost_with_its_output(engine_url: str, output: Output, command: str) -> None:
    make, sentence = output
    done = run(engine_url, *command.split(), stdout=make())
    assert (done.code, done.stderr) == (1, sentence)


@pytest.mark.any_engine
def test_other_commands_write_their_outcome_to_standard_error(engine_url: str, tmp_path: Path, output: Output) -> None:
    make, sentence = output
    done = run(engine_url, "template", "labels", tmp_path / "x.xlsx", stdout=make())
    assert (done.code, done.stderr) == (0, f"Modèle écrit\u202f: {tmp_path / 'x.xlsx'}\n{sentence}")
    mixed = write_csv(tmp_path / "autres.csv", [*PLACES, BAD])
    done = run(engine_url, "check", mixed, stdout=make())
    assert (done.code, done.stderr.endswith(sentence)) == (2, True)
    done = run(engine_url, "check", tmp_path / "absent.csv", "--json", stdout=make())
    assert (done.code, done.stderr.endswith(sentence)) == (1, True)


@pytest.mark.any_engine
@pytest.mark.parametrize(
    ("redirection", "code"),
    [
        ("load FILE >/dev/full", 0),
        ("load FILE >/dev/full 2>/dev/full", 0),
        ("load FILE >&-", 0),
        ("load FILE >&- 2>&-", 0),
        ("load FILE 2>&-", 0),
        ("status >/dev/full 2>&-", 1),
        ("status >&- 2>/dev/full", 1),
        ("load absent.csv 2>/dev/full >/dev/full", 1),
    ],
)
def test_the_exit_code_of_the_process(engine_url: str, tmp_path: Path, redirection: str, code: int) -> None:
    """Python itself would end with 120, or with a trace."""
    path = write_csv(tmp_path / "lieux.csv", PLACES)
    line = f'exec "{sys.executable}" -m etl {redirection}'.replace("FILE", f'"{path}"')
    env = {**os.environ, "DATABASE_URL": engine_url, "LC_ALL": "C"}
    done = subprocess.run(["sh", "-c", line], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode == code
    assert _loads(engine_url) == (code == 0)


@pytest.mark.any_engine
def test_a_reader_that_leaves_early(engine_url: str) -> None:
    env = {**os.environ, "DATABASE_URL": engine_url}
    line = f'"{sys.executable}" -m etl status | true; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, env=env, capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout, done.stderr) == ("1\n", BROKEN.format("plus personne ne lit"))


def test_an_interrupted_load_reports_each_file(
    engine_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = write_csv(tmp_path / "lieux.csv", PLACES), write_csv(tmp_path / "autres.csv", PLACES[:1])
    applied = apply.apply_file

    def interrupt(connection: object, path: Path, *others: object) -> object:
        if path == second:
            raise KeyboardInterrupt
        return applied(connection, path, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "apply_file", interrupt)
    done = run(engine_url, "load", first, second, "--json")
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert [report["status"] for report in reports] == ["loaded", "refused"]
    assert reports[1]["problems"][0]["message"] == "La commande a été interrompue avant la fin."
    assert (done.code, done.stderr) == (1, "")
    assert _loads(engine_url) == 1
    done = run(engine_url, "load", second)
    assert (done.code, done.stderr) == (1, "")
    assert "interrompue avant la fin" in done.stdout


@pytest.mark.any_engine
@pytest.mark.parametrize("command", ["init", "demo", "load lieux.csv", "status", "rollback 1", "boundaries"])
def test_an_interrupted_command_prints_one_sentence(
    engine_url: str, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def interrupt(*_arguments: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(etl_main, "open_engine", interrupt)
    done = run(engine_url, *command.split())
    assert (done.code, done.stdout) == (1, "")
    assert done.stderr == "Interrompu avant la fin. Pour savoir ce que contient la base\u202f: python -m etl status\n"


@pytest.mark.any_engine
def test_ctrl_c_during_the_imports(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n", encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-m", "etl", "status"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "Interrompu avant d’avoir commencé.\n")


def test_ctrl_c_in_the_middle_of_a_load(engine_url: str, tmp_path: Path) -> None:
    """The signal itself, to the process itself."""
    engine = open_engine(engine_url)
    path = write_csv(tmp_path / "lieux.csv", [{**PLACES[0], "id_lieu": f"TL-{number}"} for number in range(60_000)])
    command = [sys.executable, "-m", "etl", "load", str(path)]
    env = {**os.environ, "DATABASE_URL": engine_url}
    loader = subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )
    while loader.poll() is None and not _is_open(loader.pid, path):
        time.sleep(0.005)
    loader.send_signal(signal.SIGINT)
    stdout, stderr = loader.communicate(timeout=60)
    assert "Traceback" not in stderr
    assert loader.returncode == 1
    assert "interrompue avant la fin" in stdout
    assert _places(engine) == 0
    engine.dispose()


def _is_open(pid: int, path: Path) -> bool:
    for link in Path(f"/proc/{pid}/fd").glob("*"):
        try:
            if link.readlink() == path:
                return True
        except OSError:
            continue
    return False


def _places(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.scalar(select(func.count()).where(is_live(place_version))) or 0


@pytest.mark.any_engine
@pytest.mark.parametrize("command", ["load", "check", "boundaries"])
@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "absent"])
def test_what_is_no_file_is_refused_at_once(engine_url: str, tmp_path: Path, command: str, kind: str) -> None:
    """A pipe that nobody writes, and a device without end, would be read for ever."""
    path = tmp_path / "x.csv"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path = Path("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    reasons = {"folder": "c’est un dossier, pas un fichier", "absent": "introuvable"}
    done = run(engine_url, command, path)
    assert done.code == 1
    told = done.stderr or done.stdout
    assert reasons.get(kind, "c’est un tube ou un périphérique, pas un fichier") in told
    if command != "boundaries":
        done = run(engine_url, command, path, path, "--json")
        assert [json.loads(line)["status"] for line in done.stdout.splitlines()] == ["refused"] * 2


@pytest.mark.parametrize("number", [0, 99, 2**31, 2**63, 10**40])
def test_a_rollback_of_any_number(engine_url: str, number: int) -> None:
    done = run(engine_url, "rollback", number)
    assert (done.code, done.stdout, done.stderr) == (1, "", f"Le chargement {number} n’existe pas.\n")
