"""The parts of the one-page sheet of a territory: its years, its places, what is around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from dashboard.charts.phrases import capitalised, filters_text
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
    read_departements,
    read_intercommunalites,
    read_place_counts_by_territory,
)
from data.selection import Selection

PATH = "/territoires"
MAX_YEARS = 6  # the last ones: a sheet is one page
MAX_PLACES = 12
STATE_LABELS: Mapping[str, str] = {
    "labelled": "labellisé depuis le",
    "in_process": "en parcours depuis le",
    "ended": "plus labellisé depuis le",
}
_YEAR_GROUPING = next(one for one in GROUPINGS if one.key == "annee")


def sheet_panel(
    name: str, title: Callable[[PageRequest], str], read: Callable[[PageRequest], Sequence[Element]]
) -> Part:
    """A panel of the sheet."""
    return Part(
        lambda page_request: tags.Section(
            [tags.H2(title(page_request)), tags.Div(read(page_request), id=f"sheet-{name}")],
            className=f"panel sheet-{name}",
        )
    )


def years_part() -> Part:
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
    remarks = {year: percent(one.value) for year, one in rates.items() if one.value is not None}
    for (year,), places in omitted.items():
        remarks[str(year)] = ", ".join(part for part in (remarks.get(str(year), ""), omission_text(places)) if part)
    whole = read_value(page_request.connection, VISITES, visits)
    nothing = whole.reason or "aucune visite n’y a été déclarée"
    return _year_table(page_request, VISITES, visits, remarks) or _empty_message(page_request, VISITES, nothing)


def _empty_message(page_request: PageRequest, indicator: Indicator, words: str) -> list[Element]:
    """Why there is no row: what was never loaded, else these words."""
    reason = missing_source_reason(page_request.connection, indicator.required_sources) or words
    return [tags.P(f"{capitalised(reason)}.", className="muted")]


def _year_table(
    page_request: PageRequest, indicator: Indicator, selection: Selection, remarks: Mapping[str, str]
) -> list[Element]:
    """A bar for each of the last years, with its figure: a table, so that it reads without seeing. Empty when nothing
    was ever counted.
    """
    found = read_breakdown(page_request.connection, indicator, selection, _YEAR_GROUPING, page_request.options)
    last = list(found.items())[-MAX_YEARS:]
    if not any(reading.value for _year, reading in last):
        return []
    most = max(reading.value or 0 for _year, reading in last)
    rows = [
        tags.Tr(
            [
                tags.Th([year, tags.Small(_cut_off_text(year, selection.until))], scope="row"),
                tags.Td(indicator.unit.value_text(one.value), className="year-value"),
                tags.Td(
                    tags.Div(className="year-bar", style={"width": f"{100 * (one.value or 0) / most:.1f}%"}),
                    className="year-track",
                ),
                *([tags.Td(remarks.get(year, ""), className="year-remark")] if remarks else []),
            ]
        )
        for year, one in last
    ]
    return [
        tags.Table([tags.Caption(indicator.label, className="visually-hidden"), tags.Tbody(rows)], className="years")
    ]


def _cut_off_text(year: str, until: date) -> str:
    """What a year not over says: until when it is counted."""
    return f" au {until:%d/%m}" if int(year) == until.year and (until.month, until.day) != (12, 31) else ""


def places_part() -> Part:
    """Its tiers-lieux by name, each with where its label stands."""
    return sheet_panel("places", lambda _page_request: "Ses tiers-lieux", _places_content)


def _places_content(page_request: PageRequest) -> list[Element]:
    found = read_places_with_state(page_request.connection, page_request.selection, MAX_PLACES + 1)
    if not found:
        words = "aucun tiers-lieu n’y est labellisé, ni ne l’a été, ni n’a demandé à l’être"
        return _empty_message(page_request, LIEUX_LABELLISES, words)
    items: list[Element] = [tags.Li(_place_content(page_request, one)) for one in found[:MAX_PLACES]]
    more = filtered_href(PLACES_PATH, page_request.selection.to_query())
    rest = (
        [tags.P(["et d’autres\u202f: ", tags.A("tous ses tiers-lieux", href=more), "."], className="sheet-note")]
        if len(found) > MAX_PLACES
        else []
    )
    return [tags.Ul(items, className="sheet-list"), *rest]


def _place_content(page_request: PageRequest, one: PlaceState) -> list[Element | str]:
    query = page_request.selection.without_territory().to_query()
    where = "" if fold(one.commune) in fold(one.name) else f"{one.commune}, "
    return [
        tags.A(one.name, href=filtered_href(place_path(one.code), query)),
        tags.Small(f" {where}{STATE_LABELS[one.state]} {day_short(one.day)}", className="muted"),
    ]


def around_part() -> Part:
    """The territories that it holds, or that hold it, each leading to its own sheet."""
    return sheet_panel("around", _around_title, _around_content)


def _around_title(page_request: PageRequest) -> str:
    selection = page_request.selection
    if selection.codes("epci"):
        return (
            "Son département" if len(read_departements(page_request.connection, selection)) < 2 else "Ses départements"
        )
    return "Ses intercommunalités" if selection.codes("dep") else "Ses départements"


def _around_content(page_request: PageRequest) -> list[Element]:
    selection = page_request.selection
    anywhere = selection.without_territory()
    if selection.codes("epci"):
        deps = read_departements(page_request.connection, selection)
        return [_territory_links(anywhere, [(one.code, one.name, "") for one in deps]), _region_link(anywhere)]
    if selection.codes("dep"):
        places = read_place_counts_by_territory(page_request.connection, anywhere, "epci")
        epcis = read_intercommunalites(page_request.connection, selection)
        rows = [(one.code, one.name, _places_count_text(page_request, places.get(one.code, 0))) for one in epcis]
        return [_territory_links(anywhere, rows), _region_link(anywhere)]
    places = read_place_counts_by_territory(page_request.connection, anywhere, "dep")
    deps = read_departements(page_request.connection, selection)
    return [
        _territory_links(
            anywhere, [(one.code, one.name, _places_count_text(page_request, places.get(one.code, 0))) for one in deps]
        )
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
                tags.Small(f" {words}", className="muted") if words else "",
            ]
        )
        for code, name, words in sorted(rows, key=lambda row: fold(row[1]))
    ]
    return tags.Ul(items, className="sheet-list sheet-columns")


def _region_link(selection: Selection) -> Element:
    return tags.P(
        tags.A("Normandie", href=filtered_href(f"{PATH}/normandie", selection.to_query())), className="sheet-note"
    )


def sources_part(indicators: Sequence[str]) -> Part:
    """Where the figures come from, up to when, and under which filters."""
    return sheet_panel(
        "sources",
        lambda _page_request: "Sources",
        lambda page_request: [
            tags.P(source_line(page_request.provenance, indicators, _filters_of_indicators(page_request, indicators)))
        ],
    )


def _filters_of_indicators(page_request: PageRequest, indicators: Sequence[str]) -> str:
    return filters_text(page_request.selection, page_request.options, filters_of_indicators(indicators))
