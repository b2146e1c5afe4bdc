"""说明: the office's notes on indicators and groups, shown to units beside the standard."""

from collections.abc import Callable, Iterable, Iterator

from lawgov_score.model import Node
from lawgov_score.report import render
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.writing import look

TITLE = Words("有关指标的说明", "Notes on indicators")
LABEL = Words("{code} {title}", "{code} {title}")
_NOTED = Words("{standard}\n说明：{note}", "{standard}\nNote: {note}")
_APART = Words(
    "{standard}\n说明：较长，见“填报说明”表“有关指标的说明”。", "{standard}\nNote: a long one; see the sheet 填报说明."
)


def noted(standard: str, note: str, columns: float, lang: Language) -> str:
    """The standard with its note below it; if no cell ``columns`` wide can hold both, with a reference to the note."""
    if not note:
        return standard
    words = _NOTED if fits(standard, note, columns, lang) else _APART
    return render(words(standard=standard, note=note), lang)


def fits(standard: str, note: str, columns: float, lang: Language) -> bool:
    """Can one cell show standard and note completely?"""
    return _height(render(_NOTED(standard=standard, note=note), lang), columns, 10) <= look.ROW_CAP


def notes_apart(
    nodes: Iterable[Node], standards: Callable[[Node], str], columns: float, lang: Language
) -> tuple[tuple[Node, str], ...]:
    """The nodes whose notes do not fit beside their standards, with the notes."""
    unlike = {node.copy_of or node.code: node for node in nodes if node.note}
    return tuple((one, one.note) for one in unlike.values() if not fits(standards(one), one.note, columns, lang))


def pieces(text: str, columns: float, size: float = 10) -> Iterator[str]:
    """The text in as few parts as possible that each fit one row, cut after a sentence if possible."""
    while text:
        cut = len(text)
        while _height(text[:cut], columns, size) > look.ROW_CAP:
            cut = cut * 9 // 10
        if cut < len(text):
            stop = max(text.rfind(mark, cut // 2, cut) for mark in "。；\n. ")
            cut = stop + 1 if stop > 0 else cut
        yield text[:cut].strip("\n")
        text = text[cut:].strip("\n")


def _height(text: str, columns: float, size: float) -> float:
    return look.height_of(look.lines_needed(text, columns, size), size)
