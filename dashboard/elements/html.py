"""Trees of elements as HTML, for documents that run no script."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from dashboard.elements.tags import Attributes, Element, Slot, Tree

VOID_TAGS = frozenset({"img", "input"})
# React's names that differ from those of HTML by more than their case
_HTML_NAMES = {
    "className": "class",
    "htmlFor": "for",
    "defaultValue": "value",
    **{name: name.replace("_", "-") for name in Attributes.__annotations__ if "_" in name},
}
_REACT_ONLY = frozenset({"key"})


def to_html(tree: Tree) -> str:
    """The tree as HTML; texts and attributes are escaped. Raises TypeError for a slot, which only Dash can draw."""
    return "".join(_pieces(tree))


def _pieces(tree: Tree) -> Iterator[str]:
    if isinstance(tree, Element):
        yield f"<{tree.tag}{''.join(_attributes(tree.attributes))}>"
        if tree.tag not in VOID_TAGS:
            yield from _pieces(tree.children)
            yield f"</{tree.tag}>"
    elif isinstance(tree, Slot):
        raise TypeError(tree.id)
    elif isinstance(tree, str):
        yield escape(tree)
    elif tree is not None:
        for subtree in tree:
            yield from _pieces(subtree)


def _attributes(attributes: Any) -> Iterator[str]:
    for name, value in attributes.items():
        if value is None or value is False or name in _REACT_ONLY:
            continue
        html_name = _HTML_NAMES.get(name, name.lower())
        yield f" {html_name}" if value is True else f' {html_name}="{escape(str(value))}"'
