"""Failures of a database that can be foreseen, as French sentences: the same for the loader and for the web."""

from __future__ import annotations

import re
import sqlite3

import psycopg
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

DATABASE_ERRORS = (DBAPIError, PoolTimeoutError, sqlite3.Error, psycopg.Error)  # the drivers' own too

_INIT = "python -m etl init"
_AWAY = "La base de données ne répond pas. Vérifiez DATABASE_URL, et que son serveur est en marche."
_FULL = "Le disque de la base de données est plein, ou ne peut plus être écrit."
_BUSY = "La base de données est occupée par un autre chargement. Recommencez dans un instant."
_CROWDED = "La base de données a trop de connexions en cours. Recommencez dans un instant."
_DENIED = "La base de données refuse cette opération\u202f: l’utilisateur de DATABASE_URL n’en a pas le droit."
_READ_ONLY = "La base de données est en lecture seule. Vérifiez les droits sur son fichier et sur son dossier."
_CLOSED = "La base de données ne peut pas être ouverte. Vérifiez DATABASE_URL et les droits sur son dossier."
_DAMAGED = "La base de données est abîmée. Rétablissez-en une sauvegarde."
ABSENT = f"La base de données n’existe pas encore. Créez-la en lançant\u202f: {_INIT}"
_ABSENT_ON_SERVER = "Le serveur n’a pas de base de données de ce nom. Créez-la, ou corrigez DATABASE_URL."
_REFUSED = "Le serveur de la base de données refuse l’utilisateur ou le mot de passe de DATABASE_URL."
_TOO_LONG = "La base de données a mis trop de temps à répondre. Recommencez dans un instant."
_POOLED = (
    "La base de données perd les requêtes préparées, comme derrière PgBouncer en mode transaction. Ajoutez "
    "prepare_threshold=0 aux paramètres de DATABASE_URL."
)

_SQLITE = {  # by extended, then by primary result code
    "SQLITE_IOERR_WRITE": _FULL,
    "SQLITE_IOERR_FSYNC": _FULL,
    "SQLITE_IOERR_TRUNCATE": _FULL,
    "SQLITE_IOERR_SHMSIZE": _FULL,
    "SQLITE_READONLY_DBMOVED": ABSENT,
    "BUSY": _BUSY,
    "LOCKED": _BUSY,
    "PROTOCOL": _BUSY,
    "FULL": _FULL,
    "IOERR": "Le disque de la base de données ne peut pas être lu ou écrit.",
    "CANTOPEN": _CLOSED,
    "PERM": _CLOSED,
    "AUTH": _CLOSED,
    "READONLY": _READ_ONLY,
    "NOTADB": "Le fichier désigné par DATABASE_URL n’est pas une base SQLite.",
    "CORRUPT": _DAMAGED,
    "NOMEM": "La mémoire manque pour la base de données.",
}
_POSTGRESQL = {  # by SQLSTATE, then by its class
    "25006": "La base de données est en lecture seule\u202f: le serveur n’accepte pas d’écriture.",
    "26000": _POOLED,
    "28": _REFUSED,
    "3D000": _ABSENT_ON_SERVER,
    "40": _BUSY,
    "42501": _DENIED,
    "42P05": _POOLED,
    "53100": _FULL,
    "53300": _CROWDED,
    "55P03": _BUSY,
    "57014": _TOO_LONG,
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}
_CONNECTION = (  # libpq gives no SQLSTATE for a connection that fails: the server's words, in English or in French
    (r"password authentication failed|authentification par mot de passe", _REFUSED),
    (r"authentication failed|no password supplied|pg_hba\.conf|role .* does not exist|le rôle .* n.existe", _REFUSED),
    (r"database .* does not exist|la base de données .* n.existe|no such database", _ABSENT_ON_SERVER),
    (r"too many (clients|connections)|trop de (clients|connexions)|connection slots", _CROWDED),
    (r"invalid \w+ value|bad value for|invalid integer", "Un paramètre de DATABASE_URL a une valeur impossible."),
)


class MissingDatabaseError(sqlite3.OperationalError):
    """The SQLite file is not there, and whoever opens it may not create it."""

    sqlite_errorname = "SQLITE_CANTOPEN"


def describe_database_error(error: Exception) -> str | None:
    """The sentence for people; None for what nobody foresaw, which should be seen whole."""
    if isinstance(error, PoolTimeoutError):
        return _CROWDED
    original = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(original, MissingDatabaseError):
        return ABSENT
    if isinstance(original, sqlite3.Error):
        name = str(getattr(original, "sqlite_errorname", ""))
        return _SQLITE.get(name) or _SQLITE.get("".join(name.split("_")[1:2]))
    state = getattr(original, "sqlstate", None) or ""
    if sentence := _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2]):
        return sentence
    for pattern, sentence in _CONNECTION if not state else ():
        if re.search(pattern, str(original)):
            return sentence
    lost = isinstance(error, OperationalError | InterfaceError | psycopg.OperationalError | psycopg.InterfaceError)
    return _AWAY if lost else None
