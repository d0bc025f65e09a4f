"""The past written by a process of its own, so that pages keep their memory and their processor."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

SECONDS = 60  # for one database
FAILED_REASON = "Le serveur n’a pas pu relire la base à cette date\u202f: la raison est notée à son journal."


def write_past_apart(load_id: int, path: Path) -> str | None:
    """Run `python -m etl past LOAD FILE` on the database of this process's environment.

    Returns None when the database is written, else the French reason why it is not. Raises TimeoutError.
    """
    command = [sys.executable, "-m", "etl", "past", str(load_id), str(path)]
    try:
        done = subprocess.run(  # noqa: S603  our own program, a number and a path of ours
            command, timeout=SECONDS, capture_output=True, encoding="utf-8", check=False
        )
    except subprocess.TimeoutExpired as late:
        raise TimeoutError from late
    except OSError as failure:
        return _logged(load_id, str(failure))
    if done.returncode == 0:
        return None
    reason = done.stderr.strip()
    is_for_readers = reason and "\n" not in reason and os.sep not in reason  # neither a traceback nor a path
    return reason if is_for_readers else _logged(load_id, reason)


def _logged(load_id: int, reason: str) -> str:
    logging.getLogger(__name__).error("past of load %s: %s", load_id, reason)
    return FAILED_REASON
