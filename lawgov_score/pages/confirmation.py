"""The confirmation of one submission, to print, sign, seal and scan back: what came, every figure of it, the receipt.

A round keeps one for each receipt, so it is small: plain text in a table, and a few lines of style.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from lawgov_score.pages.document import POLICY
from lawgov_score.pages.html import Html, joined, tag
from lawgov_score.pages.reader import TAGS, Reader
from lawgov_score.wording import Words

_TITLE = Words("报送确认单", "Confirmation of a submission")
_WHAT = Words("报送情况", "What was received")
_FIGURES = Words("填报内容", "What was filled in")
_RECEIPT = Words("回执", "Receipt")
_CODE = Words("编码", "Code")
_INDICATOR = Words("指标", "Indicator")
_FIELD = Words("填报项", "Question")
_ANSWER = Words("填报值", "Answer")
_BLANK = Words("（未填）", "(blank)")
_AGREES = Words(
    "以上内容与我单位报送的文件一致。",
    "What stands above is what we sent.",
)
_HEAD = Words("单位负责人（签字）：", "Head of the unit (signature):")
_SEAL = Words("单位（盖章）：", "Unit (seal):")
_DAY = Words("年　　月　　日", "Date:")
_ON_RECEIPT = Words(
    "回执由考核办签名，任何人可用 lawgov-score round receipt 核验，不需要考核办的数据。",
    "The receipt is signed by the office; anybody can check it by lawgov-score round receipt, without the data folder.",
)
_STYLE = """*{box-sizing:border-box}
body{margin:0 auto;max-width:960px;padding:24px;color:#222;
font:14px/1.6 "Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",sans-serif}
h1{text-align:center;font-size:24px;margin:8px 0}h2{font-size:16px;margin:20px 0 6px}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:3px 8px;text-align:left;
vertical-align:top;overflow-wrap:anywhere}thead{display:table-header-group}tr{break-inside:avoid}
.facts th{width:9em}.none{color:#777}pre{border:1px solid #999;padding:8px;font-size:12px;white-space:pre-wrap;
overflow-wrap:anywhere}.sign{display:flex;flex-wrap:wrap;gap:36px 60px;margin:28px 0 20px;break-inside:avoid}
.sign span{min-width:16em}@page{size:A4;margin:16mm}@media print{body{padding:0;max-width:none}}"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One question and what was answered, as it stood in the cell; '' where nothing did."""

    code: str
    indicator: str
    field: str
    answer: str


def confirmation_page(
    reader: Reader, title: str, facts: Mapping[str, str], figures: Iterable[Figure], receipt: str
) -> str:
    """The whole page. ``title``: of the assessment; ``facts``: what the receipt says, in its order."""
    heading = reader.say(_TITLE)
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", heading),
        tag("style", Html(_STYLE)),
    )
    of_facts = (
        tag("tr", tag("th", name, scope="row"), tag("td", reader.named(value))) for name, value in facts.items()
    )
    headings = (_CODE, _INDICATOR, _FIELD, _ANSWER)
    body = tag(
        "body",
        tag("h1", heading),
        tag("p", reader.named(title)),
        tag("h2", reader.say(_WHAT)),
        tag("table", tag("tbody", *of_facts), class_="facts"),
        tag("h2", reader.say(_FIGURES)),
        tag(
            "table",
            tag("thead", tag("tr", *(tag("th", reader.say(one), scope="col") for one in headings))),
            tag("tbody", joined(*(cell for one in figures for cell in _row(reader, one)))),
        ),
        tag("p", reader.say(_AGREES)),
        tag("div", *(tag("span", reader.say(one)) for one in (_HEAD, _SEAL, _DAY)), class_="sign"),
        tag("h2", reader.say(_RECEIPT)),
        tag("pre", receipt),
        tag("p", reader.say(_ON_RECEIPT), class_="none"),
    )
    return "<!DOCTYPE html>\n" + tag("html", head, body, lang=TAGS[reader.lang]).markup + "\n"


def _row(reader: Reader, one: Figure) -> tuple[Html, Html]:
    """The halves of a row: a page has hundreds, a round as many pages as tries."""
    answer = _answer(one.answer) if one.answer else _blank(reader)
    return _question(one.code, one.indicator, one.field), answer


@lru_cache(maxsize=10_000)  # half of all answers are short numbers
def _answer(text: str) -> Html:
    return _last(tag("td", text))


@cache
def _blank(reader: Reader) -> Html:
    return _last(tag("td", reader.say(_BLANK), class_="none"))


@lru_cache(maxsize=10_000)  # a tree's questions, which are those of every page
def _question(code: str, indicator: str, field: str) -> Html:
    return joined(Html("<tr>"), tag("td", code), tag("td", indicator), tag("td", field))


def _last(cell: Html) -> Html:
    """A cell that ends its row."""
    return joined(cell, Html("</tr>"))
