"""Documents as one file of HTML that opens without a network: styles, fonts and drawings are inside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import IO

from dashboard.drawing.fonts import font_faces
from dashboard.reports.document import (
    Bullets,
    ChartDrawing,
    CheckList,
    Content,
    Contents,
    Document,
    Heading,
    KeyFigures,
    SideBySide,
    TextParagraph,
    TextTable,
)
from data.i18n import count, day_long

STYLES = Path(__file__).parent / "report.css"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"


def write_html(document: Document, file: IO[bytes]) -> None:
    """Write a report as a page without scripts; it may load nothing from elsewhere."""
    file.write(_page(document).encode())


def _page(document: Document) -> str:
    title = escape(document.title)
    sources = "".join(f"<li>{escape(text)}</li>" for text in document.sources)
    warning = f'<p class="warning">{escape(document.warning)}</p>' if document.warning else ""
    link = f'<p><a href="{escape(document.link)}">{escape(document.link_text)}</a></p>'
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<style>{font_faces()}{STYLES.read_text(encoding='utf-8')}</style></head><body><main>"
        f'<header><p class="region">Région Normandie · Tiers-lieux</p><h1>{title}</h1>'
        f"<p>{escape(document.subtitle)}</p><p>Édité le {escape(day_long(document.day))}</p>{warning}</header>"
        f"{contents_html(document.contents)}"
        f"<footer><h2>Sources</h2><ul>{sources}</ul>{link if document.link else ''}</footer></main></body></html>"
    )


def contents_html(contents: Contents) -> str:
    """Contents as HTML; every text is escaped, drawings are those of plotly on this server."""
    return "".join(_WRITERS[type(content)](content) for content in contents)


def _heading(content: Heading) -> str:
    level = min(content.level + 1, 4)  # the title of the report is the first
    return f"<h{level}>{escape(content.text)}</h{level}>"


def _paragraph(content: TextParagraph) -> str:
    return f'<p class="{content.emphasis}">{escape(content.text)}</p>'


def _bullets(content: Bullets) -> str:
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in content.items)}</ul>"


def _checks(content: CheckList) -> str:
    items = (
        f'<li>{escape(item.text)}<p class="muted">{escape(item.detail)}</p><p class="muted notes">Notes</p></li>'
        for item in content.items
    )
    return f'<ul class="checks">{"".join(items)}</ul>'


def _facts(content: KeyFigures) -> str:
    facts = "".join(
        f'<div class="fact"><p class="label">{escape(fact.label)}</p>'
        f"<p><strong>{escape(fact.value)}</strong> {escape(fact.unit)}</p>{_bar(fact.share)}"
        f'<p class="muted">{escape(fact.status)}</p></div>'
        for fact in content.facts
    )
    return f'<div class="facts">{facts}</div>'


def _bar(share: float | None) -> str:
    if share is None:
        return ""
    return f'<div class="track" aria-hidden="true"><div style="width:{100 * share:.1f}%"></div></div>'


def _table(content: TextTable) -> str:
    heads = "".join(
        f'<th scope="col"{_side(content, at)}>{escape(header)}</th>' for at, header in enumerate(content.headers)
    )
    head = f"<thead><tr>{heads}</tr></thead>" if heads else ""
    rows = "".join(_row(content, at, row) for at, row in enumerate(content.rows))
    others = count(content.omitted, "autre ligne", "autres lignes")
    rest = f'<p class="muted">Et {others}, dans les fichiers de données.</p>' if content.omitted else ""
    return (
        f'<div class="scroll" tabindex="0"><table><caption>{escape(content.caption)}</caption>'
        f"{head}<tbody>{rows}</tbody></table></div>{rest}"
    )


def _row(content: TextTable, row_at: int, row: tuple[str, ...]) -> str:
    cells = [f"<td{_side(content, at)}>{escape(text)}</td>" for at, text in enumerate(row)]
    cells[0] = cells[0].replace("<td", '<th scope="row"', 1).removesuffix("</td>") + "</th>"
    if content.shares:
        cells.insert(2, f'<td class="bar">{_bar(content.shares[row_at])}</td>')
    return f"<tr>{''.join(cells)}</tr>"


def _side(content: TextTable, at: int) -> str:
    return ' class="number"' if at in content.numeric else ""


def _chart(content: ChartDrawing) -> str:
    drawing = (
        f'<div class="scroll" tabindex="0" role="img" aria-label="{escape(content.alt)}">{content.svg}</div>'
        if content.svg
        else f"<p>{escape(content.empty)}</p>"
    )
    table = (
        f"<details><summary>Voir les données</summary>{_table(content.table)}</details>" if content.table.rows else ""
    )
    return (
        f"<figure><h3>{escape(content.finding)}</h3><p class='muted'>{escape(content.subtitle)}</p>{drawing}"
        f'<figcaption class="muted">{escape(content.source_line)}</figcaption>{table}</figure>'
    )


def _columns(content: SideBySide) -> str:
    groups = "".join(f"<div>{contents_html(group)}</div>" for group in content.groups)
    return f'<div class="columns">{groups}</div>'


_WRITERS: Mapping[type[Content], Callable[..., str]] = {
    Heading: _heading,
    TextParagraph: _paragraph,
    Bullets: _bullets,
    CheckList: _checks,
    KeyFigures: _facts,
    TextTable: _table,
    ChartDrawing: _chart,
    SideBySide: _columns,
}
