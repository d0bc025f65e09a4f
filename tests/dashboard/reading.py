"""What the browser would draw of what is sent: compact trees (elements/serializer.py) written out as components."""

import json
from collections.abc import Iterator
from typing import Any

from flask.testing import FlaskClient

Json = Any


def written_out(node: Json, outer_query: str = "") -> Json:
    """A layout with each drawn tree as ordinary components, the live ones in their places."""
    if isinstance(node, list):
        return [written_out(one, outer_query) for one in node]
    if not isinstance(node, dict):
        return node
    if node.get("type") == "HtmlTree":
        props = node["props"]
        query = outer_query if props["query"] is None else props["query"]
        live = [written_out(one, query) for one in props["children"]]
        return {"type": "HtmlTree", "props": {"id": props["id"], "children": elements(props["content"], live, query)}}
    return {name: written_out(value, outer_query) for name, value in node.items()}


def layout_of(client: FlaskClient, address: str) -> str:
    """The layout in the document of a page, written out, as compact JSON text."""
    return json.dumps(written_out(sent_layout(client, address)), ensure_ascii=False, separators=(",", ":"))


def sent_layout(client: FlaskClient, address: str) -> Json:
    """The layout in the document of a page, as Dash will read it."""
    response = client.get(address)
    assert response.status_code == 200, response.text
    return layout_in(response.text)


def layout_in(document: str) -> Json:
    """The layout in a document."""
    return json.loads(
        document.partition('<script id="page-layout" type="application/json">')[2].partition("</script>")[0]
    )


def html_in(document: str) -> str:
    """The page in a document, as HTML."""
    view = document.partition('<div id="first-view">')[2].partition('<div id="react-entry-point"')[0]
    return view.rpartition("</div>")[0]


def elements(content: list[Json], live: list[Json], query: str = "") -> Json:
    """Nodes as components: one alone, or a list."""
    found = [_element(one, live, query) for one in content]
    return found[0] if len(found) == 1 else found


def _element(node: Json, live: list[Json], query: str) -> Json:
    if isinstance(node, str):
        return node
    if isinstance(node, int):
        return live[node] if node < len(live) else {"type": "Live", "props": {}}
    tag, *rest = node
    props = dict(rest.pop(0)) if rest and isinstance(rest[0], dict) else {}
    if isinstance(props.get("href"), list | tuple):
        path, besides = props["href"]
        requested = "&".join(part for part in (query, besides) if part)
        props["href"] = f"{path}?{requested}" if requested else path
    return {"type": tag.capitalize(), "props": {"children": elements(rest, live, query), **props}}


def components_by_id(node: Json) -> Iterator[tuple[str, dict[str, Json]]]:
    """Id and properties of each component that has one, in a layout written out."""
    if isinstance(node, list):
        for one in node:
            yield from components_by_id(one)
    elif isinstance(node, dict) and "props" in node:
        props = node["props"]
        if "id" in props:
            yield props["id"], props
        yield from components_by_id(props.get("children"))


def text_of(node: Json) -> str:
    """What a reader reads of it, with ordinary spaces."""
    if isinstance(node, str):
        return node.replace("\u202f", " ")
    if isinstance(node, dict):
        return text_of(node.get("props", node).get("children"))
    return " ".join(text_of(one) for one in node) if isinstance(node, list) else ""
