"""The kinds of documents, and the fields that a template of each may name."""

from collections.abc import Mapping
from enum import StrEnum

from lawgov_score.report import form_of
from lawgov_score.wording import Language, Words


class Kind(StrEnum):
    """What a document is."""

    NOTICE = "notice"
    RETURN = "return"
    RESULT = "result"
    DECISION = "decision"
    PUBLIC = "public"


KIND_NAMES: Mapping[Kind, Words] = {
    Kind.NOTICE: Words("通知", "notice"),
    Kind.RETURN: Words("退回函", "letter of return"),
    Kind.RESULT: Words("结果告知书", "notification of result"),
    Kind.DECISION: Words("异议处理决定书", "decision on objection"),
    Kind.PUBLIC: Words("公示", "public notice"),
}


class Field(StrEnum):
    """What a template may name in braces; in English templates by this code, in Chinese ones by its name."""

    YEAR = "year"
    SCHEME = "scheme"
    OFFICE = "office"
    TELEPHONE = "telephone"
    ADDRESS = "address"
    TODAY = "date"
    UNIT = "unit"
    UNIT_CODE = "unit_code"
    UNITS = "units"
    UNIT_LIST = "unit_list"
    SUBMIT_BY = "submit_by"
    OBJECTION_DAYS = "objection_days"
    KEY = "key"
    TRY = "try"
    RECEIVED = "received"
    RECEIPT = "receipt"
    REASON = "reason"
    COUNTS = "counts"
    DUE = "due"
    STAGE = "stage"
    COHORT = "cohort"
    SCORE = "score"
    PLACE = "place"
    GRADE = "grade"
    RESULT = "result"
    OBJECT = "how_to_object"
    OBJECTION_SAYS = "objection_says"
    OBJECT_BY = "object_by"
    WAY = "way"
    NUMBER = "number"
    INDICATOR = "indicator"
    FILED = "filed"
    CLAIM = "claim"
    WANTED = "wanted"
    EVIDENCE = "evidence"
    OUTCOME = "outcome"
    GROUNDS = "grounds"
    BEFORE = "score_before"
    AFTER = "score_after"
    EFFECT = "effect"
    DRAFT = "draft"
    RANKING = "ranking"
    PERIOD = "period"


FIELD_NAMES: Mapping[Field, Words] = {
    Field.YEAR: Words("年度", "the assessed year"),
    Field.SCHEME: Words("体系", "title of the scheme"),
    Field.OFFICE: Words("考核办", "the office, as notice.yaml has it"),
    Field.TELEPHONE: Words("联系电话", "its telephone, as notice.yaml has it"),
    Field.ADDRESS: Words("联系地址", "its address, as notice.yaml has it"),
    Field.TODAY: Words("日期", "the day on which the document is made"),
    Field.UNIT: Words("单位", "the unit that it is to"),
    Field.UNIT_CODE: Words("单位编码", "its code"),
    Field.UNITS: Words("单位数", "how many units are assessed"),
    Field.UNIT_LIST: Words("单位名单", "table of the units; a paragraph of its own"),
    Field.SUBMIT_BY: Words("报送期限", "until when units may send"),
    Field.OBJECTION_DAYS: Words("异议工作日数", "working days for an objection"),
    Field.KEY: Words("公钥短码", "short form of the public key of receipts"),
    Field.TRY: Words("报送次数", "which submission of the unit"),
    Field.RECEIVED: Words("收到时间", "when it was received"),
    Field.RECEIPT: Words("回执编号", "number of its receipt"),
    Field.REASON: Words("退回原因", "why it goes back, as it was recorded"),
    Field.COUNTS: Words("核对情况", "what the check counted, where the reason does not say it"),
    Field.DUE: Words("重报期限", "until when it has to be sent anew"),
    Field.STAGE: Words("结果性质", "first results, or those published"),
    Field.COHORT: Words("分组", "the group that the unit is compared in"),
    Field.SCORE: Words("得分", "its score"),
    Field.PLACE: Words("位次", "its place"),
    Field.GRADE: Words("等次", "its grade"),
    Field.RESULT: Words("结果表", "table of its result; a paragraph of its own"),
    Field.OBJECT: Words("异议告知", "how and until when to object, as a sentence"),
    Field.OBJECTION_SAYS: Words(
        "异议要求", "what an objection has to say, as a sentence; nothing once its time is over"
    ),
    Field.OBJECT_BY: Words("异议期限", "until when to object"),
    Field.WAY: Words("异议方式", "how to object, as notice.yaml has it"),
    Field.NUMBER: Words("异议编号", "number of the objection"),
    Field.INDICATOR: Words("指标", "what it is about"),
    Field.FILED: Words("提出时间", "when it was filed"),
    Field.CLAIM: Words("异议内容", "what the unit claims"),
    Field.WANTED: Words("异议请求", "the figure that it wants, as a sentence; nothing where it named none"),
    Field.EVIDENCE: Words("异议证据", "what it sent with it, as a sentence; nothing where there is none"),
    Field.OUTCOME: Words("处理结果", "upheld, partly upheld, rejected, or not admitted"),
    Field.GROUNDS: Words("决定理由", "why, as it was recorded"),
    Field.BEFORE: Words("原得分", "score of the indicator before"),
    Field.AFTER: Words("改后得分", "score after; the same where nothing changes"),
    Field.EFFECT: Words("得分变化", "what it does to score, place and grade of the unit, as sentences"),
    Field.DRAFT: Words("待公布标记", "says that the results are not published yet; else nothing"),
    Field.RANKING: Words("排名表", "table of all units; a paragraph of its own"),
    Field.PERIOD: Words("公示期", "the days of the notice; always a blank, the round does not know them"),
}

TABLES = frozenset({Field.UNIT_LIST, Field.RESULT, Field.RANKING})
DAYS = frozenset({Field.SUBMIT_BY, Field.OBJECT_BY, Field.DUE})  # a blank of these has the form of a day
_ALL = (Field.YEAR, Field.SCHEME, Field.OFFICE, Field.TELEPHONE, Field.ADDRESS, Field.TODAY)
_TO_UNIT = (Field.UNIT, Field.UNIT_CODE)
FIELDS: Mapping[Kind, tuple[Field, ...]] = {
    Kind.NOTICE: (*_ALL, Field.UNITS, Field.UNIT_LIST, Field.SUBMIT_BY, Field.OBJECTION_DAYS, Field.KEY),
    Kind.RETURN: (
        *(*_ALL, *_TO_UNIT),
        *(Field.TRY, Field.RECEIVED, Field.RECEIPT, Field.REASON, Field.COUNTS, Field.DUE),
    ),
    Kind.RESULT: (
        *(*_ALL, *_TO_UNIT),
        *(Field.STAGE, Field.COHORT, Field.SCORE, Field.PLACE, Field.GRADE, Field.RESULT),
        *(Field.OBJECT, Field.OBJECTION_SAYS, Field.OBJECT_BY, Field.OBJECTION_DAYS, Field.WAY),
    ),
    Kind.DECISION: (
        *(*_ALL, *_TO_UNIT),
        *(Field.NUMBER, Field.INDICATOR, Field.FILED, Field.CLAIM, Field.WANTED, Field.EVIDENCE),
        *(Field.OUTCOME, Field.GROUNDS, Field.BEFORE, Field.AFTER, Field.EFFECT),
    ),
    Kind.PUBLIC: (*_ALL, Field.UNITS, Field.STAGE, Field.DRAFT, Field.RANKING, Field.PERIOD),
}
# Without these a document does not say what it is for: one of each group has to be named.
NEEDED: Mapping[Kind, tuple[tuple[Field, ...], ...]] = {
    Kind.NOTICE: ((Field.SUBMIT_BY,), (Field.KEY,)),
    Kind.RETURN: ((Field.UNIT,), (Field.REASON,), (Field.DUE,)),
    Kind.RESULT: ((Field.UNIT,), (Field.RESULT, Field.SCORE), (Field.OBJECT, Field.OBJECT_BY)),
    Kind.DECISION: ((Field.UNIT,), (Field.NUMBER, Field.CLAIM), (Field.OUTCOME,), (Field.GROUNDS,)),
    Kind.PUBLIC: ((Field.RANKING,), (Field.PERIOD,)),
}


def field_name(field: Field, lang: Language) -> str:
    """What a template in this language calls it.

    >>> field_name(Field.SUBMIT_BY, Language.ZH), field_name(Field.SUBMIT_BY, Language.EN)
    ('报送期限', 'submit_by')
    """
    return FIELD_NAMES[field].zh if lang is Language.ZH else field.value


def field_named(name: str, kind: Kind) -> Field | None:
    """The field of a kind that is called so in either language; None if there is none."""
    return next((one for one in FIELDS[kind] if name in {one.value, FIELD_NAMES[one].zh}), None)


def template_name(kind: Kind, lang: Language) -> str:
    """The file name of a template."""
    return f"{form_of(KIND_NAMES[kind], lang)}.docx"
