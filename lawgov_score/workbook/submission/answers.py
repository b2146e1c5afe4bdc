"""Reads rows of a fill-in sheet → answers, matched by key or by printed code and name, never by position."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from lawgov_score.catalogue import Code
from lawgov_score.cell_addresses import address, letters
from lawgov_score.model import Answer, AnswerState
from lawgov_score.problems import CellPlace, Problem, ProblemList
from lawgov_score.wording import Words
from lawgov_score.workbook.forms.layout import NAME_LINE, RULE_LINE, FillColumn, Layout, Question
from lawgov_score.workbook.package.cells import Cell, cell_text
from lawgov_score.workbook.package.opened import Doubtful
from lawgov_score.workbook.submission.contradictions import check_contradictions
from lawgov_score.workbook.submission.editions import Edition
from lawgov_score.workbook.submission.headings import FillSheet
from lawgov_score.workbook.submission.rows import Block, Prints
from lawgov_score.workbook.submission.values import Reading, read_cell

_ANOTHER = Words("多出的一行", "A row that is not asked of this unit"), Words("删去该行", "Remove the row")
_TO_READ = (
    Words("只供阅读的一行里填了内容", "Something is filled in in a row that is there to be read"),
    Words("清空这一格，该行不要删", "Empty the cell and leave the row"),
)


def read_answers(
    pages: Sequence[Block], layout: Layout, asked: Sequence[Question], edition: Edition
) -> tuple[dict[str, Answer], tuple[Problem, ...]]:
    """The answers by key, one for each question ``asked``, and their problems. ``pages`` must not be empty.

    ``edition``: how the workbook's edition compares with the tree; answers to changed questions are not used.
    """
    problems = ProblemList()
    answers: dict[str, Answer] = {}
    keys = {question.key for question in asked}
    swapped = _swapped(pages, layout, problems) if edition.is_current else {}
    for page in pages:
        _read_page(page, layout, keys, edition, swapped, answers, problems)
    _check_rows(pages[0].sheet, asked, edition, answers, problems)
    problems += check_contradictions(answers, layout)
    return answers, problems.told()


def _swapped(pages: Sequence[Block], layout: Layout, problems: list[Problem]) -> dict[str, str]:
    """Keys whose rows carry the printed text of another row, and keys of that text, with what was found (S225).

    Printed text that belongs to no row was merely edited (S226).
    """
    prints = Prints(layout)
    text_of: dict[str, str] = {}
    for page in pages:
        title_at = prints.title_column(page)
        for row, question in page.asked.items():
            printed = prints.against(page, row, question, title_at)
            if not printed.others and not printed.edited:
                continue
            columns = (page.columns.get(FillColumn.CODE), title_at, page.columns.get(FillColumn.FIELD))
            shown = " ".join(cell_text(page.sheet.rows[row][at]) for at in columns if at is not None)
            if printed.others:
                text_of[question.key] = shown
                for key in printed.others:
                    text_of.setdefault(key, shown)
            for at in printed.edited:
                place = CellPlace(page.sheet.path, page.sheet.name, address(row, at))
                own = f"{question.indicator.code} {question.indicator.title} {question.field.name}"
                figures = {"field": question.field.name, "expected": own, "found": cell_text(page.sheet.rows[row][at])}
                problems.append(Problem(Code.S226, place, figures))
    return text_of


def _read_page(
    page: Block,
    layout: Layout,
    asked: Collection[str],
    edition: Edition,
    swapped: Mapping[str, str],
    answers: dict[str, Answer],
    problems: list[Problem],
) -> None:
    sheet, column = page.sheet, page.columns
    at_value, at_key = column[FillColumn.VALUE], column.get(FillColumn.KEY)
    at_evidence, at_note = column.get(FillColumn.EVIDENCE), column.get(FillColumn.NOTE)
    letter, heading = letters(at_value), cell_text(sheet.rows[page.heading][at_value])
    for i in page.others:
        _say_of_another_row(page, i, heading, problems, layout, edition)
    for i, question in page.asked.items():
        row = sheet.rows[i]
        cell = row[at_value] if at_value < len(row) else ""
        where = f"{letter}{i + 1}"
        if question.key not in asked:
            _say_of_another_row(page, i, heading, problems, layout, edition)
            continue
        doubt = sheet.doubtful.get(where)
        indicator = question.indicator
        place = CellPlace(sheet.path, sheet.name, where)
        if question.key in swapped:
            own = f"{indicator.code} {indicator.title} {question.field.name}"
            figures: dict[str, object] = {"field": question.field.name, "expected": own, "found": swapped[question.key]}
            reading = Reading(AnswerState.INVALID, None, Code.S225, figures)
        elif i in sheet.merged and column is sheet.columns:
            figures = {"field": question.field.name, "found": sheet.merged[i]}
            reading = Reading(AnswerState.INVALID, None, Code.S220, figures)
        elif doubt is not None:
            reading = doubted(doubt, question)
        else:
            reading = read_cell(cell, question.field, indicator.may_not_apply, sheet.day_shift)
        row_key = "" if at_key is None else row[at_key]
        if reading.state is not AnswerState.MISSING and not edition.takes(question, row_key):
            reading = Reading(
                AnswerState.INVALID, None, Code.S230, {"field": question.field.name, "found": cell_text(cell)}
            )
        if reading.code is not None:
            problems.append(Problem(reading.code, place, reading.figures))
        answer = Answer(
            reading.state,
            reading.value,
            place,
            cell_text(cell) if doubt is None else doubt.printed or cell_text(cell),
            None if at_evidence is None else cell_text(row[at_evidence]),
            "" if at_note is None else cell_text(row[at_note]),
        )
        before = answers.get(question.key)
        answers[question.key] = answer if before is None else one_of(before, answer, question, problems, may_fill=False)


def _say_of_another_row(
    page: Block, i: int, heading: str, problems: list[Problem], layout: Layout, edition: Edition
) -> None:
    """S212 for a row with content that no question of this unit corresponds to.

    S230 where the workbook is older, and asked at the indicator what its group asks now for several (共用数据).
    """
    row, at_value = page.sheet.rows[i], page.columns[FillColumn.VALUE]
    at_key, at_code, at_field = (page.columns.get(one) for one in (FillColumn.KEY, FillColumn.CODE, FillColumn.FIELD))
    if at_key is not None and str(row[at_key]).endswith(NAME_LINE):
        return  # the unit's own name for its window: for people only
    cell = row[at_value] if at_value < len(row) else ""
    where = address(i, at_value)
    if (cell == "" and where not in page.sheet.doubtful) or cell_text(cell) == heading:  # may be repeated on every page
        return
    code = "" if at_code is None else row[at_code]
    name = "" if at_field is None else row[at_field]
    is_to_read = at_key is not None and str(row[at_key]).endswith(RULE_LINE)
    place = CellPlace(page.sheet.path, page.sheet.name, where)
    if not edition.is_current and (moved := _shared_now(layout, cell_text(code), cell_text(name))) is not None:
        problems.append(Problem(Code.S230, place, {"field": moved.field.name, "found": cell_text(cell)}))
        return
    problems.append(not_asked(place, _row_text(code, name, cell), is_to_read=is_to_read))


def _shared_now(layout: Layout, code: str, name: str) -> Question | None:
    """The shared field of a group above that has the name which a row prints beside the code of an indicator."""
    tree = layout.tree
    if code not in tree.by_code:
        return None
    above = (tree.code, *(node.code for node in tree.ancestors(code)))
    return next((q for one in above if (q := layout.named(one, name)) is not None), None)


def not_asked(place: CellPlace, found: str, *, is_to_read: bool = False) -> Problem:
    """S212: something stands where the unit is asked nothing; ``is_to_read``: in a row that says how a group counts."""
    what, cure = _TO_READ if is_to_read else _ANOTHER
    return Problem(Code.S212, place, {"found": found, "what": what, "cure": cure})


def _row_text(code: Cell, name: Cell, cell: Cell) -> str:
    return " ".join(filter(None, (cell_text(code), cell_text(name), cell_text(cell))))


def doubted(doubt: Doubtful, question: Question) -> Reading:
    """The reading of a doubtful cell: an error value, a formula without a result, two ways to read it."""
    code, shown = doubt.said
    return Reading(AnswerState.INVALID, None, code, {"field": question.field.name, "found": shown})


def one_of(
    before: Answer, answer: Answer, question: Question, problems: list[Problem], *, may_fill: bool = True
) -> Answer:
    """Of two rows for one field, the one that is filled in; if both are and differ, neither counts.

    ``may_fill``: may one row complete the other, or does a blank count as a different answer?

    Evidence and remarks of both rows are kept.
    """
    evidence, note = before.evidence or answer.evidence, before.note or answer.note
    is_blank = may_fill and answer.state is AnswerState.MISSING
    if is_blank or (answer.state, answer.value) == (before.state, before.value):
        return replace(before, evidence=evidence, note=note)
    if may_fill and before.state is AnswerState.MISSING:
        return replace(answer, evidence=evidence, note=note)
    figures = {"field": question.field.name, "found": answer.printed, "other": before.printed}
    problems.append(Problem(Code.S211, answer.place, figures, (before.place,)))
    return replace(before, state=AnswerState.INVALID, value=None, evidence=evidence, note=note)


def _check_rows(
    sheet: FillSheet,
    asked: Sequence[Question],
    edition: Edition,
    answers: dict[str, Answer],
    problems: list[Problem],
) -> None:
    """Missing rows, claims without a reason, answers without evidence."""
    evident = {key.rpartition(".")[0] for key, answer in answers.items() if answer.evidence}
    reasoned = {key.rpartition(".")[0] for key, answer in answers.items() if answer.note}
    at_evidence = sheet.columns.get(FillColumn.EVIDENCE)
    for question in asked:
        key, indicator = question.key, question.indicator
        answer = answers.get(key)
        if answer is None:
            answers[key] = Answer(AnswerState.MISSING, None, CellPlace(sheet.path, sheet.name))
            if key not in edition.new:  # questions new since its edition are listed with the edition
                figures = {"code": indicator.code, "field": question.field.name, "key": key}
                problems.append(Problem(Code.S213, CellPlace(sheet.path, sheet.name), figures))
        elif answer.state is AnswerState.CLAIMED_NOT_APPLICABLE:
            if indicator.code not in reasoned:
                figures = {"field": question.field.name, "found": answer.printed}
                problems.append(Problem(Code.S210, answer.place, figures))
                answers[key] = replace(answer, state=AnswerState.INVALID)
        elif answer.state is AnswerState.GIVEN and indicator.evidence and indicator.code not in evident:
            evident.add(indicator.code)  # reported once per indicator
            place = answer.place
            if at_evidence is not None:
                row = "".join(c for c in place.cell if c.isdigit())
                place = CellPlace(place.path, place.sheet, letters(at_evidence) + row)
            named = {"code": indicator.code, "indicator": indicator.title, "expected": indicator.evidence}
            problems.append(Problem(Code.S217, place, named))
