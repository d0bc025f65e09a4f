"""What the house style asks and no linter sees."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("data", "etl", "dashboard")
MODULES = sorted(
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if "migrations/versions" not in path.as_posix()
)
LONGEST_FILE, LONGEST_FUNCTION = 300, 60


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_files_and_functions_are_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_modules_and_the_public_names_of_data_have_a_docstring(path: Path) -> None:
    """Elsewhere a docstring is written when it says more than the name. Tables have their grain as a comment."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "the module has no docstring"
    if _name(path).startswith("data/"):
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), node.name


def _french(path: Path) -> Iterator[tuple[int, str]]:
    """The texts of a module that people read: every literal but docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


SPOKEN = [path for path in MODULES if "etl/demonstration" not in path.as_posix()]  # that one imitates people's files


@pytest.mark.parametrize("path", SPOKEN, ids=_name)
def test_french_typography(path: Path) -> None:
    for line, text in _french(path):
        if re.search(r"[éèàçêô’«»]", text):
            assert not re.search(r" ([:;!?»]|%(?![{A-Za-z]))|« ", text), (
                f"{_name(path)}:{line}: {text!r} wants narrow no-break spaces"
            )
            assert not re.search(r"\w'\w", text), f"{_name(path)}:{line}: {text!r} wants ’"


def test_no_address_of_a_package_registry_is_tracked() -> None:
    hosts = "|".join(("py" + "pi", "python" + "hosted", "npm" + "js", "de" + "bian"))
    pattern = rf"https?://[a-z.]*({hosts})[.]"
    found = subprocess.run(["git", "grep", "-nIE", pattern], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.stdout == ""


def test_only_entry_points_read_the_environment() -> None:
    readers = [
        _name(path)
        for path in (*MODULES, ROOT / "app.py")
        if re.search(r"\bos\.(environ|getenv)\b", path.read_text(encoding="utf-8"))
    ]
    assert sorted(readers) == ["app.py", "dashboard/__main__.py", "etl/__main__.py"]
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= 17


def test_the_top_level_holds_no_other_code() -> None:
    tracked = subprocess.run(["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True)
    tops = {line.split("/")[0] for line in tracked.stdout.splitlines()}
    assert tops <= {*PACKAGES, "tests", "bench", ".ci", "app.py", "gunicorn.conf.py"}
