"""What changed in a territory in twelve months: one sentence for each thing that did, with the rows behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from dashboard.charts.phrases import capitalised, change_text
from dashboard.components.page import Part, filtered_href
from dashboard.elements import tags
from dashboard.elements.tags import Element, Tree
from dashboard.pages.territories.sheet import sheet_panel
from dashboard.requests.page_request import PageRequest
from dashboard.urls import place_path
from data.i18n import NARROW, count, day_long, fold, number, sentence_list
from data.indicators import Indicator
from data.indicators.aid import AIDES_VOTEES
from data.indicators.attendance import EVOLUTION_LIEUX_COMPARABLES
from data.indicators.pace import RYTHME_OBSERVE
from data.indicators.partners import ACTIONS_PARTENAIRES
from data.queries.indicators import read_value
from data.queries.place_changes import PLACE_CHANGE_KINDS, PlaceChange, PlaceChangeKind, read_place_changes
from data.queries.sources import missing_source_reason
from data.selection import Selection
from data.selection.periods import at_date, over_year, year_before
from data.units import VISITS

MAX_NAMED_PLACES = 4  # of one sentence; more are counted
STABLE_CHANGE = 0.005  # a change that rounds to 0 %
Sentence = list[Element | str]

_PLACE_SENTENCES: dict[PlaceChangeKind, tuple[str, str]] = {
    "labelled": ("a reçu le label", "ont reçu le label"),
    "left": ("est sorti du label", "sont sortis du label"),
    "applied": ("est entré en parcours de labellisation", "sont entrés en parcours de labellisation"),
    "opened": ("a ouvert", "ont ouvert"),
    "closed": ("a fermé", "ont fermé"),
}


_ROWS: dict[PlaceChangeKind, Indicator] = {"labelled": RYTHME_OBSERVE, "left": RYTHME_OBSERVE}
"""The indicator whose rows are the changes of a kind; those of the others are on the sheets of the places."""


@dataclass(frozen=True)
class ChangeSubject:
    """One thing that may change: `read` gives its sentences, none when nothing did. Without one of its `sources` it is
    unknown.
    """

    name: str  # in « Rien de nouveau pour … »
    sources: tuple[str, ...]
    read: Callable[[PageRequest], Sequence[Sentence]]


def changes_part() -> Part:
    """The sentences of all subjects, then one sentence for those without change, and one for those not known."""
    return sheet_panel("changes", lambda _page_request: "Ce qui a changé en douze mois", changes_content)


def changes_content(page_request: PageRequest) -> list[Element]:
    year = over_year(page_request.selection)
    period = f"Du {day_long(year.since or year.until)} au {day_long(year.until)}."
    sentences: list[Sentence] = []
    unchanged: list[str] = []
    unknown: dict[str, list[str]] = {}
    for subject in SUBJECTS:
        missing = missing_source_reason(page_request.connection, subject.sources)
        found = [] if missing else subject.read(page_request)
        sentences += found
        if missing:
            unknown.setdefault(missing, []).append(subject.name)
        elif not found:
            unchanged.append(subject.name)
    if unchanged:
        sentences.append([f"Rien de nouveau pour {sentence_list(unchanged)}."])
    sentences += [
        [f"{capitalised(reason)}{NARROW}: ce qui a changé pour {sentence_list(names)} n’est pas connu."]
        for reason, names in unknown.items()
    ]
    return [
        tags.P(period, className="muted sheet-note"),
        tags.Ul([tags.Li(tags.P(sentence)) for sentence in sentences], className="sheet-list sheet-sentences"),
    ]


def _place_sentences(kinds: Sequence[PlaceChangeKind], page_request: PageRequest) -> list[Sentence]:
    changes = read_place_changes(page_request.connection, page_request.selection)
    by_kind = {kind: [change for change in changes if change.kind == kind] for kind in kinds}
    return [
        [
            f"{count(len(happened), 'lieu', 'lieux')} {_PLACE_SENTENCES[kind][len(happened) > 1]}{NARROW}: ",
            *_place_names(page_request, happened),
            ".",
            *(_rows_link(_ROWS[kind], page_request.selection) if kind in _ROWS else []),
        ]
        for kind, happened in by_kind.items()
        if happened
    ]


def _place_names(page_request: PageRequest, changes: Sequence[PlaceChange]) -> list[Element | str]:
    """Links to the sheets of the places, whose steps have their file and line."""
    query = page_request.selection.without_territory().to_query()
    named = changes[:MAX_NAMED_PLACES]
    content: list[Element | str] = []
    for rank, change in enumerate(named):
        separator = "" if not rank else " et " if rank == len(changes) - 1 else ", "
        town = "" if fold(change.commune) in fold(change.name) else f" ({change.commune})"
        content += [separator, tags.A(change.name, href=filtered_href(place_path(change.code), query)), town]
    more = len(changes) - len(named)
    return [*content, f" et {count(more, 'autre', 'autres')}"] if more else content


def _rows_link(indicator: Indicator, selection: Selection) -> list[Element | str]:
    href = filtered_href(f"/indicateurs/{indicator.slug}/lignes", selection.to_query())
    label: Tree = ["Les lignes", tags.Span(f"{NARROW}: {indicator.label}", className="visually-hidden")]
    return [" ", tags.A(label, href=href, className="rows-link")]


def _aid_sentences(page_request: PageRequest) -> list[Sentence]:
    year = over_year(page_request.selection)
    now, before = _read_two_years(page_request, AIDES_VOTEES)
    if not now and not before:
        return []
    voted = f"La Région a voté {AIDES_VOTEES.unit.text(now)} d’aides" if now > 0 else "La Région n’a voté aucune aide"
    if now < 0:
        voted = f"Les avenants ont retiré {AIDES_VOTEES.unit.text(-now)} d’aides"
    compared = f", contre {AIDES_VOTEES.unit.text(before)} les douze mois d’avant" if before else ""
    return [[f"{voted}{compared or ', et aucune les douze mois d’avant'}.", *_rows_link(AIDES_VOTEES, year)]]


def _action_sentences(page_request: PageRequest) -> list[Sentence]:
    now, before = _read_two_years(page_request, ACTIONS_PARTENAIRES)
    if not now and not before:
        return []
    held = count(now, "action de partenaire y a été menée", "actions de partenaires y ont été menées")
    text = held if now else "Aucune action de partenaire n’y a été menée"
    year = over_year(page_request.selection)
    return [[f"{text}, contre {number(before)} les douze mois d’avant.", *_rows_link(ACTIONS_PARTENAIRES, year)]]


def _read_two_years(page_request: PageRequest, indicator: Indicator) -> tuple[float, float]:
    """The value of the twelve months to `until`, and of the twelve before."""
    selection = page_request.selection
    years = over_year(selection), over_year(at_date(selection, year_before(selection.until)))
    now, before = (read_value(page_request.connection, indicator, year).value for year in years)
    return float(now or 0), float(before or 0)


def _visit_sentences(page_request: PageRequest) -> list[Sentence]:
    selection = page_request.selection.with_codes("unite", ())
    evolution = read_value(page_request.connection, EVOLUTION_LIEUX_COMPARABLES, selection)
    if evolution.value is None:
        reason = evolution.reason or ""
        return [[f"Les visites ne se comparent pas à celles de l’année d’avant{NARROW}: {reason}."]]
    change = f"À périmètre constant, {change_text(VISITS, evolution.value, STABLE_CHANGE)}"
    details = f"{NARROW}: {evolution.note}" if evolution.note else ""
    return [[f"{change}{details}.", *_rows_link(EVOLUTION_LIEUX_COMPARABLES, selection)]]


SUBJECTS = (
    ChangeSubject("le label", RYTHME_OBSERVE.required_sources, partial(_place_sentences, PLACE_CHANGE_KINDS[:3])),
    ChangeSubject(
        "les ouvertures et fermetures de lieux", ("places",), partial(_place_sentences, PLACE_CHANGE_KINDS[3:])
    ),
    ChangeSubject("les aides", AIDES_VOTEES.required_sources, _aid_sentences),
    ChangeSubject("les visites", EVOLUTION_LIEUX_COMPARABLES.required_sources, _visit_sentences),
    ChangeSubject("les actions des partenaires", ACTIONS_PARTENAIRES.required_sources, _action_sentences),
)
