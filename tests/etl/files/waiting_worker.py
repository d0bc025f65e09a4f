"""The worker of workbooks on a machine that gives it no processor for three seconds."""

import sys
import time
from pathlib import Path

from etl.workbooks.__main__ import limit_resources, main

if __name__ == "__main__":
    limit_resources(int(sys.argv[3]))
    time.sleep(3)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
