"""A layout of Dash as the HTML that the browser will make of it, for the first response: readable before any script.

Components that show nothing (stores, the address) are left out; a graph is an empty box with its drawings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from dash.development.base_component import Component

from dashboard.elements.html import VOID_TAGS, start_tag
from dashboard.elements.serializer import JS_NAMESPACE, Node

DrawGraph = Callable[[Mapping[str, Any]], str]  # properties of a dcc.Graph -> HTML of its drawings

_INVISIBLE = frozenset({"Store", "Location", "Iframe"})  # an iframe waits for its content, which a script fetches
_SCRIPT_PROPERTIES = frozenset({"children", "n_clicks", "debounce", "disable_n_clicks"})


def component_html(component: Component, draw_graph: DrawGraph) -> str:
    """The component as HTML. Raises KeyError for a component that has no writer here."""
    return "".join(_component(component, draw_graph, ""))


def _component(component: Any, draw_graph: DrawGraph, query: str) -> Iterator[str]:
    if isinstance(component, Component):
        described = component.to_plotly_json()  # type: ignore[no-untyped-call]
        name, props = described["type"], described["props"]
        if described["namespace"] == JS_NAMESPACE:
            yield from _tree(props, draw_graph, query)
        elif described["namespace"] == "dash_html_components" and name not in _INVISIBLE:
            yield from _html_component(name.lower(), props, draw_graph, query)
        elif name == "Graph":
            yield start_tag("div", {"id": props["id"], "className": "dash-graph", "style": props["style"]})
            yield f"</div>{draw_graph(props)}"
        elif name not in _INVISIBLE:
            yield from _CONTROLS[name](props)
    elif isinstance(component, str | int | float):
        yield escape(str(component))
    elif component is not None:
        for child in component:
            yield from _component(child, draw_graph, query)


def _html_component(tag: str, props: Mapping[str, Any], draw_graph: DrawGraph, query: str) -> Iterator[str]:
    yield start_tag(tag, {name: value for name, value in props.items() if name not in _SCRIPT_PROPERTIES})
    if tag not in VOID_TAGS:
        yield from _component(props.get("children"), draw_graph, query)
        yield f"</{tag}>"


def _tree(props: Mapping[str, Any], draw_graph: DrawGraph, outer_query: str) -> Iterator[str]:
    """An HtmlTree, as assets/html_tree.js draws it."""
    query = outer_query if props.get("query") is None else props["query"]
    for node in props["content"]:
        if isinstance(node, str):
            yield f"<span>{escape(node)}</span>"
        else:
            yield from _node(node, props["children"], draw_graph, query)


def _node(node: Node, components: Sequence[Component], draw_graph: DrawGraph, query: str) -> Iterator[str]:
    if isinstance(node, str):
        yield escape(node)
    elif isinstance(node, int):
        yield from _component(components[node], draw_graph, query)
    else:
        tag, *nodes = node
        attributes = dict(nodes.pop(0)) if nodes and isinstance(nodes[0], dict) else {}
        if isinstance(attributes.get("href"), tuple | list):
            path, other_parameters = attributes["href"]
            attributes["href"] = _address(path, other_parameters, query)
        text = attributes.pop("defaultValue", "") if tag == "textarea" else ""
        yield start_tag(tag, attributes)
        if tag not in VOID_TAGS:
            yield escape(text)
            for child in nodes:
                yield from _node(child, components, draw_graph, query)
            yield f"</{tag}>"


def _address(path: str, other_parameters: str, query: str) -> str:
    parameters = "&".join(filter(None, (query, other_parameters)))
    return f"{path}?{parameters}" if parameters else path


def _choices(kind: str, props: Mapping[str, Any]) -> Iterator[str]:
    """The markup of Checklist and RadioItems of dash-bootstrap-components."""
    value = props.get("value")
    chosen = value if isinstance(value, list) else [value]
    yield start_tag("div", {"id": props["id"], "className": props["className"]})
    for option in props["options"]:
        code = option["value"]
        name = f"{props['id']}-{code}"
        attributes = {"id": name, "className": "form-check-input", "type": kind, "name": props["name"], "value": code}
        yield '<div class="form-check">'
        yield start_tag("input", {**attributes, "defaultChecked": code in chosen})
        yield start_tag("label", {"className": "form-check-label", "htmlFor": name})
        yield f"{escape(option['label'])}</label></div>"
    yield "</div>"


def _input(props: Mapping[str, Any]) -> Iterator[str]:
    """The markup of Input of dash-bootstrap-components."""
    attributes = {name: value for name, value in props.items() if name not in _SCRIPT_PROPERTIES}
    yield start_tag("input", {**attributes, "className": f"{props.get('className', '')} form-control".strip()})


_CONTROLS: Mapping[str, Callable[[Mapping[str, Any]], Iterator[str]]] = {
    "Checklist": lambda props: _choices("checkbox", props),
    "RadioItems": lambda props: _choices("radio", props),
    "Input": _input,
}
