"""« Quoi de neuf »: what was loaded since a load that the visitor knows, and which figures moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dashboard.components.exported import VALUES, ExportedFigures, read_figures
from dashboard.components.load_changes import load_changes, source_title
from dashboard.components.page import Page, Part
from dashboard.components.prose import ALL_FILTERS, safe_link
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.pages.passport.differences import ABSENT, Difference, find_differences
from dashboard.requests.page_request import PageRequest, PastUnavailableError, query_parameter
from dashboard.urls import SINCE_LOAD_PARAMETER, WHATS_NEW_PATH
from data.i18n import NARROW, count, day_long, day_short
from data.indicators import INDICATORS
from data.queries.knowledge import ActiveLoad, LoadChange, read_active_load_list, read_changes_since, read_former_state
from data.selection import Selection
from data.sources import SOURCES

TITLE = "Quoi de neuf"
MAX_CHANGES = 40  # loads told one by one
MAX_FORMER_LOADS = 10  # from which to look
NOTHING_LOADED = "Aucun fichier n’est chargé"
NO_MOVE = "Aucun indicateur n’a changé pour toute la Région."
NOTHING_KNOWN = "Aucun chargement ne précède\u202f: il n’y a pas de chiffre à comparer."


@dataclass(frozen=True)
class _Figures:
    """The value of every indicator for the whole Région, at the date that pages show; `day` is that date in French."""

    values: ExportedFigures
    day: str


def draw_whats_new(page_request: PageRequest) -> Element:
    """What came since the load in the address, else what the last load brought."""
    loads = read_active_load_list(page_request.connection)
    if not loads:
        return tags.Article([tags.H1(NOTHING_LOADED, tabIndex=-1)])
    since = _known_load(page_request, loads)
    changes = read_changes_since(
        page_request.connection, since.load_id if since else 0, [source.name for source in SOURCES]
    )
    return tags.Article(
        [
            tags.H1(_headline(loads, since, changes), tabIndex=-1),
            tags.P(f"Dernier chargement{NARROW}: {_load_text(loads[-1])}.", className="lead"),
            _panel("Les chiffres qui ont bougé", *_moved_figures(page_request, since, changes)),
            _panel("Les chargements, un par un", *_changes(changes)),
            _panel("Depuis un autre chargement", *_former_loads(loads)),
        ]
    )


def _known_load(page_request: PageRequest, loads: list[ActiveLoad]) -> ActiveLoad | None:
    """The latest load that the visitor knows: that of the address, or the one before a load taken back since; without
    one in the address, the last but one. None: nothing was known.
    """
    text = query_parameter(page_request.query, SINCE_LOAD_PARAMETER) or ""
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        return loads[-2] if len(loads) > 1 else None
    return next((one for one in reversed(loads) if one.load_id <= int(text)), None)


def _headline(loads: list[ActiveLoad], since: ActiveLoad | None, changes: list[LoadChange]) -> str:
    if since is loads[-1]:
        return f"Rien n’a été chargé depuis le {day_long(since.loaded_at.date())}"
    if since is None:
        return f"{count(len(loads), 'fichier chargé', 'fichiers chargés')} depuis le début"
    newer = [one for one in loads if one.load_id > since.load_id]
    if len(newer) == 1:
        what = "a changé des lignes" if changes else "n’a changé aucune ligne"
        return f"Le dernier chargement ({source_title(newer[0].source)}) {what}"
    day = day_long(since.loaded_at.date())
    return f"{count(len(newer), 'fichier chargé', 'fichiers chargés')} depuis le chargement {since.load_id} du {day}"


def _load_text(one: ActiveLoad) -> str:
    """« Registre du label, labels.csv, le 30/11/2026 »."""
    return f"{source_title(one.source)}, {one.file}, le {day_short(one.loaded_at.date())}"


def _panel(title: str, *body: Element) -> Element:
    return tags.Section([tags.H2(title), *body], className="panel")


def _moved_figures(page_request: PageRequest, since: ActiveLoad | None, changes: list[LoadChange]) -> Iterator[Element]:
    if since is None or not changes:
        yield tags.P(NO_MOVE if since else NOTHING_KNOWN)
        return
    try:
        then = _read_then(page_request, since)
    except PastUnavailableError as problem:
        yield tags.P(str(problem))
        return
    now = _figures(page_request)
    moved = find_differences(then.values, now.values)
    if not moved:
        yield tags.P(NO_MOVE)
        return
    days = f"au {now.day}" if then.day == now.day else f"au {then.day} alors, au {now.day} aujourd’hui"
    yield tags.P(f"Pour toute la Région, sans filtre, chiffres arrêtés {days}{NARROW}:")
    yield tags.Ul([tags.Li(_moved(one)) for one in moved])


def _moved(one: Difference) -> list[Element | str]:
    """« Tiers-lieux labellisés : 33 alors, 34 aujourd’hui (+1) », with a link to the sheet of the indicator."""
    slug = next((indicator.slug for indicator in INDICATORS if indicator.label == one.what), "")
    label = tags.A(one.what, href=f"/indicateurs/{slug}") if slug else one.what
    gap = "" if one.gap == ABSENT else f" ({one.gap})"
    return [label, f"{NARROW}: {one.then} alors, {one.now} aujourd’hui{gap}"]


def _read_then(page_request: PageRequest, since: ActiveLoad) -> _Figures:
    """Raises PastUnavailableError, with its reason."""
    state = read_former_state(page_request.connection, since.load_id)
    if page_request.open_past is None:
        raise PastUnavailableError("Cette installation ne relit pas les états passés de la base.")
    with page_request.open_past(state, page_request.options.today, "") as past:
        return _figures(past)


def _figures(page_request: PageRequest) -> _Figures:
    selection = Selection.from_query("", page_request.options)[0]
    return _Figures(read_figures(replace(page_request, selection=selection), VALUES), day_short(selection.until))


def _changes(changes: list[LoadChange]) -> Iterator[Element]:
    if not changes:
        yield tags.P("Aucune ligne n’est nouvelle, corrigée ou retirée.")
        return
    yield from load_changes("Lignes changées, chargement par chargement", changes[-MAX_CHANGES:])
    if len(changes) > MAX_CHANGES:
        others = count(len(changes) - MAX_CHANGES, "chargement plus ancien n’est", "chargements plus anciens ne sont")
        yield tags.P(f"{others} pas dans ce tableau.")
    yield tags.P([safe_link("Tous les chargements, et les lignes à corriger", "/donnees")])


def _former_loads(loads: list[ActiveLoad]) -> Iterator[Element]:
    """Links to what came since each of the last loads."""
    former = loads[:-1][-MAX_FORMER_LOADS:]
    if not former:
        yield tags.P(NOTHING_KNOWN)
        return
    yield tags.Ul(
        [
            tags.Li(
                tags.A(
                    f"Depuis {_load_text(one)}",
                    href=f"{WHATS_NEW_PATH}?{SINCE_LOAD_PARAMETER}={one.load_id}",
                    className="view-link",
                )
            )
            for one in reversed(former)
        ]
    )


WHATS_NEW = Page(
    WHATS_NEW_PATH,
    lambda _slug: TITLE,
    (Part(draw_whats_new),),
    css_class="prose",
    guide=(
        "Les chiffres comparés sont ceux de toute la Région, sans filtre.",
        "Une ligne corrigée remplace l’ancienne, qui reste connue.",
        "Le dernier chargement que vous avez vu est retenu sur cet appareil seulement.",
    ),
    hidden_filters=ALL_FILTERS,
)
