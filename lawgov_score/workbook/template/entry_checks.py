"""Data validation for spreadsheet programs while people type: drop-down lists, and messages beside cells."""

from collections.abc import Mapping, Sequence

import xlsxwriter

from lawgov_score.catalogue import Code
from lawgov_score.cell_addresses import letters
from lawgov_score.problems import NodePlace, Problem
from lawgov_score.report import part, render, title
from lawgov_score.rules.field import NUMBERS, Field, FieldType
from lawgov_score.wording import Language, Phrase, Words
from lawgov_score.workbook.forms.layout import LISTS_SHEET, Question
from lawgov_score.workbook.submission.values import expectation


class Lists:
    """The drop-down lists of one workbook, each kept once; written when all are known."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, ...], int] = {}

    def reference(self, choices: tuple[str, ...], sheet: str) -> str:
        """The future range of ``choices``, in the form for validations: ``='选项'!$A$1:$A$2``."""
        column = letters(self._columns.setdefault(choices, len(self._columns)))
        return f"='{sheet}'!${column}$1:${column}${len(choices)}"

    def write(self, book: xlsxwriter.Workbook, sheet: str) -> None:
        """Adds the hidden sheet, one list per column."""
        page = book.add_worksheet(sheet)
        for choices, column in self._columns.items():
            for row, choice in enumerate(choices):
                page.write_string(row, column, choice)
        page.protect()
        page.hide()


YES, NO = "是", "否"
NOT_APPLICABLE = "不适用"

_MOST_TITLE, _MOST_MESSAGE = 32, 255  # characters a spreadsheet shows

_TITLES: Mapping[FieldType, Words] = {
    FieldType.COUNT: Words("请填整数", "A whole number"),
    FieldType.AMOUNT: Words("请填数", "A number"),
    FieldType.SHARE: Words("请填百分数", "A percentage"),
    FieldType.DATE: Words("请填日期", "A date"),
    FieldType.YES_NO: Words("请选“是”或“否”", "Yes (是) or no (否)"),
    FieldType.CHOICE: Words("请从列表中选择", "Choose from the list"),
    FieldType.TEXT: Words("请填文字", "Text"),
}
_HOW: Mapping[FieldType, Words] = {
    FieldType.COUNT: Words("单位：{measured_in}，只填数。", "In {measured_in}, the number only."),
    FieldType.AMOUNT: Words("单位：{measured_in}，可填小数，只填数。", "In {measured_in}, the number only."),
    FieldType.SHARE: Words("如 95.3%。", "Such as 95.3%."),
    FieldType.DATE: Words("如 2018-03-30。", "Such as 2018-03-30."),
    FieldType.YES_NO: Words("点右侧箭头选择。", "Use the arrow to choose."),
    FieldType.CHOICE: Words("点右侧箭头选择。", "Use the arrow to choose."),
    FieldType.TEXT: Words("写得简明。", "Be brief."),
}
_BOUNDS = Words("应为 {bounds}。", "{bounds}.")
_NO_MORE_THAN = Words("不大于“{name}”。", "No more than “{name}”.")
_NO_LESS_THAN = Words("不小于“{name}”。", "No less than “{name}”.")
_NEVER = Words("没有的填“{never}”。", "“{never}” if it did not come.")
_ZERO = Words("没有发生填 0，没有数据留空。", "0 where nothing happened, blank where there is no figure.")
_BLANK = Words("没有数据留空。", "Blank where there is no figure.")
_MAY_CLAIM = Words(
    "确不适用的填“不适用”，并在“说明”栏写明理由。", "不适用 where it does not apply, with the reason under 说明."
)
_ERROR_TITLE = Words("填写有误（{code}）", "Not an answer ({code})")
_FAULTS: Mapping[FieldType, Code] = {  # codes whose words the check uses, as the office's check will
    FieldType.COUNT: Code.S204,
    FieldType.AMOUNT: Code.S201,
    FieldType.SHARE: Code.S203,
    FieldType.DATE: Code.S205,
    FieldType.YES_NO: Code.S206,
    FieldType.CHOICE: Code.S207,
}
_SENTENCE = Words("{text}。", "{text}.")
_EXPECTED = Words("应为 {text}。", "Expected: {text}.")
_REQUIRED_TITLE = Words("应附的佐证材料", "Evidence required")
_REQUIRED = Words(
    "{evidence:list}。写明名称、文号或编号。", "{evidence:list}. Give names and numbers of the documents."
)
_EVIDENCE_TITLE = Words("佐证材料", "Evidence")
_NOT_REQUIRED = Words(
    "本项没有列明应附的材料；有材料的写明名称、文号或编号，没有的留空。",
    "Nothing is required here; name what you have, or leave it blank.",
)
_NOTE_TITLE = Words("说明", "Remarks")
_NOTE = Words(
    "填“不适用”的，在此写明理由；数据口径有变化的，也在此说明。", "Reasons for 不适用, changes of definition and so on."
)
_PLAIN_NOTE = Words(
    "数据口径有变化的、需要说明情况的，写在这里。", "Changes of definition, and whatever else needs to be said."
)

Options = dict[str, object]


def value_check(question: Question, cell: str, lists: Lists, lang: Language) -> Options:
    """The validation of one 填报值 cell, in XlsxWriter's terms; ``cell`` is its address, for checks by formula."""
    asked, claims = question.field, question.indicator.may_not_apply
    words = (NOT_APPLICABLE,) * claims + ((asked.never,) if asked.never else ())
    options: Options = {
        "input_title": render(_TITLES[asked.type], lang)[:_MOST_TITLE],
        "input_message": _message(question, lang),
        "error_type": "stop",
    }
    if asked.type in _FAULTS:
        options["error_title"] = render(_ERROR_TITLE(code=_FAULTS[asked.type].value), lang)[:_MOST_TITLE]
        options["error_message"] = _fault(question, lang)
    match asked.type:
        case FieldType.TEXT:
            options["validate"] = "any"
        case FieldType.YES_NO:
            options |= {"validate": "list", "source": lists.reference((YES, NO, *words), LISTS_SHEET)}
        case FieldType.CHOICE:
            options |= {"validate": "list", "source": lists.reference((*asked.choices, *words), LISTS_SHEET)}
        case _ if words:  # a number or a word: only a formula can check that
            options |= {"validate": "custom", "value": _either(cell, asked, words)}
        case _:
            options |= _number_check(asked)
    return options


def _number_check(asked: Field) -> Options:
    kind = {FieldType.COUNT: "integer", FieldType.DATE: "date"}.get(asked.type, "decimal")
    least, most = _numeric_bounds(asked)
    if most is None:
        return {"validate": kind, "criteria": ">=", "value": least}
    return {"validate": kind, "criteria": "between", "minimum": least, "maximum": most}


def _numeric_bounds(asked: Field) -> tuple[float, float | None]:
    """Numeric bounds; bounds set by another field are left to ``check``."""
    floor = 18264.0 if asked.type is FieldType.DATE else -1e9  # 1950-01-01: anything earlier is a typing error
    least = floor if asked.at_least is None or isinstance(asked.at_least, str) else asked.at_least
    most = None if asked.at_most is None or isinstance(asked.at_most, str) else asked.at_most
    return least, most


def _either(cell: str, asked: Field, words: tuple[str, ...]) -> str:
    """A formula that accepts the words and a number within its bounds, in every spreadsheet program."""
    least, most = _numeric_bounds(asked)
    # IF rather than AND: AND evaluates every part, and INT of a word is an error.
    tests = [f"{cell}>={least:.15g}"]
    if most is not None:
        tests.append(f"{cell}<={most:.15g}")
    if asked.type is FieldType.COUNT:
        tests.append(f"{cell}=INT({cell})")
    same = ",".join(f'{cell}="{word}"' for word in words)
    return f"=IF(ISNUMBER({cell}),AND({','.join(tests)}),OR({same}))"


def _fault(question: Question, lang: Language) -> str:
    """The message for an invalid answer: the problem's own words, then how to answer."""
    asked = question.field
    figures = {
        "field": asked.name,
        "example": "12.5",
        "hint": "",
        "measured_in": asked.measured_in,
        "or_never": "",
        "expected": asked.choices,
        "nearest": "",
    }
    problem = Problem(_FAULTS[asked.type], NodePlace(), figures)
    sentences = [
        render(_SENTENCE(text=title(problem, lang)), lang),
        render(_EXPECTED(text=part(problem, "expected", lang)), lang),
    ]
    return _fitting([*sentences, *_sentences(question, lang)], lang)


def _message(question: Question, lang: Language) -> str:
    """How to answer, in as many sentences as fit."""
    return _fitting(_sentences(question, lang), lang)


def _sentences(question: Question, lang: Language) -> list[str]:
    asked = question.field
    parts: list[Phrase | Words | str] = [_HOW[asked.type](measured_in=asked.measured_in)]
    bounds = expectation(asked)
    is_number = asked.type in NUMBERS
    if bounds is not None and asked.type is not FieldType.COUNT:
        parts.append(_BOUNDS(bounds=bounds))
    about = question.indicator
    names = {field.code: field.name for field in (*getattr(about, "above", ()), *about.fields)}
    for bound, words in ((asked.at_most, _NO_MORE_THAN), (asked.at_least, _NO_LESS_THAN)):
        if isinstance(bound, str):
            parts.append(words(name=names[bound]))
    if asked.never:
        parts.append(_NEVER(never=asked.never))
    parts.append(_ZERO if is_number and not asked.substitute else _BLANK)
    if question.indicator.may_not_apply:
        parts.append(_MAY_CLAIM)
    parts.append(asked.note)
    return [render(one, lang) for one in parts if one]


def evidence_check(question: Question, lang: Language) -> Options:
    """The message beside a 佐证材料 cell: the evidence wanted. Any text may be written there."""
    is_listed = bool(question.indicator.evidence)
    evidence = _REQUIRED(evidence=question.indicator.evidence) if is_listed else _NOT_REQUIRED
    return {
        "validate": "any",
        "input_title": render(_REQUIRED_TITLE if is_listed else _EVIDENCE_TITLE, lang)[:_MOST_TITLE],
        "input_message": _fitting([render(evidence, lang)], lang),
    }


def note_check(question: Question | None, lang: Language) -> Options:
    """The message beside a 说明 cell; it mentions 不适用 only if that may be claimed. None: a row with no question."""
    may_claim = question is not None and question.indicator.may_not_apply
    return {
        "validate": "any",
        "input_title": render(_NOTE_TITLE, lang)[:_MOST_TITLE],
        "input_message": render(_NOTE if may_claim else _PLAIN_NOTE, lang),
    }


def _fitting(sentences: Sequence[str], lang: Language) -> str:
    """As many of ``sentences`` as a message holds, in order; one that is too long is cut."""
    message = ""
    for sentence in sentences:
        joined = f"{message} {sentence}" if message and lang is Language.EN else message + sentence
        if len(joined) > _MOST_MESSAGE:
            return message or sentence[: _MOST_MESSAGE - 1] + "…"
        message = joined
    return message
