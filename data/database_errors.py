"""Failures of a database that can be foreseen, as French sentences: the same for the loader and for the web."""

from __future__ import annotations

import re
import sqlite3

import psycopg
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

DATABASE_ERRORS = (DBAPIError, PoolTimeoutError, sqlite3.Error, psycopg.Error)  # the drivers' own too

_INIT_COMMAND = "python -m etl init"
_NO_ANSWER = "La base de données ne répond pas. Vérifiez DATABASE_URL, et que son serveur est en marche."
_DISK_FULL = "Le disque de la base de données est plein, ou ne peut plus être écrit."
_WRITER_BUSY = "La base de données est occupée par un autre chargement. Recommencez dans un instant."
_TOO_MANY_CONNECTIONS = "La base de données a trop de connexions en cours. Recommencez dans un instant."
_PERMISSION_DENIED = (
    "La base de données refuse cette opération\u202f: l’utilisateur de DATABASE_URL n’en a pas le droit."
)
_READ_ONLY_DATABASE = "La base de données est en lecture seule. Vérifiez les droits sur son fichier et sur son dossier."
_CANNOT_OPEN = "La base de données ne peut pas être ouverte. Vérifiez DATABASE_URL et les droits sur son dossier."
_CORRUPT_DATABASE = "La base de données est abîmée. Rétablissez-en une sauvegarde."
MISSING_DATABASE = f"La base de données n’existe pas encore. Créez-la en lançant\u202f: {_INIT_COMMAND}"
_MISSING_ON_SERVER = "Le serveur n’a pas de base de données de ce nom. Créez-la, ou corrigez DATABASE_URL."
_LOGIN_REFUSED = "Le serveur de la base de données refuse l’utilisateur ou le mot de passe de DATABASE_URL."
_STATEMENT_TIMEOUT = "La base de données a mis trop de temps à répondre. Recommencez dans un instant."
_PREPARED_STATEMENTS_LOST = (
    "La base de données perd les requêtes préparées, comme derrière PgBouncer en mode transaction. Ajoutez "
    "prepare_threshold=0 aux paramètres de DATABASE_URL."
)

_SQLITE_SENTENCES = {  # by extended, then by primary result code
    "SQLITE_IOERR_WRITE": _DISK_FULL,
    "SQLITE_IOERR_FSYNC": _DISK_FULL,
    "SQLITE_IOERR_TRUNCATE": _DISK_FULL,
    "SQLITE_IOERR_SHMSIZE": _DISK_FULL,
    "SQLITE_READONLY_DBMOVED": MISSING_DATABASE,
    "BUSY": _WRITER_BUSY,
    "LOCKED": _WRITER_BUSY,
    "PROTOCOL": _WRITER_BUSY,
    "FULL": _DISK_FULL,
    "IOERR": "Le disque de la base de données ne peut pas être lu ou écrit.",
    "CANTOPEN": _CANNOT_OPEN,
    "PERM": _CANNOT_OPEN,
    "AUTH": _CANNOT_OPEN,
    "READONLY": _READ_ONLY_DATABASE,
    "NOTADB": "Le fichier désigné par DATABASE_URL n’est pas une base SQLite.",
    "CORRUPT": _CORRUPT_DATABASE,
    "NOMEM": "La mémoire manque pour la base de données.",
}
_SQLSTATE_SENTENCES = {  # by SQLSTATE, then by its class
    "25006": "La base de données est en lecture seule\u202f: le serveur n’accepte pas d’écriture.",
    "26000": _PREPARED_STATEMENTS_LOST,
    "28": _LOGIN_REFUSED,
    "3D000": _MISSING_ON_SERVER,
    "40": _WRITER_BUSY,
    "42501": _PERMISSION_DENIED,
    "42P05": _PREPARED_STATEMENTS_LOST,
    "53100": _DISK_FULL,
    "53300": _TOO_MANY_CONNECTIONS,
    "55P03": _WRITER_BUSY,
    "57014": _STATEMENT_TIMEOUT,
    "XX001": _CORRUPT_DATABASE,
    "XX002": _CORRUPT_DATABASE,
}
_CONNECTION_SENTENCES = (  # libpq gives no SQLSTATE for a failed connection: by the server's message, English or French
    (r"password authentication failed|authentification par mot de passe", _LOGIN_REFUSED),
    (
        r"authentication failed|no password supplied|pg_hba\.conf|role .* does not exist|le rôle .* n.existe",
        _LOGIN_REFUSED,
    ),
    (r"database .* does not exist|la base de données .* n.existe|no such database", _MISSING_ON_SERVER),
    (r"too many (clients|connections)|trop de (clients|connexions)|connection slots", _TOO_MANY_CONNECTIONS),
    (r"invalid \w+ value|bad value for|invalid integer", "Un paramètre de DATABASE_URL a une valeur impossible."),
)


class MissingDatabaseError(sqlite3.OperationalError):
    """The SQLite file does not exist, and the caller of `open_engine` did not ask to create it."""

    sqlite_errorname = "SQLITE_CANTOPEN"


def describe_database_error(error: Exception) -> str | None:
    """The French sentence for a known failure; None for any other, which should be raised with its traceback."""
    if isinstance(error, PoolTimeoutError):
        return _TOO_MANY_CONNECTIONS
    original = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(original, MissingDatabaseError):
        return MISSING_DATABASE
    if isinstance(original, sqlite3.Error):
        name = str(getattr(original, "sqlite_errorname", ""))
        return _SQLITE_SENTENCES.get(name) or _SQLITE_SENTENCES.get("".join(name.split("_")[1:2]))
    state = getattr(original, "sqlstate", None) or ""
    if sentence := _SQLSTATE_SENTENCES.get(state) or _SQLSTATE_SENTENCES.get(state[:2]):
        return sentence
    for pattern, sentence in _CONNECTION_SENTENCES if not state else ():
        if re.search(pattern, str(original)):
            return sentence
    lost = isinstance(error, OperationalError | InterfaceError | psycopg.OperationalError | psycopg.InterfaceError)
    return _NO_ANSWER if lost else None
