"""The documents tell the truth about this commit."""

from __future__ import annotations

from pathlib import Path

from data.indicators.document import document

ROOT = Path(__file__).resolve().parents[2]


def test_the_dictionary_of_indicators_is_fresh() -> None:
    assert (ROOT / "docs/indicators.md").read_text(encoding="utf-8") == document(), "run `make docs`"
