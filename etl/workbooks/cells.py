"""A stored cell → the text that a person reads in it, without what its display hides."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum, auto

from etl.invisible_characters import INVISIBLE
from etl.workbooks.summary import DECIMAL, LINE_BREAK


class Shape(Enum):
    """What a number is, by its cell's format."""

    NUMBER = auto()
    DATE = auto()
    TIME = auto()
    PERCENT = auto()


_BUILT_IN = {
    **dict.fromkeys([9, 10], Shape.PERCENT),
    **dict.fromkeys([14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 59)], Shape.DATE),
    **dict.fromkeys([18, 19, 20, 21, 32, 33, 34, 35, 45, 47], Shape.TIME),
}
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|;.*')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# From here on Excel has rounded: it stores fifteen significant digits.
_ROUNDED = 10**15
_LAST_SERIAL = 2_958_465  # 31 December 9999
_NEARLY_A_DAY = 1e-9  # what binary fractions take away from a whole number of days


def built_in_shape(number_format: int) -> Shape:
    """The shape of one of the formats that workbooks refer to by number only."""
    return _BUILT_IN.get(number_format, Shape.NUMBER)


def shape_of(code: str) -> Shape:
    """The shape that a format code such as `dd/mm/yyyy` or `0.0%` gives. A duration (`[h]:mm`) stays a number."""
    if re.search(r"\[(h+|m+|s+)\]", code, re.IGNORECASE):
        return Shape.NUMBER
    bare = _NOT_CODE.sub("", code).lower()
    if bare in {"general", "standard"}:
        return Shape.NUMBER
    if "%" in bare:
        return Shape.PERCENT
    if re.search(r"[dy]", bare) or ("m" in bare and not re.search(r"[hs]", bare)):
        return Shape.DATE
    return Shape.TIME if re.search(r"[hs]", bare) else Shape.NUMBER


def padding_of(code: str) -> int:
    """Digits that a format of zeros only shows (`00000` displays 1400 as 01400); 0 for any other format."""
    bare = re.sub(r"[\\\" ]", "", code.partition(";")[0])
    return len(bare) if re.fullmatch("0{2,}", bare) else 0


def number_text(raw: str) -> str:
    """A stored number, shortest first: "14118.0" gives "14118"; what Excel rounded shows it ("2.43E+16").

    Exactly three decimals would look like a thousands separator: DECIMAL follows them.
    """
    if raw.isdecimal() and len(raw) < 15 and raw[0] != "0":
        return raw  # nearly every number
    number = float(raw)
    if abs(number) >= _ROUNDED:
        return f"{Decimal(repr(number)).normalize():E}"
    if number.is_integer():
        return str(int(number))
    text = f"{Decimal(repr(number)):f}"
    return text + DECIMAL if len(text) - text.index(".") == 4 else text


def percent_text(raw: str) -> str:
    """0.5 stored under a percent format: "50 %"."""
    return f"{(Decimal(repr(float(raw))) * 100).normalize():f} %"


def date_text(raw: str, shape: Shape, *, epoch_1904: bool) -> str:
    """ISO date, date and time, or time of a serial number; the number itself when no date corresponds."""
    serial = float(raw)
    if not 0 <= serial <= _LAST_SERIAL:
        return number_text(raw)
    days = int(serial + _NEARLY_A_DAY)
    # A last second of the day stays in its day: 23:59:59.999 is shown at that date.
    seconds = min(max(round((serial - days) * 86_400), 0), 86_399)
    if shape is Shape.TIME and days == 0:
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    moment = _day_zero(days, epoch_1904=epoch_1904) + timedelta(days=days, seconds=seconds)
    return moment.date().isoformat() if not seconds else moment.isoformat()


def _day_zero(days: int, *, epoch_1904: bool) -> datetime:
    if epoch_1904:
        return datetime(1904, 1, 1)  # noqa: DTZ001  a date on a sheet has no time zone
    # Excel counts a 29 February 1900 that never was.
    return datetime(1899, 12, 31) if days < 60 else datetime(1899, 12, 30)  # noqa: DTZ001


def visible_text(raw: str) -> tuple[str, int]:
    """The same as `bare_text` for a workbook's own text, its escapes (`_x000D_`) read first."""
    if raw.isprintable() and raw.isascii() and "_x" not in raw:
        return raw.strip(), 0  # nearly every cell
    return bare_text(_ESCAPED.sub(_unescaped, raw) if "_x" in raw else raw)


def bare_text(text: str) -> tuple[str, int]:
    """Text without what nobody sees, line breaks in our notation, and how many characters were taken out."""
    text, count = INVISIBLE.subn("", text)
    if "\n" in text or "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n").strip().replace("\n", LINE_BREAK)
    return text.strip(), count


def _unescaped(found: re.Match[str]) -> str:
    code = int(found.group(1), 16)
    return "\ufffd" if code == 0 or 0xD800 <= code <= 0xDFFF else chr(code)
