"""Free text: made clean, and watched for what should not be in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from etl.invisible_characters import INVISIBLE
from etl.typing.parsed import Parsed, refused

MAX_CHARACTERS = 2_000
STRUCK_OUT = "•••"

_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PHONE = re.compile(r"(?<![\d+])(?:(?:\+|00)33[ .-]?(?:\(0\)[ .-]?)?|0)[1-9](?:[ .-]?\d{2}){4}(?!\d)", re.ASCII)
_NIR = re.compile(
    r"(?<!\d)[12] ?\d\d ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d\d|2[AB]) ?\d{3} ?\d{3}(?: ?\d\d)?(?!\d)", re.ASCII
)
_IBAN = re.compile(r"\b[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b", re.ASCII)
_BLANKS = re.compile(r"[\t\n\r\x00-\x1f]+")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d)")  # « exemple.fr:8080 » has a port
_WEB = frozenset({"http", "https"})
_NIR_DIGITS = 15  # digits
_PERSONAL = (
    ("adresse électronique", _MAIL),
    ("IBAN", _IBAN),
    ("numéro de sécurité sociale", _NIR),
    ("numéro de téléphone", _PHONE),
)
# No pattern above can match a text without one of these: most texts are cleared by one search.
_SUSPECT = re.compile(r"@|\d\D{0,3}\d\D{0,3}\d\D{0,3}\d\D{0,3}\d\D{0,3}\d|\b[A-Z]{2}\d\d ?\w{4}")


def clean(text: str) -> str:
    """Composed form (NFC), without invisible characters or surplus space at the ends."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace("\0", "").strip()


def read_text(text: str) -> Parsed:
    """The text itself, null when nothing visible is left; cut beyond 2 000 characters; personal data struck out."""
    value = clean(text)
    found = next(_personal(value), None)
    if found:
        note = f"donnée personnelle\u202f? ({found[0]}), remplacée par {STRUCK_OUT} et non gardée"
        return Parsed(masked(value)[:MAX_CHARACTERS], note=note)
    if len(value) > MAX_CHARACTERS:
        return Parsed(value[:MAX_CHARACTERS], note="texte de plus de 2\u202f000 caractères, coupé")
    return Parsed(value or None)


def read_url(text: str) -> Parsed:
    """The address of a page, as text; one that runs something instead of leading somewhere is refused."""
    compact = _BLANKS.sub("", clean(text)).lower()  # browsers read « java⏎script: » as one word
    scheme = _SCHEME.match(compact)
    if compact.startswith(("=", "+", "-", "@")) or (scheme and scheme[1] not in _WEB) or "<" in compact:
        return refused("adresse web interdite\u202f: une adresse commençant par https:// est attendue")
    return read_text(text)


def masked(text: str) -> str:
    """The text as it may be shown in a message: « écrire à ••• »."""
    for _, personal in list(_personal(text)):
        text = text.replace(personal, STRUCK_OUT)
    return text


def is_nir(text: str) -> bool:
    """The whole text is a social security number with its key: no company has such a number."""
    compact = "".join(text.split()).upper()
    if not _NIR.fullmatch(compact) or len(compact) != _NIR_DIGITS:
        return False
    digits = compact[:13].replace("2A", "19").replace("2B", "18")
    return int(compact[13:]) == 97 - int(digits) % 97


def _personal(text: str) -> Iterator[tuple[str, str]]:
    """What seems to be personal data in the text: its French name, and the passage."""
    if not _SUSPECT.search(text):
        return
    for what, pattern in _PERSONAL:
        for found in pattern.finditer(text):
            if pattern is not _IBAN or _is_iban(found[0]):
                yield what, found[0]


def _is_iban(text: str) -> bool:
    """The checksum of IBANs: many references of decisions look like one otherwise."""
    compact = text.replace(" ", "")
    return int("".join(str(int(letter, 36)) for letter in compact[4:] + compact[:4])) % 97 == 1
