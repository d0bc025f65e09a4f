"""A month of the agenda as a table of days, Monday first; on a phone the style sheet makes it a list."""

from __future__ import annotations

import re
from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.charts.phrases import add_filters, among_text, capitalised, territory_text
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.lists.state import replace_parameters, write_query
from dashboard.requests.page_request import PageRequest, query_parameter
from dashboard.urls import AGENDA_PATH, MONTH_PARAMETER, month_value, place_path
from data.i18n import NARROW, count, day_long, month_long, number, quote_french, sentence_list
from data.indicators.partners import ACTIONS_PARTENAIRES
from data.queries.agenda import (
    AGENDA_SOURCES,
    MAX_MONTH_EVENTS,
    AgendaEvent,
    NearestDays,
    read_events_between,
    read_nearest_days,
)
from data.queries.sources import missing_source_reason
from data.sources.activities import ACTIVITY_KINDS, PUBLIC_KINDS
from data.types import month_after, month_end, month_number, month_start

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MAX_EVENTS_PER_DAY = 3  # of a day, before the others are folded
KIND_NOUNS = {kind.code: (kind.label, kind.plural) for kind in ACTIVITY_KINDS}
OPEN_TO_ALL = ("ouvert au public", "ouverts au public")
_MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class ShownMonth:
    """A month (202012) of the agenda with its events in order; `nearest` are the nearest days that have one, `notice`
    the text about a month of the address that is none.
    """

    month: int
    events: Sequence[AgendaEvent]
    nearest: NearestDays
    notice: str = ""

    @property
    def first(self) -> date:
        return month_start(self.month)

    @property
    def last(self) -> date:
        return month_end(self.month)


def read_shown_month(page_request: PageRequest) -> ShownMonth:
    """The month of the address; without one, the month of the chosen date, else this month or, when nothing is planned
    from this month on, the last one with an event.
    """
    connection, selection, today = page_request.connection, page_request.selection, page_request.options.today
    text = query_parameter(page_request.query, MONTH_PARAMETER) or ""
    is_month = _MONTH.fullmatch(text) is not None
    month = int(text.replace("-", "")) if is_month else _default_month(page_request)
    first, last = month_start(month), month_end(month)
    notice = "" if is_month or not text else f"Le mois {quote_french(text)} n’existe pas{NARROW}: il a été ignoré."
    return ShownMonth(
        month,
        read_events_between(connection, selection, today, first, last),
        read_nearest_days(connection, selection, first, last),
        notice,
    )


def _default_month(page_request: PageRequest) -> int:
    selection, today = page_request.selection, page_request.options.today
    if selection.until_given:
        return month_number(selection.until)
    first = today.replace(day=1)
    nearest = read_nearest_days(page_request.connection, selection, first, first - timedelta(days=1))
    return month_number(today if nearest.after or not nearest.before else nearest.before)


def month_section(page_request: PageRequest) -> Element:
    """The title, the links to other months, the sentence that counts, and the days."""
    missing = missing_source_reason(page_request.connection, AGENDA_SOURCES)
    shown = read_shown_month(page_request)
    return tags.Section(
        [
            tags.Div(
                [
                    tags.H2(capitalised(month_long(shown.month)), id="agenda-month", tabIndex=-1),
                    tags.Nav(_month_links(page_request, shown), className="month-links", aria_label="Mois"),
                ],
                className="month-head",
            ),
            *([tags.P(shown.notice, className="notice")] if shown.notice else []),
            tags.P(
                f"{capitalised(missing)}." if missing else month_sentence(page_request, shown),
                role="status",
                className="month-count",
            ),
            *_empty_links(page_request, shown),
            *([_days_table(page_request, shown)] if shown.events else []),
        ],
        className="panel month",
        aria_labelledby="agenda-month",
    )


def month_sentence(page_request: PageRequest, shown: ShownMonth) -> str:
    """« 5 rendez-vous dans l’Orne en décembre 2020, dont 4 ouverts au public : 3 ateliers, … »."""
    selection, options, when = page_request.selection, page_request.options, f"en {month_long(shown.month)}"
    where = territory_text(selection, options)
    if not shown.events:
        outside = shown.first > selection.until if selection.until_given else False
        outside = outside or (selection.since is not None and shown.last < selection.since)
        text = f"Aucun rendez-vous {where} {when}" + (f"{NARROW}: ce mois est hors de la période" if outside else "")
    else:
        kinds = [event.kind for event in shown.events]
        parts = [count(kinds.count(kind), *nouns) for kind, nouns in KIND_NOUNS.items() if kind in kinds]
        first = f"les {number(MAX_MONTH_EVENTS)} premiers rendez-vous" if len(kinds) == MAX_MONTH_EVENTS else ""
        text = f"{capitalised(first) or f'{number(len(kinds))} rendez-vous'} {where} {when}"
        public = sum(kind in PUBLIC_KINDS for kind in kinds)
        text += among_text(len(kinds), ((public, *OPEN_TO_ALL),))
        text += f"{NARROW}: {sentence_list(parts)}"
    return add_filters(text, selection, options, (ACTIONS_PARTENAIRES.slug,)) + "."


def _month_links(page_request: PageRequest, shown: ShownMonth) -> list[Element]:
    """Links to the month before and the month after, with their names."""
    before, after = month_after(shown.month, -1), month_after(shown.month, 1)
    return [
        _month_link(page_request, before, ["‹ ", _hidden("Mois précédent"), month_long(before)]),
        _month_link(page_request, after, [_hidden("Mois suivant"), month_long(after), " ›"]),
    ]


def _hidden(text: str) -> Element:
    return tags.Span(f"{text}{NARROW}: ", className="visually-hidden")


def _empty_links(page_request: PageRequest, shown: ShownMonth) -> list[Element]:
    """From an empty month, links to the nearest months with something."""
    if shown.events:
        return []
    links = [
        _month_link(page_request, month_number(day), [f"{text}{NARROW}: {day_long(day)}"])
        for text, day in (("Dernier rendez-vous avant", shown.nearest.before), ("Prochain", shown.nearest.after))
        if day
    ]
    return [tags.P(link, className="month-nearest") for link in links]


def _month_link(page_request: PageRequest, month: int, content: list[Element | str]) -> Element:
    parameters = replace_parameters(page_request.parameters, {MONTH_PARAMETER: month_value(month)})
    return tags.A(content, href=(AGENDA_PATH, write_query("", parameters)), className="month-link")


def _days_table(page_request: PageRequest, shown: ShownMonth) -> Element:
    weeks = Calendar().monthdatescalendar(shown.month // 100, shown.month % 100)
    by_day: dict[date, list[AgendaEvent]] = {}
    for event in shown.events:
        by_day.setdefault(event.day, []).append(event)
    today = page_request.options.today
    head = [
        tags.Th([tags.Span(name[:3], aria_hidden="true"), tags.Span(name, className="visually-hidden")], scope="col")
        for name in WEEKDAYS
    ]
    rows = [tags.Tr([_day_cell(day, by_day.get(day, ()), shown, today) for day in week], role="row") for week in weeks]
    return tags.Table(
        [
            tags.Caption(f"Jours du mois{NARROW}: {month_long(shown.month)}", className="visually-hidden"),
            tags.Thead(tags.Tr(head)),
            tags.Tbody(rows, role="rowgroup"),
        ],
        className="month-days",
        role="table",  # a table still where the style sheet shows a list
    )


def _day_cell(day: date, events: Sequence[AgendaEvent], shown: ShownMonth, today: date) -> Element:
    if month_number(day) != shown.month:
        return tags.Td(role="cell", className="day-outside")
    classes = [*([] if events else ["day-empty"]), *(["day-today"] if day == today else [])]
    return tags.Td(
        [
            tags.P(
                [
                    tags.Span(number(day.day), className="day-number", aria_hidden="true"),
                    tags.Span(f"{WEEKDAYS[day.weekday()]} {day_long(day)}", className="day-name"),
                    *([tags.Span("aujourd’hui", className="day-mark")] if day == today else []),
                ],
                className="day-head",
            ),
            *_day_events(events, day > today),
        ],
        role="cell",
        className=" ".join(classes) or None,
    )


def _day_events(events: Sequence[AgendaEvent], is_coming: bool) -> list[Element]:
    shown, folded = events[:MAX_EVENTS_PER_DAY], events[MAX_EVENTS_PER_DAY:]
    lists = [tags.Ul([_event_item(event, is_coming) for event in part]) for part in (shown, folded) if part]
    if not folded:
        return lists
    return [lists[0], tags.Details([tags.Summary(count(len(folded), "autre", "autres")), lists[1]])]


def _event_item(event: AgendaEvent, is_coming: bool) -> Element:
    """The title, linked to the sheet of its place, then its kind, whether all may come, and where it is."""
    title = event.title or capitalised(event.kind_label)
    name: Element | str = tags.A(title, href=(place_path(event.place_code), "")) if event.place_code else title
    kind = [capitalised(event.kind_label)] if event.title else []
    coming: list[Element | str] = [tags.Span("à venir", className="event-coming"), " "] if is_coming else []
    public = ["ouvert au public"] if event.kind in PUBLIC_KINDS else []
    return tags.Li(
        [*coming, name, tags.Span(" · ".join([*kind, *public, event.where]), className="event-where")],
        className="event-public" if public else None,
    )
