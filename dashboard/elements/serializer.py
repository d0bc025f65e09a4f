"""Whole trees of HTML as one component for Dash, and the components that it keeps as holes in them.

A page has hundreds of elements and a dozen that Dash has to know: graphs, fields, what callbacks fill. For each
component Dash makes several of React's, and it visits all of them at each thing told: as a component each, the cells of
a table and the words of a tile were most of the time that a change of filters took in the browser. So plain elements
(components/tags.py) are sent as a compact tree, which assets/drawn.js draws with React at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dash.development.base_component import Component

from dashboard.elements.tags import Attributes, Element, Live, Tree

# A text; the number of a live component; [tag, {attributes}?, *nodes]. An address that keeps the filters may leave
# their query out: then it is its path and what it asks besides.
Node = str | int | list[Any]

OWN = "dashboard"  # window.dashboard in the browser: where Dash looks for our components
_SENT = {name: name.replace("_", "-") for name in Attributes.__annotations__}


class Drawn(Component):
    """A tree of elements. `content` is the tree as sent (see `content_of`), `query` that of the links in it (null: that
    of the tree around it), `children` the live components.
    """

    _namespace, _type = OWN, "Drawn"

    def __init__(self, id: str, tree: Tree, query: str | None = "") -> None:
        self._prop_names = ["id", "content", "query", "children"]
        self._valid_wildcard_attributes = []
        live: list[Live] = []
        content = list(_nodes(tree, live, query or ""))
        children = [one.build() for one in live]
        super().__init__(id=id, content=content, query=query, children=children)  # type: ignore[no-untyped-call]


def fixed(name: str, tree: Tree) -> Live:
    """A tree that is the same under all filters but for those in its links: it is sent once, with the first view."""
    return kept(name, tree, stands=True)


def kept(name: str, tree: Tree, stands: bool) -> Live:
    """A tree that few changes touch, told unless it `stands` as it was: its links take the query of the tree around."""
    tell = None if stands else lambda: {"content": content_of(tree)}
    return Live(name, lambda: Drawn(name, tree, None), tell, within=tree)


def content_of(tree: Tree) -> list[Node]:
    """The tree as it is sent."""
    return list(_nodes(tree, [], ""))


def told_of(name: str, tree: Tree, query: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What a change says of a `Drawn` of this id, then of the live components in it: id and properties."""
    live: list[Live] = []
    yield name, {"content": list(_nodes(tree, live, query)), "query": query}
    yield from _told(live)


def _told(live: Iterable[Live]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for one in live:
        if one.tell:
            yield one.id, one.tell()
        yield from _told(_live_in(one.within))


def _live_in(tree: Tree) -> Iterator[Live]:
    if isinstance(tree, Live):
        yield tree
    elif isinstance(tree, Element):
        yield from _live_in(tree.children)
    elif tree is not None and not isinstance(tree, str):
        for one in tree:
            yield from _live_in(one)


def _nodes(tree: Tree, live: list[Live], query: str) -> Iterator[Node]:
    if isinstance(tree, Element):
        yield _element(tree, live, query)
    elif isinstance(tree, Live):
        live.append(tree)
        yield len(live) - 1
    elif isinstance(tree, str):
        if tree:
            yield tree
    elif tree is not None:
        for one in tree:
            yield from _nodes(one, live, query)


def _element(element: Element, live: list[Live], query: str) -> Node:
    node: list[Any] = [element.tag]
    attributes = {
        _SENT[name]: value for name, value in element.attributes.items() if value is not None and value is not False
    }
    if query and (href := attributes.get("href")):
        attributes["href"] = _without(href, query)
    if attributes:
        node.append(attributes)
    node.extend(_nodes(element.children, live, query))
    return node


def _without(href: str | tuple[str, str], query: str) -> str | tuple[str, str]:
    """An address without the query of the filters, where it begins with it."""
    path, mark, asked = href.partition("?") if isinstance(href, str) else ("", "", "")
    if mark and (asked == query or asked.startswith(f"{query}&")):
        return path, asked[len(query) + 1 :]
    return href
