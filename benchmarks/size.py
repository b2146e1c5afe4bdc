"""``python -m benchmarks.size``: lines of code and modules of each folder of the package.

A line of code holds more than a blank, a comment or a docstring. Lines of one statement count each.
"""

import io
import sys
import tokenize
from collections import Counter
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "lawgov_score"
_SILENT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def lines_of_code(text: str) -> int:
    """How many lines of a module hold code.

    >>> lines_of_code('\"\"\"What it is.\"\"\"\\n\\n# a remark\\nx = (\\n    1\\n)\\n')
    3
    """
    lines: set[int] = set()
    opens = True  # does a statement begin here? A string alone in one is a docstring
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type in _SILENT:
            opens = opens or token.type in {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
            continue
        if not (opens and token.type == tokenize.STRING):
            lines |= set(range(token.start[0], token.end[0] + 1))
        opens = False
    return len(lines)


def main(package: Path = PACKAGE) -> int:
    """Prints one folder after the other, then all."""
    lines: Counter[str] = Counter()
    modules: Counter[str] = Counter()
    for path in sorted(package.rglob("*.py")):
        folder = path.parent.relative_to(package).as_posix()
        lines[folder] += lines_of_code(path.read_text(encoding="utf-8"))
        modules[folder] += 1
    for folder, count in sorted(lines.items()):
        print(f"{folder:<24} {count:>7,} lines of code {modules[folder]:>5} modules")
    print(f"{'all':<24} {lines.total():>7,} lines of code {modules.total():>5} modules")
    return 0


if __name__ == "__main__":
    sys.exit(main())
