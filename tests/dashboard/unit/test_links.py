import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.elements.links import safe_href

GOOD = ["https://www.normandie.fr/x?y=1#z", "http://a.b", "mailto:tiers-lieux@normandie.fr", "/indicateurs?dep=61"]
BAD = [
    "", None, "javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:alert(1)", "\tjavascript:alert(1)",
    "data:text/html,x", "vbscript:x", "//elsewhere.example", "/\\elsewhere.example", "https://", "mailto:", "ftp://a.b",
    "file:///etc/passwd", "indicateurs", "http://[", "https://a b",
]  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_ordinary_addresses_are_safe(text: str) -> None:
    assert safe_href(text) == text


@pytest.mark.parametrize("text", BAD)
def test_dangerous_addresses_are_refused(text: str | None) -> None:
    assert safe_href(text) is None


@given(st.text())
def test_safe_addresses_have_an_allowed_scheme(text: str) -> None:
    href = safe_href(text)
    assert href is None or href.lower().startswith(("https://", "http://", "mailto:", "/"))
