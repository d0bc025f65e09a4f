"""What an installation chooses. Read once, by app.py, from the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from data.engine import DEFAULT_DATABASE_URL

DEFAULT_PORT = 8050


class SettingsError(ValueError):
    """A setting that cannot be used; the message says which, in French."""


@dataclass(frozen=True)
class Settings:
    """`database_url` is a SQLAlchemy URL; `port` where `python app.py` listens, on the loopback only; `public_url` is
    where people find it, without a path (empty: unknown).
    """

    database_url: str
    port: int
    public_url: str = ""


def read_settings(environ: Mapping[str, str]) -> Settings:
    """`DATABASE_URL` (an SQLite file under var/ by default), `PORT`, `PUBLIC_URL`. Raises SettingsError."""
    url = environ.get("DATABASE_URL", "").strip() or DEFAULT_DATABASE_URL
    port = environ.get("PORT", "").strip() or str(DEFAULT_PORT)
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65_536:
        raise SettingsError(f"PORT doit être un nombre entre 1 et 65535, et non «\u202f{port[:20]}\u202f».")
    return Settings(url, int(port), _public_url(environ.get("PUBLIC_URL", "").strip().rstrip("/")))


def _public_url(text: str) -> str:
    if text and not re.fullmatch(r"https?://[a-z0-9.-]+(:\d+)?|https?://\[[0-9a-f:]+\](:\d+)?", text):
        example = "https://tiers-lieux.normandie.fr"
        raise SettingsError(f"PUBLIC_URL doit être une adresse comme {example}, et non «\u202f{text[:80]}\u202f».")
    return text
