"""Failures that can be foreseen, as sentences: a full disk, a busy or absent database, a file that cannot be read."""

from __future__ import annotations

import errno

import psycopg
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError

from data.migrations import MigrationError


class PreparationError(Exception):
    """The database could not be made ready; the message, in French, says why."""


FORESEEN = (DBAPIError, psycopg.Error, OSError, ArgumentError, MigrationError, PreparationError)

_FULL = "Le disque de la base de données est plein, ou ne peut plus être écrit."
_AWAY = "La base de données ne répond pas. Vérifiez DATABASE_URL, et que son serveur est en marche."
_SQLITE = {
    "BUSY": "La base de données est occupée par un autre chargement. Recommencez dans un instant.",
    "FULL": _FULL,
    "IOERR": _FULL,
    "CANTOPEN": "La base de données ne peut pas être ouverte. Vérifiez DATABASE_URL et les droits sur son dossier.",
    "READONLY": "La base de données est en lecture seule. Vérifiez les droits sur son fichier et sur son dossier.",
    "NOTADB": "Le fichier désigné par DATABASE_URL n’est pas une base SQLite.",
    "CORRUPT": "La base de données est abîmée. Rétablissez-en une sauvegarde.",
}
_FILES = {
    errno.ENOENT: "introuvable",
    errno.EISDIR: "c’est un dossier, pas un fichier",
    errno.ENOTDIR: "introuvable",
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.EROFS: "disque en lecture seule",
    errno.ENOSPC: "disque plein",
    errno.EFBIG: "disque plein",
}


def describe(failure: Exception) -> str | None:
    """The sentence for people; None for what nobody foresaw, which should be seen whole."""
    if isinstance(failure, MigrationError | PreparationError):
        return str(failure)
    if isinstance(failure, ArgumentError):
        return "DATABASE_URL n’est pas l’adresse d’une base SQLite ou PostgreSQL."
    if isinstance(failure, OSError):
        return describe_file_failure(failure)
    original = failure.orig if isinstance(failure, DBAPIError) else failure
    code = str(getattr(original, "sqlite_errorname", "")).split("_")[1:2]
    if code:
        return _SQLITE.get(code[0])
    if getattr(original, "sqlstate", None) == "53100":
        return _FULL
    lost = isinstance(failure, OperationalError | InterfaceError | psycopg.OperationalError)
    return _AWAY if lost else None


def describe_file_failure(failure: OSError) -> str:
    """What is wrong with a file, after its name when it is known."""
    reason = _FILES.get(failure.errno or 0) or failure.strerror or str(failure)
    name = f"«\u202f{failure.filename}\u202f»" if failure.filename else "Un fichier"
    return f"{name} ne peut pas être lu ou écrit\u202f: {reason}."
