"""Settings of an installation, read once from the environment by app.py."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL

from dashboard.exports.slide_template import read_template
from dashboard.requests.page_request import Installation
from data.settings import SettingsError, read_database_url

DEFAULT_PORT = 8050
STATEMENT_SECONDS = 10  # for one statement of a page
BOOT_ERROR = 3  # gunicorn stops at this exit code of a worker; at others it restarts workers for ever


@dataclass(frozen=True)
class Settings:
    """`database_url` is that of the loader; `port` is the port on the loopback interface; `public_url` is the public
    address, without a path (empty: unknown); `embed_origins` are those of the sites that may embed the map;
    `contact_email` is where problems are reported (empty: nowhere).
    """

    database_url: URL
    port: int
    public_url: str = ""
    report_template: bytes | None = None
    embed_origins: tuple[str, ...] = ()
    contact_email: str = ""

    @property
    def installation(self) -> Installation:
        """The settings that the application shows or enforces."""
        return Installation(self.public_url, self.report_template, self.embed_origins, self.contact_email)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """`DATABASE_URL` (an SQLite file under var/ by default), `PORT`, `PUBLIC_URL`, `REPORT_TEMPLATE` (the path of a
    PowerPoint file), `EMBED_ORIGINS` (the sites that may embed the map, separated by spaces), `CONTACT_EMAIL`. Raises
    SettingsError.
    """
    port = environ.get("PORT", "").strip() or str(DEFAULT_PORT)
    if not (port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 65_536):
        raise SettingsError(f"PORT doit être un nombre entre 1 et 65535, et non «\u202f{port[:20]}\u202f».")
    public_url = _public_url(environ.get("PUBLIC_URL", "").strip().rstrip("/"))
    template = environ.get("REPORT_TEMPLATE", "").strip()
    return Settings(
        read_database_url(environ),
        int(port),
        public_url,
        read_template(Path(template)) if template else None,
        _embed_origins(environ.get("EMBED_ORIGINS", "")),
        _contact_email(environ.get("CONTACT_EMAIL", "").strip()),
    )


def read_settings_or_exit(environ: Mapping[str, str]) -> Settings:
    """The settings; on an error, one sentence on standard error and the end of the process."""
    try:
        return read_settings(environ)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(BOOT_ERROR) from None


def _public_url(text: str) -> str:
    if text and not re.fullmatch(r"https?://[a-z0-9.-]+(:\d+)?|https?://\[[0-9a-f:]+\](:\d+)?", text):
        example = "https://tiers-lieux.normandie.fr"
        raise SettingsError(f"PUBLIC_URL doit être une adresse comme {example}, et non «\u202f{text[:80]}\u202f».")
    return text


def _contact_email(text: str) -> str:
    """An address without anything that a `mailto:` link would read as more than one."""
    if text and not re.fullmatch(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", text):
        example = "tiers-lieux@normandie.fr"
        raise SettingsError(f"CONTACT_EMAIL doit être une adresse comme {example}, et non «\u202f{text[:80]}\u202f».")
    return text


def _embed_origins(text: str) -> tuple[str, ...]:
    """Origins as a Content-Security-Policy writes them, `*.` before a domain for its subdomains: anything else could
    change the policy, or open the map to every site.
    """
    origins = tuple(dict.fromkeys(text.split()))
    for origin in origins:
        if not re.fullmatch(r"https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?", origin):
            example = "https://www.normandie.fr https://*.exemple.fr"
            raise SettingsError(
                f"EMBED_ORIGINS doit être une suite d’adresses comme {example}, et non «\u202f{origin[:80]}\u202f»."
            )
    return origins
