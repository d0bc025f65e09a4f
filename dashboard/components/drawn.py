"""Whole trees of HTML as one component for Dash, and the components that it keeps as holes in them.

A page has hundreds of elements and a dozen that Dash has to know: graphs, fields, what callbacks fill. For each
component Dash makes several of React's, and it visits all of them at each thing told: as a component each, the cells of
a table and the words of a tile were most of the time that a change of filters took in the browser. So plain elements
are sent as a compact tree, which assets/drawn.js draws with React at once. They are written with `dash.html` as
everywhere: only what is sent differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

# A text; the number of a live component; [tag, {attributes}?, *nodes]. An address may leave the query of the tree out:
# then it is the two ends around it.
Node = str | int | list[Any]
Tree = Component | str | None | Sequence["Tree"]
Tell = Callable[[], Mapping[str, Any]]

OWN = "tiers_lieux"  # window.tiers_lieux in the browser
_ELEMENTS = html.Div._namespace
_OWN = frozenset({"children", "available_properties", "available_wildcard_properties"})  # of the Python object


class Live(Component):
    """A component that Dash keeps, in a tree of elements: built when the tree is first drawn, then only told things.

    `tell` gives what a change of filters says of it, by property; without it, it stays as it is.
    """

    id: str
    _namespace, _type = OWN, "Live"

    def __init__(self, id: str, build: Callable[[], Component], tell: Tell | None = None) -> None:
        self._prop_names, self._valid_wildcard_attributes = ["id"], []
        super().__init__(id=id)  # type: ignore[no-untyped-call]
        self.build, self.tell = build, tell


class Drawn(Component):
    """A tree of elements. `content` is the tree as sent (see `content_of`), `query` that of the links in it,
    `children` the live components, `open` whether the reader looks at it, where that matters (assets/tables.js).
    """

    _namespace, _type = OWN, "Drawn"

    def __init__(self, id: str, tree: Tree, query: str = "") -> None:
        self._prop_names = ["id", "content", "query", "children", "open"]
        self._valid_wildcard_attributes = []
        live: list[Live] = []
        content = list(_nodes(tree, live, query))
        children = [one.build() for one in live]
        super().__init__(id=id, content=content, query=query, children=children)  # type: ignore[no-untyped-call]


def fixed(name: str, tree: Tree) -> Live:
    """A tree that is the same under all filters: it is sent once, with the first view."""
    return Live(name, lambda: Drawn(name, tree))


def content_of(tree: Tree) -> list[Node]:
    """The tree as it is sent. Raises TypeError on a component that is neither an element nor `Live`."""
    return list(_nodes(tree, [], ""))


def told_of(name: str, tree: Tree, query: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What a change says of a `Drawn` of this id, then of the live components in it: id and properties."""
    live: list[Live] = []
    yield name, {"content": list(_nodes(tree, live, query)), "query": query}
    yield from ((one.id, one.tell()) for one in live if one.tell)


def _nodes(tree: Tree, live: list[Live], query: str) -> Iterator[Node]:
    if isinstance(tree, Live):
        live.append(tree)
        yield len(live) - 1
    elif isinstance(tree, Component):
        yield _element(tree, live, query)
    elif isinstance(tree, Sequence) and not isinstance(tree, str):
        for one in tree:
            yield from _nodes(one, live, query)
    elif tree:
        yield str(tree)


def _element(component: Component, live: list[Live], query: str) -> Node:
    if component._namespace != _ELEMENTS:
        raise TypeError(f"{component._type} is not an element: Dash has to know it, say that it is Live")
    attributes = {
        name: value
        for name, value in sorted(vars(component).items())  # Dash keeps them in no order
        if name not in _OWN and name[0] != "_" and value is not None and value is not False
    }
    if query and f"?{query}" in attributes.get("href", ""):
        attributes["href"] = attributes["href"].split(f"?{query}", 1)
    start: list[Any] = [component._type.lower()]
    if attributes:
        start.append(attributes)
    return [*start, *_nodes(getattr(component, "children", None), live, query)]
