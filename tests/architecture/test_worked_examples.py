"""The worked examples of CONTRIBUTING.md: diffs that apply to this very tree and pass the tests that they name."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
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


def trees() -> list[list[Path]]:
    """The examples, shared out over as few trees as will do: two migrations would take one number."""
    with_migration = [example for example in EXAMPLES if "+revision = " in example.read_text(encoding="utf-8")]
    others = [example for example in EXAMPLES if example not in with_migration]
    return [[one, *others[at :: len(with_migration)]] for at, one in enumerate(with_migration)]


def chosen_tests(examples: Sequence[Path]) -> list[str]:
    """The arguments of one run that chooses, in the files that each example names, the tests that it names."""
    files, expressions = [], []
    for example in examples:
        named, _k, words = head_of(example)["Tests"].partition(" -k ")
        files += named.split()
        modules = " or ".join(Path(one).stem for one in named.split())
        expressions.append(f"(({modules}) and ({shlex.split(words)[0] if words else 'test'}))")
    return [*dict.fromkeys(files), "-k", " or ".join(expressions)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_applies_alone(example: Path) -> None:
    run(ROOT, "git", "apply", "--check", str(example))


@pytest.mark.parametrize("examples", trees(), ids=lambda examples: " + ".join(one.stem for one in examples))
def test_examples_pass_the_tests_that_they_name(examples: Sequence[Path], scratch: Path) -> None:
    """Several in one tree: to make the databases and import the application takes longer than the tests themselves."""
    for example in examples:
        run(scratch, "git", "apply", str(example))
    then = " ".join(head_of(example)["Then"] for example in examples)
    if "python -m etl.demonstration" in then:
        run(scratch, sys.executable, "-m", "etl.demonstration")
    if "make docs" in then:
        document = run(scratch, sys.executable, "-m", "data.indicators.document")
        (scratch / "docs" / "indicators.md").write_text(document, encoding="utf-8")
        run(scratch, sys.executable, "-m", "dashboard.web.frozen_names", "docs/names.json")
    pytest_ = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--engine", "sqlite")
    assert " passed" in run(scratch, *pytest_, *chosen_tests(examples))


def test_contributing_cites_every_example() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert EXAMPLES
    assert set(re.findall(r"docs/examples/[\w-]+\.patch", text)) == {f"docs/examples/{one.name}" for one in EXAMPLES}
