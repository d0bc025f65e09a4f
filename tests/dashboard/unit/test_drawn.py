"""Trees of elements: what is sent of them."""

import dash_bootstrap_components as dbc
import pytest
from dash import html

from dashboard.components.drawn import Drawn, Live, content_of, told_of
from tests.dashboard.reading import elements


def test_elements_are_sent_as_tag_attributes_and_nodes() -> None:
    tree = html.P(
        [html.B("a"), " & ", html.A("b", href="/x", hidden=False), None, ""], className="c", **{"aria-label": "d"}
    )
    assert content_of(tree) == [
        ["p", {"className": "c", "aria-label": "d"}, ["b", "a"], " & ", ["a", {"href": "/x"}, "b"]]
    ]
    assert content_of([html.Br(), "x"]) == [["br"], "x"]
    assert content_of(None) == []


def test_an_empty_attribute_is_one() -> None:
    assert content_of(html.A("x", download="")) == [["a", {"download": ""}, "x"]]


def test_live_components_are_kept_in_their_order() -> None:
    def tree(value: str) -> html.Div:
        field = Live("field", lambda: dbc.Input(id="field", value=value), lambda: {"value": value})
        still = Live("still", lambda: html.Button("x", id="still"))
        return html.Div([html.P(still), "y", field])

    drawn = Drawn("part", tree("1"))
    assert [one.id for one in drawn.children] == ["still", "field"]
    assert drawn.content == [["div", ["p", 0], "y", 1]]
    assert dict(told_of("part", tree("2"))) == {
        "part": {"content": drawn.content, "query": ""},
        "field": {"value": "2"},
    }


def test_a_component_that_nobody_said_to_be_live_is_refused() -> None:
    with pytest.raises(TypeError, match="Live"):
        content_of(html.Div(dbc.Input(id="x")))


@pytest.mark.parametrize(
    "href", ["/lieux/a?dep=1", "/x?dep=14&au=2", "/x?dep=1&tri-x=a", "/x", "/x?au=3&dep=1", "?dep=1?dep=1"]
)
def test_addresses_are_whole_again(href: str) -> None:
    """`query` is left out once, wherever it stands, and put back there."""
    sent = Drawn("part", html.A("x", href=href), "dep=1").content
    assert elements(sent, [], "dep=1")["props"]["href"] == href
    assert ("dep=1" in str(sent)) is (href in ("/x?au=3&dep=1", "?dep=1?dep=1"))
