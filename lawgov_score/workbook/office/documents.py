"""Numbers of documents (文号) in free text, so that one document is recognised however it is written."""

import re
import unicodedata

_NUMBER = re.compile(
    r"([\u4e00-\u9fff]+)\s*[\[(〔【]\s*(\d{4})\s*[\])〕】]\s*(?:第)?\s*(\d{1,5})\s*号?",
)
_AND = re.compile(r"(?<=.)[和及与](?=..)")  # not the 和 that a place's name begins with: 和政发
_LONGEST = 12  # characters of an issuer


def numbers_in(text: str) -> tuple[str, ...]:
    """The document numbers named in ``text``, each written in one way: 国办发〔2018〕3号.

    What stands before the issuer without a gap cannot be told from it; ``is_same`` compares from the end.

    >>> numbers_in("《通知》（国办发[2018] 第3号）、国办发〔2018〕3号，鄂府函（2017）12 号")
    ('国办发〔2018〕3号', '鄂府函〔2017〕12号')
    >>> numbers_in("省政府通报 鄂政发〔2024〕3号和国办发〔2018〕3号")
    ('鄂政发〔2024〕3号', '国办发〔2018〕3号')
    >>> numbers_in("2018年第3期简报")
    ()
    """
    plain = unicodedata.normalize("NFKC", text)
    found = []
    for match in _NUMBER.finditer(plain):
        run, year, number = match.groups()
        before = plain[: match.start(1)]
        if before.endswith(("号", ")", "]", "〕", "】", "》")) and run[0] in "和及与" and len(run) > 2:
            run = run[1:]
        issuer = _AND.split(run)[-1][-_LONGEST:]
        found.append(f"{issuer}〔{year}〕{int(number)}号")
    return tuple(dict.fromkeys(found))


def is_same(one: str, other: str) -> bool:
    """Do two numbers name one document? The issuer of one may have words before it that the other lacks.

    >>> is_same("省政府通报鄂政发〔2024〕3号", "鄂政发〔2024〕3号"), is_same("鄂政发〔2024〕3号", "鄂政发〔2024〕13号")
    (True, False)
    >>> is_same("省发〔2024〕3号", "市发〔2024〕3号")
    False
    """
    return one.endswith(other) or other.endswith(one)


def without_issuer(number: str) -> str:
    """Year and number alone, which every spelling of one document has: 〔2018〕3号."""
    return number[number.index("〔") :]
