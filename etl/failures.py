"""Failures that can be foreseen, as sentences: a setting, the database, a file that cannot be read."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

from data.database_errors import DATABASE_ERRORS, describe_database_error
from data.engine import WriterBusyError
from data.migrations import MigrationError
from data.settings import SettingsError


class PreparationError(Exception):
    """The database could not be made ready; the message, in French, gives the reason."""


SELF_EXPLAINED = (
    SettingsError,
    MigrationError,
    PreparationError,
    WriterBusyError,
)  # their message is a sentence in French
FORESEEN = (*DATABASE_ERRORS, OSError, *SELF_EXPLAINED)

_REASONS = {
    errno.ENOENT: "introuvable",
    errno.EISDIR: "c’est un dossier, pas un fichier",
    errno.ENOTDIR: "introuvable",
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.EROFS: "disque en lecture seule",
    errno.ENOSPC: "disque plein",
    errno.EFBIG: "disque plein",
    errno.EDQUOT: "quota de disque atteint",
    errno.ENAMETOOLONG: "nom trop long",
    errno.ELOOP: "lien qui tourne en rond",
    errno.EIO: "le disque répond mal",
    errno.EMFILE: "trop de fichiers ouverts",
    errno.ENFILE: "trop de fichiers ouverts",
    errno.EPIPE: "plus personne ne lit",
    errno.EBADF: "elle est fermée",
}


def describe(failure: Exception) -> str | None:
    """The sentence for people; None for an unforeseen failure, which needs its traceback."""
    if isinstance(failure, SELF_EXPLAINED):
        return str(failure)
    if isinstance(failure, OSError):
        return describe_file_failure(failure)
    return describe_database_error(failure)


def describe_file_failure(failure: OSError) -> str:
    """What is wrong with a file, after its name when it is known."""
    name = f"«\u202f{failure.filename}\u202f»" if failure.filename else "Un fichier"
    return f"{name} ne peut pas être lu ou écrit\u202f: {reason_of(failure)}."


def reason_of(failure: OSError) -> str:
    """The reason that the system gives, in French."""
    return _REASONS.get(failure.errno or 0) or failure.strerror or str(failure)


def require_regular_file(path: Path) -> None:
    """Raise OSError for a folder, and for a pipe or a device, which may have no end. Nothing is opened."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "", str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "c’est un tube ou un périphérique, pas un fichier", str(path))
