"""The parts of the one-page sheet of a territory: years, places, territories around, sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from dashboard.charts.phrases import capitalised, filters_text
from dashboard.components.compare_link import comparison_href
from dashboard.components.page import Part, filtered_href
from dashboard.components.parts import group_parts
from dashboard.components.source_line import source_line
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.requests.page_request import PageRequest
from dashboard.urls import PLACES_PATH, place_path
from data.facts.suppression import omission_text
from data.i18n import count, day_short, fold, percent
from data.indicators import GROUPINGS, Indicator, filters_of_indicators
from data.indicators.aid import AIDES_VOTEES
from data.indicators.attendance import TAUX_REPONSE, VISITES
from data.indicators.label import LIEUX_LABELLISES
from data.queries.indicators import read_breakdown, read_value
from data.queries.sheet import PlaceState, read_places_with_state
from data.queries.sources import missing_source_reason
from data.queries.suppression import count_omitted_places
from data.queries.territories import (
    read_place_counts_by_territory,
    read_selected_departements,
    read_selected_intercommunalites,
)
from data.selection import ComparedItem, Selection

PATH = "/territoires"
MAX_YEARS = 6  # the last ones, so that the sheet fits on a page
MAX_PLACES = 12
STATE_LABELS: Mapping[str, str] = {
    "labelled": "labellisé depuis le",
    "in_process": "en parcours depuis le",
    "ended": "plus labellisé depuis le",
}
_YEAR_GROUPING = next(one for one in GROUPINGS if one.key == "annee")


def sheet_panel(
    name: str, title: Callable[[PageRequest], str], read_content: Callable[[PageRequest], Sequence[Element]]
) -> Part:
    """A panel of the sheet."""
    return Part(
        lambda page_request: tags.Section(
            [tags.H2(title(page_request)), tags.Div(read_content(page_request), id=f"sheet-{name}")],
            className=f"panel sheet-{name}",
        )
    )


def yearly_tables_part() -> Part:
    """Labelled places, aid and visits, year by year."""
    return group_parts(
        (
            sheet_panel("labelled", lambda _page_request: "Lieux labellisés fin d’année", _labelled_content),
            sheet_panel("voted", lambda _page_request: "Aides votées par année", _voted_content),
            sheet_panel("visits", lambda _page_request: "Visites par année et taux de réponse", _visits_content),
        ),
        "sheet-years",
    )


def _labelled_content(page_request: PageRequest) -> list[Element]:
    return _year_table(page_request, LIEUX_LABELLISES, page_request.selection, {}) or _empty_message(
        page_request, LIEUX_LABELLISES, "aucun lieu n’y a été labellisé"
    )


def _voted_content(page_request: PageRequest) -> list[Element]:
    return _year_table(page_request, AIDES_VOTEES, page_request.selection, {}) or _empty_message(
        page_request, AIDES_VOTEES, "aucune aide n’y a été votée"
    )


def _visits_content(page_request: PageRequest) -> list[Element]:
    visits = page_request.selection.with_codes("unite", ())
    rates = read_breakdown(page_request.connection, TAUX_REPONSE, visits, _YEAR_GROUPING, page_request.options)
    omitted = count_omitted_places(page_request.connection, "declared", visits, "year")
    remarks = {year: percent(rate.value) for year, rate in rates.items() if rate.value is not None}
    for (year,), places in omitted.items():
        remarks[str(year)] = ", ".join(part for part in (remarks.get(str(year), ""), omission_text(places)) if part)
    total = read_value(page_request.connection, VISITES, visits)
    reason = total.reason or "aucune visite n’y a été déclarée"
    return _year_table(page_request, VISITES, visits, remarks) or _empty_message(page_request, VISITES, reason)


def _empty_message(page_request: PageRequest, indicator: Indicator, reason: str) -> list[Element]:
    """The reason without rows: the source never loaded, else the given one."""
    text = missing_source_reason(page_request.connection, indicator.required_sources) or reason
    return [tags.P(f"{capitalised(text)}.", className="muted")]


def _year_table(
    page_request: PageRequest, indicator: Indicator, selection: Selection, remarks: Mapping[str, str]
) -> list[Element]:
    """A value for each of the last years, as an accessible table, with a bar when there are several; empty when every
    value is 0.
    """
    readings = read_breakdown(page_request.connection, indicator, selection, _YEAR_GROUPING, page_request.options)
    last_years = list(readings.items())[-MAX_YEARS:]
    if not any(reading.value for _year, reading in last_years):
        return []
    largest = max(reading.value or 0 for _year, reading in last_years)

    def bar_cell(value: float | None) -> list[Element]:
        if len(last_years) == 1:
            return []  # it would fill its track, whatever its value
        bar = tags.Div(className="year-bar", style={"width": f"{100 * (value or 0) / largest:.1f}%"})
        return [tags.Td(bar, className="year-track")]

    rows = [
        tags.Tr(
            [
                tags.Th([year, tags.Small(_cut_off_text(year, selection.until))], scope="row"),
                tags.Td(indicator.unit.value_text(reading.value), className="year-value"),
                *bar_cell(reading.value),
                *([tags.Td(remarks.get(year, ""), className="year-remark")] if remarks else []),
            ]
        )
        for year, reading in last_years
    ]
    return [
        tags.Table([tags.Caption(indicator.label, className="visually-hidden"), tags.Tbody(rows)], className="years")
    ]


def _cut_off_text(year: str, until: date) -> str:
    """The last day counted of an unfinished year."""
    return f" au {until:%d/%m}" if int(year) == until.year and (until.month, until.day) != (12, 31) else ""


def places_part() -> Part:
    """The places of the territory by name, each with the state of its label."""
    return sheet_panel("places", lambda _page_request: "Ses tiers-lieux", _places_content)


def _places_content(page_request: PageRequest) -> list[Element]:
    places = read_places_with_state(page_request.connection, page_request.selection, MAX_PLACES + 1)
    if not places:
        reason = "aucun tiers-lieu n’y est labellisé, ni ne l’a été, ni n’a demandé à l’être"
        return _empty_message(page_request, LIEUX_LABELLISES, reason)
    items: list[Element] = [tags.Li(_place_content(page_request, place)) for place in places[:MAX_PLACES]]
    more_href = filtered_href(PLACES_PATH, page_request.selection.to_query())
    more_paragraph = (
        [tags.P(["et d’autres\u202f: ", tags.A("tous ses tiers-lieux", href=more_href), "."], className="sheet-note")]
        if len(places) > MAX_PLACES
        else []
    )
    return [tags.Ul(items, className="sheet-list"), *more_paragraph]


def _place_content(page_request: PageRequest, place: PlaceState) -> list[Element | str]:
    query = page_request.selection.without_territory().to_query()
    where = "" if fold(place.commune) in fold(place.name) else f"{place.commune}, "
    return [
        tags.A(place.name, href=filtered_href(place_path(place.code), query)),
        tags.Small(f" {where}{STATE_LABELS[place.state]} {day_short(place.day)}", className="muted"),
    ]


def related_territories_part() -> Part:
    """The territories inside it, or those that contain it, with links to their sheets."""
    return sheet_panel("around", _related_title, _related_content)


def _related_title(page_request: PageRequest) -> str:
    selection = page_request.selection
    if selection.codes("epci"):
        return (
            "Son département"
            if len(read_selected_departements(page_request.connection, selection)) < 2
            else "Ses départements"
        )
    return "Ses intercommunalités" if selection.codes("dep") else "Ses départements"


def _related_content(page_request: PageRequest) -> list[Element]:
    selection = page_request.selection
    anywhere = selection.without_territory()
    if selection.codes("epci"):
        deps = read_selected_departements(page_request.connection, selection)
        return [
            _territory_links(anywhere, [(territory.code, territory.name, "") for territory in deps]),
            _region_link(anywhere),
        ]
    if selection.codes("dep"):
        places = read_place_counts_by_territory(page_request.connection, anywhere, "epci")
        epcis = read_selected_intercommunalites(page_request.connection, selection)
        rows = [
            (territory.code, territory.name, _places_count_text(page_request, places.get(territory.code, 0)))
            for territory in epcis
        ]
        return [_territory_links(anywhere, rows), _region_link(anywhere)]
    places = read_place_counts_by_territory(page_request.connection, anywhere, "dep")
    deps = read_selected_departements(page_request.connection, selection)
    return [
        _territory_links(
            anywhere,
            [
                (territory.code, territory.name, _places_count_text(page_request, places.get(territory.code, 0)))
                for territory in deps
            ],
        ),
        tags.P(
            tags.A(
                "Comparer ses départements",
                href=comparison_href(anywhere, [ComparedItem("dep", territory.code) for territory in deps]),
            ),
            className="sheet-note rows-link",
        ),
    ]


def _places_count_text(page_request: PageRequest, places: int) -> str:
    if missing_source_reason(page_request.connection, LIEUX_LABELLISES.required_sources):
        return ""
    return count(places, "lieu", "lieux") if places else "aucun lieu"


def _territory_links(selection: Selection, rows: Sequence[tuple[str, str, str]]) -> Element:
    query = selection.to_query()
    items = [
        tags.Li(
            [
                tags.A(name, href=filtered_href(f"{PATH}/{code}", query)),
                tags.Small(f" {places_text}", className="muted") if places_text else "",
            ]
        )
        for code, name, places_text in sorted(rows, key=lambda row: fold(row[1]))
    ]
    return tags.Ul(items, className="sheet-list sheet-columns")


def _region_link(selection: Selection) -> Element:
    return tags.P(
        tags.A("Normandie", href=filtered_href(f"{PATH}/normandie", selection.to_query())), className="sheet-note"
    )


def sources_part(indicators: Sequence[str]) -> Part:
    """The sources of the figures, their last dates, and the filters."""
    return sheet_panel(
        "sources",
        lambda _page_request: "Sources",
        lambda page_request: [
            tags.P(source_line(page_request.provenance, indicators, _filters_of_indicators(page_request, indicators)))
        ],
    )


def _filters_of_indicators(page_request: PageRequest, indicators: Sequence[str]) -> str:
    return filters_text(page_request.selection, page_request.options, filters_of_indicators(indicators))
