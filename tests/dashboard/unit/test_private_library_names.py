"""What we use of Dash and plotly.js that they promise to nobody: it holds for the versions that were tried.

When a version moves, this test fails. Then: try each part again as its line says, then write the new version here.
"""

from __future__ import annotations

import re
from pathlib import Path

import dash
import pytest

from dashboard.web.bundle import LOCK, Lock

ASSETS = Path(__file__).resolve().parents[3] / "dashboard" / "assets"
TRIED = {"dash": "4.4.1", "plotly.js": "4.1.1"}

# what stands in assets/*.js -> whose it is, what it does, how to see that it still does
PARTS = {
    "_dashprivate_pushstate": ("dash", "dcc.Location follows history.pushState", "tests/browser/test_address.py"),
    "dash_clientside.set_props": ("dash", "a property is set from outside", "tests/browser/test_territory.py"),
    "callback_context.states": ("dash", "the controls of what is shown", "tests/browser/test_failures.py"),
    "multi: true": ("dash", "the shape of an answer to a callback", "tests/browser/test_failures.py"),
    "_dash-update-component": ("dash", "the address of callbacks", "tests/browser/test_late_responses.py"),
    "NO_UPDATE = 204": ("dash", "an answer without anything", "tests/browser/test_late_responses.py"),
    "react-entry-point": ("dash", "where Dash draws", "tests/browser/test_failures.py"),
    "regeneratorRuntime": (
        "dash",
        "dcc.Graph needs what the bundle of controls defines",
        "tests/browser/test_territory.py",
    ),
    "page-dependencies": ("dash", "the answers to its first two requests", "tests/browser/test_first_view.py"),
    "_fullLayout": ("plotly.js", "the size of what is drawn", "tests/browser/test_figures.py, test_sizes.py"),
    "_offset": ("plotly.js", "where an axis begins, for the pointer", "tests/browser/test_marks.py"),
    "_fullData": ("plotly.js", "the traces as drawn, for the pointer", "tests/browser/test_marks.py"),
    "_length": ("plotly.js", "the size of an axis, for the pointer", "tests/browser/test_marks.py"),
    "_plots": ("plotly.js", "the axes of a panel, for the pointer", "tests/browser/test_marks.py"),
    "_pushmargin": ("plotly.js", "the room of former labels is given back", "tests/browser/test_figures.py"),
    "ticklabeloverflow": ("plotly.js", "labels are not measured twice", "tests/browser/test_figures.py"),
}
SCRIPTS = {path.name: path.read_text(encoding="utf-8") for path in ASSETS.glob("*.js") if ".min." not in path.name}


def _versions() -> dict[str, str]:
    return {"dash": dash.__version__, "plotly.js": Lock.parse(LOCK.read_text(encoding="utf-8")).version}


@pytest.mark.parametrize("part", PARTS)
def test_private_names_were_tried_with_the_installed_versions(part: str) -> None:
    owner, does, how = PARTS[part]
    assert any(part in text for text in SCRIPTS.values()), f"{part} is not used any more: take it from PARTS"
    assert _versions()[owner] == TRIED[owner], (
        f"{owner} is {_versions()[owner]}, and {part} ({does}) was tried with {TRIED[owner]}. "
        f"Run {how}, look for it in the new source, then change TRIED."
    )


def test_every_private_name_used_is_in_the_list() -> None:
    """Fields that begin with an underscore, and what Dash calls private."""
    for name, text in SCRIPTS.items():
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL)
        for found in re.findall(r"_dashprivate_\w+|\._[a-zA-Z]\w*", code):
            assert found.lstrip(".") in PARTS, f"{name} uses {found}: say in PARTS what it does and which test sees it"
