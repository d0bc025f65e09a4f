"""Places whose identifiers hold what addresses are made of: their sheets open by a click, and on going back."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard.urls import place_path
from tests.browser.conftest import ROOT, running
from tests.browser.driving import settle, visit
from tests.etl.deliveries import PLACES, write_csv

CODES = ("a/b", "a%2Fb", "a?b#c", "..a", "a/../b", "a//", "é œ")


@pytest.fixture
def places(tmp_path: Path) -> Iterator[str]:
    """The origin of an application that knows these places."""
    url = f"sqlite:///{(tmp_path / 'places.db').as_posix()}"
    rows = [{**PLACES[0], "id_lieu": code, "nom": f"Lieu {code}"} for code in CODES]
    file = write_csv(tmp_path / "lieux.csv", rows)
    command = [sys.executable, "-m", "etl", "load", str(file)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
    with running(url, tmp_path / "server.log") as origin:
        yield origin


def test_sheets_of_unusual_identifiers_open(page: Page, places: str, complaints: list[str]) -> None:
    visit(page, f"{places}/lieux")
    for code in CODES:
        page.locator(f".list a[href^='{place_path(code)}']").filter(has_text=f"Lieu {code}").first.click()
        expect(page.locator("h1")).to_have_text(f"Lieu {code}")
        settle(page)
        page.reload()
        settle(page)
        expect(page.locator("h1")).to_have_text(f"Lieu {code}")
        page.go_back()
        expect(page.locator("h1")).to_contain_text("connu")
        settle(page)
    complaints[:] = [one for one in complaints if not one.startswith(f"request to another host: {places}")]
