"""是 or 否, in any of the ways people say it; no guesses: 基本是 is neither."""

import re

_YES = frozenset(["是", "是的", "对", "有", "√", "✓", "✔", "☑", "已", "y", "yes", "true", "1"])
_NO = frozenset(["否", "不是", "不对", "无", "没有", "×", "✗", "✘", "x", "未", "n", "no", "false", "0"])
_STOPS = "。.；;，,、!！"  # what people end a word with
_TICKED, _OPEN = "☑☒✓✔√■●◉", "□○☐◯"
_BOX = rf"[(\[]?([{_TICKED}{_OPEN}])[)\]]?"
_BEFORE = re.compile(rf"{_BOX}(是|否)[,/、;]?")  # ☑是 □否
_AFTER = re.compile(rf"(是|否){_BOX}[,/、;]?")  # 是☑ 否□


def says(text: str) -> bool | None:
    """True for yes, False for no, None for what is neither. ``text`` has no spaces, and letters of one width.

    >>> says("是。"), says("□是☑否"), says("☑是☑否"), says("基本是")
    (True, False, None, None)
    """
    folded = text.casefold().rstrip(_STOPS)
    if folded in _YES:
        return True
    return False if folded in _NO else _ticked(text)


def _ticked(text: str) -> bool | None:
    """The one of two words whose box is ticked, the other's being open or not there."""
    for pattern, mark, word in ((_BEFORE, 0, 1), (_AFTER, 1, 0)):
        boxes = [found.groups() for found in pattern.finditer(text)]
        if boxes and not pattern.sub("", text):
            ticked = [box[word] for box in boxes if box[mark] in _TICKED]
            words = [box[word] for box in boxes]
            return ticked == ["是"] if len(ticked) == 1 and len(set(words)) == len(words) else None
    return None
