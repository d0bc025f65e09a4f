"""The filters, one control each, made from FILTERS; the controls are built once and stay while the visit lasts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.elements import tags
from dashboard.elements.serializer import HtmlTree
from dashboard.elements.tags import Element, Slot
from data.filters import FILTERS, Filter
from data.filters.options import Option
from data.i18n import day_short
from data.selection import EARLIEST_DAY, FilterOptions, Selection

LONG_LIST = 12  # from here on a list has a search field
EPCI_FILTER = "epci"  # the filter whose choices another one narrows, the départements
TYPING_PAUSE = (
    600  # milliseconds without a key before a date is taken: waiting for the field to be left would lose a click
)


def filter_bar(
    selection: Selection, options: FilterOptions, themes: Iterable[str], hidden_filters: tuple[str, ...] = ()
) -> Element:
    """The bar on a desktop, the drawer on a phone: the same controls, arranged by the style sheet."""
    controls = [
        *(
            filter_control(one, selection, options, is_filter_visible(one, selection, themes, hidden_filters))
            for one in FILTERS[:2]
        ),
        period_control(selection, options),
        *(
            filter_control(one, selection, options, is_filter_visible(one, selection, themes, hidden_filters))
            for one in FILTERS[2:]
        ),
    ]
    return tags.Section(
        [
            tags.Button(
                ["Filtres", _text_span(ids.FILTERS_COUNT, filter_count_label(selection, hidden_filters))],
                type="button",
                className="filters-toggle",
                id=f"{ids.FILTERS}-toggle",
                aria_expanded="false",
                aria_controls=ids.FILTERS,
            ),
            tags.Div(
                [
                    tags.Span("Filtres", className="filters-title", aria_hidden="true"),
                    *controls,
                    Slot(ids.CLEAR, _clear_button),
                ],
                id=ids.FILTERS,
                className="filters-panel",
            ),
        ],
        className="filters",
        aria_label="Filtres",
    )


def _text_span(name: str, words: str) -> Element:
    return tags.Span(Slot(name, lambda: HtmlTree(name, words)), id=name)


def filter_label_updates(selection: Selection, options: FilterOptions, before: Selection) -> Iterator[tuple[str, str]]:
    """What the buttons of the filters say now and did not before: id and words."""
    for one in FILTERS:
        if (words := filter_choice_label(one, selection, options)) != filter_choice_label(one, before, options):
            yield ids.filter_label(one.key), words
    if (words := period_label(selection)) != period_label(before):
        yield ids.PERIOD, words


def _clear_button() -> Component:
    return html.Button("Effacer les filtres", type="button", id=ids.CLEAR, className="filters-clear")


def filter_count_label(selection: Selection, hidden_filters: tuple[str, ...] = ()) -> str:
    """The number of filters that narrow the figures, for the closed drawer of a phone: « (2) », or nothing. The filters
    hidden by the page are not in the drawer.
    """
    count = (
        sum(key not in hidden_filters for key, _codes in selection.choices)
        + bool(selection.since)
        + selection.until_given
    )
    return f" ({count})" if count else ""


def is_filter_visible(
    one: Filter, selection: Selection, themes: Iterable[str], hidden_filters: tuple[str, ...] = ()
) -> bool:
    """A filter of other pages shows here only while it holds a choice: what narrows the figures is never hidden.

    One that the page's path settles (`hidden_filters`) never shows.
    """
    if one.key in hidden_filters:
        return False
    return not one.themes or bool(selection.codes(one.key)) or bool(set(one.themes) & set(themes))


def filter_control(one: Filter, selection: Selection, options: FilterOptions, is_visible: bool) -> Element:
    """A button that says the choice and opens the list."""
    choices = control_options(one, options)
    return tags.Details(
        [
            tags.Summary(
                [
                    tags.Span(f"{one.label}\u202f: ", className="filter-label"),
                    _text_span(ids.filter_label(one.key), filter_choice_label(one, selection, options)),
                ],
                className="filter-button",
            ),
            tags.Fieldset(
                [
                    tags.Legend(one.label, className="visually-hidden"),
                    *_search_field(one, len(options.by_filter.get(one.key, ()))),
                    _choice_slot(one, selection, choices),
                ],
                className="filter-panel",
            ),
        ],
        id=ids.filter_box(one.key),
        className="filter",
        hidden=not is_visible,
    )


def _search_field(one: Filter, count: int) -> list[Element | Slot]:
    if count < LONG_LIST:
        return []
    name = f"{ids.filter_choice(one.key)}-search"
    return [
        tags.Label(one.search, htmlFor=name, className="filter-search-label"),
        Slot(name, lambda: dbc.Input(id=name, type="search", className="filter-search", autocomplete="off")),
        tags.P("Aucun nom ne correspond.", className="filter-no-match", hidden=True, role="status"),
    ]


def _choice_slot(one: Filter, selection: Selection, options: list[dict[str, str]]) -> Slot:
    kind = dbc.Checklist if one.multiple else dbc.RadioItems
    name = ids.filter_choice(one.key)
    return Slot(
        name, lambda: kind(id=name, options=options, value=filter_value(one, selection), className="filter-list")
    )


def filter_value(one: Filter, selection: Selection) -> list[str] | str | None:
    codes = selection.codes(one.key)
    if one.multiple:
        return list(codes)
    return codes[0] if codes else one.default


def control_options(one: Filter, options: FilterOptions) -> list[dict[str, str]]:
    """All its choices; the browser keeps those within another filter's choice (`narrowing`)."""
    return [{"label": option.label, "value": option.code} for option in options.by_filter.get(one.key, ())]


def departements_by_epci(options: FilterOptions) -> list[list[str]]:
    """For each choice of intercommunalité, in order, the départements that it lies in."""
    return [list(option.parent_codes) for option in options.by_filter.get(EPCI_FILTER, ())]


def is_in_chosen_departements(option: Option, selection: Selection) -> bool:
    """Whether an option belongs to the chosen départements."""
    deps = selection.codes("dep")
    return not deps or not option.parent_codes or bool(set(option.parent_codes) & set(deps))


def filter_choice_label(one: Filter, selection: Selection, options: FilterOptions) -> str:
    """The choice in words: « tous », « Orne », « Orne et 2 autres »."""
    codes = selection.codes(one.key)
    if not codes:
        return one.all_label
    first = options.label(one.key, codes[0])
    others = len(codes) - 1
    return first if not others else f"{first} et {others} autre{'s' if others > 1 else ''}"


def period_control(selection: Selection, options: FilterOptions) -> Element:
    """The two dates, each a date field of the browser."""
    latest = options.today.isoformat()
    return tags.Details(
        [
            tags.Summary(
                [
                    tags.Span("Période\u202f: ", className="filter-label"),
                    _text_span(ids.PERIOD, period_label(selection)),
                ],
                className="filter-button",
            ),
            tags.Fieldset(
                [
                    tags.Legend("Période", className="visually-hidden"),
                    _day_field("Depuis le", ids.SINCE, since_value(selection), latest),
                    _day_field("Arrêté au", ids.UNTIL, until_value(selection), latest),
                    tags.P(f"Dernier fait connu\u202f: {day_short(options.until)}.", className="filter-help"),
                ],
                className="filter-panel",
            ),
        ],
        className="filter",
    )


def _day_field(label: str, name: str, value: str, latest: str) -> Element:
    return tags.Div(
        [
            tags.Label(label, htmlFor=name),
            Slot(
                name,
                lambda: dbc.Input(
                    id=name, type="date", value=value, min=EARLIEST_DAY.isoformat(), max=latest, debounce=TYPING_PAUSE
                ),
            ),
        ],
        className="filter-date",
    )


def since_value(selection: Selection) -> str:
    """The value of the « depuis le » field."""
    return selection.since.isoformat() if selection.since else ""


def until_value(selection: Selection) -> str:
    """The value of the « arrêté au » field: empty when the query did not name it."""
    return selection.until.isoformat() if selection.until_given else ""


def period_label(selection: Selection) -> str:
    until = day_short(selection.until)
    return f"{day_short(selection.since)} → {until}" if selection.since else f"jusqu’au {until}"
