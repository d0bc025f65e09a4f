"""A worker of workbooks that never comes to an end."""

import sys
from itertools import count

from etl.workbooks.__main__ import limit_resources

if __name__ == "__main__":
    limit_resources(int(sys.argv[3]))
    for _ in count():
        pass
