"""The filter bar, with one control per filter of FILTERS; controls are built once per visit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.elements import tags
from dashboard.elements.serializer import HtmlTree
from dashboard.elements.tags import Element, Slot
from dashboard.lists.state import Parameters
from data.filters import FILTERS, Filter
from data.filters.options import Option
from data.i18n import day_short
from data.selection import EARLIEST_DAY, FilterOptions, Selection

LONG_LIST = 12  # options from which a list has a search field
EPCI_FILTER = "epci"  # its options depend on the chosen départements
TYPING_PAUSE = (
    600  # milliseconds without a key before a date is taken: waiting for the field to be left would lose a click
)


def filter_bar(
    selection: Selection,
    options: FilterOptions,
    themes: Iterable[str],
    hidden_filters: tuple[str, ...] = (),
    parameters: Parameters = (),
) -> Element:
    """The bar on a desktop, or the drawer on a phone: the same controls, arranged by the style sheet.

    It is a form to the address of the page: without scripts, its buttons « Appliquer » ask for the page with its other
    `parameters`.
    """
    controls = [
        *(
            filter_control(filter_, selection, options, is_filter_visible(filter_, selection, themes, hidden_filters))
            for filter_ in FILTERS[:2]
        ),
        period_control(selection, options),
        *(
            filter_control(filter_, selection, options, is_filter_visible(filter_, selection, themes, hidden_filters))
            for filter_ in FILTERS[2:]
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
            tags.Form(
                [
                    tags.Span("Filtres", className="filters-title", aria_hidden="true"),
                    *controls,
                    *(tags.Input(type="hidden", name=name, value=value) for name, value in parameters),
                    Slot(ids.CLEAR, _clear_link),
                ],
                id=ids.FILTERS,
                className="filters-panel",
                method="get",
            ),
        ],
        className="filters",
        aria_label="Filtres",
    )


def _text_span(component_id: str, text: str) -> Element:
    return tags.Span(Slot(component_id, lambda: HtmlTree(component_id, text)), id=component_id)


def filter_label_updates(selection: Selection, options: FilterOptions, before: Selection) -> Iterator[tuple[str, str]]:
    """The labels of the filter buttons that differ from those for the selection `before`: id and label."""
    for filter_ in FILTERS:
        if (label := filter_choice_label(filter_, selection, options)) != filter_choice_label(filter_, before, options):
            yield ids.filter_label(filter_.key), label
    if (label := period_label(selection)) != period_label(before):
        yield ids.PERIOD, label


def _clear_link() -> Component:
    """A link to the page without filters; with scripts, a callback clears them."""
    return html.A("Effacer les filtres", href="?", id=ids.CLEAR, className="filters-clear")


def _apply_button() -> Element:
    """Needed until scripts apply each change at once."""
    return tags.Button("Appliquer", type="submit", className="button filter-apply")


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
    filter_: Filter, selection: Selection, themes: Iterable[str], hidden_filters: tuple[str, ...] = ()
) -> bool:
    """Whether a filter is shown: it is a filter of the page's themes, or one with a choice, which is never
    hidden.

    A filter fixed by the path of the page (`hidden_filters`) is never shown.
    """
    if filter_.key in hidden_filters:
        return False
    return not filter_.themes or bool(selection.codes(filter_.key)) or bool(set(filter_.themes) & set(themes))


def filter_control(filter_: Filter, selection: Selection, options: FilterOptions, is_visible: bool) -> Element:
    """A button with the label of the choice, which opens the list."""
    choices = control_options(filter_, options)
    return tags.Details(
        [
            tags.Summary(
                [
                    tags.Span(f"{filter_.label}\u202f: ", className="filter-label"),
                    _text_span(ids.filter_label(filter_.key), filter_choice_label(filter_, selection, options)),
                ],
                className="filter-button",
            ),
            tags.Fieldset(
                [
                    tags.Legend(filter_.label, className="visually-hidden"),
                    *_search_field(filter_, len(options.by_filter.get(filter_.key, ()))),
                    _choice_slot(filter_, selection, choices),
                    _apply_button(),
                ],
                className="filter-panel",
            ),
        ],
        id=ids.filter_box(filter_.key),
        className="filter",
        hidden=not is_visible,
    )


def _search_field(filter_: Filter, count: int) -> list[Element | Slot]:
    if count < LONG_LIST:
        return []
    component_id = f"{ids.filter_choice(filter_.key)}-search"
    return [
        tags.Label(filter_.search, htmlFor=component_id, className="filter-search-label"),
        Slot(
            component_id,
            lambda: dbc.Input(id=component_id, type="search", className="filter-search", autocomplete="off"),
        ),
        tags.P("Aucun nom ne correspond.", className="filter-no-match", hidden=True, role="status"),
    ]


def _choice_slot(filter_: Filter, selection: Selection, options: list[dict[str, str]]) -> Slot:
    component_class = dbc.Checklist if filter_.multiple else dbc.RadioItems
    component_id = ids.filter_choice(filter_.key)
    return Slot(
        component_id,
        lambda: component_class(
            id=component_id,
            name=filter_.key,
            options=options,
            value=filter_value(filter_, selection),
            className="filter-list",
        ),
    )


def filter_value(filter_: Filter, selection: Selection) -> list[str] | str | None:
    codes = selection.codes(filter_.key)
    if filter_.multiple:
        return list(codes)
    return codes[0] if codes else filter_.default


def control_options(filter_: Filter, options: FilterOptions) -> list[dict[str, str]]:
    """All its options; the browser hides intercommunalités outside the chosen départements (`departements_by_epci`)."""
    return [{"label": option.label, "value": option.code} for option in options.by_filter.get(filter_.key, ())]


def departements_by_epci(options: FilterOptions) -> list[list[str]]:
    """The départements of each option of the intercommunalités, in the order of the options."""
    return [list(option.parent_codes) for option in options.by_filter.get(EPCI_FILTER, ())]


def is_in_chosen_departements(option: Option, selection: Selection) -> bool:
    """Whether an option lies in the chosen départements."""
    deps = selection.codes("dep")
    return not deps or not option.parent_codes or bool(set(option.parent_codes) & set(deps))


def filter_choice_label(filter_: Filter, selection: Selection, options: FilterOptions) -> str:
    """The label of a choice: « tous », « Orne », « Orne et 2 autres »."""
    codes = selection.codes(filter_.key)
    if not codes:
        return filter_.all_label
    first = options.label(filter_.key, codes[0])
    other_count = len(codes) - 1
    return first if not other_count else f"{first} et {other_count} autre{'s' if other_count > 1 else ''}"


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
                    _day_field("Depuis le", "du", ids.SINCE, since_value(selection), latest),
                    _day_field("Arrêté au", "au", ids.UNTIL, until_value(selection), latest),
                    tags.P(f"Dernier fait connu\u202f: {day_short(options.until)}.", className="filter-help"),
                    _apply_button(),
                ],
                className="filter-panel",
            ),
        ],
        className="filter",
    )


def _day_field(label: str, name: str, component_id: str, value: str, latest: str) -> Element:
    return tags.Div(
        [
            tags.Label(label, htmlFor=component_id),
            Slot(
                component_id,
                lambda: dbc.Input(
                    id=component_id,
                    name=name,
                    type="date",
                    value=value,
                    min=EARLIEST_DAY.isoformat(),
                    max=latest,
                    debounce=TYPING_PAUSE,
                ),
            ),
        ],
        className="filter-date",
    )


def since_value(selection: Selection) -> str:
    """The value of the « depuis le » field."""
    return selection.since.isoformat() if selection.since else ""


def until_value(selection: Selection) -> str:
    """The value of the « arrêté au » field: empty when the query does not name it."""
    return selection.until.isoformat() if selection.until_given else ""


def period_label(selection: Selection) -> str:
    until = day_short(selection.until)
    return f"{day_short(selection.since)} → {until}" if selection.since else f"jusqu’au {until}"
