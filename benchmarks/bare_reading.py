"""The floor of reading workbooks: ``python -m benchmarks.bare_reading FIRST STEP FOLDER``, calamine and nothing else.

Reads every ``STEP``-th workbook of the folder from the ``FIRST`` on, so that several such processes share the work.
They are plain processes: no pool, no queues, and no semaphores that a pool may leave behind.
"""

import sys
from pathlib import Path

from python_calamine import CalamineWorkbook


def main(first: str, step: str, folder: str) -> int:
    """Every sheet to Python values, and nothing done with them."""
    for path in sorted(Path(folder).glob("*.xlsx"))[int(first) :: int(step)]:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
