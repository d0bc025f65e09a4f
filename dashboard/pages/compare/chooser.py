"""What is compared, and how others are chosen: links and plain forms, which work without a script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl

from dashboard.charts.compared_phrases import item_position
from dashboard.components.compare_link import comparison_href
from dashboard.components.page import filtered_href
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.requests.page_request import PageRequest
from dashboard.urls import COMPARE_PATH, partner_path
from data.filters import filter_named
from data.i18n import NARROW, count, sentence_list
from data.queries.population import read_population
from data.queries.similar_territories import TerritoryProfile, read_similar_territories, similarity_text
from data.selection import (
    COMPARISON_KINDS,
    MAX_COMPARED_ITEMS,
    MIN_COMPARED_ITEMS,
    TERRITORY_KIND,
    ComparedItem,
    ComparisonKind,
    kind_of_items,
)
from data.types import TerritoryColumn

TONES = 5  # colours of assets/compare.css
OPTION_GROUPS = {"dep": "Départements", "epci": "Intercommunalités"}
PROPOSED = 4  # similar territories


def tone_class(page_request: PageRequest, item: ComparedItem) -> str:
    """The class with the colour of an item, wherever it is shown."""
    return f"tone-{item_position(item, page_request.options) % TONES}"


def chooser(page_request: PageRequest) -> Element:
    """The compared items, each with a link that removes it; similar ones; the forms that add others."""
    items = page_request.selection.compared
    is_open = len(items) < MIN_COMPARED_ITEMS
    return tags.Section(
        [
            *([tags.Ul([_item(page_request, item) for item in items], className="compared-items")] if items else []),
            *([_item_form(page_request)] if len(items) < MAX_COMPARED_ITEMS else []),
            *_proposals(page_request),
            tags.Details(
                [tags.Summary("Comparer autre chose"), *_other_kinds(page_request)],
                className="compared-others",
                open=is_open,
            ),
        ],
        className="panel compared-chooser no-print",
        aria_label="Choisir ce qui est comparé",
    )


def _item(page_request: PageRequest, item: ComparedItem) -> Element:
    selection, label = page_request.selection, page_request.options.label(item.filter_key, item.code)
    others = [other for other in selection.compared if other != item]
    remove = tags.A(
        ["×", tags.Span(f" retirer {label}", className="visually-hidden")],
        href=comparison_href(selection, others),
        className="compared-remove",
    )
    href = _sheet_href(page_request, item)
    name = tags.A(label, href=href) if href else label
    return tags.Li(
        [
            tags.Span(className=f"compared-mark {tone_class(page_request, item)}", aria_hidden="true"),
            tags.Span([name, *_population(page_request, item)]),
            remove,
        ]
    )


def _sheet_href(page_request: PageRequest, item: ComparedItem) -> str:
    """The sheet of a territory or of a partner; empty for what has none."""
    query = page_request.selection.without_territory().without_comparison().to_query()
    if item.filter_key in TERRITORY_KIND.filters:
        return filtered_href(f"/territoires/{item.code}", query)
    return filtered_href(partner_path(item.code), query) if item.filter_key == "partenaire" else ""


def _population(page_request: PageRequest, item: ComparedItem) -> list[Element]:
    if item.filter_key not in TERRITORY_KIND.filters:
        return []
    whole = page_request.selection.without_territory().with_codes(item.filter_key, [item.code])
    people = read_population(page_request.connection, whole)
    return [tags.Small(f" {count(people, 'habitant', 'habitants')}", className="muted")]


def _item_form(page_request: PageRequest) -> Element:
    """One more item of the same kind; two when nothing is chosen yet."""
    kind = kind_of_items(page_request.selection.compared)
    chosen = page_request.selection.compared
    names = (f"Ajouter un {kind.noun[0]}",) if chosen else ("Premier territoire", "Deuxième territoire")
    fields = [
        tags.Label(
            [tags.Span(name), _select(page_request, kind, f"compared-choice-{rank}")],
            htmlFor=f"compared-choice-{rank}",
        )
        for rank, name in enumerate(names, 1)
    ]
    return _form(page_request, kind, fields, keeps_items=True)


def _select(page_request: PageRequest, kind: ComparisonKind, name: str) -> Element:
    groups = [
        (OPTION_GROUPS.get(key, filter_named(key).label), list(_unchosen(page_request, key))) for key in kind.filters
    ]
    options = [
        tags.Optgroup([tags.Option(label, value=code) for code, label in choices], label=title)
        for title, choices in groups
        if choices
    ]
    return tags.Select([tags.Option("Choisir…", value=""), *options], id=name, name=kind.key, className="form-select")


def _unchosen(page_request: PageRequest, key: str) -> Iterator[tuple[str, str]]:
    for option in page_request.options.by_filter.get(key, ()):
        if ComparedItem(key, option.code) not in page_request.selection.compared:
            yield option.code, option.label


def _form(page_request: PageRequest, kind: ComparisonKind, fields: Sequence[Element], *, keeps_items: bool) -> Element:
    selection = page_request.selection.without_territory()
    query = (selection if keeps_items else selection.without_comparison()).to_query()
    hidden = [tags.Input(type="hidden", name=name, value=value) for name, value in parse_qsl(query)]
    return tags.Form(
        [*hidden, *fields, tags.Button("Comparer", type="submit", className="button")],
        action=COMPARE_PATH,
        method="get",
        className="compared-form",
        aria_label=f"Comparer des {kind.noun[1]}",
    )


def _proposals(page_request: PageRequest) -> list[Element]:
    """Similar territories to add to those chosen, the nearest to each first; départements when none is chosen."""
    items = page_request.selection.compared
    if not items:
        deps = [ComparedItem("dep", option.code) for option in page_request.options.by_filter["dep"]]
        href = comparison_href(page_request.selection, deps)
        return [tags.P(tags.A(f"Comparer les {count(len(deps), 'département', 'départements')}", href=href))]
    if kind_of_items(items) != TERRITORY_KIND or len(items) >= MAX_COMPARED_ITEMS:
        return []
    found = list(_similar_items(page_request))
    if not found:
        return []
    links: list[Element] = []
    for key, profile in found[:PROPOSED]:
        href = comparison_href(page_request.selection, [*items, ComparedItem(key, profile.code)])
        links.append(tags.Li(tags.A(f"+ {profile.name}", href=href, className="compared-proposal")))
    text = similarity_text([profile for _key, profile in found])
    return [tags.P(f"{text}{NARROW}:", className="muted"), tags.Ul(links, className="compared-proposals")]


def _similar_items(page_request: PageRequest) -> Iterator[tuple[str, TerritoryProfile]]:
    """Not yet compared, without duplicates: the nearest to each item, then the second nearest to each."""
    items = page_request.selection.compared
    columns: list[TerritoryColumn] = ["dep" if item.filter_key == "dep" else "epci" for item in items]
    lists = [
        read_similar_territories(page_request.connection, page_request.selection, column, item.code)
        for column, item in zip(columns, items, strict=True)
    ]
    seen = set(items)
    for rank in range(max(map(len, lists))):
        for column, profiles in zip(columns, lists, strict=True):
            item = ComparedItem(column, profiles[rank].code) if rank < len(profiles) else None
            if item and item not in seen:
                seen.add(item)
                yield column, profiles[rank]


def _other_kinds(page_request: PageRequest) -> Iterator[Element]:
    """A form for each other kind of things, with a box for each of them."""
    current = kind_of_items(page_request.selection.compared)
    if current != TERRITORY_KIND:
        href = comparison_href(page_request.selection, ())
        yield tags.P(tags.A("Comparer des territoires", href=href))
    for kind in COMPARISON_KINDS[1:]:
        (key,) = kind.filters
        options = page_request.options.by_filter.get(key, ())
        if kind == current or len(options) < MIN_COMPARED_ITEMS:
            continue
        boxes = [
            tags.Label(
                [tags.Input(type="checkbox", name=kind.key, value=option.code), tags.Span(option.label)],
                className="compared-box",
            )
            for option in options
        ]
        yield tags.Fieldset(
            [tags.Legend(f"Des {kind.noun[1]}"), _form(page_request, kind, boxes, keeps_items=False)],
            className="compared-kind",
        )


def mixed_note(page_request: PageRequest) -> str:
    """What départements beside intercommunalités allow; empty when all items are alike."""
    keys = {item.filter_key for item in page_request.selection.compared}
    if len(keys) < 2:
        return ""
    labels = sentence_list([OPTION_GROUPS[key].lower() for key in sorted(keys)])
    return (
        f"{labels[:1].upper()}{labels[1:]} sont côte à côte{NARROW}: leurs tailles diffèrent, et l’un peut contenir "
        "l’autre. Aucun écart entre eux n’est donc dit notable."
    )
