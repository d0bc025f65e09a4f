"""Whole trees of HTML as one component of Dash, with the other components of Dash as slots in them.

A page has hundreds of elements and a dozen components that Dash needs to know: graphs, fields, targets of callbacks.
Dash makes several React components for each of its own, and visits all of them at each update: with one component per
element, table cells and tile texts took most of the time of a change of filters in the browser. So plain elements
(elements/tags.py) are sent as a compact tree, which assets/html_tree.js draws with React at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dash.development.base_component import Component

from dashboard.elements.tags import Attributes, Element, Slot, Tree

# A text; the index of a component in `children`; [tag, {attributes}?, *nodes]. An `href` that keeps the filters
# may be (path, other parameters), without the query of the filters.
Node = str | int | list[Any]

JS_NAMESPACE = "dashboard"  # window.dashboard in the browser, where Dash finds our components
_HTML_NAMES = {name: name.replace("_", "-") for name in Attributes.__annotations__}


class HtmlTree(Component):
    """A tree of elements. `content` is the serialized tree (`serialize`), `query` the query of the filters for its
    links (null: that of the tree around it), `children` the components of its slots.
    """

    _namespace, _type = JS_NAMESPACE, "HtmlTree"

    def __init__(self, id: str, tree: Tree, query: str | None = "") -> None:
        self._prop_names = ["id", "content", "query", "children"]
        self._valid_wildcard_attributes = []
        slots: list[Slot] = []
        content = list(_nodes(tree, slots, query or ""))
        children = [slot.build() for slot in slots]
        super().__init__(id=id, content=content, query=query, children=children)  # type: ignore[no-untyped-call]


def rarely_updated(name: str, tree: Tree, unchanged: bool) -> Slot:
    """A tree that few changes concern, sent again unless `unchanged`; its links take the query of the tree
    around it.
    """
    update = None if unchanged else lambda: {"content": serialize(tree)}
    return Slot(name, lambda: HtmlTree(name, tree, None), update, subtree=tree)


def serialize(tree: Tree) -> list[Node]:
    """The tree as sent to the browser."""
    return list(_nodes(tree, [], ""))


def tree_updates(name: str, tree: Tree, query: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The updates of the HtmlTree with this id, then of the slots in it: id and properties."""
    slots: list[Slot] = []
    yield name, {"content": list(_nodes(tree, slots, query)), "query": query}
    yield from _slot_updates(slots)


def _slot_updates(slots: Iterable[Slot]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for slot in slots:
        if slot.update:
            yield slot.id, slot.update()
        yield from _slot_updates(_slots_in(slot.subtree))


def _slots_in(tree: Tree) -> Iterator[Slot]:
    if isinstance(tree, Slot):
        yield tree
    elif isinstance(tree, Element):
        yield from _slots_in(tree.children)
    elif tree is not None and not isinstance(tree, str):
        for subtree in tree:
            yield from _slots_in(subtree)


def _nodes(tree: Tree, slots: list[Slot], query: str) -> Iterator[Node]:
    if isinstance(tree, Element):
        yield _element(tree, slots, query)
    elif isinstance(tree, Slot):
        slots.append(tree)
        yield len(slots) - 1
    elif isinstance(tree, str):
        if tree:
            yield tree
    elif tree is not None:
        for subtree in tree:
            yield from _nodes(subtree, slots, query)


def _element(element: Element, slots: list[Slot], query: str) -> Node:
    node: list[Any] = [element.tag]
    attributes = {
        _HTML_NAMES[name]: value
        for name, value in element.attributes.items()
        if value is not None and value is not False
    }
    if query and (href := attributes.get("href")):
        attributes["href"] = _without_query(href, query)
    if attributes:
        node.append(attributes)
    node.extend(_nodes(element.children, slots, query))
    return node


def _without_query(href: str | tuple[str, str], query: str) -> str | tuple[str, str]:
    """The address as (path, other parameters) when it begins with the query of the filters, else unchanged."""
    path, mark, parameters = href.partition("?") if isinstance(href, str) else ("", "", "")
    if mark and (parameters == query or parameters.startswith(f"{query}&")):
        return path, parameters[len(query) + 1 :]
    return href
