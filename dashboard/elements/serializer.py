"""Whole trees of HTML as one component for Dash, and the components that it keeps as holes in them.

A page has hundreds of elements and a dozen that Dash has to know: graphs, fields, what callbacks fill. For each
component Dash makes several of React's, and it visits all of them at each thing told: as a component each, the cells of
a table and the words of a tile were most of the time that a change of filters took in the browser. So plain elements
(elements/tags.py) are sent as a compact tree, which assets/html_tree.js draws with React at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dash.development.base_component import Component

from dashboard.elements.tags import Attributes, Element, Slot, Tree

# A text; the number of a live component; [tag, {attributes}?, *nodes]. An address that keeps the filters may leave
# their query out: then it is its path and what it asks besides.
Node = str | int | list[Any]

JS_NAMESPACE = "dashboard"  # window.dashboard in the browser: where Dash looks for our components
_HTML_NAMES = {name: name.replace("_", "-") for name in Attributes.__annotations__}


class HtmlTree(Component):
    """A tree of elements. `content` is the tree as sent (see `serialize`), `query` that of the links in it (null: that
    of the tree around it), `children` the live components.
    """

    _namespace, _type = JS_NAMESPACE, "HtmlTree"

    def __init__(self, id: str, tree: Tree, query: str | None = "") -> None:
        self._prop_names = ["id", "content", "query", "children"]
        self._valid_wildcard_attributes = []
        slots: list[Slot] = []
        content = list(_nodes(tree, slots, query or ""))
        children = [one.build() for one in slots]
        super().__init__(id=id, content=content, query=query, children=children)  # type: ignore[no-untyped-call]


def static_tree(name: str, tree: Tree) -> Slot:
    """A tree that is the same under all filters but for those in its links: it is sent once, with the first view."""
    return rarely_updated(name, tree, unchanged=True)


def rarely_updated(name: str, tree: Tree, unchanged: bool) -> Slot:
    """A tree that few changes touch, sent again unless `unchanged`; its links take the query of the tree around."""
    update = None if unchanged else lambda: {"content": serialize(tree)}
    return Slot(name, lambda: HtmlTree(name, tree, None), update, subtree=tree)


def serialize(tree: Tree) -> list[Node]:
    """The tree as it is sent."""
    return list(_nodes(tree, [], ""))


def tree_updates(name: str, tree: Tree, query: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What a change says of a `HtmlTree` of this id, then of the live components in it: id and properties."""
    slots: list[Slot] = []
    yield name, {"content": list(_nodes(tree, slots, query)), "query": query}
    yield from _slot_updates(slots)


def _slot_updates(slots: Iterable[Slot]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for one in slots:
        if one.update:
            yield one.id, one.update()
        yield from _slot_updates(_slots_in(one.subtree))


def _slots_in(tree: Tree) -> Iterator[Slot]:
    if isinstance(tree, Slot):
        yield tree
    elif isinstance(tree, Element):
        yield from _slots_in(tree.children)
    elif tree is not None and not isinstance(tree, str):
        for one in tree:
            yield from _slots_in(one)


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
        for one in tree:
            yield from _nodes(one, slots, query)


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
    """An address without the query of the filters, where it begins with it."""
    path, mark, asked = href.partition("?") if isinstance(href, str) else ("", "", "")
    if mark and (asked == query or asked.startswith(f"{query}&")):
        return path, asked[len(query) + 1 :]
    return href
