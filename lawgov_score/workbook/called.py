"""Who or what is meant by a code, a name, or both: one law for the command line, tables and the office's workbooks.

A code goes before a name. A name that several share means none of them: who asks is told their codes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from lawgov_score.wording import Phrase, Words
from lawgov_score.workbook.plain_texts import plain

Thing = TypeVar("Thing")

_SAME_NAME = Words(
    "；有 {n} 个单位与所写的名称或编码相同（{codes:list}），请写单位编码，注意大小写",
    "; {n} units {n:goes|go} by that ({codes:list}): write the code, with its capitals",
)


@dataclass(frozen=True)
class Index(Generic[Thing]):
    """Things by their names: exact, or ignoring case if that is unambiguous."""

    things: tuple[Thing, ...]
    exact: Mapping[str, Thing]
    loose: Mapping[str, Thing]
    codes: Mapping[str, tuple[str, ...]]  # by every folded text that is a code or a name: the codes it may mean

    def find(self, text: str) -> Thing | None:
        """The thing with that code, with that name if it is unique, or with both together."""
        thing = self.exact.get(plain(text))
        return self.loose.get(folded(text)) if thing is None else thing

    def several(self, text: str) -> tuple[str, ...]:
        """The codes of the things that a text may mean where it means several; () where it means one or none."""
        return self.codes.get(folded(text), ()) if self.find(text) is None else ()


def index_of(things: Iterable[tuple[str, str, Thing]]) -> Index[Thing]:
    """An index of things, each given with its code and its name."""
    listed = list(things)
    codes: dict[str, dict[str, None]] = {}
    for code, name, _ in listed:
        for text in {folded(code), folded(name), folded(code + name)}:
            codes.setdefault(text, {})[code] = None
    may_mean = {text: tuple(of) for text, of in codes.items() if len(of) > 1}
    return Index(tuple(thing for _, _, thing in listed), _called(listed, plain), _called(listed, folded), may_mean)


NOBODY: Index[Any] = Index((), {}, {}, {})


def which(codes: Sequence[str]) -> Phrase:
    """What is said after a hint where a text means several units, whose ``codes`` these are."""
    return _SAME_NAME(n=len(codes), codes=tuple(codes))


def _called(things: Sequence[tuple[str, str, Thing]], read: Callable[[str], str]) -> dict[str, Thing]:
    """What each text, normalised by ``read``, means unambiguously; codes take precedence over names."""
    codes: dict[str, list[Thing]] = {}
    names: dict[str, list[Thing]] = {}
    for code, name, thing in things:
        codes.setdefault(read(code), []).append(thing)
        for text in {read(name), read(code + name)}:
            names.setdefault(text, []).append(thing)
    return {text: same[0] for text, same in (names | codes).items() if len(same) == 1}


def folded(text: str) -> str:
    """Text normalised for comparing names: no spaces, narrow letters, case ignored."""
    return plain(text).casefold()
