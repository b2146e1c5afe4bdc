"""Numbers of documents (文号) in free text, so that one document is recognised however it is written."""

import re
import unicodedata

_NUMBER = re.compile(r"([\u4e00-\u9fff]{1,12})[\[(〔【](\d{4})[\])〕】](?:第)?(\d{1,5})号?")
_GAP = re.compile(r"\s+")


def numbers_in(text: str) -> tuple[str, ...]:
    """The document numbers named in ``text``, each written in one way: 国办发〔2018〕3号.

    >>> numbers_in("《通知》（国办发[2018] 第3号）、国办发〔2018〕3号，鄂府函（2017）12 号")
    ('国办发〔2018〕3号', '鄂府函〔2017〕12号')
    >>> numbers_in("2018年第3期简报")
    ()
    """
    plain = _GAP.sub("", unicodedata.normalize("NFKC", text))
    found = (f"{issuer}〔{year}〕{int(number)}号" for issuer, year, number in _NUMBER.findall(plain))
    return tuple(dict.fromkeys(found))
