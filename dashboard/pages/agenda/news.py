"""The latest news of the network, and how to subscribe to them and to the agenda."""

from __future__ import annotations

from dashboard.charts.phrases import capitalised, chosen_territory_text, period_text, territory_text
from dashboard.components.agenda_feed import MAX_FEED_NEWS
from dashboard.components.news import group_news, news_sentence, partner_effect_text
from dashboard.components.page import filtered_href
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.requests.page_request import PageRequest
from dashboard.urls import CALENDAR_PATH, NEWS_PATH
from data.i18n import NARROW, day_long, number
from data.queries.agenda import MAX_FEED_EVENTS
from data.queries.news import NEWS_SOURCES, read_news
from data.queries.sources import missing_source_reason
from data.selection import Selection

MAX_NEWS, MAX_SENTENCES = 60, 6


def news_section(page_request: PageRequest) -> Element:
    """The last sentences of the period, each with its day."""
    where = chosen_territory_text(page_request.selection, page_request.options)
    return tags.Section(
        [tags.H2(f"Actualités du réseau {where}".rstrip(), id="agenda-news"), *_news_content(page_request)],
        className="panel news",
        aria_labelledby="agenda-news",
    )


def _news_content(page_request: PageRequest) -> list[Element]:
    connection, selection = page_request.connection, page_request.selection
    missing = missing_source_reason(connection, NEWS_SOURCES)
    if missing:
        return [tags.P(f"{capitalised(missing)}.", className="muted")]
    groups = list(group_news(read_news(connection, selection, MAX_NEWS)))[:MAX_SENTENCES]
    if not groups:
        where, when = territory_text(selection, page_request.options), period_text(selection)
        return [tags.P(f"Ni label, ni ouverture, ni réunion de gérants {where} {when}.", className="muted")]
    items = [
        tags.Li([tags.Span(day_long(group[0].day), className="news-day"), " ", f"{news_sentence(group)}."])
        for group in groups
    ]
    note = (
        [tags.P(f"{partner_effect_text(connection)}.", className="list-note")] if selection.codes("partenaire") else []
    )
    return [tags.Ul(items, className="news-list"), *note]


def subscribe_section(page_request: PageRequest) -> Element:
    """Links to the two feeds, with the filters."""
    query = page_request.selection.to_query()
    return tags.Section(
        [
            tags.H2("S’abonner", id="agenda-feeds"),
            _feed_links("Agenda (iCal)", filtered_href(CALENDAR_PATH, query)),
            _feed_links("Agenda et actualités (Atom)", filtered_href(NEWS_PATH, query)),
            tags.P(subscribe_text(page_request.selection), className="muted"),
        ],
        className="panel feeds no-print",
        aria_labelledby="agenda-feeds",
    )


def subscribe_text(selection: Selection) -> str:
    """How to subscribe, and the days that a feed will hold: none after the date, once one is chosen."""
    until = day_long(selection.until)
    if selection.since:
        days = f"à partir du {day_long(selection.since)}"
        days += f" et jusqu’au {until}" if selection.until_given else ""
    else:
        days = f"des douze mois qui finissent le {until}" if selection.until_given else "des douze derniers mois"
    later = "et rien après cette date" if selection.until_given else "et tout ce qui est à venir"
    return (
        "Donnez l’adresse de l’un de ces fichiers à votre agenda ou à votre lecteur de flux"
        f"{NARROW}: il suivra les filtres de cette page. L’agenda donne les rendez-vous {days}, {later}, "
        f"{number(MAX_FEED_EVENTS)} au plus{NARROW}; le flux y ajoute {number(MAX_FEED_NEWS)} nouvelles au plus. Un "
        "évènement de plusieurs jours y est à son premier jour. Aucun nom de porteur n’y figure."
    )


def _feed_links(label: str, href: str) -> Element:
    """The file, and a button that copies its address (assets/agenda.js)."""
    return tags.P(
        [
            tags.A(label, href=href, className="button"),
            tags.Button(
                ["Copier l’adresse", tags.Span(f"{NARROW}: {label}", className="visually-hidden")],
                type="button",
                className="button feed-copy",
            ),
        ],
        className="feed-links",
    )
