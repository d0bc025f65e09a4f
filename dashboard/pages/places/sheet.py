"""The parts of a place's sheet: its label, aids, attendance, activities and sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Select

from dashboard.charts.phrases import capitalised
from dashboard.components.page import Part, filtered_href
from dashboard.components.sheet import file_line_text, missing_rows_message, rows_table, sheet_panel
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.exports.columns import TableColumn
from dashboard.requests.page_request import PageRequest
from dashboard.requests.qvt_form import PLACE
from dashboard.urls import PLACES_PATH, QVT_PATH, normalise_path, sheet_code
from data.i18n import MONTHS_SHORT, NARROW, count, day_long, number
from data.indicators.aid import AIDES_VOTEES
from data.indicators.attendance import VISITES
from data.queries.agenda import AGENDA_SOURCES
from data.queries.place import (
    Place,
    activity_rows_of_place,
    aid_rows_of_place,
    label_step_rows,
    read_attendance_files,
    read_monthly_attendance,
    read_place,
)
from data.queries.places import FACT_COLUMNS
from data.sources import source_named
from data.sources.other_values import OTHER_VALUES_HEADER
from data.sources.places import PLACES
from data.sources.values import display_value
from data.units import EXACT_EUROS, PARTICIPATIONS

PanelContent = Callable[[PageRequest, Place], Sequence[Element]]
NOT_PROVIDED = "non renseigné"
PRIVATE_ATTENDANCE_NOTE = (
    f"La fréquentation d’un lieu privé est confidentielle{NARROW}: on montre seulement si chaque mois a été déclaré."
)
SERVICE_TERMS = (
    ("speed_mbps", "Débit"),
    ("meeting_room", "Salle de réunion"),
    ("convivial_space", "Espace de convivialité"),
    ("shared_tools", "Outils mutualisés"),
    ("seats", "Postes"),
    ("surface_m2", "Surface"),
)
IDENTITY_TERMS = (
    ("holder_type", "Type de porteur"),
    ("typologies", "Typologies"),
    ("opened", "Ouvert le"),
    ("closed", "Fermé le"),
)
PLANNED_LABELS = {"opened": "Ouverture prévue le", "closed": "Fermeture prévue le"}
_LABELS = dict((*SERVICE_TERMS, *IDENTITY_TERMS))
_UNLABELLED = tuple(column for column in FACT_COLUMNS if column.name not in _LABELS)  # their header names them
_STEP_COLUMNS = (
    TableColumn("day", "Date", "day"),
    TableColumn("step", "Étape"),
    TableColumn("opinion", "Sens"),
    TableColumn("decision_reference", "Décision"),
    TableColumn("source", "Source"),
)
_AID_COLUMNS = (
    TableColumn("reference", "Dossier"),
    TableColumn("scheme", "Dispositif"),
    TableColumn("beneficiary", "Bénéficiaire"),
    TableColumn("day", "Voté le", "day"),
    TableColumn("voted", "Voté", "value", EXACT_EUROS),
    TableColumn("ordered", "Mandaté", "value", EXACT_EUROS),
    TableColumn("paid", "Payé", "value", EXACT_EUROS),
    TableColumn("source", "Source"),
)
_ACTIVITY_COLUMNS = (
    TableColumn("day", "Date", "day"),
    TableColumn("partner", "Partenaire"),
    TableColumn("kind", "Type"),
    TableColumn("title", "Intitulé"),
    TableColumn("participants", "Participations", "value", PARTICIPATIONS),
    TableColumn("source", "Source"),
)


def requested_place(page_request: PageRequest) -> Place | None:
    """The place named by the path, if it exists."""
    return read_place(
        page_request.connection, sheet_code(normalise_path(page_request.path).removeprefix(f"{PLACES_PATH}/"))
    )


def place_panel(title: str, read_content: PanelContent) -> Part:
    """A panel of the sheet, whose content follows the dates."""

    def read(page_request: PageRequest) -> Sequence[Element]:
        place = requested_place(page_request)
        return read_content(page_request, place) if place else ()

    return sheet_panel(title, read)


def label_content(page_request: PageRequest, place: Place) -> Sequence[Element]:
    """The label events up to the date."""
    query = label_step_rows(place.place_id, page_request.selection.until)
    until = day_long(page_request.selection.until)
    empty_message = missing_rows_message(page_request, f"aucune étape de labellisation connue au {until}", ("labels",))
    return table_or_message(page_request, query, _STEP_COLUMNS, "Étapes du label", empty_message)


def aid_content(page_request: PageRequest, place: Place) -> Sequence[Element]:
    query = aid_rows_of_place(place.place_id, page_request.selection)
    empty_message = missing_rows_message(
        page_request, "aucun dossier d’aide voté pour ce lieu dans la période", AIDES_VOTEES.required_sources
    )
    table = table_or_message(page_request, query, _AID_COLUMNS, "Dossiers d’aide", empty_message)
    note = "Montants connus à ce jour. Donnée de gestion, ne vaut pas compte administratif."
    return [*table, tags.P(note, className="list-note")]


def activity_content(page_request: PageRequest, place: Place) -> Sequence[Element]:
    """The activities of partners and the events of open agendas in the place."""
    query = activity_rows_of_place(place.place_id, page_request.selection)
    empty_message = missing_rows_message(
        page_request, "aucune action ni aucun évènement connus dans ce lieu", AGENDA_SOURCES
    )
    table = table_or_message(page_request, query, _ACTIVITY_COLUMNS, "Actions et évènements", empty_message)
    href = f"{QVT_PATH}?{urlencode({PLACE: place.code})}"
    return [*table, tags.P(tags.A("Proposer à ce lieu des pistes de qualité de vie au travail", href=href))]


def table_or_message(
    page_request: PageRequest, query: Select[Any], columns: Sequence[TableColumn], caption: str, empty_message: Element
) -> Sequence[Element]:
    rows = [
        dict(row) | {"source": file_line_text(row["file"], row["sheet"], row["line"])}
        for row in page_request.connection.execute(query).mappings()
    ]
    if not rows:
        return [empty_message]
    return [rows_table(columns, [[row[column.name] for column in columns] for row in rows], caption)]


def dates_query(page_request: PageRequest) -> str:
    """The query of the dates alone, since the place fixes the other filters."""
    return replace(page_request.selection, choices=()).to_query()


def attendance_content(page_request: PageRequest, place: Place) -> Sequence[Element]:
    """A row per year, a cell per month; for a private place, only whether each month was declared."""
    months = read_monthly_attendance(page_request.connection, place.place_id, page_request.selection)
    if not months:
        return [
            missing_rows_message(page_request, "aucun mois attendu ni déclaré à cette date", VISITES.required_sources)
        ]
    is_private = place.facts["holder_type"] == "private"
    unit = next(iter(page_request.selection.codes("unite")), "visites")
    sentences = [
        f"Déclarations par mois, en {unit}.",
        "Un mois non déclaré manque, il ne vaut pas zéro." if None in months.values() else "",
        PRIVATE_ATTENDANCE_NOTE if is_private else "",
    ]
    caption = f"Fréquentation de {place.name}, par mois"
    heads = [
        tags.Th("Année", scope="col"),
        *(tags.Th(month, scope="col", className="number") for month in MONTHS_SHORT),
    ]
    years = sorted({month // 100 for month in months}, reverse=True)
    rows = [
        tags.Tr(
            [
                tags.Th(str(year), scope="row"),
                *(
                    tags.Td(_month_text(months, year * 100 + month, is_private), className="number")
                    for month in range(1, len(MONTHS_SHORT) + 1)
                ),
            ]
        )
        for year in years
    ]
    table = tags.Table(
        [tags.Caption(caption, className="visually-hidden"), tags.Thead(tags.Tr(heads)), tags.Tbody(rows)],
        className="data-table",
    )
    return [
        tags.P(" ".join(part for part in sentences if part), className="muted"),
        tags.Div(table, role="group", tabIndex=0, className="data-table-scroll", aria_label=caption),
    ]


def _month_text(months: Mapping[int, int | None], month: int, is_private: bool) -> str:
    if month not in months:
        return ""
    value = months[month]
    if value is None:
        return "manque"
    return "déclaré" if is_private else number(value)


def fact_text(place: Place, name: str) -> str:
    """What the register says of a column of FACT_COLUMNS, in French."""
    value = place.facts[name]
    return display_value(value, PLACES.column(name)) if value not in {None, ""} else NOT_PROVIDED


def identity_content(page_request: PageRequest, place: Place) -> Sequence[Element]:
    """The holder, the location, the opening date."""
    return [
        term_list(
            ("Identifiant", place.code),
            (
                "Intercommunalité",
                tags.A(place.epci_name, href=filtered_href(f"/territoires/{place.epci}", dates_query(page_request))),
            ),
            ("Porteur", place.holder),
            _company_term(place),
            *(
                (_planned_label(page_request, place, name) or label, fact_text(place, name))
                for name, label in IDENTITY_TERMS
                if name != "closed" or place.facts[name]
            ),
        )
    ]


def _planned_label(page_request: PageRequest, place: Place, name: str) -> str | None:
    """The label of a day that is still to come; None for any other fact."""
    day = place.facts[name]
    return PLANNED_LABELS[name] if name in PLANNED_LABELS and day and day > page_request.options.today else None


def _company_term(place: Place) -> tuple[str, str]:
    """The SIRET of the holder, or its SIREN when its file gives no more."""
    if place.siren and not place.siret:
        return "SIREN du porteur", place.siren
    return "SIRET du porteur", place.siret or "non renseigné, ou non montré (personne)"


def source_content(page_request: PageRequest, place: Place) -> Sequence[Element]:
    """The files behind the sheet; files of labels, aids and activities are in their tables."""
    files = read_attendance_files(page_request.connection, place.place_id)
    proof = place.proof
    items = [
        ("places", file_line_text(proof.file, proof.sheet, proof.line)),
        ("attendance", " ; ".join(f"{file} ({count(lines, 'ligne', 'lignes')})" for file, lines in files)),
    ]
    lines = [f"{source_named(name).label}{NARROW}: {text.replace(' ;', f'{NARROW};')}" for name, text in items if text]
    others = [f"{column.header}{NARROW}: {fact_text(place, column.name)}" for column in _UNLABELLED]
    others += [place.others] if place.others else []
    lines += [f"{OTHER_VALUES_HEADER}{NARROW}: {' · '.join(others)}"] if others else []
    return [tags.Ul([tags.Li(capitalised(line)) for line in lines])]


def term_list(*pairs: tuple[str, str | Element]) -> Element:
    """Terms, each with its text."""
    return tags.Dl([part for term, text in pairs for part in (tags.Dt(term), tags.Dd(text))], className="place-facts")
