"""The styles of the cells of OpenDocument workbooks: how days, months, amounts and percents are shown."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.exports.columns import TableColumn
from dashboard.exports.number_formats import number_format


def style_name(column: TableColumn) -> str:
    """The name of the style of a column: `day`, `percent-1`, `euro-2`, `number-0`; `plain` for texts."""
    if column.kind in ("day", "month", "year"):
        return column.kind
    if column.kind != "value" or column.unit is None:
        return "plain"
    code = number_format(column.unit)
    kind = "percent" if "%" in code else "euro" if "€" in code else "number"
    return f"{kind}-{len(code.split(';')[-1].partition('.')[2].rstrip('%').split(' ')[0])}"


def column_styles(columns: Sequence[TableColumn]) -> str:
    """The styles of the numbers of some columns, each once."""
    names = dict.fromkeys(name for column in columns if "-" in (name := style_name(column)))
    return "".join(_number_style(name) for name in names)


def _number_style(name: str) -> str:
    kind, _dash, decimals = name.partition("-")
    tag = "percentage-style" if kind == "percent" else "number-style"
    after = {"percent": "<number:text>\u00a0%</number:text>", "euro": "<number:text>\u00a0€</number:text>"}
    digits = (
        f'<number:number number:decimal-places="{decimals}" number:min-decimal-places="{decimals}" '
        f'number:min-integer-digits="1" number:grouping="true"/>{after.get(kind, "")}'
    )
    return (
        f'<number:{tag} style:name="format-{name}" number:language="fr" number:country="FR">{digits}</number:{tag}>'
        + _cell_style(name, f"format-{name}")
    )


def _cell_style(name: str, format_name: str = "", look: str = "") -> str:
    data = f' style:data-style-name="{format_name}"' if format_name else ""
    return f'<style:style style:name="{name}" style:family="table-cell"{data}>{look}</style:style>'


def _date_style(name: str, parts: str) -> str:
    return (
        f'<number:date-style style:name="format-{name}" number:language="fr" number:country="FR">{parts}'
        f"</number:date-style>{_cell_style(name, f'format-{name}')}"
    )


def _column_style(name: str, width: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width}"/></style:style>'
    )


_YEAR = '<number:year number:style="long"/>'
_LONG_MONTH = '<number:month number:style="long" number:textual="true"/><number:text> </number:text>'
_DAY = '<number:day number:style="long"/><number:text>/</number:text>'
_MONTH = '<number:month number:style="long"/><number:text>/</number:text>'
_PLAIN_NUMBER = '<number:number number:decimal-places="0" number:min-integer-digits="1"/>'
_WRAPPED = '<style:table-cell-properties fo:wrap-option="wrap"/>'
STYLES = "".join(
    (
        _date_style("day", _DAY + _MONTH + _YEAR),
        _date_style("month", _LONG_MONTH + _YEAR),
        f'<number:number-style style:name="format-year">{_PLAIN_NUMBER}</number:number-style>',
        _cell_style("year", "format-year"),
        _cell_style("plain"),
        _cell_style("wrapped", look=_WRAPPED),
        _cell_style("header", look=f'{_WRAPPED}<style:text-properties fo:font-weight="bold"/>'),
        _column_style("narrow", "3.4cm"),
        _column_style("wide", "5.6cm"),
        _column_style("text", "18cm"),
    )
)
