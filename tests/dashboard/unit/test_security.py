"""The open door: only the very shape that was declared passes."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.web.security import CONTENT_POLICY, is_control_value, malformed_reason

DECLARED = {
    "..a.children...b.href..": {
        "callback": print,
        "inputs": [{"id": "q", "property": "data"}],
        "state": [{"id": "l", "property": "pathname"}],
    },
    "c.children": {"callback": print, "inputs": [{"id": "q", "property": "data"}], "state": []},
    "client.only": {"inputs": [], "state": []},
}
GOOD = {
    "output": "..a.children...b.href..",
    "outputs": [{"id": "a", "property": "children"}, {"id": "b", "property": "href"}],
    "inputs": [{"id": "q", "property": "data", "value": "dep=61"}],
    "state": [{"id": "l", "property": "pathname", "value": "/"}],
    "changedPropIds": ["q.data"],
}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def test_the_declared_shapes_pass() -> None:
    assert malformed_reason(orjson.dumps(GOOD), DECLARED) is None
    single = GOOD | {"output": "c.children", "outputs": {"id": "c", "property": "children"}, "state": []}
    assert malformed_reason(orjson.dumps(single), DECLARED) is None


@given(st.binary())
def test_any_bytes_are_accepted_or_refused_without_error(raw: bytes) -> None:
    assert malformed_reason(raw, DECLARED)


@given(st.sampled_from(["output", "outputs", "inputs", "state"]), json_values)
def test_any_change_of_a_declared_body_is_refused(part: str, value: object) -> None:
    body = GOOD | {part: value}
    assert (malformed_reason(orjson.dumps(body), DECLARED) is None) == (body == GOOD)


@given(json_values)
def test_any_body_is_accepted_or_refused_without_error(value: object) -> None:
    assert malformed_reason(orjson.dumps(value), DECLARED)


def test_client_side_callbacks_are_not_served() -> None:
    assert malformed_reason(orjson.dumps(GOOD | {"output": "client.only"}), DECLARED)


@pytest.mark.parametrize("value", [None, 1, 1.5, "x", "", [], ["a"] * 500, True])
def test_values_of_controls_are_accepted(value: object) -> None:
    assert is_control_value(value)


@pytest.mark.parametrize("value", [{}, [1], [None], [[]], ["a"] * 501, "x" * 4_001, ["x" * 4_001]])
def test_other_values_are_refused(value: object) -> None:
    assert not is_control_value(value)


@pytest.mark.parametrize("name", ["location.pathname", "location.search", "query.data"])
@pytest.mark.parametrize("value", [1, True, ["x"]])
def test_an_address_is_a_text_or_nothing(name: str, value: object) -> None:
    one, _dot, held = name.partition(".")
    declared = {"c.children": {"callback": print, "inputs": [{"id": one, "property": held}], "state": []}}
    body = {"output": "c.children", "outputs": {"id": "c", "property": "children"}, "state": [], "changedPropIds": []}
    for given_, refused in ((value, True), ("x", False), (None, False)):
        filled = body | {"inputs": [{"id": one, "property": held, "value": given_}]}
        assert (malformed_reason(orjson.dumps(filled), declared) is not None) is refused


def test_the_content_policy_allows_only_our_scripts() -> None:
    assert "script-src 'self';" in CONTENT_POLICY
    assert "frame-ancestors 'none'" in CONTENT_POLICY
