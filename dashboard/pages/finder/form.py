"""How a visitor asks: a commune, services. It works without a script; assets/combobox.js adds suggestions."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl

from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.lists.state import write_query
from dashboard.pages.finder.view import FinderView
from dashboard.urls import TOWN_PARAMETER
from data.filters import filter_named
from data.i18n import NARROW, count, quote_french
from data.queries.places import TYPOLOGY_LABELS
from data.queries.public_places import SERVICES, read_public_rows

FIELD, SUGGESTIONS, HELP = "finder-town", "finder-suggestions", "finder-help"
MAX_CANDIDATES = 40


def finder_form(view: FinderView) -> Element:
    """The field of the commune, the communes to choose from, and the services."""
    return tags.Section(
        [
            _commune_form(view),
            *_chosen_commune(view),
            *_candidates(view),
            _chips("Services", list(_service_chips(view))),
            *([_typologies(view)] if view.is_embedded else ()),
        ],
        className="panel finder-form",
        aria_label="Chercher un tiers-lieu",
    )


def _commune_form(view: FinderView) -> Element:
    path = view.page_request.path
    others = write_query(view.page_request.selection.to_query(), view.with_commune(None).parameters)
    return tags.Form(
        [
            tags.Label("Votre commune", htmlFor=FIELD),
            tags.Div([_field(view), *_suggestions(view)], className="finder-field"),
            *(tags.Input(type="hidden", name=name, value=value) for name, value in parse_qsl(others)),
            tags.Button("Chercher", type="submit", className="button"),
            tags.P("Son nom, son ancien nom ou son code postal.", id=HELP, className="muted"),
        ],
        action=path,
        method="get",
        role="search",
        aria_label="Commune",
        className="finder-search",
    )


def _field(view: FinderView) -> Element:
    text = view.commune_text or view.finder.typed
    if view.is_embedded:
        return tags.Input(
            id=FIELD,
            name=TOWN_PARAMETER,
            type="text",
            defaultValue=text,
            autoComplete="off",
            aria_describedby=HELP,
            className="form-control",
        )
    return tags.Input(
        id=FIELD,
        key=text,  # another commune makes a new field
        name=TOWN_PARAMETER,
        type="text",
        defaultValue=text,
        autoComplete="off",
        role="combobox",
        aria_autocomplete="list",
        aria_controls=SUGGESTIONS,
        aria_expanded="false",
        aria_describedby=HELP,
        className="form-control",
    )


def _suggestions(view: FinderView) -> list[Element]:
    """The list that the browser fills; none where no script runs."""
    if view.is_embedded:
        return []
    return [
        tags.Div(id=SUGGESTIONS, role="listbox", aria_label="Communes proposées", className="suggestions", hidden=True),
        tags.P(id=f"{SUGGESTIONS}-status", role="status", className="suggestion-status"),
    ]


def _chosen_commune(view: FinderView) -> list[Element]:
    if view.commune is None:
        return []
    link = tags.A("Effacer la commune", href=view.href(view.with_commune(None)), data_finder="")
    return [tags.P([f"Autour de {view.commune_text}. ", link])]


def _candidates(view: FinderView) -> list[Element]:
    """The communes that the typed text may mean, as links."""
    candidates = view.finder.candidates
    if not candidates:
        return []
    shown = candidates[:MAX_CANDIDATES]
    links = [
        tags.Li(
            [
                tags.A(found.label, href=view.href(view.with_commune(found.commune)), data_finder=""),
                tags.Small(f" {found.other_name}", className="muted") if found.other_name else "",
            ]
        )
        for found in shown
    ]
    omitted = len(candidates) - len(shown)
    return [
        tags.P(
            f"{count(len(candidates), 'commune répond', 'communes répondent')} à "
            f"{quote_french(view.finder.typed)}{NARROW}:"
        ),
        tags.Ul(links, className="finder-candidates"),
        *(
            [
                tags.P(
                    f"{count(omitted, 'autre n’est pas montrée', 'autres ne sont pas montrées')}{NARROW}: "
                    "écrivez un nom plus long."
                )
            ]
            if omitted
            else []
        ),
    ]


def _chips(title: str, chips: list[Element]) -> Element:
    return tags.Div(
        [
            tags.Span(title, className="finder-chips-title", aria_hidden="true"),
            tags.Ul([tags.Li(chip) for chip in chips], className="finder-chips", aria_label=title),
        ],
        className="finder-choices",
    )


def _service_chips(view: FinderView) -> Iterator[Element]:
    """The services of which something is known: any other one would only empty the list."""
    rows = read_public_rows(view.page_request.connection, view.page_request.selection)
    for column in SERVICES:
        is_chosen = column.service in view.finder.services
        if not is_chosen and all(row[column.name] is None for row in rows):
            continue
        yield _chip(column.title, view.href(view.toggle_service(column.service)), is_chosen)


def _typologies(view: FinderView) -> Element:
    """The typologies, folded: the list comes first. Pages with the filter bar have them there."""
    is_chosen = bool(view.page_request.selection.codes("typologie"))
    chips = _chips("Typologies", list(_typology_chips(view)))
    return tags.Details([tags.Summary("Choisir une typologie"), chips], className="finder-typologies", open=is_chosen)


def _typology_chips(view: FinderView) -> Iterator[Element]:
    """The typologies of known places."""
    selection = view.page_request.selection
    key = filter_named("typologie").key
    for option in view.page_request.options.by_filter[key]:
        chosen = set(selection.codes(key))
        others = [one.code for one in view.page_request.options.by_filter[key] if one.code in chosen ^ {option.code}]
        label = TYPOLOGY_LABELS.get(option.code, option.label)
        yield _chip(label, view.href(selection=selection.with_codes(key, others)), option.code in chosen)


def _chip(label: str, href: str, is_chosen: bool) -> Element:
    return tags.A(label, href=href, className="finder-chip", aria_current="true" if is_chosen else None, data_finder="")
