"""Drafts of reports: what an address or a file holds, whatever was done to it; and texts as data."""

from __future__ import annotations

import base64
import json
import zlib
from contextlib import suppress
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import chart_named
from dashboard.lists import list_named
from dashboard.reports.document import Bullets, Heading, TextParagraph
from dashboard.reports.draft import (
    MAX_BLOCKS,
    MAX_DRAFT_BYTES,
    REORDERING,
    TEXT_KINDS,
    Block,
    BlockKind,
    Draft,
    DraftError,
    from_address,
    from_json,
    to_address,
    to_json,
)
from dashboard.reports.models import MODELS
from dashboard.reports.texts import text_contents
from data.indicators import indicator_named

written = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Z"), exclude_characters=REORDERING),
    min_size=1,
    max_size=30,
)
drafts = st.builds(
    Draft,
    written,
    st.lists(st.builds(Block, st.sampled_from(get_args(BlockKind)), written, written | st.just("")), max_size=8).map(
        tuple
    ),
)


@given(drafts)
def test_a_draft_comes_back_from_its_address_and_from_its_file(draft: Draft) -> None:
    assert from_address(to_address(draft)) == draft
    assert from_json(to_json(draft)) == draft


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda some: base64.urlsafe_b64encode(some).decode()))
def test_any_other_text_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(DraftError, match=r"\.$"):
        from_address(text)


@given(drafts, st.data())
def test_a_damaged_address_is_refused_or_read_as_a_draft(draft: Draft, data: st.DataObject) -> None:
    address = to_address(draft)
    at = data.draw(st.integers(0, len(address) - 1))
    damaged = address[:at] + data.draw(st.sampled_from("AZaz09-_~é")) + address[at + 1 :]
    with suppress(DraftError):
        assert isinstance(from_address(damaged), Draft)


def test_a_small_address_that_unpacks_to_gigabytes_is_refused_unread() -> None:
    bomb = zlib.compress(b" " * (100 * MAX_DRAFT_BYTES), 9)
    with pytest.raises(DraftError):
        from_address(base64.urlsafe_b64encode(bomb).decode().rstrip("="))


TOO_MANY = json.dumps({"blocs": [["texte", "x"]] * (MAX_BLOCKS + 1)})


@pytest.mark.parametrize(
    "content",
    ["[]", "null", "[" * 3_000, '{"blocs": {}}', '{"blocs": [["graphique"]]}', '{"blocs": [["html", "x"]]}',
     '{"blocs": [["texte", 3]]}', '{"titre": {}, "blocs": []}', TOO_MANY],
)  # fmt: skip
def test_a_file_that_is_no_draft_is_refused(content: str) -> None:
    with pytest.raises(DraftError):
        from_json(content)


@pytest.mark.parametrize("model", MODELS, ids=lambda one: one.slug)
def test_a_model_names_what_exists(model: object) -> None:
    find = {"graphique": chart_named, "indicateur": indicator_named, "liste": list_named}
    blocks = next(one for one in MODELS if one is model).blocks
    assert all(block.kind in TEXT_KINDS or find[block.kind](block.content) for block in blocks)


def test_a_text_holds_no_character_that_files_refuse_or_that_reverses_others() -> None:
    draft = from_json(
        '{"titre": "a\\ud800b\\ufffe \\u202erev\\u2067", "blocs": [["texte", "x\\ty\\nz\\u0000\\u0085\\u007f 🎉"]]}'
    )
    assert draft == Draft("ab rev", (Block("texte", "x y\nz 🎉"),))
    assert from_address(to_address(draft)) == draft


def test_texts_are_paragraphs_lists_and_headings_and_nothing_else() -> None:
    text = "## À retenir\nUn lieu sur deux\nrépond.\n\n- le **label**\n- <b>aides</b>\n\n[lien](javascript:alert(1))"
    assert text_contents("## ##\n## ") == (TextParagraph("##"),)  # a heading without a title is none
    assert text_contents(text) == (
        Heading("À retenir", 2),
        TextParagraph("Un lieu sur deux répond."),
        Bullets(("le **label**", "<b>aides</b>")),
        TextParagraph("[lien](javascript:alert(1))"),
    )
