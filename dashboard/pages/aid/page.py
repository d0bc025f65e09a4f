"""The page of aid: amounts voted, use of the envelopes, files to check."""

from __future__ import annotations

from dashboard.charts.phrases import add_filters, as_of_text, capitalised, period_text
from dashboard.components.headline import (
    headline_with_territory,
    later_sessions_text,
    never_loaded_headline,
    next_decisions_label,
    requested_territory_text,
    session_label,
)
from dashboard.components.listing import listing_part
from dashboard.components.page import Page
from dashboard.components.parts import Headline, charts_part, headline_part, tiles_part
from dashboard.components.tile import Tile
from dashboard.lists.aid import FILES_TO_CHECK, PROPOSALS, VOTED_FILES
from dashboard.pages.aid.tiles import read_aid_tiles
from dashboard.requests.page_request import PageRequest
from data.i18n import NARROW, agree, count, euros
from data.indicators.aid import AIDES_VOTEES, DOSSIERS_AIDES
from data.indicators.aid_files import DOSSIERS_A_VERIFIER
from data.queries.aid_lists import read_proposal_totals
from data.queries.indicators import read_value
from data.queries.ready import read_ready_proposals
from data.queries.sources import missing_source_reason

PATH = "/aides"
TITLE = "Aides"
PURPOSE = "Pour décider quels dossiers inscrire à la prochaine séance, lesquels rouvrir, et ce que l’enveloppe permet."


def read_headline(page_request: PageRequest) -> Headline:
    """The amount voted, the number of files, how many of them are to be checked; then the next session."""
    missing = missing_source_reason(page_request.connection, AIDES_VOTEES.required_sources)
    if missing:
        return never_loaded_headline(page_request, missing)
    voted, files, to_check = (
        read_value(page_request.connection, indicator, page_request.selection).value or 0
        for indicator in (AIDES_VOTEES, DOSSIERS_AIDES, DOSSIERS_A_VERIFIER)
    )
    until = f"{as_of_text(page_request.selection)} Donnée de gestion, ne vaut pas compte administratif."
    indicators = (AIDES_VOTEES.slug, DOSSIERS_AIDES.slug)
    if not files and not voted:
        where, when = requested_territory_text(page_request), period_text(page_request.selection)
        sentence = f"Aucune aide votée au titre des leviers {where} {when}"
        return Headline(
            add_filters(sentence, page_request.selection, page_request.options, indicators),
            (_next_session_line(page_request),),
        )
    amount = f"{euros(voted)} {agree(voted, 'voté', 'votés')}"
    sentence = f"{amount} pour {count(files, 'dossier', 'dossiers')} {requested_territory_text(page_request)}"
    if to_check:
        sentence += f", {count(to_check, 'à vérifier', 'à vérifier')}"
    return Headline(
        add_filters(sentence, page_request.selection, page_request.options, indicators),
        (_next_session_line(page_request), until),
    )


def _next_session_line(page_request: PageRequest) -> str:
    """« Prochaines décisions : commission permanente du 25 janvier 2021, 2 propositions pour 22 500 €, … »."""
    ready = read_ready_proposals(page_request.connection, page_request.selection, page_request.options.today)
    waiting_text = "aucune proposition d’aide"
    if ready.waiting:
        proposals = read_proposal_totals(page_request.connection, page_request.selection, page_request.options.today)
        proposals_text = count(proposals.files, "proposition", "propositions")
        not_counted_text = agree(proposals.files, "non comptée comme votée", "non comptées comme votées")
        waiting_text = (
            f"{proposals_text} pour {euros(proposals.amount)}{later_sessions_text(ready)}, {not_counted_text}"
        )
    if ready.session is None:
        missing = missing_source_reason(page_request.connection, ("sessions",))
        return f"{capitalised(missing or 'aucune séance à venir n’est au calendrier')}{NARROW}: {waiting_text}."
    opening = next_decisions_label((ready,), page_request.options.today)
    return f"{opening}{NARROW}: {session_label(ready.session)}, {waiting_text}."


def read_tiles(page_request: PageRequest) -> tuple[Tile, ...]:
    return read_aid_tiles(page_request.connection, page_request.selection)


AID = Page(
    PATH,
    lambda _slug: TITLE,
    (
        headline_part(headline_with_territory(read_headline), PURPOSE),
        tiles_part(read_tiles),
        charts_part(PATH),
        listing_part(PROPOSALS),
        listing_part(FILES_TO_CHECK),
        listing_part(VOTED_FILES),
    ),
    css_class="aid",
    guide=(
        "«\u202fVoté\u202f» veut dire décidé en séance\u202f; engagé, mandaté et payé sont d’autres étapes, à part.",
        "Seuls les leviers de la Région comptent dans les aides votées\u202f; les autres financements sont à part.",
        "«\u202fÀ vérifier\u202f» n’est pas une faute\u202f: la liste dit quelle règle, et avec quels nombres.",
    ),
    menu=TITLE,
    themes=lambda _slug: ("aides",),
)
