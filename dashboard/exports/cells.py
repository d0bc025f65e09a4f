"""Values as texts that files can hold."""

from __future__ import annotations

import re
from decimal import Decimal

from data.i18n import NARROW

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML


def plain_number(value: float | Decimal) -> str:
    """1234.5 -> '1234,5'; 3.0 -> '3'; never an exponent."""
    text = f"{Decimal(str(value)):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def office_text(text: str) -> str:
    """A text for an XML file of Office: what XML forbids is U+FFFD, and the narrow space, which its fonts lack, is the
    wide one.
    """
    return _FORBIDDEN.sub("\ufffd", text).replace(NARROW, "\u00a0")


def xml_text(text: str) -> str:
    """A text as the content of an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
