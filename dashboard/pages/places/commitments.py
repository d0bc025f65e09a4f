"""The commitments of a place on its sheet: each criterion of the standard, whether it is met, where that was read."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.charts.phrases import capitalised
from dashboard.components.data_table import data_table, text_rows
from dashboard.components.page import filtered_href
from dashboard.components.sheet import file_line_text
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.exports.columns import TableColumn
from dashboard.pages.places.sheet import SERVICE_TERMS, dates_query, fact_text, term_list
from dashboard.requests.page_request import PageRequest
from dashboard.urls import STANDARD_PATH
from data.facts.standard import COMPLIANCE_LABELS, DECLARATION_SOURCE, MET, MISSING, UNKNOWN
from data.i18n import NARROW, count, day_long, number
from data.queries.place import Place, read_label_state
from data.queries.places import STATE_LABELS
from data.queries.sources import missing_source_reason
from data.queries.standard import Commitment, read_commitments
from data.sources.places import PLACES
from data.sources.values import display_value

_COLUMNS = (
    TableColumn("label", "Critère"),
    TableColumn("compliance", "Constat"),
    TableColumn("day", "Relevé le", "day"),
    TableColumn("origin", "D’après"),
    TableColumn("since", "En vigueur depuis", "day"),
)


def commitment_content(page_request: PageRequest, place: Place) -> Sequence[Element]:
    """The criteria in force at the date, and whether the place meets them."""
    until = page_request.selection.until
    missing = missing_source_reason(page_request.connection, ("standards",))
    if missing:
        return [tags.P(f"{capitalised(missing)}.", className="muted")]
    commitments = read_commitments(page_request.connection, place.place_id, until)
    if not commitments:
        return [tags.P(f"Aucun critère du standard n’est en vigueur au {day_long(until)}.", className="muted")]
    rows = [
        (_criterion_text(one), _compliance_text(one, place), one.day, _origin_text(one), one.since)
        for one in commitments
    ]
    frame = pd.DataFrame(rows, columns=[column.name for column in _COLUMNS], dtype=object)
    lines = [_summary_text(page_request, place, commitments)]
    no_declaration = missing_source_reason(page_request.connection, (DECLARATION_SOURCE,))
    lines += [f"{capitalised(no_declaration)}."] if no_declaration else []
    link = tags.A("Le standard de tous les lieux", href=filtered_href(STANDARD_PATH, dates_query(page_request)))
    return [
        tags.P(" ".join(lines), className="muted"),
        data_table(_COLUMNS, text_rows(_COLUMNS, frame), "Engagements"),
        tags.P(link, className="list-note"),
    ]


def _summary_text(page_request: PageRequest, place: Place, commitments: Sequence[Commitment]) -> str:
    """« 5 critères obligatoires sur 6 sont respectés, 1 manque. »; whom they bind depends on the label."""
    until = page_request.selection.until
    compliance = [one.compliance for one in commitments if one.is_compulsory]
    met, missing, unknown = (compliance.count(one) for one in (MET, MISSING, UNKNOWN))
    parts = [
        f"{count(met, 'critère obligatoire', 'critères obligatoires')} sur {number(len(compliance))} "
        f"{'est respecté' if met < 2 else 'sont respectés'}",
        *([f"{number(missing)} {'manque' if missing < 2 else 'manquent'}"] if missing else []),
        *([f"{number(unknown)} {'est inconnu' if unknown < 2 else 'sont inconnus'}"] if unknown else []),
    ]
    is_labelled = read_label_state(page_request.connection, place.place_id, until)[0] == STATE_LABELS["labelled"]
    bound = "" if is_labelled else f"Sans label au {day_long(until)}, ce lieu n’y est pas tenu. "
    return f"{bound}{', '.join(parts)}." if compliance else f"{bound}Aucun critère n’est obligatoire."


def _criterion_text(commitment: Commitment) -> str:
    return commitment.label if commitment.is_compulsory else f"{commitment.label} (facultatif)"


def _compliance_text(commitment: Commitment, place: Place) -> str:
    """« respecté (100 Mbit/s, 30 Mbit/s au moins) » for a measured column of the register."""
    text = COMPLIANCE_LABELS[commitment.compliance]
    if not commitment.in_register or commitment.threshold is None:
        return text
    least = display_value(commitment.threshold, PLACES.column(commitment.basis))
    return f"{text} ({fact_text(place, commitment.basis)}, {least} au moins)"


def _origin_text(commitment: Commitment) -> str | None:
    """Where the compliance was read: the register, as it is today, or a declaration, with its file and line."""
    if commitment.in_register:
        return "registre des tiers-lieux, à ce jour"
    if commitment.file is None or commitment.line is None:
        return None
    source = file_line_text(commitment.file, commitment.sheet, commitment.line)
    return f"{commitment.origin}{NARROW}: {source}" if commitment.origin else source


def equipment_content(page_request: PageRequest, place: Place) -> Sequence[Element]:
    """The services and sizes of the place of which no criterion in force speaks."""
    commitments = read_commitments(page_request.connection, place.place_id, page_request.selection.until)
    bases = {one.basis for one in commitments}
    terms = [(label, fact_text(place, name)) for name, label in SERVICE_TERMS if name not in bases]
    return [term_list(*terms)] if terms else [tags.P("Tout est dans les engagements.", className="muted")]
