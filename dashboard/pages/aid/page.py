"""Aid: how far the money went, what is left of the envelopes, which files to look at again."""

from __future__ import annotations

from dashboard.charts.words import as_of_words, narrowed, sentence_of, when_words
from dashboard.components.headline import in_territory, later_words, next_words, session_words, unloaded, where
from dashboard.components.listing import list_part
from dashboard.components.page import Page
from dashboard.components.parts import Headline, charts_part, headline_part, tiles_part
from dashboard.components.tile import Tile
from dashboard.lists.aid import PROPOSED, TO_CHECK, VOTED
from dashboard.pages.aid.tiles import read_aid_tiles
from dashboard.requests.page_request import Asked
from data.i18n import NARROW, agree, count, euros
from data.indicators.aid import AIDES_VOTEES, DOSSIERS_AIDES
from data.indicators.aid_files import DOSSIERS_A_VERIFIER
from data.queries.aid_lists import read_proposals
from data.queries.indicators import read_value
from data.queries.ready import read_ready_proposals
from data.queries.sources import missing_source

PATH = "/aides"
TITLE = "Aides"
SERVES = "Pour décider quels dossiers inscrire à la prochaine séance, lesquels rouvrir, et ce que l’enveloppe permet."


def said(asked: Asked) -> Headline:
    """What was voted, to how many files, and how many of them are to be checked; then the next meeting."""
    missing = missing_source(asked.connection, AIDES_VOTEES.necessary)
    if missing:
        return unloaded(asked, missing)
    voted, files, to_check = (
        read_value(asked.connection, one, asked.selection).value or 0
        for one in (AIDES_VOTEES, DOSSIERS_AIDES, DOSSIERS_A_VERIFIER)
    )
    until = f"{as_of_words(asked.selection)} Donnée de gestion, ne vaut pas compte administratif."
    indicators = (AIDES_VOTEES.slug, DOSSIERS_AIDES.slug)
    if not files and not voted:
        sentence = f"Aucune aide votée au titre des leviers {where(asked)} {when_words(asked.selection)}"
        return Headline(narrowed(sentence, asked.selection, asked.known, indicators), (_meeting(asked),))
    sentence = (
        f"{euros(voted)} {agree(voted, 'voté', 'votés')} pour {count(files, 'dossier', 'dossiers')} {where(asked)}"
    )
    if to_check:
        sentence += f", {count(to_check, 'à vérifier', 'à vérifier')}"
    return Headline(narrowed(sentence, asked.selection, asked.known, indicators), (_meeting(asked), until))


def _meeting(asked: Asked) -> str:
    """« Prochaines décisions : commission permanente du 25 janvier 2021, 2 propositions pour 22 500 €, … »."""
    ready = read_ready_proposals(asked.connection, asked.selection, asked.known.today)
    waiting = "aucune proposition d’aide"
    if ready.waiting:
        found = read_proposals(asked.connection, asked.selection, asked.known.today)
        proposals = count(found.files, "proposition", "propositions")
        apart = agree(found.files, "non comptée comme votée", "non comptées comme votées")
        waiting = f"{proposals} pour {euros(found.amount)}{later_words(ready)}, {apart}"
    if ready.meeting is None:
        missing = missing_source(asked.connection, ("sessions",))
        return f"{sentence_of(missing or 'aucune séance à venir n’est au calendrier')}{NARROW}: {waiting}."
    return f"{next_words((ready,), asked.known.today)}{NARROW}: {session_words(ready.meeting)}, {waiting}."


def tiles(asked: Asked) -> tuple[Tile, ...]:
    """The four figures."""
    return read_aid_tiles(asked.connection, asked.selection)


AID = Page(
    PATH,
    lambda _slug: TITLE,
    (
        headline_part(in_territory(said), SERVES),
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
