"""The database of an installation: one reader of `DATABASE_URL`, for the loader and for the web."""

from __future__ import annotations

from collections.abc import Mapping
from unicodedata import category

from psycopg import pq
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

DEFAULT_DATABASE_URL = "sqlite:///var/tiers-lieux.sqlite"

_DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgres": "postgresql+psycopg",  # how hosting services write it
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "postgresql+psycopg2": "postgresql+psycopg",  # the same parameters, those of libpq
}
_SQLITE_PARAMETERS = frozenset({"timeout"})
_POSTGRESQL_PARAMETERS = frozenset(
    {option.keyword.decode() for option in pq.Conninfo.get_defaults()} | {"prepare_threshold", "timeout"}
)
_INTEGERS = frozenset(
    {"connect_timeout", "prepare_threshold", "tcp_user_timeout", "keepalives", "keepalives_count"}
    | {"keepalives_idle", "keepalives_interval"}
)
_LARGEST_INTEGER = 2_000_000  # SQLite counts milliseconds on 31 bits
_URL_EXAMPLES = (
    "Exemples\u202f: sqlite:////dossier/base.sqlite, postgresql://utilisateur:motdepasse@serveur:5432/base\u202f; dans "
    "un mot de passe, «\u202f@\u202f» s’écrit «\u202f%40\u202f» et «\u202f/\u202f» «\u202f%2F\u202f»."
)


class SettingsError(ValueError):
    """A setting that cannot be used; the French message gives the setting and the reason, without any password."""


def read_database_url(environ: Mapping[str, str]) -> URL:
    """The address in `DATABASE_URL`, else that of an SQLite file under var/. Raises SettingsError."""
    return parse_database_url(environ.get("DATABASE_URL", "").strip() or DEFAULT_DATABASE_URL)


def parse_database_url(text: str) -> URL:
    """The address of an SQLite or PostgreSQL database, checked as far as it can be without a connection.

    Spaces and line breaks around it do not count. `postgres://` and `postgresql://` mean psycopg 3.
    Raises SettingsError.
    """
    url = _parse(text.strip())
    driver = _DRIVERS.get(url.drivername)
    if driver is None:
        raise _settings_error(f"«\u202f{url.drivername[:40]}\u202f» n’est ni sqlite ni postgresql. {_URL_EXAMPLES}")
    if driver == "sqlite":
        _check_parameters(url, _SQLITE_PARAMETERS)
        if url.host or url.username or url.port:
            raise _settings_error("après sqlite:, il faut trois barres, ou quatre avant un chemin absolu.")
    else:
        _check_parameters(url, _POSTGRESQL_PARAMETERS)
        if url.port is not None and not 0 < url.port < 65_536:
            raise _settings_error("le port doit être un nombre entre 1 et 65535.")
    return url.set(drivername=driver)


def _parse(text: str) -> URL:
    if any(category(letter) in {"Cc", "Cf", "Cs"} for letter in text):  # Cs: bytes that are not UTF-8
        raise _settings_error("elle contient un caractère invisible ou mal encodé.")
    if text[:1] in {'"', "'", "«", "“"}:
        raise _settings_error("elle est entre guillemets\u202f: retirez-les.")
    try:
        return make_url(text)
    except (ArgumentError, ValueError):  # the latter for a port that is no number
        raise _settings_error(
            f"elle n’est pas écrite comme il faut. {_URL_EXAMPLES}"
        ) from None  # it may hold a password


def _check_parameters(url: URL, allowed: frozenset[str]) -> None:
    for name, values in url.query.items():
        value = values if isinstance(values, str) else values[-1]
        if name not in allowed:
            raise _settings_error(f"elle a un paramètre inconnu, «\u202f{name[:40]}\u202f».")
        digits = value if name in _INTEGERS else value.replace(".", "", 1) if name == "timeout" else "0"
        if not (digits.isascii() and digits.isdigit() and float(digits) <= _LARGEST_INTEGER):
            raise _settings_error(f"le paramètre {name} doit être un nombre.")


def _settings_error(reason: str) -> SettingsError:
    return SettingsError(f"DATABASE_URL n’est pas l’adresse d’une base SQLite ou PostgreSQL\u202f: {reason}")
