"""Which known name somebody meant who wrote another one: the law of every “did you mean”.

A hint that names the opposite is worse than none. So a name that begins as the word does goes before one that merely
looks like it; a name that differs by a negation or by a number is never suggested; where two names are equally near,
neither is.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from lawgov_score.wording import Phrase, Words

_TO_FILL = Words("（是否想填“{nearest}”？）", " (did you mean “{nearest}”?)")

_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x2212: "-"}

_NEGATIONS = frozenset("不未无非没否勿莫缺免")
_DEGREES = frozenset("太很较略稍极最")  # 不太合格 is not 不合格
_NEGATIVE_BEGINNINGS = ("un", "non", "not", "dis", "without")
_TURNS = (  # before the same rest of a word, each says another thing than the next: legal, illegal; internal, external
    *(
        "",
        "un",
        "in",
        "il",
        "im",
        "ir",
        "non",
        "dis",
        "de",
        "mis",
        "ab",
        "a",
        "anti",
        "counter",
        "ex",
        "inter",
        "extra",
    ),
    *("over", "under", "pre", "post", "sub", "super", "up", "down", "out", "mono", "multi", "uni", "bi", "semi"),
)
_REST = 3  # letters of such a rest, at least
_NEGATIVE_WORDS = frozenset({"no", "never", "false", "off"})
_RIVALS = tuple(  # of which one stands in place of another: another thing, not another spelling
    frozenset(one)
    for one in (
        *("上下", "增减", "加减扣", "高低", "大小", "多少", "前后", "内外", "升降", "优良中差劣", "好坏差", "正负副反"),
        *("新旧", "收支", "进出", "早晚", "快慢", "左右", "东西南北", "本上去今前", "省市县区乡镇村", "有无"),
        *("甲乙丙丁戊己庚辛", "一二三四五六七八九十"),
    )
)
_RIVAL_WORDS = tuple(
    frozenset(one.split())
    for one in ("yes no", "true false", "on off", "least most", "min max", "above below", "more less", "first last")
)
_MOST_NEAR = 8  # names that are looked at closely
_ALIKE = 0.6  # share of letters in common of a name that is looked at closely
_BESIDE = frozenset("([{【〔,。.;:、—")  # what is said beside a word begins with one of these, once made narrow
_KINDS = re.compile(  # what a name may end with and still be the same thing; anything else may change what it says
    "(局|委|委员会|办|办公室|室|组|部|部门|部门组|单位|单位组|处|科|厅|所|院|队|大队|支队|中心|镇|乡|街道|办事处|分局|县|市|区"
    "|率|比例|数|件数|份数|次数|人数|情况|类|级|项|表|册|制度|日期|时间|名称|编码|号)"
)
_SHORTEST = 2  # characters of a word that is looked for inside names


def narrow(text: str) -> str:
    """``text`` with full-width letters, digits, marks and spaces made narrow, each one character as before.

    Not NFKC, which would also read ``5²`` as 52 and ``①`` as 1.

    >>> narrow("（５ 分）")
    '(5 分)'
    """
    return text.translate(_NARROW)


def meant(word: str, known: Iterable[str]) -> str:
    """The one known name that ``word`` stands for beyond doubt; '' if there is none, or more than one.

    >>> meant("全部公开", ["全部公开（含附件）", "部分公开", "未公开"])
    '全部公开（含附件）'
    >>> meant("综合部门组", ["有执法权部门组", "无执法权部门组"]), meant("公开", ["未公开"])
    ('', '')
    >>> meant("pionts", ["points", "title"])
    'points'
    """
    wanted = _plain(word)
    names = {name: _plain(name) for name in dict.fromkeys(known)}
    if not wanted:
        return ""
    for near in (_same, _said_beside, _goes_on, _shortened):
        found = [name for name, text in names.items() if text and near(wanted, text)]
        if found:
            return _only(word, found, names)
    return _only(word, _alike(wanted, names), names)


def to_fill(word: str, known: Iterable[str]) -> Phrase | str:
    """“（是否想填……？）” after a hint; nothing where it is not certain what was meant."""
    name = meant(word, known)
    return _TO_FILL(nearest=name) if name else ""


def are_opposed(one: str, other: str) -> bool:
    """Do two texts differ by a negation, a degree, or one of two words that exclude each other?

    >>> are_opposed("达到", "未达到"), are_opposed("published", "unpublished"), are_opposed("上年", "本年")
    (True, True, True)
    >>> are_opposed("全部公开", "全部公开（含附件）")
    False
    """
    texts = _plain(one), _plain(other)
    first, second = (Counter(text) for text in texts)
    if any(first[c] != second[c] for c in _NEGATIONS | _DEGREES):
        return True
    words = [re.findall("[a-z]+", text.casefold()) for text in (one, other)]
    if _negative(words[0]) != _negative(words[1]):
        return True
    if any(_is_turned(a, b) for a in set(words[0]) - set(words[1]) for b in set(words[1]) - set(words[0])):
        return True
    gone, came = first - second, second - first
    if any(rivals & gone.keys() and rivals & came.keys() for rivals in _RIVALS):
        return True
    said = [(rivals & set(words[0]), rivals & set(words[1])) for rivals in _RIVAL_WORDS]
    return any(here and there and here != there for here, there in said)


def _is_turned(one: str, other: str) -> bool:
    """Are two words the same but for a beginning that turns what they say?"""
    rests = [{turn: word[len(turn) :] for turn in _TURNS if word.startswith(turn)} for word in (one, other)]
    return any(
        len(rest) >= _REST and rest == also and turn != turned
        for turn, rest in rests[0].items()
        for turned, also in rests[1].items()
    )


def _negative(words: Sequence[str]) -> int:
    return sum(word.startswith(_NEGATIVE_BEGINNINGS) or word in _NEGATIVE_WORDS for word in words)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _only(word: str, found: Sequence[str], names: dict[str, str]) -> str:
    """The name, if there is one alone and it is not the opposite."""
    texts = {names[name] for name in found}
    return found[0] if len(texts) == 1 and not are_opposed(word, found[0]) and not _says_more(word, found[0]) else ""


def _says_more(word: str, name: str) -> bool:
    """Does a Chinese name say after the word what may turn it: 安全, and 安全事故?"""
    rest = _plain(name).removeprefix(_plain(word))
    is_begun = _plain(name).startswith(_plain(word)) and not rest.isascii()
    return is_begun and rest[0] not in _BESIDE and _KINDS.fullmatch(rest) is None


def _same(wanted: str, text: str) -> bool:
    return wanted == text


def _said_beside(wanted: str, text: str) -> bool:
    """Does one of them go on where the other ends, with what is said beside it: 全部公开（含附件）?"""
    shorter, longer = sorted((wanted, text), key=len)
    is_plain = shorter == text or _numbers(longer) == _numbers(shorter)
    return longer.startswith(shorter) and longer != shorter and longer[len(shorter)] in _BESIDE and is_plain


def _goes_on(wanted: str, text: str) -> bool:
    """Does a longer name hold the word? Several that do are equally near, wherever they hold it."""
    is_long = len(wanted) >= _SHORTEST and len(text) <= 2 * len(wanted) and _numbers(text) == _numbers(wanted)
    return is_long and (text.startswith(wanted) or (len(wanted) > _SHORTEST and wanted in text))


def _shortened(wanted: str, text: str) -> bool:
    """Is the word short for a longer name, as 市法制办 is for 市政府法制办?"""
    letters = iter(text)
    is_long = len(wanted) > _SHORTEST and len(text) <= 2 * len(wanted) and not wanted.isascii()
    return is_long and wanted[0] == text[0] and all(letter in letters for letter in wanted)


def _alike(wanted: str, names: dict[str, str]) -> list[str]:
    """The names that fewest slips of the pen turn into the word, if few do."""
    near = get_close_matches(wanted, list(dict.fromkeys(names.values())), _MOST_NEAR, _ALIKE)
    slips = {text: _slips(wanted, text) for text in near}
    few = {text: n for text, n in slips.items() if n <= _most_slips(wanted, text)}
    fewest = [text for text, n in few.items() if n == min(few.values())]
    return [name for name, text in names.items() if text in fewest and _numbers(text) == _numbers(wanted)]


def _numbers(text: str) -> list[int]:
    return [int(digits) for digits in re.findall("[0-9]+", text)]


def _most_slips(wanted: str, text: str) -> int:
    """How many slips leave a word recognisable: Chinese says more by one character than English by one letter."""
    length = max(len(wanted), len(text))
    if wanted.isascii() and text.isascii():
        return 0 if length < 4 else min(1 + length // 5, 3)
    if wanted[0] != text[0] or length < 4:
        return 0
    return 1 + length // 10


def _slips(one: str, other: str) -> int:
    """Letters put in, left out, replaced, or exchanged with the next one, that turn ``one`` into ``other``.

    >>> _slips("weigth", "weight"), _slips("abc", "ac")
    (1, 1)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row, before = before, [i], row
        for j, b in enumerate(other, 1):
            least = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and (a, one[i - 2]) == (other[j - 2], b):
                least = min(least, last[j - 2] + 1)
            row.append(least)
    return row[-1]
