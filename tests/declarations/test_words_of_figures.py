"""Figures take units and the names of what is counted from the charts: none is written in dashboard/figures."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import units
from data.units import Unit

FIGURES = Path(__file__).parents[2] / "dashboard" / "figures"
UNITS = [one for one in vars(units).values() if isinstance(one, Unit)]
COUNTED = {
    word for unit in UNITS for word in re.findall(r"\w{3,}", f"{unit.singular} {unit.plural} {unit.symbol}".lower())
}
WORDS = {word for word in COUNTED if not word.isdigit()} - {"par", "pour"}  # these two count nothing
FILES = sorted(FIGURES.glob("*.py"))


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and text of what a module may write on screen: no docstring, no name of a column or of a property."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    skipped = {id(one.body[0].value) for one in ast.walk(tree) if isinstance(one, documented) and is_text(one.body[0])}
    for one in ast.walk(tree):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in skipped:
            is_name = re.fullmatch(r"[a-z_0-9]+", one.value) is not None
            if not is_name:
                yield one.lineno, one.value


def is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


@pytest.mark.parametrize("file", FILES, ids=lambda one: one.stem)
def test_no_unit_is_written_in_a_figure(file: Path) -> None:
    baked = [
        f"{file.name}:{line}: {text!r}"
        for line, text in texts(ast.parse(file.read_text(encoding="utf-8")))
        if "€" in text or WORDS & set(re.findall(r"\w+", text.lower()))
    ]
    assert not baked, f"a figure takes its unit from the chart (data.units.Unit): {baked}"


def test_the_words_of_units_are_known() -> None:
    assert {"visites", "lieux", "habitants", "jours", "dossiers", "déclarations"} <= WORDS
