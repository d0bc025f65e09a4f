"""Trees of elements: what is sent of them."""

import json

import dash_bootstrap_components as dbc
import pytest
from dash import html

from dashboard.elements import tags
from dashboard.elements.serializer import HtmlTree, rarely_updated, serialize, tree_updates
from dashboard.elements.tags import Element, Slot
from tests.dashboard.reading import elements


def test_elements_are_sent_as_tag_attributes_and_nodes() -> None:
    tree = tags.P(
        [tags.Strong("a"), " & ", tags.A("b", href="/x", hidden=False), None, ""], className="c", aria_label="d"
    )
    assert serialize(tree) == [
        ["p", {"className": "c", "aria-label": "d"}, ["strong", "a"], " & ", ["a", {"href": "/x"}, "b"]]
    ]
    assert serialize([tags.Input(), "x"]) == [["input"], "x"]
    assert serialize(None) == []


def test_an_empty_attribute_is_sent() -> None:
    assert serialize(tags.A("x", title="")) == [["a", {"title": ""}, "x"]]


def test_an_unknown_attribute_is_refused() -> None:
    with pytest.raises(KeyError):
        serialize(tags.A("x", onclick="alert(1)"))  # type: ignore[call-arg]


def test_components_keep_their_order() -> None:
    def tree(value: str) -> Element:
        field = Slot("field", lambda: dbc.Input(id="field", value=value), lambda: {"value": value})
        still = Slot("still", lambda: html.Button("x", id="still"))
        return tags.Div([tags.P(still), "y", field])

    drawn = HtmlTree("part", tree("1"))
    assert [one.id for one in drawn.children] == ["still", "field"]
    assert drawn.content == [["div", ["p", 0], "y", 1]]
    assert dict(tree_updates("part", tree("2"))) == {
        "part": {"content": drawn.content, "query": ""},
        "field": {"value": "2"},
    }


def test_rarely_updated_trees_are_sent_unless_unchanged() -> None:
    def updated(unchanged: bool) -> list[str]:
        return [name for name, _properties in tree_updates("part", [rarely_updated("k", tags.P("y"), unchanged)])]

    assert updated(unchanged=True) == ["part"]
    assert updated(unchanged=False) == ["part", "k"]
    inner = HtmlTree("part", rarely_updated("k", tags.P("y"), unchanged=False), "dep=1").children[0]
    assert inner.query is None, "its links take the query of the tree around it"


@pytest.mark.parametrize(
    ("href", "sent"),
    [
        ("/lieux/a?dep=1", ("/lieux/a", "")),
        ("/x?dep=1&tri-x=a", ("/x", "tri-x=a")),
        ("/x?dep=14&au=2", "/x?dep=14&au=2"),
        ("/x?au=3&dep=1", "/x?au=3&dep=1"),
        ("/x", "/x"),
        (("/x", "tri-x=a"), ("/x", "tri-x=a")),
    ],
)
def test_addresses_are_sent_without_the_query_of_the_filters(href: str | tuple[str, str], sent: object) -> None:
    """`query` is left out where it begins what is asked, and put back there."""
    content = HtmlTree("part", tags.A("x", href=href), "dep=1").content
    assert content[0][1]["href"] == sent
    whole = href if isinstance(href, str) else "/x?dep=1&tri-x=a"
    assert elements(json.loads(json.dumps(content)), [], "dep=1")["props"]["href"] == whole
    alone = elements(json.loads(json.dumps(content)), [], "")["props"]["href"]
    assert alone == (whole.replace("dep=1&", "").replace("?dep=1", "") if isinstance(sent, tuple) else href)
