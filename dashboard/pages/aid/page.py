"""Aid: how far the money went, what is left of the envelopes, which files to look at again."""

from __future__ import annotations

from dashboard.charts.words import as_of_words, narrowed, sentence_of, when_words
from dashboard.components.headline import (
    later_words,
    never_loaded_words,
    next_words,
    session_label,
    where,
    with_territory,
)
from dashboard.components.listing import list_part
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
SERVES = "Pour décider quels dossiers inscrire à la prochaine séance, lesquels rouvrir, et ce que l’enveloppe permet."


def read_headline(page_request: PageRequest) -> Headline:
    """What was voted, to how many files, and how many of them are to be checked; then the next meeting."""
    missing = missing_source_reason(page_request.connection, AIDES_VOTEES.required_sources)
    if missing:
        return never_loaded_words(page_request, missing)
    voted, files, to_check = (
        read_value(page_request.connection, one, page_request.selection).value or 0
        for one in (AIDES_VOTEES, DOSSIERS_AIDES, DOSSIERS_A_VERIFIER)
    )
    until = f"{as_of_words(page_request.selection)} Donnée de gestion, ne vaut pas compte administratif."
    indicators = (AIDES_VOTEES.slug, DOSSIERS_AIDES.slug)
    if not files and not voted:
        sentence = f"Aucune aide votée au titre des leviers {where(page_request)} {when_words(page_request.selection)}"
        return Headline(
            narrowed(sentence, page_request.selection, page_request.options, indicators), (_meeting(page_request),)
        )
    amount = f"{euros(voted)} {agree(voted, 'voté', 'votés')}"
    sentence = f"{amount} pour {count(files, 'dossier', 'dossiers')} {where(page_request)}"
    if to_check:
        sentence += f", {count(to_check, 'à vérifier', 'à vérifier')}"
    return Headline(
        narrowed(sentence, page_request.selection, page_request.options, indicators), (_meeting(page_request), until)
    )


def _meeting(page_request: PageRequest) -> str:
    """« Prochaines décisions : commission permanente du 25 janvier 2021, 2 propositions pour 22 500 €, … »."""
    ready = read_ready_proposals(page_request.connection, page_request.selection, page_request.options.today)
    waiting = "aucune proposition d’aide"
    if ready.waiting:
        found = read_proposal_totals(page_request.connection, page_request.selection, page_request.options.today)
        proposals = count(found.files, "proposition", "propositions")
        apart = agree(found.files, "non comptée comme votée", "non comptées comme votées")
        waiting = f"{proposals} pour {euros(found.amount)}{later_words(ready)}, {apart}"
    if ready.session is None:
        missing = missing_source_reason(page_request.connection, ("sessions",))
        return f"{sentence_of(missing or 'aucune séance à venir n’est au calendrier')}{NARROW}: {waiting}."
    return f"{next_words((ready,), page_request.options.today)}{NARROW}: {session_label(ready.session)}, {waiting}."


def tiles(page_request: PageRequest) -> tuple[Tile, ...]:
    return read_aid_tiles(page_request.connection, page_request.selection)


AID = Page(
    PATH,
    lambda _slug: TITLE,
    (
        headline_part(with_territory(read_headline), SERVES),
        tiles_part(tiles),
        charts_part(PATH),
        list_part(PROPOSED),
        list_part(TO_CHECK),
        list_part(VOTED),
    ),
    kind="aid",
    menu=TITLE,
    themes=lambda _slug: ("aides",),
)
