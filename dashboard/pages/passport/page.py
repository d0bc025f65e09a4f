"""« /passeport/<code> »: an exported figure as it was known, and whether it has changed since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.components.exported import Exported, ExportedFigures, find_exported, read_figures
from dashboard.components.load_changes import load_changes
from dashboard.components.page import Page, Part, filtered_href
from dashboard.components.prose import ALL_FILTERS, prose_table, safe_link
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.pages.passport.differences import find_differences
from dashboard.requests.page_request import PageRequest, PastUnavailableError
from dashboard.requests.passport_code import PassportCode, decode_passport, figures_hash
from dashboard.urls import PASSPORT_PATH, normalise_path
from data.i18n import NARROW, count, day_long, day_short, number
from data.queries.knowledge import LoadChange, Standing, read_changes_since, read_standing
from data.selection import Selection

TITLE = "Passeport"
STATES = ("Alors", "Aujourd’hui", "Écart")
MAX_SHOWN = 40  # differences
UNKNOWN_CODE = (
    "Ce code de passeport n’existe pas\u202f: une lettre a pu être mal recopiée. Il s’écrit avec des chiffres et des "
    "lettres sans I, L, O ni U, et se trouve au pied de chaque document exporté."
)
OTHER_DATABASE = (
    "Ce document a été exporté d’une autre base de données que celle-ci, ou d’un état qu’elle n’a jamais eu. On ne "
    "peut donc pas dire ce qu’il montrait\u202f; voici ce que cette base connaît aujourd’hui."
)
ROLLED_BACK = (
    "Des chargements qui faisaient ce chiffre ont été annulés depuis, et leurs lignes retirées\u202f: on ne peut plus "
    "le relire tel qu’il était."
)
RECOMPUTED = (
    "Relu sur les données d’alors, le chiffre n’est pas celui du document\u202f: les règles de calcul de l’application "
    "ont changé depuis."
)
NO_CHANGE = "Aucun chargement n’a changé les lignes de ses sources depuis."


@dataclass(frozen=True)
class Reading:
    """What the page knows: the figures of the present, whether they are those of the document (`is_same`), the figures
    as they were known or the French reason without them, and what came since.
    """

    code: PassportCode
    standing: Standing
    now: ExportedFigures
    is_same: bool
    then: ExportedFigures | None
    no_past: str
    changes: Sequence[LoadChange]


def requested_code(path: str) -> str:
    """The code in a path."""
    return normalise_path(path).removeprefix(f"{PASSPORT_PATH}/")


def known_code(text: str) -> tuple[PassportCode, Exported] | None:
    """A code, and what it shows; None when it was never made."""
    code = decode_passport(text)
    exported = find_exported(code.name) if code else None
    return (code, exported) if code and exported else None


def read_passport(page_request: PageRequest, code: PassportCode, exported: Exported) -> Reading:
    """Compare the figures of a document with those of the present, at the same date and under the same filters."""
    selection, _notices = Selection.from_query(code.query, page_request.options)
    now = read_figures(replace(page_request, selection=selection, query=code.query), exported)
    standing = read_standing(page_request.connection, code.state)
    is_same = _hash(now) == code.figures
    then, no_past = (now, "") if is_same else (None, "")
    if not is_same and standing == "whole":
        then, no_past = _read_past(page_request, code, exported)
    changes = (
        read_changes_since(page_request.connection, code.state.load_id, now.sources)
        if standing != "other_database"
        else []
    )
    return Reading(code, standing, now, is_same, then, no_past, changes)


def _read_past(page_request: PageRequest, code: PassportCode, exported: Exported) -> tuple[ExportedFigures | None, str]:
    if page_request.open_past is None:
        return None, ""
    try:
        with page_request.open_past(code.state, code.day, code.query) as past:
            return read_figures(past, exported), ""
    except PastUnavailableError as problem:
        return None, str(problem)


def _hash(figures: ExportedFigures) -> bytes:
    return figures_hash(text for row in figures.rows for text in row)


def headline(reading: Reading) -> str:
    """Whether the figures have changed, in one sentence."""
    if reading.standing == "other_database":
        return "Ce passeport vient d’une autre base"
    since = f"depuis l’export du {day_long(reading.code.day)}"
    return f"Les chiffres n’ont pas changé {since}" if reading.is_same else f"Les chiffres ont changé {since}"


def draw_passport(page_request: PageRequest) -> Element:
    """The verdict, the figures then and now, the reasons, the link to the present view."""
    found = known_code(requested_code(page_request.path))
    assert found is not None, "another code is a 404 (accepts_slug)"
    reading = read_passport(page_request, *found)
    return tags.Article(
        [
            tags.H1(headline(reading), tabIndex=-1),
            tags.P((reading.then or reading.now).title, className="lead"),
            _panel("Les chiffres", *_figures(reading)),
            *([_panel("Ce qui est arrivé depuis", *_reasons(reading))] if reading.standing != "other_database" else []),
            _panel("Le document", *_document(page_request, reading)),
        ]
    )


def _panel(title: str, *body: Element) -> Element:
    return tags.Section([tags.H2(title), *body], className="panel")


def _document(page_request: PageRequest, reading: Reading) -> Iterator[Element]:
    code = reading.code
    selection, notices = Selection.from_query(code.query, page_request.options)
    what = (reading.then or reading.now).subtitle
    yield prose_table(
        "Ce que montre le document",
        ("Quoi", "Valeur"),
        [
            *([("Ce qui est mesuré", what)] if what else []),
            ("Filtres", selection.caption(page_request.options)),
            ("Exporté le", day_short(code.day)),
            ("Dernier chargement connu alors", number(code.state.load_id) if code.state.load_id else "aucun"),
            ("Code", requested_code(page_request.path).upper()),
        ],
    )
    yield from (tags.P(notice) for notice in notices)
    yield tags.P(
        safe_link("Voir cette page avec les données d’aujourd’hui", filtered_href(reading.now.path, code.query))
    )


def _figures(reading: Reading) -> Iterator[Element]:
    if reading.standing == "other_database":
        yield tags.P(OTHER_DATABASE)
    if reading.standing == "rolled_back" and not reading.is_same:
        yield tags.P(ROLLED_BACK)
    if reading.no_past:
        yield tags.P(reading.no_past)
    if reading.is_same:
        yield tags.P(
            f"Chaque chiffre du document est celui d’aujourd’hui, à la même date{NARROW}: {reading.now.title}."
        )
        return
    then = reading.then
    if then is None:
        yield tags.P(f"Aujourd’hui{NARROW}: {reading.now.title}.")
        return
    if _hash(then) != reading.code.figures:
        yield tags.P(RECOMPUTED)
    yield tags.P([tags.Strong("Alors"), f"{NARROW}: {then.title}."])
    yield tags.P([tags.Strong("Aujourd’hui"), f"{NARROW}: {reading.now.title}."])
    differences = find_differences(then, reading.now)
    rows = [(one.what, one.then, one.now, one.gap) for one in differences[:MAX_SHOWN]]
    if rows:
        yield prose_table("Les chiffres qui ont changé", ("Chiffre", *STATES), rows, STATES)
    if len(differences) > MAX_SHOWN:
        left = len(differences) - MAX_SHOWN
        yield tags.P(f"Et {count(left, 'autre chiffre', 'autres chiffres')}.")


def _reasons(reading: Reading) -> Iterator[Element]:
    if not reading.changes:
        yield tags.P(NO_CHANGE)
        return
    yield from load_changes("Lignes changées depuis, chargement par chargement", reading.changes)


PASSPORT = Page(
    f"{PASSPORT_PATH}/<slug>",
    lambda _slug: TITLE,
    (Part(draw_passport, follows_filters=False),),
    css_class="prose",
    guide=(
        "Un passeport rouvre un chiffre exporté tel qu’il était connu ce jour-là.",
        "Les écarts viennent des fichiers chargés depuis, nommés un par un.",
        "La date et les filtres sont ceux du document.",
    ),
    accepts_slug=lambda slug: known_code(slug) is not None,
    hidden_filters=ALL_FILTERS,
    unknown_slug=UNKNOWN_CODE,
)
