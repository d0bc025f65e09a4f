"""What `make run` does with the values of the environment, in a copy of the project whose set-up is done."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = (
    "8060; touch pwned",
    "8060 $(touch pwned)",
    "8060`touch pwned`",
    "$(shell touch pwned)",
    "$$(touch pwned)",
    '8060" && touch pwned && "',
    "8060' && touch pwned && '",
    "8060 | touch pwned",
    "8060 & touch pwned",
    "8060\ntouch pwned",
    "abc",
    "0",
    "65536",
    "-1",
)
pytestmark = [
    pytest.mark.skipif(shutil.which("make") is None, reason="make is not on this machine"),
    pytest.mark.without_coverage,
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The Makefile with what it calls; `etl` and gunicorn only say that they were called."""
    for name in ("Makefile", ".ci", "dashboard", "data", "requirements.txt"):
        (tmp_path / name).symlink_to(ROOT / name)
    binaries = tmp_path / ".venv" / "bin"
    binaries.mkdir(parents=True)
    _script(binaries / "python", f'[ "$1" = -m ] && echo "called $*" && exit 0\nexec "{sys.executable}" "$@"')
    _script(binaries / "gunicorn", 'echo "served $*"')
    for stamp in (".created", ".installed", ".bundle", ".static"):
        (tmp_path / ".venv" / stamp).touch()
    return tmp_path


def _script(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def _make(project: Path, target: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name not in {"PORT", "DATABASE_URL", "MAKEFLAGS"}}
    command = ["make", target, "--no-print-directory"]
    return subprocess.run(
        command, cwd=project, env=env | environment, capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", ["PORT", "DATABASE_URL"])
def test_a_value_of_the_environment_is_never_run(project: Path, name: str, value: str) -> None:
    done = _make(project, "run", **{name: value})
    assert not (project / "pwned").exists()
    assert "Traceback" not in done.stderr
    assert done.returncode != 0
    assert "served" not in done.stdout
    assert done.stderr.startswith({"PORT": "PORT doit être un nombre", "DATABASE_URL": "DATABASE_URL n’est pas"}[name])


def test_a_target_that_reads_no_value_runs_none(project: Path) -> None:
    for value in HOSTILE:
        assert _make(project, "help", PORT=value, DATABASE_URL=value).returncode == 0
        assert not (project / "pwned").exists()


def test_the_port_is_served(project: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = _make(project, "run", PORT=port)
        assert done.returncode != 0
        assert f"Le port {port} est déjà pris." in done.stderr
    done = _make(project, "run", PORT=f" {port}\r\n", DATABASE_URL="postgresql://h/b\r\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "called -m etl init" in done.stdout
    assert f"--bind 127.0.0.1:{port} " in done.stdout


@pytest.mark.parametrize("name", ["Makefile", "make.bat"])
def test_no_file_that_a_shell_reads_expands_a_setting(name: str) -> None:
    """Looked at, for Windows, where no test has run it."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    code = [line for line in lines if not line.startswith(("#", "rem "))]
    assert not [line for line in code if re.search(r"[$%!][({]?(PORT|DATABASE_URL)\b", line)]
