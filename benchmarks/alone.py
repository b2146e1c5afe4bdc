"""One row measured in this process, which is its own: ``python -m benchmarks.alone NAME SIZE PAIRS``."""

import sys
import tempfile
from pathlib import Path

from benchmarks.row import Extent
from benchmarks.rows import BY_NAME


def main(name: str, size: str, pairs: str) -> int:
    """Prints what the row came to as one line of JSON."""
    with tempfile.TemporaryDirectory() as folder:
        print(BY_NAME[name].measured(Extent(int(size), int(pairs)), Path(folder)).text())
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
