"""The parts of a partner's sheet: its agreements, territories and activities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboard.charts.compared_territories import read_territories
from dashboard.charts.partners import WITHOUT_COMMUNE
from dashboard.charts.phrases import capitalised, period_text, territory_text
from dashboard.components.page import filtered_href
from dashboard.components.sheet import file_line_text, missing_rows_message, rows_table
from dashboard.components.source_line import list_source_line
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.exports.columns import TableColumn
from dashboard.lists.agreements import PARTNER_LIST
from dashboard.requests.page_request import PageRequest
from dashboard.urls import AGENDA_PATH, PARTNERS_PATH, normalise_path, sheet_code
from data.facts.scope import NO_CODE
from data.filters import ACTIVITY_FILTERS
from data.i18n import NARROW, count, day_short, sentence_list
from data.queries.agenda import selected_agenda_rows
from data.queries.agreements import Agreement, read_agreements
from data.queries.partner_coverage import EXTENT_LABELS, NOT_COVERED, WHOLE_REGION, read_coverage
from data.queries.partner_status import LISTED_LABELS, PartnerStatus, read_listed_partner, read_partner_statuses
from data.queries.partners import read_totals_by_territory
from data.queries.sources import missing_source_reason
from data.units import ACTIVITIES, PARTICIPATIONS

MAX_ACTIVITIES = 20  # the latest; the agenda has all
SHEET_SOURCES = PARTNER_LIST.sources
_AGREEMENT_COLUMNS = (
    TableColumn("starts", "Du", "day"),
    TableColumn("ends", "Au", "day"),
    TableColumn("purpose", "Objet"),
    TableColumn("territories", "Territoires"),
    TableColumn("state", "À la date"),
    TableColumn("origin", "Décision"),
    TableColumn("source", "Source"),
)
_TERRITORY_COLUMNS = (
    TableColumn("name", "Territoire"),
    TableColumn("covered", "Couvert par une convention"),
    TableColumn("actions", "Actions de la période", "value", ACTIVITIES),
    TableColumn("participations", "Participations", "value", PARTICIPATIONS),
)
_ACTIVITY_COLUMNS = (
    TableColumn("day", "Date", "day"),
    TableColumn("when", "Quand"),
    TableColumn("kind_label", "Type"),
    TableColumn("where", "Lieu"),
    TableColumn("title", "Intitulé"),
    TableColumn("participants", "Participations", "value", PARTICIPATIONS),
)


def requested_code(page_request: PageRequest) -> str:
    """The code of the partner named by the path."""
    return sheet_code(normalise_path(page_request.path).removeprefix(f"{PARTNERS_PATH}/"))


def narrow_to_partner(page_request: PageRequest) -> PageRequest:
    """The request on the partner of the path, whatever partner the query names."""
    code = requested_code(page_request)
    return replace(page_request, selection=page_request.selection.with_codes("partenaire", [code]))


def read_requested_status(page_request: PageRequest) -> PartnerStatus | None:
    """The status of the partner of a narrowed request, if any file still names it."""
    return next(iter(read_partner_statuses(page_request.connection, page_request.selection)), None)


def agreement_content(page_request: PageRequest) -> Sequence[Element]:
    """What the list of partners says, and the agreements begun by the date, the latest first, whatever the start of the
    period.
    """
    listed = [tags.P(_listed_text(page_request), className="muted")]
    selection = replace(page_request.selection, since=None)
    agreements = read_agreements(page_request.connection, selection)[::-1]
    if not agreements:
        return [
            *listed,
            missing_rows_message(page_request, "aucune convention n’a commencé à cette date", ("conventions",)),
        ]
    rows = [_agreement_row(page_request, each) for each in agreements]
    return [*listed, rows_table(_AGREEMENT_COLUMNS, rows, "Conventions avec la Région")]


def _listed_text(page_request: PageRequest) -> str:
    """« Liste des partenaires : approché, depuis le 10/09/2018 – Région Normandie, page du 10/09/2018. »"""
    listed = read_listed_partner(page_request.connection, requested_code(page_request))
    status = LISTED_LABELS.get(listed.status or "", "statut non renseigné") if listed else "partenaire retiré"
    since = f", depuis le {day_short(listed.since)}" if listed and listed.since else ""
    origin = f" – {listed.origin}" if listed and listed.origin else ""
    return f"Liste des partenaires{NARROW}: {status}{since}{origin}."


def _agreement_row(page_request: PageRequest, agreement: Agreement) -> tuple[Any, ...]:
    is_in_force = agreement.is_in_force(page_request.selection.until)
    return (
        agreement.starts,
        agreement.ends,
        agreement.purpose,
        territory_names(page_request, agreement.territories),
        "en cours" if is_in_force else "échue",
        agreement.origin,
        file_line_text(agreement.file, agreement.sheet, agreement.line),
    )


def territory_names(page_request: PageRequest, codes: Sequence[str]) -> str:
    """« Calvados et Orne »; « toute la Région » without any code."""
    options = page_request.options
    return sentence_list([options.label("dep", options.label("epci", code)) for code in codes]) or WHOLE_REGION


def territory_content(page_request: PageRequest) -> Sequence[Element]:
    """The territories that its agreements in force cover, and its activities of the period in each."""
    connection, selection = page_request.connection, page_request.selection
    code = requested_code(page_request)
    level, areas = read_territories(connection, selection)
    coverage, totals = (
        read_coverage(connection, selection, level),
        read_totals_by_territory(connection, selection, level),
    )
    unknown = missing_source_reason(connection, ("conventions",))
    without_activities = missing_source_reason(connection, ("activities",))
    rows = []
    for area in areas:
        covered, total = coverage.get((code, area.code)), totals.get((code, area.code))
        extent = None if unknown else EXTENT_LABELS[covered.extent if covered else NOT_COVERED]
        done = (None, None) if without_activities else (total.actions, total.participations) if total else (0, 0)
        rows.append((area.name, extent, *done))
    elsewhere = totals.get((code, NO_CODE))
    rows += [(WITHOUT_COMMUNE, None, *elsewhere)] if elsewhere and not without_activities else []
    reasons = [f"{capitalised(reason)}." for reason in (unknown, without_activities) if reason]
    notes = [tags.P(" ".join(reasons), className="muted")] if reasons else []
    return [*notes, rows_table(_TERRITORY_COLUMNS, rows, "Territoires couverts, et actions qui y ont eu lieu")]


def activity_content(page_request: PageRequest) -> Sequence[Element]:
    """Its latest activities of the period, with a link to the agenda that has all."""
    connection, selection, options = page_request.connection, page_request.selection, page_request.options
    missing = missing_source_reason(connection, ("activities",))
    events = selected_agenda_rows(selection, options.today).subquery("events")
    query = events.select().order_by(events.c.day.desc(), events.c.code).limit(MAX_ACTIVITIES + 1)
    found = [] if missing else connection.execute(query).mappings().all()
    if not found:
        reason = missing or f"aucune action {territory_text(selection, options)} {period_text(selection)}"
        return [tags.P(f"{capitalised(reason)}.", className="muted")]
    rows = [tuple(row[column.name] for column in _ACTIVITY_COLUMNS) for row in found[:MAX_ACTIVITIES]]
    table = rows_table(_ACTIVITY_COLUMNS, rows, "Actions, les plus récentes d’abord")
    href = filtered_href(AGENDA_PATH, selection.to_query())
    more = tags.A("L’agenda les montre toutes", href=href)
    shown = f"Les {count(MAX_ACTIVITIES, 'dernière', 'dernières')}. "
    return [table, tags.P([shown if len(found) > MAX_ACTIVITIES else "", more, "."], className="list-note")]


def source_content(page_request: PageRequest) -> Sequence[Element]:
    """The sources of the sheet, and the filters."""
    kept = page_request.selection.keeping_filters(ACTIVITY_FILTERS)
    text = list_source_line(page_request.provenance, SHEET_SOURCES, kept.caption(page_request.options)).text
    return [tags.P(text, className="card-source")]
