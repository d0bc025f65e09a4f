"""The past written by a process of its own, so that pages keep their memory and their processor."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

SECONDS = 60  # for one database
BUSY_REASON = (
    "La base est trop grande pour être relue à cette date pendant que vous attendez. Sur le serveur, la commande "
    "«\u202fpython -m etl past {load_id} passe.sqlite\u202f» écrit la base d’alors, que l’application ouvre comme une "
    "autre (DATABASE_URL)."
)
FAILED_REASON = "Le serveur n’a pas pu relire la base à cette date\u202f: la raison est notée à son journal."


def write_past_apart(load_id: int, path: Path) -> str | None:
    """Run `python -m etl past LOAD FILE` on the database of this process's environment.

    Returns None when the database is written, else the French reason why it is not.
    """
    command = [sys.executable, "-m", "etl", "past", str(load_id), str(path)]
    try:
        done = subprocess.run(  # noqa: S603  our own program, a number and a path of ours
            command, timeout=SECONDS, capture_output=True, encoding="utf-8", check=False
        )
    except (subprocess.TimeoutExpired, OSError):
        return BUSY_REASON.format(load_id=load_id)
    if done.returncode == 0:
        return None
    reason = done.stderr.strip()
    if not reason or "\n" in reason or os.sep in reason:  # a traceback or a path: not for readers of pages
        logging.getLogger(__name__).error("past of load %s: %s", load_id, reason)
        return FAILED_REASON
    return reason
