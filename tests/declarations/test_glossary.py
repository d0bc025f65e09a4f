"""Terms of our own are used, and a class name means one thing."""

from __future__ import annotations

import ast
import importlib
import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("data", "etl", "dashboard")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
SHARED = frozenset[str]()


class Term(NamedTuple):
    """One row of the glossary."""

    term: str
    french: str
    meaning: str
    example: str
    code: str


def _terms() -> list[Term]:
    text = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    rows = [re.split(r"(?<!\\) \| ", line.strip("| ")) for line in text.splitlines() if line.startswith("| ")]
    return [Term(*row) for row in rows if row[0] != "term"]


TERMS = _terms()


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.term)
def test_a_term_has_its_french_an_example_and_its_definition(term: Term) -> None:
    assert all(part.strip() for part in term)
    name = term.code.strip("`")
    assert name.split(".")[0] in PACKAGES
    found = _find(name)
    assert found is not None, f"{name} is not in the code"


def _find(name: str) -> object | None:
    """The module, or what a module defines, of that dotted name."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        module, _, last = name.rpartition(".")
        return getattr(importlib.import_module(module), last, None)


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.term)
def test_a_term_is_used_where_it_is_defined(term: Term) -> None:
    """Its last word is in the text of the package that defines it: in a name, a comment or a docstring."""
    word = (
        re.sub(r" (of|a|chart|label|aid|attendance|disclosure)\b.*", "", term.term)
        .replace("-", " ")
        .split()[-1]
        .rstrip("s")
    )
    package = ROOT / term.code.strip("`").split(".")[0]
    texts = (path.read_text(encoding="utf-8").lower() for path in MODULES if package in path.parents)
    assert any(re.search(rf"(\b|_){re.escape(word.lower())}", text) for text in texts), word


def test_terms_are_unique() -> None:
    names = [term.term for term in TERMS]
    assert sorted(names) == sorted(set(names))


def test_class_names_are_unique() -> None:
    """No other class, and no alias of a type, has the name of a class."""
    found: dict[str, list[str]] = defaultdict(list)
    classes = set()
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            name = _type_name(node)
            if name:
                found[name].append(path.relative_to(ROOT).as_posix())
            if isinstance(node, ast.ClassDef):
                classes.add(node.name)
    shared = {name: paths for name, paths in found.items() if len(paths) > 1 and name in classes - SHARED}
    assert shared == {}


def _type_name(node: ast.stmt) -> str:
    """The name of a public class or alias of a type (`Row = tuple[str, ...]`) that a statement defines."""
    name = ""
    if isinstance(node, ast.ClassDef):
        name = node.name
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        name = node.targets[0].id
    return name if re.fullmatch(r"[A-Z]\w*[a-z]\w*", name) else ""
