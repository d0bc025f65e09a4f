"""The state of the data: one verdict, how fresh each source is, what is to be corrected, what checks itself."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from dashboard.components.listing import list_part
from dashboard.components.page import Page, Part
from dashboard.components.prose import EVERY_FILTER, bullets, link, table
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.lists.data import LOADS, REFUSED
from dashboard.requests.page_request import PageRequest
from data.i18n import count, day_long, day_short, euros, number
from data.indicators import INDICATORS
from data.policy.publication import THRESHOLDS_TEXT, Caveat, DataState, find_caveats, publication_title
from data.policy.self_checks import SelfCheck, read_self_checks
from data.queries.quality import Freshness, read_freshness, read_live_rows, read_unplaced_aid
from data.selection import Selection
from data.sources import SOURCES, Source

PATH = "/donnees"
TITLE = "Données"
SERVES = "Pour savoir, avant d’envoyer un chiffre, s’il peut l’être, et quel fichier redemander."
CHECKED = (
    "Refaits à chaque chargement. Les aides et les visites sont contrôlées sur les douze derniers mois (entiers, pour "
    "les visites), comme les pages les montrent."
)
NEVER = "jamais chargée"
COUNTED = ("Lignes en vigueur", "Lignes à corriger", "Non compté")
HEADS = ("Source", "Chargée le", "Nature", "Fichier", "Dernier fait", *COUNTED)
KINDS = {"reference": "référence", "demo": "démonstration", "region": "Région"}


def read_state(page_request: PageRequest) -> DataState:
    """The state of the whole base, looked at once for each load: the filters of the address narrow nothing here."""
    return page_request.load_cache(
        f"state {page_request.options.until}",
        page_request.connection,
        lambda connection: _read(page_request, connection),
    )


def _read(page_request: PageRequest, connection: Connection) -> DataState:
    options = page_request.options
    rows = read_live_rows(connection)
    whole = Selection.from_query("", options)[0]
    return DataState(
        read_freshness(connection, rows),
        read_self_checks(connection, whole, rows),
        read_unplaced_aid(connection),
        page_request.provenance.is_demonstration,
        options.until,
    )


def draw(page_request: PageRequest) -> Element:
    """The verdict and what it rests on."""
    state = read_state(page_request)
    found = find_caveats(state)
    return tags.Div(
        [
            tags.H1(publication_title(found), tabIndex=-1),
            tags.P(f"Dernier fait connu\u202f: {day_long(state.until)}.", className="lead"),
            tags.P(SERVES, className="serves"),
            _panel("Ce qu’il faut savoir avant de publier", *_points(found)),
            _panel("Ce qui est chargé", freshness(state.freshness)),
            _panel("Ce que la dernière livraison n’a pas confirmé", *_absent(state.freshness)),
            _panel("Contrôles de l’application sur elle-même", tags.P(CHECKED), checks(state.checks)),
        ]
    )


def _panel(title: str, *body: Element) -> Element:
    return tags.Section([tags.H2(title), *body], className="panel")


def _points(found: Sequence[Caveat]) -> list[Element]:
    words = {True: "Empêche de publier", False: "À dire avec le chiffre"}
    lines = [tags.Li([tags.Strong(words[point.is_blocking]), f"\u202f: {point.text}."]) for point in found]
    listed = tags.Ul(lines) if lines else tags.P("Rien ne s’oppose à la publication des chiffres.")
    return [listed, tags.P(THRESHOLDS_TEXT, className="muted")]


def named(source: Source) -> str:
    """« Réseau des EPN »: its label at the beginning of a sentence."""
    return source.label[:1].upper() + source.label[1:]


def freshness(found: Sequence[Freshness]) -> Element:
    """One row per source."""
    return table("Ce qui est chargé, source par source", HEADS, [_fresh(one) for one in found], COUNTED)


def _fresh(one: Freshness) -> tuple[str, ...]:
    label = named(one.source)
    if one.loaded is None:
        return (label, NEVER, "—", "—", "—", "—", "—", "—")
    return (
        label,
        day_short(one.loaded),
        KINDS[one.kind],
        one.file,
        day_short(one.last_day) if one.last_day else "—",
        number(one.rows),
        number(one.rejects),
        euros(one.rejected_amount) if one.rejected_amount else "—",
    )


def _absent(found: Sequence[Freshness]) -> list[Element]:
    """Sources sent whole, whose latest delivery lacked rows that were known."""
    lines = [
        f"{named(one.source)}\u202f: "
        f"{count(one.absent, 'ligne connue absente', 'lignes connues absentes')} du fichier {one.file}. Elles restent "
        "comptées."
        for one in found
        if one.absent
    ]
    return [bullets(*lines)] if lines else [tags.P("Tout ce qui est connu figurait dans la dernière livraison.")]


def checks(found: Sequence[SelfCheck]) -> Element:
    """One row per check."""
    heads = ("Contrôle", "Résultat", "Constat")
    rows = [(one.statement, "✓ vérifié" if one.holds else "✗ en écart", one.result) for one in found]
    return table("Contrôles", heads, rows)


def _for(what: str, linked: Element) -> Element:
    """The link, its words made unique for those who hear them out of the table."""
    about = tags.Span(f"\u202f: {what}", className="visually-hidden")
    return Element(linked.tag, [linked.children, about], linked.attributes)


def downloads(_asked: PageRequest) -> Element:
    """What to fill, what to read, what to query."""
    sources = [
        (
            named(source),
            _for(named(source), link("Modèle à remplir (XLSX)", f"/exports/modele-{source.name}.xlsx")),
            _for(named(source), link("Table Schema (JSON)", f"/api/schemas/{source.name}.json")),
        )
        for source in SOURCES
    ]
    figures = [
        (
            link(one.label, f"/indicateurs/{one.slug}"),
            _for(one.label, link("Données (JSON)", f"/api/indicateurs/{one.slug}.json")),
        )
        for one in INDICATORS
    ]
    return tags.Div(
        [
            _panel("Modèles de fichiers", table("Modèles de fichiers", ("Source", "Modèle", "Schéma"), sources)),
            _panel(
                "Les chiffres en données",
                tags.P([link("Dictionnaire complet (JSON)", "/api/indicateurs"), "."]),
                tags.Details(
                    [
                        tags.Summary(f"Les {len(INDICATORS)} indicateurs, un par un"),
                        table("Les indicateurs en données", ("Indicateur", "Adresse"), figures),
                    ]
                ),
            ),
        ]
    )


DATA = Page(
    PATH,
    lambda _slug: TITLE,
    (Part(draw, follows=False), list_part(REFUSED), list_part(LOADS), Part(downloads, follows=False)),
    kind="data",
    menu=TITLE,
    hides=EVERY_FILTER,
)
