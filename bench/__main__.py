"""Everything for some sizes: `make bench SIZE="S M"`, or `python -m bench S M`. Default: M.

Generates the input files that are missing, then runs etl_rivals.py and web.py; each also runs alone.
"""

import os
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).resolve().parent
FILES = BENCH.parent / "var" / "bench"


def run(script: str, sizes: list[str]) -> None:
    subprocess.run([sys.executable, BENCH / script, *sizes], check=True)


def main() -> None:
    sizes = sys.argv[1:] or os.environ.get("SIZE", "M").split()
    if missing := [size for size in sizes if not (FILES / size / "attendance-corrected.csv").exists()]:
        run("generate.py", missing)
    run("etl_rivals.py", sizes)
    run("web.py", sizes)


if __name__ == "__main__":
    main()
