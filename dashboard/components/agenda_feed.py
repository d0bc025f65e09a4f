"""The agenda and the news of a request as a feed."""

from __future__ import annotations

from dashboard.charts.phrases import add_other_filters, capitalised, chosen_territory_text
from dashboard.components.news import CATEGORIES, news_sentence, partner_effect_text
from dashboard.components.page import filtered_href
from dashboard.exports.feed import Feed, FeedEntry, entry_id
from dashboard.requests.page_request import PageRequest
from dashboard.urls import AGENDA_PATH, MONTH_PARAMETER, NEWS_PATH, month_value, place_path
from data.i18n import NARROW, day_long, number
from data.indicators.partners import ACTIONS_PARTENAIRES
from data.queries.agenda import AGENDA_SOURCES, MAX_FEED_EVENTS, AgendaEvent, read_feed_events
from data.queries.news import NEWS_SOURCES, News, read_news
from data.queries.sources import missing_source_reason, read_is_demonstration
from data.types import month_number

MAX_FEED_NEWS = 100


def read_feed(page_request: PageRequest, site: str, path: str) -> Feed:
    """The agenda of the filters (without a start: of twelve months, and all that is to come) and its news."""
    connection, selection = page_request.connection, page_request.selection
    query = selection.to_query()
    missing = missing_source_reason(connection, AGENDA_SOURCES)
    events = [] if missing else read_feed_events(connection, selection, page_request.options.today)
    news = [] if _missing_news(page_request) else read_news(connection, selection, MAX_FEED_NEWS)
    meetings = {("managers_meeting", event.day) for event in events if event.kind == "managers_meeting"}
    entries = [
        *(_event_entry(event, site) for event in events),
        *(_news_entry(one, site) for one in news if (one.kind, one.day) not in meetings),  # those are entries already
    ]
    return Feed(
        title=feed_title(page_request),
        subtitle=capitalised(missing) if missing else _subtitle(page_request, path, len(events), len(news)),
        address=site + filtered_href(path, query),
        page=site + filtered_href(AGENDA_PATH, query),
        entries=tuple(sorted(entries, key=lambda entry: (entry.day, entry.entry_id), reverse=True)),
    )


def feed_title(page_request: PageRequest) -> str:
    """« Agenda des tiers-lieux dans l’Orne (porteur : public) – données de démonstration »."""
    selection, options = page_request.selection, page_request.options
    where = chosen_territory_text(selection, options) or "de Normandie"
    title = add_other_filters(f"Agenda des tiers-lieux {where}", selection, options, (ACTIONS_PARTENAIRES.slug,))
    return f"{title} – données de démonstration" if read_is_demonstration(page_request.connection) else title


def _subtitle(page_request: PageRequest, path: str, events: int, news: int) -> str:
    """What the feed of this path holds, where it is cut, and what the partner does to its news."""
    has_news = path == NEWS_PATH  # a calendar holds what one can go to
    subject = "Rendez-vous et nouvelles" if has_news else "Rendez-vous"
    texts = [f"{subject} des tiers-lieux, d’après les fichiers de la Région"]
    if events == MAX_FEED_EVENTS:
        texts.append(f"Les {number(events)} rendez-vous les plus tardifs seulement")
    if has_news and news == MAX_FEED_NEWS:
        texts.append(f"Les {number(news)} dernières nouvelles seulement")
    if has_news and page_request.selection.codes("partenaire"):
        texts.append(partner_effect_text(page_request.connection))
    return ". ".join(texts)


def _missing_news(page_request: PageRequest) -> bool:
    return missing_source_reason(page_request.connection, NEWS_SOURCES) is not None


def _event_entry(event: AgendaEvent, site: str) -> FeedEntry:
    is_named = event.commune is None or event.commune in event.where
    place = event.where if is_named else f"{event.where}, {event.commune}"
    return FeedEntry(
        entry_id=entry_id("activity", event.code),
        day=event.day,
        title=event.title or capitalised(event.kind_label),
        category=event.kind_label,
        summary=f"{day_long(event.day)}{NARROW}: {event.kind_label}, {place} ({event.partner_label})",
        place=place,
        link=site + (place_path(event.place_code) if event.place_code else month_href(event)),
        updated=event.loaded_at,
    )


def month_href(event: AgendaEvent) -> str:
    """The address of the agenda at the month of an event."""
    return f"{AGENDA_PATH}?{MONTH_PARAMETER}={month_value(month_number(event.day))}"


def _news_entry(news: News, site: str) -> FeedEntry:
    sentence = news_sentence([news])
    return FeedEntry(
        entry_id=entry_id(news.kind, f"{news.code}/{news.day}"),
        day=news.day,
        title=sentence,
        category=CATEGORIES[news.kind],
        summary=f"{day_long(news.day)}{NARROW}: {sentence}.",
        place=news.commune or "",
        link=site + (place_path(news.place_code) if news.place_code else AGENDA_PATH),
        updated=news.loaded_at,
        is_event=False,
    )
