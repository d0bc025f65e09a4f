"""The finding at the top of a comparison: how far the first figure of its kind differs."""

from __future__ import annotations

from dashboard.charts.compared_phrases import (
    NO_NOTABLE_DIFFERENCE,
    OTHERS_NOT_NOTABLE,
    difference_sentences,
    replaced_filter_label,
    short_names,
    subject_names,
)
from dashboard.charts.phrases import add_other_filters, as_of_text, capitalised
from dashboard.components.parts import Headline
from dashboard.pages.compare.chooser import mixed_note
from dashboard.requests.page_request import PageRequest
from data.i18n import NARROW, sentence_list, uncapitalised
from data.indicators import Indicator
from data.indicators.aid import AIDES_VOTEES
from data.indicators.coverage import LABELLISES_POUR_100000
from data.indicators.label import LIEUX_LABELLISES
from data.indicators.partners import ACTIONS_PARTENAIRES
from data.queries.compared import ComparedIndicator, read_compared_indicator
from data.selection import MAX_COMPARED_ITEMS, MIN_COMPARED_ITEMS, TERRITORY_KIND, ComparisonKind, kind_of_items

MAIN_INDICATORS = {  # by kind of comparison
    "t": LABELLISES_POUR_100000,
    "partenaires": ACTIONS_PARTENAIRES,
    "dispositifs": AIDES_VOTEES,
    "porteurs": LIEUX_LABELLISES,
}


def main_indicator(kind: ComparisonKind) -> Indicator:
    """The indicator of which the headline speaks."""
    return MAIN_INDICATORS[kind.key]


def read_headline(page_request: PageRequest) -> Headline:
    """What is compared, whether its main figure differs, and its values."""
    selection = page_request.selection
    names = subject_names(selection, page_request.options)
    if len(names) < MIN_COMPARED_ITEMS:
        return _invitation(names)
    kind = kind_of_items(selection.compared)
    compared = read_compared_indicator(page_request.connection, main_indicator(kind), selection, page_request.options)
    lines = (
        f"{_values_text(page_request, compared)}.",
        mixed_note(page_request),
        _replaced_filter_text(page_request),
        as_of_text(selection),
    )
    return Headline(_title(compared, names), tuple(line for line in lines if line))


def _invitation(names: list[str]) -> Headline:
    if not names:
        return Headline(
            "Choisissez ce que vous voulez comparer",
            (f"De deux à six {TERRITORY_KIND.noun[1]}, partenaires, dispositifs ou types de porteurs, côte à côte.",),
        )
    title = f"{capitalised(names[0])}{NARROW}: choisissez avec quoi comparer"
    return Headline(title, (f"Jusqu’à {MAX_COMPARED_ITEMS} peuvent être côte à côte.",))


def _title(compared: ComparedIndicator, names: list[str]) -> str:
    """« L’Eure et l’Orne côte à côte : pas de différence notable de lieux labellisés pour 100 000 habitants »."""
    opening = f"{capitalised(sentence_list(names))} côte à côte"
    sentences = [one for one in difference_sentences(compared, names) if one != OTHERS_NOT_NOTABLE]
    label = uncapitalised(compared.indicator.label)
    if sentences == [NO_NOTABLE_DIFFERENCE]:
        return f"{opening}{NARROW}: pas de différence notable pour les {label}"
    if len(sentences) == 1:
        return f"{opening}{NARROW}: {uncapitalised(sentences[0])} pour les {label}"
    return opening


def _values_text(page_request: PageRequest, compared: ComparedIndicator) -> str:
    """« Lieux labellisés pour 100 000 habitants : Eure 1,0, Orne 1,1, Normandie 1,0 »."""
    selection, options, indicator = page_request.selection, page_request.options, compared.indicator
    label = add_other_filters(indicator.label, selection, options, (indicator.slug,))
    reasons = {value.reason for value in compared.values if value.value is None}
    if all(value.value is None for value in compared.values):
        return f"{label}{NARROW}: {'; '.join(sorted(reason for reason in reasons if reason))}"
    values = [
        f"{name} {indicator.unit.value_text(value.value)}"
        for name, value in zip(
            (*short_names(selection, options), "Normandie"), (*compared.values, compared.regional), strict=True
        )
    ]
    return f"{label}{NARROW}: {', '.join(values)}"


def _replaced_filter_text(page_request: PageRequest) -> str:
    label = replaced_filter_label(page_request.selection)
    return f"Le filtre «{NARROW}{label}{NARROW}» ne s’applique pas à ce qui est comparé." if label else ""
