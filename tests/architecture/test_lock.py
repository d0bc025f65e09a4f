"""The lock files install on any later day: everything is pinned with hashes, extras that something asks for included.

pip refuses under `--require-hashes` a requirement that the lock does not pin; one that names an extra
(`coverage[toml]`) is pinned only by an entry with this extra, whatever is installed.
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt")


def _entries(name: str) -> list[tuple[Requirement, str]]:
    """Each locked requirement, with its hashes as they are written."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.split("--hash=", 1) for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(Requirement(line[0].strip()), line[1] if len(line) > 1 else "") for line in lines]


def _locked(name: str) -> dict[str, set[str]]:
    """The extras locked with each package that this machine needs."""
    found: dict[str, set[str]] = {}
    for requirement, _hashes in _entries(name):
        if requirement.marker is None or requirement.marker.evaluate():
            found.setdefault(canonicalize_name(requirement.name), set()).update(requirement.extras)
    return found


def _required(distribution: Distribution, extras: set[str]) -> list[Requirement]:
    """What a package asks for on this machine, with the extras that the lock gives it."""
    requirements = [Requirement(text) for text in distribution.requires or ()]
    return [
        one
        for one in requirements
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in ("", *extras))
    ]


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_of_an_installed_package_is_locked_with_its_extras(name: str) -> None:
    locked = _locked(name)
    installed = {canonicalize_name(one.metadata["Name"]): one for one in distributions()}
    asked = 0
    for package, extras in locked.items():
        assert package in installed, package
        for requirement in _required(installed[package], extras):
            wanted = canonicalize_name(requirement.name)
            assert wanted in locked, f"{package} asks for {requirement}"
            assert requirement.extras <= locked[wanted], f"{package} asks for {requirement}: keep extras in the lock"
            asked += len(requirement.extras)
    assert asked or name == "requirements.txt"


@pytest.mark.parametrize("name", LOCKS)
def test_everything_is_pinned_with_hashes(name: str) -> None:
    for requirement, hashes in _entries(name):
        assert re.fullmatch(r"==[^,*]+", str(requirement.specifier)), requirement
        assert re.match(r"sha256:[0-9a-f]{64}", hashes), requirement


def test_what_the_project_declares_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for name, declared in (
        ("requirements.txt", project["dependencies"]),
        ("requirements-dev.txt", [*project["dependencies"], *project["optional-dependencies"]["dev"]]),
    ):
        locked = _locked(name)
        for requirement in map(Requirement, declared):
            if requirement.marker is None or requirement.marker.evaluate():
                assert requirement.extras <= locked[canonicalize_name(requirement.name)], requirement
