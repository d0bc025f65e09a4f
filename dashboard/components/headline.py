"""Headlines: the computed sentences at the top of pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from dashboard import ids
from dashboard.charts.phrases import (
    NO_COMMUNE_HELP,
    add_filters,
    add_territory,
    as_of_text,
    capitalised,
    gap_text,
    message_without_commune,
    past_target_text,
    territory_text,
)
from dashboard.components.page import filtered_href
from dashboard.components.parts import Headline
from dashboard.elements import tags
from dashboard.elements.tags import Element, Paragraph
from dashboard.lists import Listing
from dashboard.lists.aid import PROPOSALS
from dashboard.lists.label import READY_APPLICATIONS
from dashboard.requests.page_request import PageRequest
from data.i18n import NARROW, count, day_long, number
from data.indicators.aid import AIDES_VOTEES
from data.indicators.label import LIEUX_EN_COURS, LIEUX_LABELLISES
from data.queries.pace import read_projection
from data.queries.ready import ReadyForSession, read_ready_applications, read_ready_proposals
from data.queries.sessions import DecisionSession
from data.queries.sources import missing_source_reason, read_loaded_sources
from data.queries.target_position import TargetPosition
from data.queries.targets import Target
from data.sources import source_named

LOAD_COMMAND_HELP = "Pour charger un fichier de la Région\u202f: python -m etl load FICHIER…"


NO_DATA_HEADLINE = Headline(
    "Aucune donnée",
    (
        "La base ne contient encore ni labellisation, ni aide, ni fréquentation.",
        "Pour charger les fichiers de la Région\u202f: python -m etl load FICHIER…",
        "Pour voir le tableau de bord avec des données inventées\u202f: python -m etl demo",
    ),
)


def target_headline(page_request: PageRequest, position: TargetPosition) -> Headline:
    """The number of labelled places compared with the target; for a territory, the number alone, since no target was
    voted for it.
    """
    if position.missing_reason:
        return never_loaded_headline(page_request, position.missing_reason)
    labelled, target = position.labelled, position.target
    if target is None:
        return Headline(_title_without_target(page_request, labelled), (as_of_text(page_request.selection),))
    if position.at_due is not None:
        places = count(labelled, "tiers-lieu labellisé", "tiers-lieux labellisés")
        now = f"{places} {requested_territory_text(page_request)}"
        return Headline(
            past_target_text(position.at_due, target.due, target.value),
            (f"{now}, arrêté au {day_long(page_request.selection.until)}.",),
        )
    lines = projection_lines(page_request) or _gap_lines(page_request.selection.until, labelled, target)
    return Headline(_target_title(labelled, target), (*lines, as_of_text(page_request.selection)))


def never_loaded_headline(page_request: PageRequest, missing: str) -> Headline:
    """The headline of a page whose necessary source was never loaded; a database without any fact gives the first
    commands.
    """
    if not any(source_named(name).holds_facts for name in read_loaded_sources(page_request.connection)):
        return NO_DATA_HEADLINE
    return Headline(capitalised(missing), (LOAD_COMMAND_HELP, as_of_text(page_request.selection)))


def projection_lines(
    page_request: PageRequest, pace_label: str = "le rythme des douze derniers mois"
) -> tuple[str, ...]:
    """The projection at the pace of the last twelve months, before the due date and with enough events; else empty."""
    projection = read_projection(page_request.connection, page_request.selection)
    if isinstance(projection, str) or page_request.selection.until >= projection.due:
        return ()
    places = count(projection.value, "lieu", "lieux")
    interval = f"intervalle à 80{NARROW}%{NARROW}: {projection.interval}"
    return (f"Si {pace_label} se maintenait{NARROW}: {places} {due_date_text(projection.due)} ({interval}).",)


def headline_with_territory(read_headline: Callable[[PageRequest], Headline]) -> Callable[[PageRequest], Headline]:
    """A reader of headlines whose titles name the chosen territory, or give the message of filters without any
    commune.
    """

    def headline_of(page_request: PageRequest) -> Headline:
        no_commune = message_without_commune(page_request.selection, page_request.options)
        if no_commune:
            return Headline(no_commune, (NO_COMMUNE_HELP,))
        headline = read_headline(page_request)
        return (
            headline
            if headline is NO_DATA_HEADLINE
            else replace(headline, title=add_territory(headline.title, page_request.selection, page_request.options))
        )

    return headline_of


def next_decisions_lines(page_request: PageRequest) -> tuple[Paragraph, ...]:
    """« Prochaines décisions : comité de labellisation du 15 février 2021, 3 candidatures prêtes ; commission
    permanente du 25 janvier 2021, 2 propositions d’aide. »: each number links to its list.
    """
    connection, selection, today = page_request.connection, page_request.selection, page_request.options.today
    no_calendar = missing_source_reason(connection, ("sessions",))
    if no_calendar:
        return (f"{capitalised(no_calendar)}.",)
    labels = read_ready_applications(connection, selection, today)
    aids = read_ready_proposals(connection, selection, today)
    if labels.session is None and aids.session is None and not labels.waiting and not aids.waiting:
        return ()
    parts: list[Element | str] = [f"{next_decisions_label((labels, aids), today)}{NARROW}: "]
    parts += [
        f"{_session_text(labels, 'pour les labels')}, ",
        missing_source_reason(connection, LIEUX_EN_COURS.required_sources)
        or _list_link(page_request, READY_APPLICATIONS, labels.waiting, "aucune candidature prête"),
    ]
    parts += [
        f"{NARROW}; {_session_text(aids, 'pour les aides')}, ",
        missing_source_reason(connection, AIDES_VOTEES.required_sources)
        or _list_link(page_request, PROPOSALS, aids.waiting, "aucune proposition d’aide"),
    ]
    return ([*parts, f"{later_sessions_text(aids)}."],)


def next_decisions_label(decisions: Sequence[ReadyForSession], today: date) -> str:
    """« Prochaines décisions »; « Décisions suivantes » when a session is not after today."""
    is_past = any(decision.session and decision.session.day <= today for decision in decisions)
    return "Décisions suivantes" if is_past else "Prochaines décisions"


def session_label(meeting: DecisionSession) -> str:
    """« commission permanente du 25 janvier 2021 »."""
    return f"{meeting.label[:1].lower()}{meeting.label[1:]} du {day_long(meeting.day)}"


def later_sessions_text(ready: ReadyForSession) -> str:
    """« , dont 1 pour une séance ultérieure »."""
    return f", dont {number(ready.later)} pour une séance ultérieure" if ready.later else ""


def _session_text(ready: ReadyForSession, purpose: str) -> str:
    return session_label(ready.session) if ready.session else f"aucune séance au calendrier {purpose}"


def _list_link(page_request: PageRequest, listing: Listing, waiting: int, empty_text: str) -> Element | str:
    """The number of rows of a list, with a link to it."""
    if not waiting:
        return empty_text
    page = filtered_href(listing.path, page_request.selection.to_query())
    return tags.A(count(waiting, *listing.noun), href=f"{page}#{ids.listing(listing.slug, 'title')}")


def requested_territory_text(page_request: PageRequest) -> str:
    """« en Normandie », « dans l’Orne »."""
    return territory_text(page_request.selection, page_request.options)


def _target_title(labelled: int, target: Target) -> str:
    places = count(labelled, "tiers-lieu labellisé", "tiers-lieux labellisés")
    return f"{places} sur {count(target.value, 'visé', 'visés')} {due_date_text(target.due)}"


def due_date_text(due: date) -> str:
    """« fin 2021 » for 31 December, « au 30 juin 2021 » for another day."""
    return f"fin {due.year}" if (due.month, due.day) == (12, 31) else f"au {day_long(due)}"


def _gap_lines(until: date, labelled: int, target: Target) -> tuple[str, ...]:
    expected = target.expected_at(until)
    if expected is None or target.baseline_day is None or until < target.baseline_day:
        return ()
    return (f"{gap_text(labelled, expected)}.",)


def _title_without_target(page_request: PageRequest, labelled: int) -> str:
    places = count(labelled, "tiers-lieu labellisé", "tiers-lieux labellisés")
    return add_filters(
        f"{places} {requested_territory_text(page_request)}",
        page_request.selection,
        page_request.options,
        (LIEUX_LABELLISES.slug,),
    )
