"""The page of data: whether figures may be published, freshness of the sources, rejected rows, remarks, self-checks."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from dashboard.components.listing import listing_part
from dashboard.components.page import Page, Part
from dashboard.components.prose import ALL_FILTERS, bullet_list, prose_table, safe_link
from dashboard.components.source_line import DEMONSTRATION
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.exports.scdl import GRANT_FILES
from dashboard.lists.data import ANNOTATIONS, LOADS, REJECTED_ROWS, REMARKS
from dashboard.requests.page_request import PageRequest
from dashboard.urls import FINDER_PATH
from data.i18n import NARROW, count, day_long, day_short, euros, number
from data.indicators import INDICATORS
from data.policy.publication import THRESHOLDS_TEXT, Caveat, DataState, find_caveats, publication_title
from data.policy.self_checks import SelfCheck, read_self_checks
from data.queries.grants import GrantCounts, read_grant_counts
from data.queries.quality import Freshness, read_freshness, read_live_rows, read_unplaced_aid
from data.selection import Selection
from data.sources import SOURCES, Source

DEMONSTRATION_WARNING = f"{DEMONSTRATION}\u202f: ces lieux et ces montants sont inventés."
PATH = "/donnees"
TITLE = "Données"
PURPOSE = "Pour savoir, avant d’envoyer un chiffre, s’il peut l’être, et quel fichier redemander."
CHECKS_HELP = (
    "Refaits à chaque chargement. Les aides et les visites sont contrôlées sur les douze derniers mois (entiers, pour "
    "les visites), comme les pages les montrent."
)
SCDL_HELP = (
    f"Format SCDL «{NARROW}subventions{NARROW}» 2.1.1. La date est celle du vote{NARROW}; un entrepreneur individuel "
    f"n’est ni nommé ni identifié{NARROW}; «{NARROW}notificationUE{NARROW}» vaut «{NARROW}non{NARROW}» sans indication "
    "contraire des données. À relire avant de publier."
)
PUBLICATION_TEXT = (
    f"de plus de 23{NARROW}000{NARROW}€, dont la convention doit être publiée (décret n°\u00a02017-779 du "
    f"5\u00a0mai\u00a02017). Le seuil s’apprécie par bénéficiaire et par an{NARROW}: des aides plus petites peuvent "
    "l’atteindre ensemble."
)
NEVER_LOADED = "jamais chargée"
NUMBER_HEADS = ("Lignes en vigueur", "Lignes à corriger", "Non compté")
FRESHNESS_HEADS = ("Source", "Chargée le", "Nature", "Fichier", "Dernier fait", *NUMBER_HEADS)
LOAD_KIND_LABELS = {"reference": "référence", "demo": "démonstration", "region": "Région"}


def read_data_state(page_request: PageRequest) -> DataState:
    """The state of the whole database, computed once per load; the filters of the address do not apply."""
    return page_request.load_cache(
        f"state {page_request.options.until}",
        page_request.connection,
        lambda connection: _compute_data_state(page_request, connection),
    )


def _compute_data_state(page_request: PageRequest, connection: Connection) -> DataState:
    options = page_request.options
    rows = read_live_rows(connection)
    region_selection = Selection.from_query("", options)[0]
    return DataState(
        read_freshness(connection, rows),
        read_self_checks(connection, region_selection, rows),
        read_unplaced_aid(connection),
        page_request.provenance.is_demonstration,
        options.until,
    )


def publication_warning(page_request: PageRequest) -> str:
    """The French warning of a file: data are invented, or figures may not be published, for a reason; else empty."""
    if page_request.provenance.is_demonstration:
        return DEMONSTRATION_WARNING
    title = publication_title(find_caveats(read_data_state(page_request)))
    allowed, _no, why = title.partition("\u202f: non")
    return f"Chiffres non publiables{why}" if why and allowed else ""


def draw_data_state(page_request: PageRequest) -> Element:
    """Whether figures may be published, the caveats, the sources, the self-checks."""
    state = read_data_state(page_request)
    state_caveats = find_caveats(state)
    return tags.Div(
        [
            tags.H1(publication_title(state_caveats), tabIndex=-1),
            tags.P(f"Dernier fait connu\u202f: {day_long(state.until)}.", className="lead"),
            tags.P(PURPOSE, className="purpose"),
            _panel("Ce qu’il faut savoir avant de publier", *_caveat_list(state_caveats)),
            _panel("Ce qui est chargé", freshness_table(state.freshness)),
            _panel("Ce que la dernière livraison n’a pas confirmé", *_absent_rows(state.freshness)),
            _panel("Contrôles de l’application sur elle-même", tags.P(CHECKS_HELP), checks_table(state.checks)),
        ]
    )


def _panel(title: str, *body: Element) -> Element:
    return tags.Section([tags.H2(title), *body], className="panel")


def _caveat_list(state_caveats: Sequence[Caveat]) -> list[Element]:
    titles = {True: "Empêche de publier", False: "À dire avec le chiffre"}
    lines = [tags.Li([tags.Strong(titles[caveat.is_blocking]), f"\u202f: {caveat.text}."]) for caveat in state_caveats]
    content = tags.Ul(lines) if lines else tags.P("Rien ne s’oppose à la publication des chiffres.")
    return [content, tags.P(THRESHOLDS_TEXT, className="muted")]


def source_title(source: Source) -> str:
    """« Réseau des EPN »: the label of a source with a capital."""
    return source.label[:1].upper() + source.label[1:]


def freshness_table(sources: Sequence[Freshness]) -> Element:
    """One row per source."""
    return prose_table(
        "Ce qui est chargé, source par source",
        FRESHNESS_HEADS,
        [_freshness_row(freshness) for freshness in sources],
        NUMBER_HEADS,
    )


def _freshness_row(freshness: Freshness) -> tuple[str, ...]:
    label = source_title(freshness.source)
    if freshness.loaded is None:
        return (label, NEVER_LOADED, "—", "—", "—", "—", "—", "—")
    return (
        label,
        day_short(freshness.loaded),
        LOAD_KIND_LABELS[freshness.kind],
        freshness.file,
        day_short(freshness.last_day) if freshness.last_day else "—",
        number(freshness.rows),
        number(freshness.rejects),
        euros(freshness.rejected_amount) if freshness.rejected_amount else "—",
    )


def _absent_rows(sources: Sequence[Freshness]) -> list[Element]:
    """Sources sent whole whose latest delivery lacked known rows."""
    lines = [
        f"{source_title(freshness.source)}\u202f: "
        f"{count(freshness.absent, 'ligne connue absente', 'lignes connues absentes')} du fichier {freshness.file}. "
        "Elles restent comptées."
        for freshness in sources
        if freshness.absent
    ]
    return [bullet_list(*lines)] if lines else [tags.P("Tout ce qui est connu figurait dans la dernière livraison.")]


def checks_table(self_checks: Sequence[SelfCheck]) -> Element:
    """One row per check."""
    heads = ("Contrôle", "Résultat", "Constat")
    rows = [(check.statement, "✓ vérifié" if check.holds else "✗ en écart", check.result) for check in self_checks]
    return prose_table("Contrôles", heads, rows)


def _link_with_context(context: str, link: Element) -> Element:
    """The link with a hidden text that makes it unique for screen readers."""
    hidden_text = tags.Span(f"\u202f: {context}", className="visually-hidden")
    return Element(link.tag, [link.children, hidden_text], link.attributes)


def read_all_grant_counts(page_request: PageRequest) -> GrantCounts:
    """The numbers of aid files voted so far, counted once per load."""
    options = page_request.options
    return page_request.load_cache(
        f"grants {options.until}",
        page_request.connection,
        lambda connection: read_grant_counts(connection, Selection.from_query("", options)[0]),
    )


def open_data_panel(counts: GrantCounts) -> Element:
    """The grants as open data, and what is not in those files."""
    every, to_publish = (safe_link(grant_file.label, grant_file.path) for grant_file in GRANT_FILES)
    others = (
        f" {count(counts.of_others, 'dossier voté', 'dossiers votés')} par d’autres financeurs n’y figurent pas\u202f: "
        "chacun publie les siens."
        if counts.of_others
        else ""
    )
    return _panel(
        "Subventions de la Région en données ouvertes",
        tags.P(
            [
                every,
                f"\u202f: {count(counts.regional, 'subvention votée', 'subventions votées')} par la Région.",
                others,
            ]
        ),
        tags.P(
            [
                to_publish,
                f"{NARROW}: {count(counts.to_publish, 'subvention', 'subventions')} {PUBLICATION_TEXT}",
            ]
        ),
        tags.P(SCDL_HELP, className="muted"),
    )


def _public_places_panel() -> Element:
    return _panel(
        "Lieux en données ouvertes",
        tags.P(
            [
                "Les tiers-lieux labellisés et les lieux de médiation numérique, en CSV et en GeoJSON, avec leur "
                "schéma\u202f: voir ",
                safe_link("Trouver un tiers-lieu", FINDER_PATH),
                ".",
            ]
        ),
    )


def draw_downloads(page_request: PageRequest) -> Element:
    """Templates to fill, schemas, the grants as open data, and the addresses of the API."""
    sources = [
        (
            source_title(source),
            _link_with_context(
                source_title(source), safe_link("Modèle à remplir (XLSX)", f"/exports/modele-{source.name}.xlsx")
            ),
            _link_with_context(
                source_title(source), safe_link("Table Schema (JSON)", f"/api/schemas/{source.name}.json")
            ),
        )
        for source in SOURCES
    ]
    indicators = [
        (
            safe_link(indicator.label, f"/indicateurs/{indicator.slug}"),
            _link_with_context(indicator.label, safe_link("Données (JSON)", f"/api/indicateurs/{indicator.slug}.json")),
        )
        for indicator in INDICATORS
    ]
    return tags.Div(
        [
            _panel("Modèles de fichiers", prose_table("Modèles de fichiers", ("Source", "Modèle", "Schéma"), sources)),
            open_data_panel(read_all_grant_counts(page_request)),
            _public_places_panel(),
            _panel(
                "Les chiffres en données",
                tags.P(
                    [
                        "Dictionnaire complet\u202f: ",
                        safe_link("JSON", "/api/indicateurs"),
                        ", ",
                        safe_link("CSV", "/api/indicateurs.csv"),
                        ".",
                    ]
                ),
                tags.Details(
                    [
                        tags.Summary(f"Les {len(INDICATORS)} indicateurs, un par un"),
                        prose_table("Les indicateurs en données", ("Indicateur", "Adresse"), indicators),
                    ]
                ),
            ),
        ]
    )


DATA = Page(
    PATH,
    lambda _slug: TITLE,
    (
        Part(draw_data_state, follows_filters=False),
        listing_part(REJECTED_ROWS),
        listing_part(REMARKS),
        listing_part(LOADS),
        listing_part(ANNOTATIONS),
        Part(draw_downloads, follows_filters=False),
    ),
    css_class="data",
    guide=(
        "La première phrase dit si les chiffres peuvent être publiés, et sinon pourquoi.",
        "Une ligne à corriger n’est pas comptée tant que son fichier n’est pas corrigé puis chargé à nouveau.",
        "Les modèles du bas disent quelles colonnes remplir.",
    ),
    menu=TITLE,
    hidden_filters=ALL_FILTERS,
)
