"""Aid: how far the money went, what is left of the envelopes, which files to look at again."""

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
from dashboard.lists.aid import PROPOSED, TO_CHECK, VOTED
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
    """What was voted, to how many files, and how many of them are to be checked; then the next meeting."""
    missing = missing_source_reason(page_request.connection, AIDES_VOTEES.required_sources)
    if missing:
        return never_loaded_headline(page_request, missing)
    voted, files, to_check = (
        read_value(page_request.connection, one, page_request.selection).value or 0
        for one in (AIDES_VOTEES, DOSSIERS_AIDES, DOSSIERS_A_VERIFIER)
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
    waiting = "aucune proposition d’aide"
    if ready.waiting:
        found = read_proposal_totals(page_request.connection, page_request.selection, page_request.options.today)
        proposals = count(found.files, "proposition", "propositions")
        apart = agree(found.files, "non comptée comme votée", "non comptées comme votées")
        waiting = f"{proposals} pour {euros(found.amount)}{later_sessions_text(ready)}, {apart}"
    if ready.session is None:
        missing = missing_source_reason(page_request.connection, ("sessions",))
        return f"{capitalised(missing or 'aucune séance à venir n’est au calendrier')}{NARROW}: {waiting}."
    opening = next_decisions_label((ready,), page_request.options.today)
    return f"{opening}{NARROW}: {session_label(ready.session)}, {waiting}."


def read_tiles(page_request: PageRequest) -> tuple[Tile, ...]:
    return read_aid_tiles(page_request.connection, page_request.selection)


AID = Page(
    PATH,
    lambda _slug: TITLE,
    (
        headline_part(headline_with_territory(read_headline), PURPOSE),
        tiles_part(read_tiles),
        charts_part(PATH),
        listing_part(PROPOSED),
        listing_part(TO_CHECK),
        listing_part(VOTED),
    ),
    css_class="aid",
    menu=TITLE,
    themes=lambda _slug: ("aides",),
)
