"""`python -m etl.demonstration`: write the committed demonstration files again."""

from __future__ import annotations

from data.demo import DEMO_FOLDER
from etl.demonstration import write_demonstration

if __name__ == "__main__":
    write_demonstration(DEMO_FOLDER)
