"""A workbook to fill for a source: headers, drop-downs and formats, and a second sheet that explains each column."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

import xlsxwriter

from data.i18n import NARROW, count
from data.sources.model import Column, Source
from data.sources.values import allowed_values, example_of, explain_column, has_closed_list

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

GUIDE_SHEET = "Mode d’emploi"
# Eleven rows with the title, the help and the count: no row after them is recognised as a header, whatever its text.
_ADVICE_LINES = (
    "Une ligne par fait, sans ligne vide ni ligne de total.",
    "Les intitulés sont protégés, sans mot de passe. Laissez vides les colonnes facultatives inutiles.",
    "Choisissez une cellule pour voir ce qu’elle attend\u202f; une flèche propose les valeurs possibles.",
    "Les dates s’écrivent jour/mois/année\u202f; les montants en euros, jamais en milliers d’euros.",
    "Les codes (INSEE, SIRET) sont des textes\u202f: leurs zéros de tête comptent.",
    "Une case vide veut dire «\u202finconnu\u202f»\u202f: elle ne vaut jamais zéro.",
    "N’écrivez ni nom de contact, ni téléphone, ni adresse électronique.",
    "Cette feuille n’est pas lue\u202f: remplissez la première, enregistrez, puis envoyez le classeur entier.",
)
_PROTECTION_OPTIONS = dict.fromkeys(
    ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter"), True
)
LAST_ROW = 10_000  # drop-downs reach down to here
_HEADERS = ("Intitulé", "À remplir", "Ce qu’il faut y mettre", "Exemple", "Choix proposés")
_FIRST_LIST_COLUMN = len(_HEADERS) + 1  # lists of drop-downs are to the right: a hidden sheet would be suspect
_FORMATS: Mapping[str, str] = {
    "day": "dd/mm/yyyy",
    "amount": "#,##0.00",
    "whole": "0",
    "number": "General",
    "year": "0",
    "lon": "General",
    "lat": "General",
}  # everything else is text: a SIRET or an INSEE code must keep its zeros


def build_template(source: Source) -> bytes:
    """The workbook, as bytes."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet, guide = book.add_worksheet(source.name[:31]), book.add_worksheet(GUIDE_SHEET)
        ranges = _fill_guide(book, guide, source)
        _fill_sheet(book, sheet, source, ranges)
    return buffer.getvalue()


def _fill_sheet(book: Workbook, sheet: Worksheet, source: Source, ranges: Mapping[str, str]) -> None:
    # Cells are locked unless their format unlocks them: only header cells remain locked.
    sheet.protect("", _PROTECTION_OPTIONS)
    required = book.add_format({"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "border": 1})
    optional = book.add_format({"italic": True, "bg_color": "#EAEFF5", "border": 1})
    for position, column in enumerate(source.columns):
        cells = book.add_format({"num_format": _FORMATS.get(column.kind, "@"), "locked": False})
        sheet.set_column(position, position, max(12, len(column.header) + 3), cells)
        sheet.write_string(0, position, column.header, required if column.required else optional)
        sheet.data_validation(1, position, LAST_ROW, position, _validation(column, ranges.get(column.name)))
    sheet.freeze_panes(1, 0)


def _validation(column: Column, choices: str | None) -> dict[str, object]:
    """The message that shows when a cell is chosen, and the list of what it may hold."""
    needed = "Obligatoire. " if column.required else ""
    example = example_of(column)
    message_text = f"{needed}{explain_column(column)}.{f' Exemple{NARROW}: {example}' if example else ''}"
    message = {"input_title": column.header[:32], "input_message": message_text[:255]}
    if choices is None:
        return {"validate": "any", **message}
    refusal = {
        "error_title": "Valeur inconnue",
        "error_message": f"Choisissez dans la liste, ou voyez «{GUIDE_SHEET}».",
    }
    return {"validate": "list", "source": choices, **message, **refusal, "show_error": has_closed_list(column)}


def _fill_guide(book: Workbook, guide: Worksheet, source: Source) -> dict[str, str]:
    """The explanations. Returns, for each column with a list of values, the range that holds it."""
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    required = sum(column.required for column in source.columns)
    guide.write_string(0, 0, f"{source.label[:1].upper()}{source.label[1:]}", bold)
    intro_lines = (
        source.help,
        f"{_required_count_text(required)}, en gras sur fond sombre dans la première feuille.",
        *_ADVICE_LINES,
    )
    flowing = book.add_format({"text_wrap": False})  # over the empty cells beside it, not within its column
    for row, text in enumerate(intro_lines, start=1):
        guide.write_string(row, 0, text, flowing)
    guide.set_landscape()
    guide.fit_to_pages(1, 0)
    top = len(intro_lines) + 2
    for position, (title, width) in enumerate(zip(_HEADERS, (26, 14, 60, 34, 40), strict=True)):
        guide.set_column(position, position, width, wrapped)
        guide.write_string(top, position, title, bold)
    for row, column in enumerate(source.columns, start=top + 1):
        for position, text in enumerate(_guide_row(column)):
            guide.write_string(row, position, text, wrapped)
    listed = [column for column in source.columns if allowed_values(column) and column.kind != "choices"]
    return {
        column.name: _write_list(guide, _FIRST_LIST_COLUMN + position, top, column, bold)
        for position, column in enumerate(listed)
    }


def _required_count_text(required: int) -> str:
    return count(required, "colonne obligatoire", "colonnes obligatoires")


def _guide_row(column: Column) -> tuple[str, ...]:
    values = " | ".join(allowed_values(column))
    return (
        column.header,
        "obligatoire" if column.required else "facultatif",
        explain_column(column),
        example_of(column),
        f"{values} | ou un autre" if column.open else values,
    )


def _write_list(guide: Worksheet, position: int, top: int, column: Column, bold: Format) -> str:
    values = allowed_values(column)
    guide.set_column(position, position, 26)
    guide.write_string(top, position, f"Liste{NARROW}: {column.header}", bold)
    for row, value in enumerate(values, start=top + 1):
        guide.write_string(row, position, value)
    letter = xlsxwriter.utility.xl_col_to_name(position)
    return f"='{GUIDE_SHEET}'!${letter}${top + 2}:${letter}${top + 1 + len(values)}"
