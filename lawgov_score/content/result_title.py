"""The title of a result, as an office heads what it announces: 荆门市2017年度法治政府建设考核结果（排名）."""

import re

from lawgov_score.content import labels
from lawgov_score.model import Scores
from lawgov_score.wording import Phrase, Text, Words

_RESULT = Words("{zh}结果", "{en}: results of {years}")
_PLAIN = Words("{title}", "{title}")
_RANKED = Words("{title}（排名）", "{title} (ranking)")
# What the title of a scheme ends with, and that of its result does not: 考核指标体系（重构）, 考核评分细则（试行）.
_REMARK = re.compile(r"\s*(?:（[^（）]*）|\([^()]*\)|【[^【】]*】|\[[^\[\]]*\])\s*$")
_KIND = re.compile(
    r"(?:(?:指标|标准)体系|指标|(?:实施|评分|计分|量化|操作)*(?:方案|办法|细则|标准|规则|规定|规程|清单|表))(?:试行|暂行)?$"
)
_ACT = re.compile(r"(?:考核|考评|评价|评估|测评|评议|评查|评比|评选|评审|督察|督查|检查|验收|监测)$")
_AND = re.compile(r"[及和与、]$")
_YEAR = re.compile(r"(?<![\d—–~至-])(?:(?:19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2})\s*年度?(?!\s*[—–~至-])")
# Whose assessment it is, where that can be told: what stands before 法治 or 依法 and ends as names of offices do.
_WHOSE = re.compile(r"^.*?(?:省|市|自治区|州|盟|区|县|旗|乡|镇|街道|政府|厅|局|委|委员会|办公室|部门)(?=法治|依法)")


def result_title(scores: Scores) -> Phrase:
    """The title over a run's places; where the tree has no total nobody has a place, and it heads the result alone.

    ``result_title:`` of the tree, or made of the tree's title and the assessed year.
    """
    tree, years = scores.tree, labels.years(scores)
    subject = subject_of(tree.title)
    title: Text = tree.result_title or _RESULT(zh=in_year(subject, years), en=_renamed(subject, years), years=years)
    is_said = "排名" in tree.result_title
    return (_RANKED if labels.has_total(tree) and not is_said else _PLAIN)(title=title)


def subject_of(title: str) -> str:
    """What is assessed, by the title of its scheme.

    >>> subject_of("昆明市法治政府建设工作评价指标体系（据2020年报告拟定）"), subject_of("某县法治建设方案")
    ('昆明市法治政府建设工作评价', '某县法治建设考核')
    """
    subject = _REMARK.sub("", title.strip()) or title.strip()
    if subject.startswith("《") and subject.endswith("》"):
        subject = subject[1:-1]
    for ending in (_REMARK, _KIND, _AND, _KIND):  # 考核指标及评分标准（试行）
        while (shorter := ending.sub("", subject)) not in ("", subject):
            subject = shorter
    return subject if _ACT.search(subject) or subject.isascii() else f"{subject}考核"


def in_year(subject: str, years: str) -> str:
    """The subject with the assessed year: where the title has one, else after whose assessment it is, else in front.

    >>> in_year("铜川市2021年法治政府建设工作考核", "2022"), in_year("某县法治建设考核", "2023—2024")
    ('铜川市2022年度法治政府建设工作考核', '某县2023—2024年度法治建设考核')
    >>> in_year("城市管理行政执法考核", "2024"), in_year("政务公开2021—2025年规划考核", "2024")
    ('2024年度城市管理行政执法考核', '2024年度政务公开2021—2025年规划考核')
    """
    named = _YEAR.findall(subject)
    if len(named) == 1:
        return _renamed(subject, years)
    if named:  # which of them is the assessed one only the office knows
        return subject
    whose = _WHOSE.match(subject)
    at = whose.end() if whose else 0
    return f"{subject[:at]}{years}年度{subject[at:]}"


def _renamed(subject: str, years: str) -> str:
    """The subject with the assessed year in the place of the one year that its title has."""
    return _YEAR.sub(f"{years}年度", subject) if len(_YEAR.findall(subject)) == 1 else subject
