"""Dates, by the formats listed here and no other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from data.i18n import MONTHS, MONTHS_SHORT, day_short, fold, sentence_list
from data.types import day_number
from etl.reference_data import PARIS
from etl.typing.parsed import Parsed, refused

_TIME = r"(?:(?:T|,?\s| à )+(?P<time>\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s?(?P<zone>Z|[+-]\d{2}(?::?\d{2})?)?)?"
_FRENCH = re.compile(rf"(?P<day>\d{{1,2}})([/.-])(?P<month>\d{{1,2}})\2(?P<year>\d{{4}}){_TIME}", re.ASCII)
_ISO = re.compile(rf"(?P<year>\d{{4}})([/-])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}}){_TIME}", re.ASCII)
_SHORT = re.compile(r"(?P<day>\d{1,2})([/.])(?P<month>\d{1,2})\2(?P<year>\d{2})", re.ASCII)
_WORDS = re.compile(
    r"(?:le |en |au )?(?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche )?"
    r"(?:(?P<day>1 ?er|\d{1,2})[ /-])?(?P<month>[a-z]{3,9})[ .,/-]{1,2}(?P<year>\d{4}|\d{2})"
    r"(?:(?:,| a)? \d{1,2}[:h]\d{2}(?::\d{2})?)?",
    re.ASCII,
)
_WORDS_AMERICAN = re.compile(r"(?P<month>[a-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})", re.ASCII)
_YEAR_MONTH = re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})", re.ASCII)
_MONTH_YEAR = re.compile(r"(?P<month>\d{1,2})[-/](?P<year>\d{4})", re.ASCII)
_COMPACT = re.compile(r"(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?", re.ASCII)
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050  # 1 January 2000, 31 December 2099
_DAY_ZERO = date(1899, 12, 30)
_MAX_EXAMPLES = 2  # American dates that a refusal names
_FIRST_YEAR, _LAST_YEAR = 1901, 2100
_EXPECTED = "une date comme 31/12/2025 est attendue"
_MONTH_ONLY = "mois sans jour, lu comme le premier du mois"
_MONTH_NAMES = {
    fold(name).rstrip("."): number
    for names in (MONTHS, MONTHS_SHORT, ("jan", "fev", "mar", "avr", "mai", "juin", "jul", "aou", "sep", "oct"))
    for number, name in enumerate(names, start=1)
}


def american_dates(texts: Iterable[str]) -> tuple[str, ...]:
    """The dates that can only be month/day/year, when there are several, and more than can only be day/month/year."""
    american, french = [], 0
    for text in texts:
        found = _FRENCH.match(text)
        if found:
            day, month = int(found["day"]), int(found["month"])
            if day <= 12 < month <= 31:
                american.append(text)
            french += month <= 12 < day
    return tuple(american) if len(american) > max(1, french) else ()


def read_day(text: str, today: date, *, american: Sequence[str] = ()) -> Parsed:
    """The day as yyyymmdd. `american`: dates of the column that put the month first, so that none of it is sure."""
    found = _FRENCH.fullmatch(text)
    if found:
        return _numeric(found, american=american)
    found = _ISO.fullmatch(text)
    if found:
        return _numeric(found)
    found = _SHORT.fullmatch(text)
    if found:
        return _two_digits(found, today)
    found = _COMPACT.fullmatch(text)
    if found:
        return _numeric(found)
    found = _YEAR_MONTH.fullmatch(text) or _MONTH_YEAR.fullmatch(text)
    if found:
        return _noted(_checked(int(found["year"]), int(found["month"]), 1), _MONTH_ONLY)
    return _other_day(text, today)


def _other_day(text: str, today: date) -> Parsed:
    """A day in words, or the serial number of a spreadsheet."""
    folded = fold(text)
    found = _WORDS.fullmatch(folded) or _WORDS_AMERICAN.fullmatch(folded)
    if found and found["month"] in _MONTH_NAMES:
        return _in_words(found, today)
    found = _SERIAL.fullmatch(text)
    if found and _FIRST_SERIAL <= int(found[1]) <= _LAST_SERIAL:
        day = _DAY_ZERO + timedelta(days=int(found[1]))
        return Parsed(day_number(day), note="numéro de jour d’un tableur, lu comme une date", after=day_short(day))
    return refused(f"date illisible\u202f: {_EXPECTED}")


def _numeric(found: re.Match[str], *, american: Sequence[str] = ()) -> Parsed:
    year, month, day = (int(found[part]) for part in ("year", "month", "day"))
    month_first = found.re is _FRENCH and day <= 12 < month <= 31
    if month_first:
        return refused(f"mois et jour semblent inversés (ordre américain)\u202f: {_EXPECTED}")
    if american:
        proofs = sentence_list(american[:_MAX_EXAMPLES])
        return refused("date d’une colonne où le mois vient avant le jour, jour et mois incertains", f"voyez {proofs}")
    if found.re is _COMPACT or not found["time"]:
        return _checked(year, month, day)
    return _with_time(found, year, month, day)


def _with_time(found: re.Match[str], year: int, month: int, day: int) -> Parsed:
    """The date part; a time in another zone than ours is brought to Paris first."""
    clock = found["time"].replace("h", ":").replace(",", ".")
    hour, minute, *second = clock.split(":")
    try:
        moment = datetime(year, month, day, int(hour), int(minute), int(float(second[0])) if second else 0)  # noqa: DTZ001
        if not found["zone"]:
            return _checked(year, month, day)
        zone = found["zone"].replace("Z", "+00").ljust(5, "0")
        there = datetime.strptime(f"{moment:%Y%m%d%H%M%S}{zone}", "%Y%m%d%H%M%S%z").astimezone(PARIS)
    except (ValueError, OverflowError):
        return refused(f"cette date n’existe pas\u202f: {_EXPECTED}")
    local = there.date()
    parsed = _checked(local.year, local.month, local.day)
    if parsed.refusal or there.replace(tzinfo=None) == moment:
        return parsed
    return parsed._replace(note="heure ramenée à celle de Paris", after=day_short(local))


def _two_digits(found: re.Match[str], today: date) -> Parsed:
    year = _century(int(found["year"]), today)
    if year is None:
        return refused(f"année sur deux chiffres trop lointaine\u202f: {_EXPECTED}")
    month, day = int(found["month"]), int(found["day"])
    if day <= 12 < month <= 31:
        return refused(f"mois et jour semblent inversés (ordre américain)\u202f: {_EXPECTED}")
    return _noted(_checked(year, month, day), "année sur deux chiffres")


def _in_words(found: re.Match[str], today: date) -> Parsed:
    year = int(found["year"]) if len(found["year"]) == 4 else _century(int(found["year"]), today)
    if year is None:
        return refused(f"année sur deux chiffres trop lointaine\u202f: {_EXPECTED}")
    month = _MONTH_NAMES[found["month"]]
    if not found["day"]:
        return _noted(_checked(year, month, 1), _MONTH_ONLY)
    parsed = _checked(year, month, int(found["day"].removesuffix("er")))
    return parsed if len(found["year"]) == 4 else _noted(parsed, "année sur deux chiffres")


def _century(year: int, today: date) -> int | None:
    """24 -> 2024, as long as it is next year at the latest."""
    return 2000 + year if 2000 + year <= today.year + 1 else None


def _checked(year: int, month: int, day: int) -> Parsed:
    if not _FIRST_YEAR <= year <= _LAST_YEAR and (month, day) != (0, 0):
        return refused(f"année impossible\u202f: {_EXPECTED}")
    try:
        return Parsed(day_number(date(year, month, day)))
    except ValueError:
        return refused(f"cette date n’existe pas\u202f: {_EXPECTED}")


def _noted(parsed: Parsed, note: str) -> Parsed:
    if parsed.refusal or not isinstance(parsed.value, int):
        return parsed
    number = parsed.value
    return parsed._replace(note=note, after=f"{number % 100:02}/{number // 100 % 100:02}/{number // 10_000}")
