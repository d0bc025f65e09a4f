"""What an installation chooses. Read once, by app.py, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.engine import DEFAULT_DATABASE_URL

DEFAULT_PORT = 8050


class SettingsError(ValueError):
    """A setting that cannot be used; the message says which, in French."""


@dataclass(frozen=True)
class Settings:
    """`database_url` is a SQLAlchemy URL; `port` where `python app.py` listens, on the loopback only."""

    database_url: str
    port: int


def read_settings(environ: Mapping[str, str]) -> Settings:
    """`DATABASE_URL` (an SQLite file under var/ by default) and `PORT`. Raises SettingsError."""
    url = environ.get("DATABASE_URL", "").strip() or DEFAULT_DATABASE_URL
    port = environ.get("PORT", "").strip() or str(DEFAULT_PORT)
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65_536:
        raise SettingsError(f"PORT doit être un nombre entre 1 et 65535, et non «\u202f{port[:20]}\u202f».")
    return Settings(url, int(port))
