"""The news of the network as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import Connection

from data.i18n import NARROW, count, number, sentence_list
from data.queries.news import News, NewsKind, has_partner_meetings

MAX_NAMED_PLACES = 6  # in one sentence; more are counted
_ONE: dict[NewsKind, str] = {
    "awarded": "{} reçoit le label",
    "renewed": "{} voit son label renouvelé",
    "opened": "{} ouvre ses portes",
    "managers_meeting": "Les gérants de tiers-lieux se réunissent{}",
}
_MANY: dict[NewsKind, str] = {
    "awarded": "{} lieux reçoivent le label",
    "renewed": "{} lieux voient leur label renouvelé",
    "opened": "{} lieux ouvrent leurs portes",
    "managers_meeting": "{} réunions de gérants de tiers-lieux",
}
CATEGORIES: dict[NewsKind, str] = {
    "awarded": "label",
    "renewed": "label",
    "opened": "ouverture",
    "managers_meeting": "réunion de gérants",
}


def partner_effect_text(connection: Connection) -> str:
    """What the filter on the partner does to the news: it chooses the meetings, or nothing."""
    effect = "ne choisit que les réunions" if has_partner_meetings(connection) else "ne change rien à ces nouvelles"
    return f"Le filtre «{NARROW}Partenaire{NARROW}» {effect}"


def group_news(news: Sequence[News]) -> Iterator[list[News]]:
    """The news of one kind and one day together, as a session decides several labels."""
    for _key, group in groupby(news, key=lambda one: (one.day, one.kind)):
        yield list(group)


def news_sentence(group: Sequence[News]) -> str:
    """« 5 lieux reçoivent le label : La Filature (Lisieux), … », without full stop."""
    first, names = group[0], [_place_text(one) for one in group if one.name or one.commune]
    if len(group) > 1:
        text = _MANY[first.kind].format(number(len(group)))
        return f"{text}{NARROW}: {sentence_list(names)}" if 0 < len(names) <= MAX_NAMED_PLACES else text
    if first.kind == "managers_meeting":
        present = [count(first.present, "lieu présent", "lieux présents")] if first.present else []
        details = ", ".join([*names, *present])
        return _ONE[first.kind].format(f"{NARROW}: {details}" if details else "")
    return _ONE[first.kind].format(names[0])


def _place_text(news: News) -> str:
    if news.name is None:
        return news.commune or ""
    return f"{news.name} ({news.commune})" if news.commune and news.commune not in news.name else news.name
