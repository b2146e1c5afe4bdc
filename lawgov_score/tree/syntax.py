"""What to do about text that is not YAML: the parser's complaints as plain advice."""

from lawgov_score.wording import Words

_PERCENT_OR_SUCH = Words(
    '以 {first} 开头的文字要加引号，如 "{first}…"', 'Put text that begins with {first} in quotes, as "{first}…"'
)
_ADVICE: tuple[tuple[str, Words], ...] = (
    (
        "mapping values are not allowed",
        Words(
            "一行只能有一个“键: 值”：文字里有英文冒号的要加引号；再看上一行的缩进",
            "One key: value a line: quote text that holds a colon, and check the indentation of the line above",
        ),
    ),
    (
        "could not find expected ':'",
        Words("键后面补上英文冒号和空格，如 points: 2", "Add a colon and a space after the key, as in points: 2"),
    ),
    (
        "while scanning a quoted scalar",
        Words("补上另一半引号", "Close the quotes"),
    ),
    (
        "while parsing a flow sequence",
        Words("补上右方括号 ]，各项之间用英文逗号", "Close the bracket ], and separate entries with commas"),
    ),
    (
        "while parsing a flow mapping",
        Words("补上右花括号 }}，各项之间用英文逗号", "Close the brace }}, and separate entries with commas"),
    ),
    (
        "block sequence entries are not allowed",
        Words("“- ”要另起一行，并对齐同级各项", "Begin “- ” on a line of its own, in line with its siblings"),
    ),
    (
        "did not find expected key",
        Words(
            "同级的键要左对齐；检查本行和上一行的缩进、引号",
            "Align keys of one level; check indentation and quotes here and above",
        ),
    ),
    (
        "did not find expected '-' indicator",
        Words("同级各项的“- ”要左对齐", "Align the “- ” of one list"),
    ),
    (
        "while parsing a block mapping",
        Words("同级的键要左对齐；检查本行和上一行的缩进", "Align keys of one level; check indentation here and above"),
    ),
)
_GENERAL = Words(
    "检查本行和上一行的缩进、冒号、引号和括号", "Check indentation, colons, quotes and brackets here and above"
)


def syntax_hint(problem: str, context: str, line: str, column: int) -> object:
    """Advice on the parser's ``problem`` and ``context`` at ``column`` (from 1) of ``line``."""
    first = line[column - 1 : column]
    if "cannot start any token" in problem and first:
        return _PERCENT_OR_SUCH(first=first)
    for said, advice in _ADVICE:
        if said in problem or said in context:
            return advice
    return _GENERAL
