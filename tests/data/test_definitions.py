"""The version of definitions changes when what is computed does, by itself, and for nothing else."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

from data.definitions import _parse_roll_up_modules, definitions_version

pytestmark = pytest.mark.without_coverage

ROOT = Path(__file__).resolve().parents[2]
PAGE_RULES = ("data/rules/qvt.py",)  # read when a page is opened: no roll-up depends on them
COMPUTING = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("etl/rollups", "data/rules")
    for path in (ROOT / folder).rglob("*.py")
    if path.name != "__init__.py" and path.relative_to(ROOT).as_posix() not in PAGE_RULES
)


class _OtherValues(ast.NodeTransformer):
    """Every number one higher, every text longer, docstrings aside: rules, statements and functions of another kind."""

    def visit_Expr(self, node: ast.Expr) -> ast.Expr:
        return node if isinstance(node.value, ast.Constant) else self.generic_visit(node)  # type: ignore[return-value]

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.ImportFrom:
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        if isinstance(node.value, str):
            return ast.Constant(f"{node.value} changed")
        return ast.Constant(node.value + 1) if type(node.value) in (int, float) else node


SOME = COMPUTING[:: len(COMPUTING) // 3]  # a digest takes a second: the modules that it reads are compared for all


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The modules of the application in a folder of their own."""
    for package in ("data", "etl"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=lambda _folder, names: _not_code(names))
    assert definitions_version(tmp_path) == definitions_version()
    definitions_version.cache_clear()
    return tmp_path


def _not_code(names: list[str]) -> list[str]:
    return [name for name in names if "." in name and not name.endswith(".py")]


def test_every_module_of_roll_ups_is_read() -> None:
    read = {path.relative_to(ROOT).as_posix() for path in _parse_roll_up_modules(ROOT)}
    assert set(COMPUTING) <= read


@pytest.mark.parametrize("name", SOME)
def test_the_version_changes_with_a_roll_up_module(copy: Path, name: str) -> None:
    path = copy / name
    code = path.read_text(encoding="utf-8")
    changed = ast.unparse(_OtherValues().visit(ast.parse(code)))
    assert changed != ast.unparse(ast.parse(code))
    path.write_text(changed, encoding="utf-8")
    assert definitions_version(copy) != definitions_version()


@pytest.mark.parametrize("name", ["data/types.py", "data/facts/activity.py", "data/schema/rollups.py"])
def test_the_version_changes_with_imported_modules(copy: Path, name: str) -> None:
    with (copy / name).open("a", encoding="utf-8") as file:
        file.write("CHANGED = 1\n")
    assert definitions_version(copy) != definitions_version()


def test_the_version_ignores_comments_docstrings_layout_and_unread_modules(copy: Path) -> None:
    for name in ("data/rules/aid.py", "etl/rollups/labels.py", "data/model/facts.py"):
        path = copy / name
        code = path.read_text(encoding="utf-8")
        docstring = code.split('"""')[1]
        path.write_text(f"# why\n\n{code.replace(docstring, 'Otherwise said.', 1)}\n\n\n# the end\n", encoding="utf-8")
    for name in ("data/indicators/aid.py", "data/queries/place.py", "etl/cli/status.py"):
        (copy / name).write_text("CHANGED = True\n", encoding="utf-8")
    assert definitions_version(copy) == definitions_version()


def test_the_version_changes_with_the_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    before = definitions_version()
    monkeypatch.setattr("data.definitions.latest_revision", lambda: "9999")
    definitions_version.cache_clear()
    try:
        assert definitions_version() != before
    finally:
        definitions_version.cache_clear()
