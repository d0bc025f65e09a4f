"""Plain HTML elements, written as with `dash.html` and ten times cheaper to make: a page has hundreds of them.

They are not components of Dash (`elements.serializer` sends a whole tree of them as one). Attributes have React's
names, with an underscore for a hyphen (`aria_label`, `data_chart`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypedDict, Unpack

from dash.development.base_component import Component


class Attributes(TypedDict, total=False):
    """The attributes that our pages use. None and False are left out, an empty text is sent."""

    id: str
    className: str | None
    style: Mapping[str, str]
    title: str
    lang: str
    hidden: bool
    role: str
    tabIndex: int
    href: str | tuple[str, str]  # or (path, parameters other than the filters) (elements/serializer.py)
    rel: str
    target: str
    src: str
    alt: str
    width: str
    height: str
    loading: str
    action: str
    method: str
    type: str
    value: str
    htmlFor: str
    key: str  # React's: a new key makes a new element
    defaultValue: str
    defaultChecked: bool
    formAction: str
    list: str
    label: str  # of a group of options
    name: str
    maxLength: int
    placeholder: str
    autoComplete: str
    scope: str
    colSpan: int
    dateTime: str
    viewBox: str
    d: str
    aria_autocomplete: str
    aria_controls: str
    aria_current: str | None
    aria_describedby: str
    aria_expanded: str
    aria_hidden: str
    aria_label: str
    aria_labelledby: str
    aria_sort: str | None
    data_chart: str
    data_drill: str | None
    data_list: str
    data_load: str
    data_query: str
    data_report: str
    data_add: str
    data_copy: str
    data_finder: str
    data_help: str
    data_block: str
    disabled: bool
    open: bool
    rows: str
    accept: str


class Element:
    """One element: its tag, its attributes by name, its children."""

    __slots__ = ("attributes", "children", "tag")

    def __init__(self, tag: str, children: Tree, attributes: Mapping[str, Any]) -> None:
        self.tag, self.children, self.attributes = tag, children, attributes


class Slot:
    """The place of a Dash component in a tree of elements: built when the tree is first drawn, then only
    updated.

    `update` gives its properties after a change of filters; without it, the component never changes. `subtree` is the
    tree that the component draws, if any: slots in it may have their own updates.
    """

    __slots__ = ("build", "id", "subtree", "update")

    def __init__(
        self, id: str, build: Callable[[], Component], update: Update | None = None, subtree: Tree = None
    ) -> None:
        self.id, self.build, self.update, self.subtree = id, build, update, subtree


Update = Callable[[], Mapping[str, Any]]
Tree = Element | Slot | str | None | Sequence["Tree"]
Paragraph = str | Sequence[str | Element]  # a text, or texts and elements in order


class Tag:
    """Makes the elements of one tag: `P("Texte", className="note")`."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, children: Tree = None, **attributes: Unpack[Attributes]) -> Element:
        return Element(self.name, children, attributes)


A, Article, Button, Caption, Code, Dd, Details = map(
    Tag, ("a", "article", "button", "caption", "code", "dd", "details")
)
Div, Dl, Dt, Fieldset, Figcaption, Figure = map(Tag, ("div", "dl", "dt", "fieldset", "figcaption", "figure"))
Footer, Form, H1, H2, H3, Header, Label, Legend = map(
    Tag, ("footer", "form", "h1", "h2", "h3", "header", "label", "legend")
)
Img, Input, Li, Main, Nav, P, Pre, Section, Small, Span = map(
    Tag, ("img", "input", "li", "main", "nav", "p", "pre", "section", "small", "span")
)
Strong, Summary, Table, Tbody, Td, Th = map(Tag, ("strong", "summary", "table", "tbody", "td", "th"))
Ol, Textarea, Thead, Tr, Ul = map(Tag, ("ol", "textarea", "thead", "tr", "ul"))
Datalist, Optgroup, Option, Select, Svg, Path = map(Tag, ("datalist", "optgroup", "option", "select", "svg", "path"))
