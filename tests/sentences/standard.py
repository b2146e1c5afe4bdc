"""What a standard says, once it is read: the most points, and the score that a reason beside it comes to."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sentences.figures import Span, UnreadError, WrongError, exact, plain
from sentences.patterns import begins


@dataclass(frozen=True, slots=True)
class Standard:
    """What a standard says. ``full``: the most points; ``of_reason``: the score that a reason beside it comes to;

    ``of_value``: the score for a value, where the rule has one; ``rest``: what is said after the rule's own sentence.
    """

    full: float
    of_reason: Callable[[str], Span]
    rest: str
    of_value: Callable[[Span], Span] | None = None
    when: str = ""  # the condition under which all points are given, where it is one
    answer: str = ""  # the answer for which they are given
    turned: bool = False  # are they given where the condition does not hold?


def begin(text: str, *sentences: str) -> tuple["re.Match[str]", str]:
    found = begins(text, *sentences)
    if found is None:
        raise UnreadError(f"standard “{text}”")
    return found


# Word -> (is the figure on this side of the line?), by which both sentences and the law read it.
SIDES: Mapping[str, Callable[[float, float], bool]] = MappingProxyType(
    {
        "达到": lambda figure, line: figure >= line,
        "不超过": lambda figure, line: figure <= line,
        "未达到": lambda figure, line: figure < line,
        "不足": lambda figure, line: figure < line,
        "低于": lambda figure, line: figure < line,
        "低于目标": lambda figure, line: figure < line,
        "高于": lambda figure, line: figure > line,
        "高于目标": lambda figure, line: figure > line,
        "超过": lambda figure, line: figure > line,
        "未超过": lambda figure, line: figure <= line,
        "不低于": lambda figure, line: figure >= line,
        "不高于": lambda figure, line: figure <= line,
    }
)


def beside(figure: str, word: str, line: str) -> Span:
    """The figure, which must be printed on the side of the line that the sentence says."""
    if not SIDES[word](plain(figure), plain(line)):
        raise WrongError(f"a figure equal to its line, or beyond it: {figure}，{word} {line}")
    return exact(figure)
