"""The worked examples of CONTRIBUTING.md: diffs that apply to this very tree and pass the tests that they name."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.patch"))
COPIED = ("app.py", "data", "etl", "dashboard", "tests", "docs", "pyproject.toml", "CONTRIBUTING.md", "README.md")
NEW_TEXT = "diff --git "

pytestmark = [
    pytest.mark.without_coverage,
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("git") is None, reason="git applies the diffs"),
]


def head_of(example: Path) -> dict[str, str]:
    """What the text above the diff says to run: `Then` (what writes generated files) and `Tests`."""
    text = example.read_text(encoding="utf-8").partition(NEW_TEXT)[0]
    return dict(re.findall(r"^(Then|Tests): (.+)$", text, re.MULTILINE))


def run(folder: Path, *command: str) -> str:
    """The output of a command that must succeed, in a folder, without the environment of the tests around it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV_", "COVERAGE"))}
    done = subprocess.run(command, cwd=folder, env=kept, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{shlex.join(command)}\n{done.stdout[-3000:]}\n{done.stderr[-2000:]}"
    return done.stdout


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """A copy of the project, without what is built."""
    built = shutil.ignore_patterns("__pycache__", "*.br", "*.gz", "plotly-*.min.js", "browser")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=built)
        else:
            shutil.copyfile(source, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_applies_and_passes_the_tests_that_it_names(example: Path, scratch: Path) -> None:
    run(scratch, "git", "apply", str(example))
    head = head_of(example)
    if "python -m etl.demonstration" in head["Then"]:
        run(scratch, sys.executable, "-m", "etl.demonstration")
    if "make docs" in head["Then"]:
        document = run(scratch, sys.executable, "-m", "data.indicators.document")
        (scratch / "docs" / "indicators.md").write_text(document, encoding="utf-8")
        run(scratch, sys.executable, "-m", "dashboard.web.frozen_names", "docs/names.json")
    pytest_ = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--engine", "sqlite")
    assert " passed" in run(scratch, *pytest_, *shlex.split(head["Tests"]))


def test_contributing_cites_every_example() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert EXAMPLES
    assert set(re.findall(r"docs/examples/[\w-]+\.patch", text)) == {f"docs/examples/{one.name}" for one in EXAMPLES}
