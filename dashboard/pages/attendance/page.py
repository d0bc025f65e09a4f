"""The page of attendance: visits, and missing declarations."""

from __future__ import annotations

from dashboard.charts.attendance import MAX_STABLE_CHANGE
from dashboard.charts.phrases import add_filters, as_of_text, capitalised, change_text, territory_text
from dashboard.components.headline import headline_with_territory, never_loaded_headline
from dashboard.components.listing import listing_part
from dashboard.components.page import Page
from dashboard.components.parts import Headline, charts_part, headline_part, tiles_part
from dashboard.lists.attendance import ATTENDANCE as PLACES
from dashboard.pages.attendance.tiles import read_attendance_tiles
from dashboard.requests.page_request import PageRequest
from data.facts.suppression import CONFIDENTIALITY_REASON, omission_text
from data.i18n import NARROW, count
from data.indicators.attendance import TAUX_REPONSE, VISITES, comparison_text, no_comparison_reason
from data.queries.comparable_places import (
    last_months_of_period,
    last_twelve_months,
    read_comparison,
    read_declarations,
)
from data.queries.sources import missing_source_reason
from data.queries.suppression import count_omitted_places
from data.selection import unit_of
from data.units import ATTENDANCE_UNITS, Unit

PATH = "/frequentation"
TITLE = "Fréquentation"
PURPOSE = "Pour décider quels lieux relancer, et savoir si les lieux soutenus servent."


def read_headline(page_request: PageRequest) -> Headline:
    """The change in a year at comparable places, else the total declared; then the missing declarations."""
    missing = missing_source_reason(page_request.connection, VISITES.required_sources)
    if missing:
        return never_loaded_headline(page_request, missing)
    title, *lines = _title_and_lines(page_request)
    as_of = as_of_text(page_request.selection)
    title = add_filters(title, page_request.selection, page_request.options, (VISITES.slug,))
    return Headline(title, (*lines, *_missing_declarations_lines(page_request), as_of))


def _title_and_lines(page_request: PageRequest) -> tuple[str, ...]:
    """The title and, when two years can be compared, a line with the numbers."""
    unit = ATTENDANCE_UNITS[unit_of(page_request.selection)]
    comparison = read_comparison(page_request.connection, page_request.selection)
    where = territory_text(page_request.selection, page_request.options)
    if comparison.visits is None:
        return _sentences_without_visits(page_request, unit, where)
    declared = (
        f"{unit.text(comparison.visits)} déclarées"
        if comparison.visits > 1
        else f"{unit.text(comparison.visits)} déclarée"
    )
    omitted = count_omitted_places(page_request.connection, "declared", last_twelve_months(page_request.selection)).get(
        (), 0
    )
    places = ", ".join((count(comparison.declared, "lieu", "lieux"), *([omission_text(omitted)] if omitted else [])))
    if no_comparison_reason(comparison, unit) or comparison.now is None or not comparison.before:
        return (f"{declared} {where} en douze mois ({places})",)
    change = comparison.now / comparison.before - 1
    change_title = capitalised(change_text(unit, change, MAX_STABLE_CHANGE))
    line = f"{declared} en douze mois ({places}){NARROW}; comparés{NARROW}: {comparison_text(comparison, unit)}."
    return f"{change_title} en un an {where}, à lieux comparables", line


def _sentences_without_visits(page_request: PageRequest, unit: Unit, where: str) -> tuple[str, ...]:
    """The sentences of a year without any declaration, or without any that can be published."""
    omitted = count_omitted_places(page_request.connection, "declared", last_twelve_months(page_request.selection)).get(
        (), 0
    )
    if not omitted:
        return (f"Aucune {unit.singular} déclarée {where} ces douze derniers mois",)
    private = count(omitted, "seul lieu privé a déclaré", "seuls lieux privés ont déclaré")
    return (
        f"{unit.plural.capitalize()} non montrées {where} ces douze derniers mois",
        f"{private}{NARROW}: {CONFIDENTIALITY_REASON}.",
    )


def _missing_declarations_lines(page_request: PageRequest) -> tuple[str, ...]:
    """The number of missing declarations of the last twelve months, in the unit chosen."""
    missing = missing_source_reason(page_request.connection, TAUX_REPONSE.required_sources)
    if missing:
        return (f"Taux de réponse inconnu{NARROW}: {missing}.",)
    recent = last_months_of_period(page_request.selection)
    answered, expected = read_declarations(page_request.connection, recent) if recent else (0, 0)
    if answered == expected:
        return ()
    missing_text = count(expected - answered, "déclaration manque", "déclarations manquent")
    expected_text = count(expected, "attendue", "attendues")
    omitted = count_omitted_places(page_request.connection, "expected", recent).get((), 0) if recent else 0
    omitted_text = f" ({omission_text(omitted)})" if omitted else ""
    return (
        f"{missing_text} sur {expected_text}{omitted_text}{NARROW}: la liste des lieux à relancer est en bas de page.",
    )


ATTENDANCE = Page(
    PATH,
    lambda _slug: TITLE,
    (
        headline_part(headline_with_territory(read_headline), PURPOSE),
        tiles_part(lambda page_request: read_attendance_tiles(page_request.connection, page_request.selection)),
        charts_part(PATH),
        listing_part(PLACES),
    ),
    css_class="attendance",
    guide=(
        "Les lieux déclarent leurs visites\u202f: un mois non déclaré manque, il ne vaut pas zéro.",
        "Un total se lit avec son taux de réponse.",
        "Un lieu privé que l’on pourrait reconnaître n’est pas compté, et la page le dit.",
    ),
    menu=TITLE,
    themes=lambda _slug: ("frequentation",),
)
