"""Number formats of cells: how a format code shows a number, and whether two codes show it alike."""

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from lawgov_score.workbook.package.part_xml import scan

# Built-in formats without a code in the file, as far as they are used here.
_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    5: '"¥"#,##0;-"¥"#,##0', 6: '"¥"#,##0;-"¥"#,##0', 7: '"¥"#,##0.00;-"¥"#,##0.00', 8: '"¥"#,##0.00;-"¥"#,##0.00',
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    12: "# ?/?", 13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
    49: "@",
    # formats under these numbers in Chinese programs
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: 'h"时"mm"分"', 35: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: 'h"时"mm"分"', 56: 'h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_LOCALE = re.compile(r"\[\$([^\]-]*)(?:-[0-9A-Fa-f]+)?\]")
_PIECE = re.compile(r'"([^"]*)"|\\(.)|([_*].)|(\[[^\]]*\])|(General|AM/PM|A/P)|(.)', re.IGNORECASE | re.DOTALL)
_ACTIVE = set("0#?.,%@;eEyYmMdDhHsSgGbB")  # every other character is literal, quoted or not


def format_codes(styles: bytes) -> tuple[Sequence[str], frozenset[int]]:
    """The format code of every cell format by number, and the numbers of the conditional formats with a format code.

    Raises ``PartError``.
    """
    own: dict[int, str] = {}
    cells: list[int] = []
    dressing: set[int] = set()
    conditional = -1
    within = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal within, conditional
        match name.rpartition(":")[2]:
            case "cellXfs" | "dxfs" | "cellStyleXfs" as tag:
                within = tag
            case "dxf":
                conditional += 1
            case "numFmt" if within == "dxfs":
                if attributes.get("formatCode", "General").lower() != "general":
                    dressing.add(conditional)
            case "numFmt":
                own[int(attributes.get("numFmtId", ""))] = attributes.get("formatCode", "General")
            case "xf" if within == "cellXfs":
                cells.append(int(attributes.get("numFmtId", 0)))

    scan(styles, start)
    return [own.get(number) or _BUILT_IN.get(number, f"({number})") for number in cells], frozenset(dressing)


def plain_format(code: str) -> str:
    r"""``code`` in a canonical form: literal text quoted in one way, no locale, no blank as wide as a character.

    >>> plain_format(r'yyyy\-mm\-dd') == plain_format('yyyy-mm-dd')
    True
    >>> plain_format('"95.00"') == plain_format('95.00'), plain_format('0.00_0') == plain_format('0.00')
    (False, True)
    """
    text = ""
    for quoted, escaped, spaced, bracket, word, other in _PIECE.findall(_LOCALE.sub(r'"\1"', code)):
        if quoted or escaped:
            text += "".join(f"'{char}" for char in quoted or escaped)
        elif spaced or bracket or word:
            text += ("" if spaced.startswith("_") else spaced or bracket or word).lower()
        elif other:
            text += other.lower() if other in _ACTIVE else f"'{other}"
    return text.removesuffix(";@")


class Look(Enum):
    """How a format shows a number."""

    NUMBER = "number"  # the number itself, with any text around it
    PERCENT = "percent"
    DAY = "day"
    TIME = "time"
    ELAPSED = "elapsed"
    OTHERWISE = "otherwise"  # another number than stored, or none: another scale, a hidden sign, digits as text


_DIGITS, _SCALES = re.compile("[0-9０-９]"), re.compile("[%％‰万千亿百]")
_ELAPSED = frozenset({"[h]", "[hh]", "[m]", "[mm]", "[s]", "[ss]"})
_CONDITION = re.compile(r"\[[<>=]")


@lru_cache(maxsize=1_024)  # every workbook uses the same few codes
def look_of(code: str, sign: int, measured_in: str = "") -> Look:
    """How ``code`` shows a number above (1), below (−1) or at zero (0).

    ``measured_in``: the unit of measurement after the number changes nothing: 12万元 where 万元 is what is asked for.
    """
    sections = _sections(code)
    if any(_CONDITION.search(section) for section in sections):  # the number decides which section applies
        looks = {_look(section, measured_in) for section in sections}
        return looks.pop() if len(looks) == 1 else Look.OTHERWISE
    at = 0 if len(sections) == 1 or sign > 0 else 1 if sign < 0 else min(2, len(sections) - 1)
    section = sections[0 if sign == 0 and len(sections) < 3 else at]
    look = _look(section, measured_in)
    if sign == 0 and at == 2 and _shows_a_dash(section):
        return Look.NUMBER  # zero as accounts write it
    if sign < 0 and at == 1 and look in {Look.NUMBER, Look.PERCENT} and not any(mark in section for mark in "-−("):
        return Look.OTHERWISE  # the sign is not shown
    return look


def _shows_a_dash(section: str) -> bool:
    literal, active = _pieces(section)
    return literal.strip(" ¥$￥") in {"-", "–", "—"} and not set(active) & set("0#")


def digits_shown(code: str, number: float) -> str | None:
    """The digits before the point as a whole number is shown: with zeros in front, and those of text around it.

    None if they are shown as a power of ten. The code itself if ``code`` shows something other than the number.

    >>> digits_shown("0000", 101.0), digits_shown("0.00", 101.0), digits_shown("0.00E+00", 5.3e11)
    ('0101', '101', None)
    """
    if look_of(code, (number > 0) - (number < 0)) is not Look.NUMBER and not _DIGITS.search(code.partition(";")[0]):
        return code
    literal, active = _pieces(_sections(code)[0])
    if re.search("[0#?.][eE]", active):
        return None
    before_point = active.partition(".")[0]
    if _scales(active) or "%" in active:
        return code
    digits = str(int(number)).zfill(before_point.count("0"))
    return "".join(_DIGITS.findall(literal)) + digits


def _sections(code: str) -> list[str]:
    """The sections for positive, negative and zero numbers; one if they are not distinguished."""
    parts, text = [], ""
    for piece in _PIECE.finditer(re.sub(r"!(.)", r"\\\1", code)):
        if piece[0] == ";":
            parts.append(text)
            text = ""
        else:
            text += piece[0]
    return [*parts, text]


def _pieces(section: str) -> tuple[str, str]:
    """The literal text of a section, and its active characters."""
    literal, active = "", ""
    for quoted, escaped, spaced, bracket, word, other in _PIECE.findall(section):
        if quoted or escaped:
            literal += quoted or escaped
        elif bracket:
            literal += "".join(_LOCALE.findall(bracket))
        elif word:
            active += "G" if word.lower() == "general" else "h"
        elif other and not spaced:
            literal, active = (literal, active + other) if other in _ACTIVE else (literal + other, active)
    return literal, active


def _look(section: str, measured_in: str) -> Look:
    literal, active = _pieces(section)
    if any(piece[3].lower() in _ELAPSED for piece in _PIECE.findall(section)):
        return Look.ELAPSED
    bare = re.sub("(?<=[0#?.])[eE](?=[0#?])", "", active).lower()  # 0.0E+00: the sign is no active character
    if set(bare) & set("ymdhsgbe") - ({"g"} if "G" in active else set()):
        return Look.DAY if set(bare) & set("ydgbe") or not set(bare) & set("hs") else Look.TIME
    if bare == "@" or (measured_in and literal.strip() == measured_in and not _scales(active)):
        return Look.NUMBER
    if not set(bare) & set("0#?") and "G" not in active:
        return Look.OTHERWISE  # no digit is shown
    if (
        literal in {".", ","}
        or _DIGITS.search(literal)
        or _SCALES.search(literal)
        or _scales(active)
        or active.count("%") > 1
    ):
        return Look.OTHERWISE
    return Look.PERCENT if "%" in active else Look.NUMBER


def _scales(active: str) -> bool:
    """Is there a comma without a digit after it? It divides by a thousand."""
    return re.search(r"[0#?],+(?![0#?,])", active) is not None
