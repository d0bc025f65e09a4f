"""The version of the definitions from which roll-ups are computed; it changes by itself when one of them does."""

from __future__ import annotations

import ast
import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from data.migrations import latest_revision
from data.schema import roll_up_version

_ROOT = Path(__file__).resolve().parents[1]
_ROLL_UP_FOLDER = "etl/rollups"  # read as text: `data` imports nothing of `etl`
_OWN_PACKAGES = frozenset({"data", "etl"})
_NODES_WITH_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@cache
def definitions_version(root: Path = _ROOT) -> str:
    """The latest revision of the schema, and a digest of the code that computes roll-ups.

    That code is each module of `etl/rollups` and every module of ours that these import, directly or not: facts, rules,
    tables, codes. Comments, docstrings and layout count for nothing.
    """
    return f"{latest_revision()}-{_cached_digest(root)}"


def read_definitions_version(connection: Connection) -> str | None:
    """The version of the definitions from which the roll-ups of a database were last computed as a whole."""
    return connection.scalar(select(roll_up_version.c.version))


def write_definitions_version(connection: Connection) -> None:
    """Note that every roll-up now comes from the definitions of today."""
    connection.execute(delete(roll_up_version))
    connection.execute(insert(roll_up_version).values(version=definitions_version()))


def _cached_digest(root: Path) -> str:
    """The digest of the code, computed once for each state of its files and stored beside their compiled form.

    To parse 80 modules takes half a second, to read all of ours a few milliseconds.
    """
    state = hashlib.sha256(sys.version.encode())
    for path in sorted(file for package in _OWN_PACKAGES for file in (root / package).rglob("*.py")):
        state.update(f"{path.relative_to(root).as_posix()}\n".encode())
        state.update(path.read_bytes())
    cached = root / "data" / "__pycache__" / f"definitions-{state.hexdigest()[:32]}.txt"
    with suppress(OSError):
        return cached.read_text(encoding="ascii")
    digest = _digest(root)
    if not sys.dont_write_bytecode:
        with suppress(OSError):  # read-only: computed again next time
            cached.parent.mkdir(exist_ok=True)
            for old in cached.parent.glob("definitions-*"):
                old.unlink(missing_ok=True)
            temporary = cached.with_suffix(f".{os.getpid()}")
            temporary.write_text(digest, encoding="ascii")
            temporary.replace(cached)
    return digest


def _digest(root: Path) -> str:
    digest = hashlib.sha256()
    for path, tree in sorted(_parse_roll_up_modules(root).items()):
        digest.update(f"{path.relative_to(root).as_posix()}\n{ast.unparse(_without_docstrings(tree))}\n".encode())
    return digest.hexdigest()[:16]


def _parse_roll_up_modules(root: Path) -> dict[Path, ast.Module]:
    """Each module that takes part, by its file."""
    modules: dict[Path, ast.Module] = {}
    queue = list((root / _ROLL_UP_FOLDER).rglob("*.py"))
    while queue:
        path = queue.pop()
        if path not in modules:
            modules[path] = ast.parse(path.read_text(encoding="utf-8"))
            queue += [file for name in _imported_names(modules[path]) for file in _module_files(root, name)]
    return modules


def _imported_names(tree: ast.Module) -> Iterator[str]:
    """The dotted names of ours that a module imports: modules, or what is in them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name for name in names if name.split(".")[0] in _OWN_PACKAGES)


def _module_files(root: Path, name: str) -> Iterator[Path]:
    """The files run when a dotted name is imported: its module, and the packages around it."""
    path = root
    for part in name.split("."):
        path /= part
        yield from (file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file())


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, _NODES_WITH_DOCSTRING) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return tree
