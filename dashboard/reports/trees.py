"""The elements of a page as contents of a document: the same texts, without what only a screen can do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from dashboard.elements.tags import Element, Slot, Tree
from dashboard.reports.document import (
    Bullets,
    Content,
    Contents,
    Emphasis,
    Heading,
    KeyFigure,
    KeyFigures,
    SideBySide,
    TextParagraph,
    TextTable,
)
from data.i18n import NARROW

HEADING_LEVELS = {"h1": 1, "h2": 2}
SCREEN_ONLY = frozenset({"button", "form", "nav", "input"})
COLUMN_CLASSES = frozenset({"sheet-years", "sheet-halves"})
HIDDEN_CLASSES = frozenset({"visually-hidden", "tile-icon", "rows-link"})
EMPHASES: Mapping[str, Emphasis] = {"muted": "muted", "sheet-note": "muted", "purpose": "muted"}


def contents_of(tree: Tree) -> Contents:
    """What a tree of elements shows, in reading order."""
    return tuple(_contents(tree, "normal"))


def _contents(tree: Tree, emphasis: Emphasis) -> Iterator[Content]:
    if isinstance(tree, Slot):
        yield from _contents(tree.subtree, emphasis)
    elif isinstance(tree, Element):
        yield from _element_contents(tree, emphasis)
    elif isinstance(tree, str):
        if tree.strip():
            yield TextParagraph(tree.strip(), emphasis)
    elif tree is not None:
        for one in tree:
            yield from _contents(one, emphasis)


def _element_contents(element: Element, emphasis: Emphasis) -> Iterator[Content]:
    classes = _classes(element)
    if element.tag in SCREEN_ONLY or element.attributes.get("hidden"):
        return
    if element.tag in HEADING_LEVELS:
        yield Heading(text_of(element), HEADING_LEVELS[element.tag])
    elif element.tag == "p":
        text = text_of(element)
        if text:
            yield TextParagraph(text, next((EMPHASES[name] for name in classes if name in EMPHASES), emphasis))
    elif element.tag == "ul":
        items = tuple(text_of(item) for item in _children(element, "li"))
        yield Bullets(items)
    elif element.tag == "table":
        yield _table(element)
    elif "tiles" in classes:
        yield KeyFigures(tuple(_fact(tile) for tile in _children(element, "div")))
    elif classes & COLUMN_CLASSES:
        yield SideBySide(tuple(contents_of(child) for child in _parts(element)))
    else:
        yield from _contents(element.children, "lead" if "headline-lines" in classes else emphasis)


def text_of(tree: Tree) -> str:
    """The text that a reader sees, on one line."""
    return re.sub(r"[ \n]+", " ", "".join(_texts(tree))).strip()


def _texts(tree: Tree) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, Slot):
        yield from _texts(tree.subtree)
    elif isinstance(tree, Element):
        if not _classes(tree) & HIDDEN_CLASSES and tree.tag not in SCREEN_ONLY:
            yield from _texts(tree.children)
    elif tree is not None:
        for one in tree:
            yield from _texts(one)


def _classes(element: Element) -> frozenset[str]:
    return frozenset((element.attributes.get("className") or "").split())


def _parts(tree: Tree) -> list[Element]:
    """The elements directly in a tree."""
    if isinstance(tree, Element):
        return _parts_of(tree.children)
    return []


def _parts_of(tree: Tree) -> list[Element]:
    if isinstance(tree, Element):
        return [tree]
    if tree is None or isinstance(tree, str | Slot):
        return []
    return [element for one in tree for element in _parts_of(one)]


def _children(element: Element, tag: str) -> list[Element]:
    return [child for child in _parts(element) if child.tag == tag]


def _find(element: Element, css_class: str) -> Element | None:
    for child in _parts(element):
        found = child if css_class in _classes(child) else _find(child, css_class)
        if found is not None:
            return found
    return None


def _fact(tile: Element) -> KeyFigure:
    label, value, unit, status = (text_of(_find(tile, f"tile-{name}")) for name in ("label", "value", "unit", "status"))
    bar, comparison = _find(tile, "tile-bar"), _find(tile, "tile-comparison")
    pairs = [[text_of(part) for part in _parts(pair)] for pair in _parts(comparison)]
    compared = [f"{name}{NARROW}: {compared_value}" for name, compared_value in pairs]
    status = f"{NARROW}; ".join([*([status] if status else []), *compared])
    return KeyFigure(label, value, unit, status, _width(bar) if bar else None)


def _width(bar: Element) -> float:
    return float(bar.attributes["style"]["width"].removesuffix("%")) / 100


def _table(table: Element) -> TextTable:
    """The cells of a table; the bars of its rows are no cells."""
    caption = next(iter(_children(table, "caption")), None)
    head = [_cells(row) for part in _children(table, "thead") for row in _children(part, "tr")]
    body = [row for part in _children(table, "tbody") for row in _children(part, "tr")]
    bars = [bar for row in body if (bar := _find(row, "year-bar"))]
    return TextTable(
        caption="".join(_texts(caption.children)) if caption else "",
        headers=head[0] if head else (),
        rows=tuple(_cells(row) for row in body),
        shares=tuple(_width(bar) for bar in bars) if len(bars) == len(body) else (),
        numeric=frozenset({1}) if bars else frozenset(),
    )


def _cells(row: Element) -> tuple[str, ...]:
    return tuple(text_of(cell) for cell in _parts(row) if "year-track" not in _classes(cell))
