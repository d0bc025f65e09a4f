"""Trees of elements as HTML, for documents that run no script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from dashboard.elements.tags import Attributes, Element, Slot, Tree

VOID_TAGS = frozenset({"img", "input"})
# React's names that differ from those of HTML by more than their case
_HTML_NAMES = {
    "className": "class",
    "htmlFor": "for",
    "defaultValue": "value",
    "defaultChecked": "checked",
    **{name: name.replace("_", "-") for name in Attributes.__annotations__ if "_" in name},
}
_REACT_ONLY = frozenset({"key"})


def to_html(tree: Tree) -> str:
    """The tree as HTML; texts and attributes are escaped. Raises TypeError for a slot, which only Dash can draw."""
    return "".join(_pieces(tree))


def _pieces(tree: Tree) -> Iterator[str]:
    if isinstance(tree, Element):
        yield start_tag(tree.tag, tree.attributes)
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


def start_tag(tag: str, attributes: Mapping[str, Any]) -> str:
    """The start tag of an element with attributes of React's names."""
    return f"<{tag}{''.join(_attributes(attributes))}>"


def _attributes(attributes: Mapping[str, Any]) -> Iterator[str]:
    for name, value in attributes.items():
        if value is None or value is False or name in _REACT_ONLY:
            continue
        html_name = _HTML_NAMES.get(name, name.lower())
        text = style_text(value) if name == "style" else str(value)
        yield f" {html_name}" if value is True else f' {html_name}="{escape(text)}"'


def style_text(style: Mapping[str, Any]) -> str:
    """A style of React as CSS: `{"--page": "1", "minWidth": "2rem"}` -> `--page: 1; min-width: 2rem`."""
    return "; ".join(f"{_css_name(name)}: {value}" for name, value in style.items())


def _css_name(name: str) -> str:
    if name.startswith("--"):
        return name
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)
