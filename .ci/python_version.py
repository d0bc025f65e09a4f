"""Says, on any Python 3, whether this one is recent enough. Exit status 1 when it is not."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  # that is the question
    found = ".".join(map(str, sys.version_info[:2]))
    sys.exit(
        f"Python 3.11 ou plus récent est nécessaire\u202f; celui-ci est le {found}. "
        "Exemple\u202f: make PYTHON=python3.12 run\n"
        f"Python 3.11 or newer is needed; this one is {found}."
    )
