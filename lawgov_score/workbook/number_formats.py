"""Number formats of a workbook's cells, and whether two codes show a number in the same way."""

import re
from collections.abc import Sequence

from lawgov_score.workbook.part_xml import scan

# The formats that have a number and no code in the file, as far as anything here uses them.
_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    14: "yyyy-mm-dd", 49: "@",
}  # fmt: skip
_LOCALE = re.compile(r"\[\$([^\]-]*)(?:-[0-9A-Fa-f]+)?\]")
_PIECE = re.compile(r'"([^"]*)"|\\(.)|([_*].)|(\[[^\]]*\])|(General|AM/PM|A/P)|(.)', re.IGNORECASE | re.DOTALL)
_ACTIVE = set("0#?.,%@;eEyYmMdDhHsSgGbB")  # every other character stands for itself, quoted or not


def format_codes(styles: bytes) -> tuple[Sequence[str], frozenset[int]]:
    """The format code of every cell format by its number, and the numbers of the conditional formats that have one.

    Raises ``PartError``.
    """
    own: dict[int, str] = {}
    cells: list[int] = []
    dressing: set[int] = set()
    conditional = -1
    within = ""

    def start(name: str, said: dict[str, str]) -> None:
        nonlocal within, conditional
        match name.rpartition(":")[2]:
            case "cellXfs" | "dxfs" | "cellStyleXfs" as tag:
                within = tag
            case "dxf":
                conditional += 1
            case "numFmt" if within == "dxfs":
                if said.get("formatCode", "General").lower() != "general":
                    dressing.add(conditional)
            case "numFmt":
                own[int(said.get("numFmtId", ""))] = said.get("formatCode", "General")
            case "xf" if within == "cellXfs":
                cells.append(int(said.get("numFmtId", 0)))

    scan(styles, start)
    return [own.get(number) or _BUILT_IN.get(number, f"({number})") for number in cells], frozenset(dressing)


def plain_format(code: str) -> str:
    r"""``code`` as every program would write it: literal text in one way of quoting, no locale.

    >>> plain_format(r'yyyy\-mm\-dd') == plain_format('yyyy-mm-dd')
    True
    >>> plain_format('"95.00"') == plain_format('95.00')
    False
    """
    text = ""
    for quoted, escaped, spaced, bracket, word, other in _PIECE.findall(_LOCALE.sub(r'"\1"', code)):
        if quoted or escaped:
            text += "".join(f"'{char}" for char in quoted or escaped)
        elif spaced or bracket or word:
            text += (spaced or bracket or word).lower()
        elif other:
            text += other.lower() if other in _ACTIVE else f"'{other}"
    return text.removesuffix(";@")
