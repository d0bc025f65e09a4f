"""The values of a URL query: what is known is taken, what is not is dropped and told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from data.filters import Filter
from data.i18n import day_short
from data.selection.options import FilterOptions

EARLIEST_DAY = date(2000, 1, 1)
MAX_QUERY_LENGTH = 4_000
MAX_ECHO_LENGTH = 40


def read_codes(one: Filter, asked: Iterable[str], options: FilterOptions, notices: list[str]) -> tuple[str, ...]:
    """The codes asked for that a filter has, in its order; what is ignored is added to the notices."""
    order = [option.code for option in options.by_filter.get(one.key, ())]
    wanted = set(asked)
    notices.extend(_unknown_choice_notice(one.label.lower(), code) for code in sorted(wanted - set(order)))
    codes = [code for code in order if code in wanted]
    if not one.multiple:
        notices.extend(_single_choice_notice(one.label.lower(), code) for code in codes[1:])
        codes = codes[:1]
    return () if codes == [one.default] else tuple(codes)


def read_day(asked: Sequence[str], key: str, options: FilterOptions, notices: list[str]) -> date | None:
    """The date asked for, if it is one that a selection may have; what is ignored is added to the notices."""
    notices.extend(_single_choice_notice("date", text) for text in dict.fromkeys(asked) if text != asked[0])
    for text in asked[:1]:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            notices.append(_unknown_choice_notice("date", text))
            return None
        if EARLIEST_DAY <= day <= options.today:
            return day
        notices.append(
            f"La date «\u202f{key} = {day_short(day)}\u202f» est antérieure à 2000 ou dans le "
            f"futur\u202f: elle a été ignorée."
        )
    return None


def _unknown_choice_notice(what: str, text: str) -> str:
    return f"Le choix «\u202f{_shortened(text)}\u202f» ({what}) n’existe pas\u202f: il a été ignoré."


def _single_choice_notice(what: str, text: str) -> str:
    return f"Un seul choix est possible ({what})\u202f: «\u202f{_shortened(text)}\u202f» a été ignoré."


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_ECHO_LENGTH else f"{text[:MAX_ECHO_LENGTH]}…"
