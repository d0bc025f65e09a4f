"""The files of every page: what is left out of them, and nothing else."""

from pathlib import Path

from dashboard.web.asset_bundles import bootstrap_subset, script, style_sheet


def test_rules_that_no_page_can_match_are_left_out() -> None:
    css = "a{b:c}.x{d:e}.x .y,.x>p{f:g}@media print{.y{h:i}}@media screen{@supports (j:k){.y{l:m}}.x{n:o}}"
    assert bootstrap_subset(css, {"x"}) == "a{b:c}.x{d:e}.x .y,.x>p{f:g}@media screen{.x{n:o}}"


def test_comments_of_their_own_lines_are_left_out_of_bundles(tmp_path: Path) -> None:
    (tmp_path / "b.js").write_text(
        '/* head\n   of b */\nconst a = "/* kept */"; /* kept too */ f();\n  /* gone */\ng();\n'
    )
    (tmp_path / "a.js").write_text("/* kept */ first();\n/*! licence */\n")
    (tmp_path / "theme.js").write_text("theme();")
    (tmp_path / "plotly-basic.min.js").write_text("plotly();")
    (tmp_path / "one.css").write_text("/* gone */\n.one { a: b; }\n")
    assert script(tmp_path).content.decode() == (
        '/* kept */ first();\n/*! licence */\n\n;const a = "/* kept */"; /* kept too */ f();\ng();\n'
    )
    assert style_sheet(tmp_path).content.decode().endswith("\n.one { a: b; }\n")


def test_an_address_changes_with_the_content(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("first();")
    before = script(tmp_path).address
    (tmp_path / "a.js").write_text("second();")
    assert script(tmp_path).address != before
