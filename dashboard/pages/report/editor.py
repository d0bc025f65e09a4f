"""The blocks of a draft with their buttons, and the files made from it. Buttons act in the browser
(assets/report_page.js), which writes the changed draft into the address.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.pages.report.blocks import KIND_NAMES, block_name
from dashboard.reports.draft import MAX_TEXT_LETTERS, MAX_TITLE_LETTERS, TEXT_KINDS, Block, Draft, draft_query
from dashboard.reports.formats import REPORT_FORMATS
from dashboard.requests.page_request import PageRequest
from dashboard.urls import DRAFT_PARAMETER, REPORT_PATH
from data.i18n import NARROW
from data.selection import Selection

TEXT_HELP = f"Une ligne qui commence par «{NARROW}-{NARROW}» est une puce, par «{NARROW}##{NARROW}» un intertitre."
TEXT_ROWS = "4"


def report_files(text: str) -> list[Element]:
    """Links to the files of a report, and what can be done with its draft."""
    query = urlencode({DRAFT_PARAMETER: text})
    files = [
        tags.A(
            format_.label,
            href=f"/exports/rapport.{format_.extension}?{query}",
            className="button",
            data_report="download",
        )
        for format_ in REPORT_FORMATS
    ]
    return [
        tags.Div(
            [
                tags.Div([tags.Span("Télécharger", className="report-bar-title"), *files], className="report-bar"),
                tags.Div(
                    [
                        tags.Span("Brouillon", className="report-bar-title"),
                        _button("Enregistrer le brouillon (fichier)", "save"),
                        _button("Copier l’adresse", "copy"),
                        _button("Effacer", "clear"),
                        tags.A("Voir l’aperçu", href="#apercu", className="report-to-preview"),
                    ],
                    className="report-bar",
                ),
            ],
            className="panel no-print",
        )
    ]


def draft_editor(page_request: PageRequest, draft: Draft) -> Iterator[Element]:
    """The title and the blocks of a draft, in their order."""
    last = len(draft.blocks) - 1
    yield tags.Section(
        [
            tags.H2("Contenu"),
            tags.Label("Titre du rapport", htmlFor="report-title"),
            tags.Input(
                id="report-title",
                key=draft.title,  # another title makes a new field
                defaultValue=draft.title,
                type="text",
                maxLength=MAX_TITLE_LETTERS,
                autoComplete="off",
                className="form-control",
                data_report="title",
            ),
            tags.Ol(
                [_block_item(page_request, block, at, last) for at, block in enumerate(draft.blocks)],
                className="report-blocks",
            ),
            *([] if draft.blocks else [tags.P("Ce rapport n’a pas encore de bloc.", className="muted")]),
            tags.Div([_button("+ Titre", "add-title"), _button("+ Texte", "add-text")], className="report-bar"),
            tags.P(f"Pour ajouter des figures{NARROW}: «{NARROW}+ rapport{NARROW}», sur les pages.", className="muted"),
            *_refilter_link(page_request, draft),
        ],
        className="panel report-editor no-print",
    )


def _refilter_link(page_request: PageRequest, draft: Draft) -> list[Element]:
    """A link to the same report for the filters of the moment, when some block has others."""
    query = page_request.selection.to_query()
    queries = {block.query for block in draft.blocks if block.kind not in TEXT_KINDS}
    if {Selection.from_query(one, page_request.options)[0].to_query() for one in queries} <= {query}:
        return []
    other = draft.with_query(query)
    filters = page_request.selection.caption(page_request.options)
    href = f"{REPORT_PATH}?{'&'.join(part for part in (query, draft_query(other)) if part)}"
    link = tags.A("Relire toutes les figures avec eux", href=href, data_report="start")
    return [tags.P([f"Filtres du moment{NARROW}: {filters}. ", link])]


def _button(label: str, action: str) -> Element:
    return tags.Button(label, type="button", className="button", data_report=action)


def _block_item(page_request: PageRequest, block: Block, at: int, last: int) -> Element:
    name = block_name(block)
    content = _text_field(block, at) if block.kind in TEXT_KINDS else _figure_texts(page_request, block)
    moves = [
        _block_button(("up", "↑", "Monter"), name, at, disabled=at == 0),
        _block_button(("down", "↓", "Descendre"), name, at, disabled=at == last),
        _block_button(("remove", "✕", "Retirer"), name, at, disabled=False),
    ]
    return tags.Li(
        [tags.Div(content, className="report-block-content"), tags.Div(moves, className="report-block-tools")],
        className=f"report-block report-{block.kind}",
    )


def _figure_texts(page_request: PageRequest, block: Block) -> list[Element]:
    selection, _notices = Selection.from_query(block.query, page_request.options)
    return [
        tags.P(KIND_NAMES[block.kind], className="report-kind"),
        tags.P(block_name(block), className="report-name"),
        tags.P(selection.caption(page_request.options), className="report-filters"),
    ]


def _text_field(block: Block, at: int) -> list[Element]:
    field = f"report-block-{at}"
    label = tags.Label(KIND_NAMES[block.kind], htmlFor=field, className="report-kind")
    if block.kind == "titre":
        return [
            label,
            tags.Input(
                id=field,
                key=block.content,
                defaultValue=block.content,
                type="text",
                maxLength=MAX_TITLE_LETTERS,
                autoComplete="off",
                className="form-control",
                data_report="text",
                data_block=str(at),
            ),
        ]
    return [
        label,
        tags.Textarea(
            id=field,
            key=block.content,
            defaultValue=block.content,
            rows=TEXT_ROWS,
            maxLength=MAX_TEXT_LETTERS,
            className="form-control",
            data_report="text",
            data_block=str(at),
        ),
        tags.P(TEXT_HELP, className="report-filters"),
    ]


def _block_button(move: tuple[str, str, str], name: str, at: int, *, disabled: bool) -> Element:
    action, sign, verb = move
    return tags.Button(
        [
            tags.Span(sign, aria_hidden="true"),
            tags.Span(f"{verb}{NARROW}: {name}", className="visually-hidden"),
        ],
        type="button",
        title=verb,
        className="button report-move",
        data_report=action,
        data_block=str(at),
        disabled=disabled,
    )
