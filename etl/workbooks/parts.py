"""The small parts of a workbook: which sheets, which formats, which calendar; and its shared texts."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import IO
from xml.etree.ElementTree import Element
from xml.parsers import expat

from defusedxml.ElementTree import fromstring

from etl.workbooks.cells import Shape, built_in_shape, padding_of, shape_of, visible_text
from etl.workbooks.package import Package
from etl.workbooks.summary import HIDDEN_DEFINITIONS, WorkbookRefusal


@dataclass(frozen=True)
class SheetPart:
    """A sheet as the workbook lists it."""

    name: str
    hidden: bool
    member: str


@dataclass(frozen=True)
class Style:
    """How numbers under a cell format read; `padding` is the number of digits a format of zeros shows."""

    shape: Shape
    padding: int


_GENERAL = Style(Shape.NUMBER, 0)


@dataclass(frozen=True)
class Book:
    """What the sheets refer to."""

    sheets: tuple[SheetPart, ...]
    styles: tuple[Style, ...]
    epoch_1904: bool
    strings: tuple[tuple[str, int], ...]
    """Shared texts, each with the number of invisible characters taken out of it."""

    def style(self, index: str) -> Style:
        """The style that a cell names; the general one when it names none, or one that the style sheet lacks."""
        at = int(index) if index.isdecimal() else -1
        return self.styles[at] if 0 <= at < len(self.styles) else _GENERAL


def read_book(package: Package) -> Book:
    """Everything but the sheets' rows. Raises WorkbookRefusal when a part is missing or holds a DTD."""
    root = _relations(package, "")
    workbook = next((target for kind, target in root.values() if kind == "officeDocument"), "xl/workbook.xml")
    relations = _relations(package, workbook)
    tree = _tree(package, workbook)
    epoch = next((e.get("date1904", "0") for e in tree.iter() if _local(e) == "workbookPr"), "0")
    strings = next((target for kind, target in relations.values() if kind == "sharedStrings"), None)
    styles = next((target for kind, target in relations.values() if kind == "styles"), None)
    return Book(
        tuple(_sheets(tree, relations)),
        _styles(_tree(package, styles)) if styles else (),
        epoch in {"1", "true"},
        tuple(_strings(package, strings)) if strings else (),
    )


def refuse_dtd(*_: object) -> None:
    """A workbook never declares entities: who writes some means harm."""
    raise WorkbookRefusal(HIDDEN_DEFINITIONS)


def parse(stream: IO[bytes], parser: expat.XMLParserType) -> None:
    """Feeds the parser by blocks. Raises WorkbookRefusal on a DTD or on broken XML."""
    parser.StartDoctypeDeclHandler = refuse_dtd
    parser.buffer_text = True
    try:
        while block := stream.read(1 << 16):
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise WorkbookRefusal("le classeur est abîmé (XML illisible).") from error


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _tree(package: Package, member: str) -> Element:
    try:
        tree: Element = fromstring(package.read(member), forbid_dtd=True)
    except KeyError as error:
        raise WorkbookRefusal(f"le classeur est incomplet\u202f: il y manque «\u202f{member}\u202f».") from error
    return tree


def _relations(package: Package, member: str) -> dict[str, tuple[str, str]]:
    """Relation id → (kind, member) of a part; of the package when `member` is empty."""
    folder, name = posixpath.split(member)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in package:
        return {}
    found = {}
    for relation in _tree(package, path):
        target = relation.get("Target", "")
        full = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], full)
    return found


def _sheets(tree: Element, relations: dict[str, tuple[str, str]]) -> list[SheetPart]:
    found = []
    for element in tree.iter():
        if _local(element) != "sheet":
            continue
        link = next((value for key, value in element.items() if key.endswith("}id")), "")
        kind, member = relations.get(link, ("", ""))
        if kind == "worksheet":
            hidden = element.get("state", "visible") != "visible"
            found.append(SheetPart(element.get("name", ""), hidden, member))
    return found


def _styles(tree: Element) -> tuple[Style, ...]:
    codes = {e.get("numFmtId", ""): e.get("formatCode", "") for e in tree.iter() if _local(e) == "numFmt"}
    formats = next((e for e in tree.iter() if _local(e) == "cellXfs"), None)
    return tuple(_style(xf.get("numFmtId", "0"), codes) for xf in (formats if formats is not None else ()))


def _style(number_format: str, codes: dict[str, str]) -> Style:
    if number_format in codes:
        code = codes[number_format]
        return Style(shape_of(code), padding_of(code))
    return Style(built_in_shape(int(number_format)), 0)


def _strings(package: Package, member: str) -> list[tuple[str, int]]:
    """The shared texts in order; rich text joined, phonetic guides left out."""
    found: list[tuple[str, int]] = []
    parts: list[str] = []
    inside = {"t": False, "rPh": False}

    def start(name: str, _: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "si":
            parts.clear()
        elif local in inside:
            inside[local] = True

    def end(name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "si":
            found.append(visible_text("".join(parts)))
        elif local in inside:
            inside[local] = False

    def characters(text: str) -> None:
        if inside["t"] and not inside["rPh"]:
            parts.append(text)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    if member in package:
        with package.open(member) as stream:
            parse(stream, parser)
    return found
