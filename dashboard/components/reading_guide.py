"""« Comment lire cette page »: the three sentences of a page's declaration, folded under its headline."""

from __future__ import annotations

from dashboard.elements import tags
from dashboard.elements.tags import Element, Tree

TITLE = "Comment lire cette page"
Guide = tuple[str, str, str]
_UNDER_THE_TITLE = frozenset({"lead", "purpose", "headline-lines"})  # classes of what belongs to the headline


def with_reading_guide(tree: Tree, guide: Guide) -> Tree:
    """The tree with the guide after its headline; the tree itself when it has no headline."""
    if isinstance(tree, Element):
        children = with_reading_guide(tree.children, guide)
        return tree if children is tree.children else Element(tree.tag, children, tree.attributes)
    if tree is None or not isinstance(tree, list | tuple):
        return tree
    for index, child in enumerate(tree):
        if isinstance(child, Element) and child.tag == "h1":
            end = index + 1
            while end < len(tree) and _belongs_to_headline(tree[end]):
                end += 1
            return [*tree[:end], _guide_box(guide), *tree[end:]]
        changed = with_reading_guide(child, guide)
        if changed is not child:
            return [*tree[:index], changed, *tree[index + 1 :]]
    return tree


def _belongs_to_headline(tree: Tree) -> bool:
    return isinstance(tree, Element) and tree.attributes.get("className") in _UNDER_THE_TITLE


def _guide_box(guide: Guide) -> Element:
    return tags.Details(
        [tags.Summary(TITLE), tags.Ul([tags.Li(sentence) for sentence in guide])], className="reading-guide no-print"
    )
