"""What no sentence may say, whatever was computed: read of the words alone, and of the names of their tree."""

import re
from collections.abc import Iterable, Iterator, Mapping

from sentences.figures import NUMBER, plain
from sentences.standard import SIDES

from lawgov_score.model import Indicator, Tree
from lawgov_score.rules.field import FieldType
from lawgov_score.rules.rule import MEASURED

_FIGURE = rf"{NUMBER}(?:%|\s*个百分点)?"
_WORDS = "|".join(sorted(SIDES.keys() - {"不足"}, key=len, reverse=True))  # 不足 1 个百分点的 is no line
_UNIT = r"(?:\s*[^\d\s，。；：（）×÷−+=的扣按得]+?)?(?:（[^（）]*）)?"
_BESIDE = re.compile(rf"(?P<figure>{_FIGURE}){_UNIT}，(?P<word>{_WORDS})(?:目标)?\s*(?P<line>{_FIGURE})")
_APART = re.compile(rf"(?P<figure>{_FIGURE}){_UNIT}，比 (?P<line>{_FIGURE})[^，。]*?(?P<word>低|高) ")
_BELOW = re.compile(rf"(?P<figure>{_FIGURE})(?: [a-z]+)? is (?P<word>below|above) (?:the target )?(?P<line>{_FIGURE})")
_NOT_ONE = re.compile(
    r"(?<![\w.,])1 (?:percentage )?(?:points|units|places|parts|votes)\b"
    r"|(?<![\w.])(?:\d+\.\d+|[02-9]|\d\d+) (?:percentage )?(?:point|unit|place|part|vote)\b(?!-)"
)
_DUST = re.compile(r"\d\.\d*?(?:0{6,}[1-9]|9{6,})|\d[eE][+-]?\d")
_NO_MEASURE = re.compile(
    r"(?:每[低高超迟]?|每提高|每降低|不足) ?\d+(?:\.\d+)? ?(?:的?(?:[扣加减得]|按|不[扣计])|[，。；])"
)
_UNFILLED = re.compile(r"[{}]|\b(?:None|nan|inf)\b|∞|Quantity|Phrase|Words|\(\)|（）|“”")
_STOPS = re.compile(r"。[；，。]|[；，]{2}|；。|，。|\s{2}|^\s|\s$")
_GIVEN = re.compile(r"(?<!满)得 ?[\d−-]|得满分|不得分|满分 ?\d|得本项分值")
_SAID_BEFORE = "扣分项：按下列标准得出的分，"
_LATIN = re.compile(r"[A-Za-z_][A-Za-z_0-9.-]*")
_SHARE = re.compile(r"(?P<figure>\d+(?:\.\d+)?)%")
_CELL = re.compile(r"（[A-Z]{1,3}\d+：“[^”]*”）")  # where an answer stands
_DAY = re.compile(r"(\d{4})[年-](\d{1,2})[月-](\d{1,2})日?")


def in_words(text: str) -> Iterator[str]:
    """Contradictions of any sentence."""
    for found in (*_BESIDE.finditer(text), *_APART.finditer(text), *_BELOW.finditer(text)):
        figure, word, line = plain(found["figure"]), found["word"], plain(found["line"])
        side = {"低": "低于", "高": "高于", "below": "低于", "above": "高于"}.get(word, word)
        if not SIDES[side](figure, line):
            yield f"a figure equal to its line, or beyond it: {found[0]}"
    for name, pattern in (
        ("float dust", _DUST),
        ("one of many, or many of one", _NOT_ONE),
        ("“每 1” with no measure", _NO_MEASURE),
        ("a figure left out", _UNFILLED),
        ("stops side by side", _STOPS),
    ):
        if (left_out := pattern.search(text)) is not None:
            yield f"{name}: {left_out[0]}"


def of_deduction(text: str) -> Iterator[str]:
    """What is taken off gives nothing: 得分 in a deduction."""
    if text.startswith(_SAID_BEFORE):  # of a kind that words no deduction: what it gives is said to be taken off
        return
    if found := _GIVEN.search(text):
        yield f"points are given, and it is a deduction: {found[0]}"


def of_a_number(text: str) -> Iterator[str]:
    """What is no share has no percentage; what says a part of the points is none of it."""
    left = re.sub(r"分值的 ?\d+(?:\.\d+)?%|的 \d+(?:\.\d+)?% 分", "", text)
    if found := _SHARE.search(left):
        yield f"a share that is no share: {found[0]}"


def is_no_share(node: Indicator) -> bool:
    """Is the value a quotient of things measured differently, or no quotient at all, and no field a share?"""
    value = node.value
    if value is None or any(field.type is FieldType.SHARE for field in node.fields) or node.substitute is not None:
        return False
    used = [field for field in node.fields if field.code in value.names and field.type in MEASURED]
    if any(field.measured_in in ("%", "％") for field in used):
        return False
    quotient = re.fullmatch(r"(\w+) / (\w+)", value.text)
    units = {field.code: field.measured_in for field in used}
    return quotient is not None and len({units.get(quotient[1], ""), units.get(quotient[2], "")}) == 2


# ------------------------------------------------------------ names


def names_of(tree: Tree) -> frozenset[str]:
    """Every name that the tree's own author wrote, longest first where they are taken out of a text."""
    names: set[str] = {tree.title}
    for node in tree.nodes:
        names |= {node.title, getattr(node, "value_name", ""), getattr(node, "note", "")}
        if isinstance(node, Indicator):
            for field in node.fields:
                names |= {field.name, field.measured_in, *field.choices, field.never}
            for key in ("asks", "names", "options"):
                said = getattr(node.rule, key, ())
                names |= {said} if isinstance(said, str) else set(said)
    names |= {veto.title for veto in tree.vetoes} | {kind.title for kind in tree.adjustments}
    names |= {unit_type.name for unit_type in tree.unit_types} | {cohort.name for cohort in tree.cohorts}
    names |= {grade.name for grade in tree.grades}
    return frozenset(name for name in names if len(name) > 1 or not name.isascii())


def without(text: str, names: Iterable[str]) -> str:
    """The text with names of the tree's author taken out, the longest first."""
    for name in sorted(names, key=len, reverse=True):
        if name in text:
            text = text.replace(name, "〔〕")
    return text


def titles_of(tree: Tree) -> Mapping[str, str]:
    """Title by code, of nodes, vetoes and register; codes that may be numbers or single letters are left out."""
    found = {node.code: node.title for node in tree.nodes}
    found |= {veto.code: veto.title for veto in tree.vetoes} | {kind.code: kind.title for kind in tree.adjustments}
    return {code: title for code, title in found.items() if len(code) > 1 and re.search(r"[A-Za-z]|\d-\d", code)}


def of_names(text: str, titles: Mapping[str, str], names: Iterable[str]) -> Iterator[str]:
    """A code without its title; a field's code or an English key in a Chinese sentence."""
    named = {f"{code} {title}" for code, title in titles.items()}
    named |= {f"{title}（{code}）" for code, title in titles.items()}
    left = without(_CELL.sub("", without(text, named)), names)
    known = []
    for code, title in titles.items():
        for found in re.finditer(rf"(?<![\w-]){re.escape(code)}(?![\w-])", left):
            known.append(code)
            near = left[max(found.start() - 3, 0) : found.end() + 3]
            if "〔〕" not in near and title not in text:
                yield f"a code without its title: {code}"
    for found in _LATIN.finditer(left):
        if found[0] not in known and len(found[0]) > 1:
            yield f"a code or a key in a sentence: {found[0]}"


def disagree(one: str, other: str) -> Iterator[str]:
    """The same sentence in two languages says the same figures; 0 and 1 may be words (不得分, for each)."""
    figures = [_figures(text) for text in (one, other)]
    if figures[0] != figures[1]:
        yield f"two languages, two figures: {sorted(figures[0] ^ figures[1])}"


def _figures(text: str) -> frozenset[float | str]:
    days = frozenset("-".join(str(int(part)) for part in found.groups()) for found in _DAY.finditer(text))
    numbers = re.finditer(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?", _DAY.sub("", text))
    return days | {plain(found[0]) for found in numbers} - {0.0, 1.0}
