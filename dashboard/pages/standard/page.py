"""The page of the service standard: what labelled places meet, what is missing, which labels to check."""

from __future__ import annotations

from dashboard.charts.phrases import add_filters, as_of_text, capitalised
from dashboard.charts.standard import MAX_NAMED_CRITERIA, met_text
from dashboard.components.headline import headline_with_territory, never_loaded_headline
from dashboard.components.listing import listing_part
from dashboard.components.page import Page
from dashboard.components.parts import Headline, breadcrumbs_part, charts_part, headline_part, tiles_part
from dashboard.components.tile_values import Tile
from dashboard.lists.standard import AWARDS_TO_CHECK, PLACE_STANDARDS
from dashboard.pages.standard.tiles import read_standard_tiles
from dashboard.requests.page_request import PageRequest
from dashboard.urls import STANDARD_PATH
from data.i18n import NARROW, agree, count, sentence_list
from data.indicators.standard import STANDARD_RESPECTE
from data.queries.indicators import read_value
from data.queries.labelled_share import LabelledShare
from data.queries.sources import missing_source_reason
from data.queries.standard import read_criterion_counts, read_whole_standard_share

TITLE = "Standard de service"
PURPOSE = "Pour décider quels lieux accompagner ou visiter, et ce que le label et son renouvellement doivent vérifier."


def read_headline(page_request: PageRequest) -> Headline:
    """The places that meet the whole standard, and what is missing most."""
    connection, selection = page_request.connection, page_request.selection
    missing = missing_source_reason(connection, STANDARD_RESPECTE.required_sources)
    if missing:
        return never_loaded_headline(page_request, missing)
    value = read_value(connection, STANDARD_RESPECTE, selection)
    if value.value is None:
        return Headline(_with_filters(page_request, capitalised(value.reason or "")), (as_of_text(selection),))
    share = read_whole_standard_share(connection, selection)
    title = capitalised(met_text(share.met, share.known))
    return Headline(
        _with_filters(page_request, f"{title}{_most_missing_text(page_request)}"),
        (*_unknown_lines(share), as_of_text(selection)),
    )


def _most_missing_text(page_request: PageRequest) -> str:
    """« ; critère obligatoire qui manque le plus : « Salle de réunion » »; empty when nothing stands out."""
    counts = read_criterion_counts(page_request.connection, page_request.selection)
    missing = [one for one in counts if one.is_compulsory and one.missing]
    names = [f"«{NARROW}{one.label}{NARROW}»" for one in missing if one.missing == missing[0].missing]
    if not 0 < len(names) <= MAX_NAMED_CRITERIA:
        return ""
    most = agree(len(names), "critère obligatoire qui manque le plus", "critères obligatoires qui manquent le plus")
    return f"{NARROW}; {most}{NARROW}: {sentence_list(names)}"


def _unknown_lines(share: LabelledShare) -> tuple[str, ...]:
    unknown = share.labelled - share.known
    if not unknown:
        return ()
    others = count(unknown, "autre lieu labellisé", "autres lieux labellisés")
    return (f"{others}{NARROW}: un critère obligatoire au moins n’y est pas renseigné.",)


def _with_filters(page_request: PageRequest, sentence: str) -> str:
    return add_filters(sentence, page_request.selection, page_request.options, (STANDARD_RESPECTE.slug,))


def read_tiles(page_request: PageRequest) -> tuple[Tile, ...]:
    return read_standard_tiles(page_request.connection, page_request.selection)


STANDARD = Page(
    STANDARD_PATH,
    lambda _slug: TITLE,
    (
        breadcrumbs_part(lambda _page_request: [("Label", "/label")]),
        headline_part(headline_with_territory(read_headline), PURPOSE),
        tiles_part(read_tiles),
        charts_part(STANDARD_PATH),
        listing_part(AWARDS_TO_CHECK),
        listing_part(PLACE_STANDARDS),
    ),
    css_class="standard",
    guide=(
        "Un lieu respecte le standard quand chaque critère obligatoire en vigueur y est respecté.",
        "Le registre des lieux l’emporte sur un relevé\u202f; sans l’un ni l’autre, un critère est inconnu.",
        "Les listes nomment les lieux et ce qui y manque.",
    ),
)
