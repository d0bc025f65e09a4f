"""Values of a URL query: known ones are kept, others ignored with a French notice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from data.filters import Filter
from data.i18n import day_short
from data.selection.options import FilterOptions

EARLIEST_DAY = date(2000, 1, 1)
MAX_QUERY_LENGTH = 4_000
MAX_ECHO_LENGTH = 40
ANNOTATIONS_KEY, HIDDEN_ANNOTATIONS = "reperes", "masques"


def read_codes(filter_: Filter, texts: Iterable[str], options: FilterOptions, notices: list[str]) -> tuple[str, ...]:
    """The requested codes that a filter has, in its order; ignored ones are added to the notices."""
    order = [option.code for option in options.by_filter.get(filter_.key, ())]
    requested = set(texts)
    notices.extend(unknown_choice_notice(filter_.label.lower(), code) for code in sorted(requested - set(order)))
    codes = [code for code in order if code in requested]
    if not filter_.multiple:
        notices.extend(_single_choice_notice(filter_.label.lower(), code) for code in codes[1:])
        codes = codes[:1]
    return () if codes == [filter_.default] else tuple(codes)


def read_day(texts: Sequence[str], key: str, options: FilterOptions, notices: list[str]) -> date | None:
    """The requested date if a selection may have it; ignored ones are added to the notices."""
    notices.extend(_single_choice_notice("date", text) for text in dict.fromkeys(texts) if text != texts[0])
    for text in texts[:1]:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            notices.append(unknown_choice_notice("date", text))
            return None
        if EARLIEST_DAY <= day <= options.today:
            return day
        notices.append(
            f"La date «\u202f{key} = {day_short(day)}\u202f» est antérieure à 2000 ou dans le "
            f"futur\u202f: elle a été ignorée."
        )
    return None


def read_hides_annotations(texts: Sequence[str], notices: list[str]) -> bool:
    """Whether the annotations of curves are hidden; any other value is added to the notices."""
    notices.extend(
        unknown_choice_notice("repères", text) for text in dict.fromkeys(texts) if text != HIDDEN_ANNOTATIONS
    )
    return HIDDEN_ANNOTATIONS in texts


def unknown_choice_notice(choice_name: str, text: str) -> str:
    """The notice for a value that a parameter does not have."""
    return f"Le choix «\u202f{_shortened(text)}\u202f» ({choice_name}) n’existe pas\u202f: il a été ignoré."


def _single_choice_notice(choice_name: str, text: str) -> str:
    return f"Un seul choix est possible ({choice_name})\u202f: «\u202f{_shortened(text)}\u202f» a été ignoré."


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_ECHO_LENGTH else f"{text[:MAX_ECHO_LENGTH]}…"
