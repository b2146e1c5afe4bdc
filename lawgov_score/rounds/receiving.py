"""What units send: each file read and checked as `check` does, kept as it came, one row and one signed receipt a try.

Whose a workbook is, it says itself. What is recorded of a try is what `check` says of that file alone: doubts that
come of comparing units (figures that agree, figures far from the rest) belong to the whole round, and to the office.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from django.db import transaction

from lawgov_score import __version__, pipeline
from lawgov_score.bounded import NoFileError, TooLargeError, read_whole, reason_of
from lawgov_score.catalogue import Code, Severity
from lawgov_score.input_names import Names
from lawgov_score.model import Submission as Answers
from lawgov_score.model import Unit as Assessed
from lawgov_score.pages.confirmation import Figure, confirmation_page
from lawgov_score.pages.reader import Reader
from lawgov_score.problems import FOR_THE_OFFICE_ALONE, CellPlace, NodePlace, Problem, RefusedError, is_error, printable
from lawgov_score.processes import Lost
from lawgov_score.report import problems_json
from lawgov_score.rounds.clock import told
from lawgov_score.rounds.data import KEY, Data
from lawgov_score.rounds.events import head, hold, record, stamp
from lawgov_score.rounds.kept import keep
from lawgov_score.rounds.leaves import is_open, leave_of
from lawgov_score.rounds.models import File, Round, Seat, Submission, Unit
from lawgov_score.rounds.names import FileKind, RoundState, SubmissionState, name_of
from lawgov_score.rounds.receipts import sign_receipt
from lawgov_score.rounds.scheme import Scheme, scheme_of
from lawgov_score.rounds.states import move
from lawgov_score.rounds.store import sha256_of
from lawgov_score.rounds.things import receipt_number
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.forms.layout import Layout
from lawgov_score.workbook.package.guard import MOST_BYTES
from lawgov_score.workbook.submission.input_files import TABLES, files_of
from lawgov_score.workbook.submission.intake import Intake
from lawgov_score.workbook.submission.reader import InputFile, Run
from lawgov_score.workbook.submission.reader import Reader as FileReader

_AT_ONCE = 200  # files that are read and checked together, before their receipts
_NEVER = frozenset({RoundState.PREPARING.value, RoundState.ARCHIVED.value})  # states in which nothing is received
_OF_ALL = frozenset({Code.S116, Code.S132, Code.R124}) | FOR_THE_OFFICE_ALONE  # never of one file alone
_YES, _NO = "是（经批准）", "否"
_CHANGED = Words("读的时候又变了", "it changed while it was read")
_A_TABLE = Words("表格（.csv），或者一个表里写了多个单位", "a table, or a workbook with several units in one sheet")


class Fate(StrEnum):
    """What became of a file that was handed in."""

    RECEIVED = "received"
    SAME = "same"  # its content is in force already: nothing was done
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file, or folder, that was handed in. ``path``: as it was given.

    ``submission``: the row that was made, or (SAME) the one that has this content. ``unit``: whose it is, where known.
    ``problems``: what `check` says of it, and why it was refused, at ``path``.
    """

    path: str
    fate: Fate
    submission: Submission | None = None
    unit: Assessed | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Checked:
    """One file as it was read: ``answers`` None where it cannot be used. ``problems``: of it alone."""

    path: Path
    shown: str
    answers: Answers | None
    unit: Assessed | None
    sha256: str
    problems: tuple[Problem, ...]
    blanks: int = 0


def receive(
    data: Data,
    round_: Round,
    paths: Sequence[Path],
    seat: Seat,
    now: datetime,
    run: Run,
    scheme: Scheme | None = None,
) -> Iterator[Outcome]:
    """Receives files and folders, one outcome a file, in their order, each kept before the next; ``run`` reads them.

    A file that is refused stops no other. Raises ``RefusedError`` (R220) where the round receives nothing now, and
    ``CannotWriteError`` where there is no room: what was received before stays received.
    """
    if round_.state in _NEVER:
        figures = {"found": name_of(RoundState(round_.state))}
        raise RefusedError(Problem(Code.R220, CellPlace(printable(round_.code)), figures))
    by = scheme or scheme_of(data, round_)
    names = pipeline.names_given(by.tree, paths)
    passed: list[Problem] = []
    files = [path for path, _ in files_of(paths, passed, names)]
    for problem in names.as_given(passed):
        assert isinstance(problem.place, CellPlace)
        yield Outcome(problem.place.path, Fate.REFUSED, problems=(problem,))
    for at in range(0, len(files), _AT_ONCE):
        for one in _checked(by, files[at : at + _AT_ONCE], run, names):
            outcome = _taken(data, round_, by, one, seat, now)
            given = tuple(names.as_given(outcome.problems))
            yield Outcome(names.given(outcome.path), outcome.fate, outcome.submission, outcome.unit, given)


def accept(submission: Submission, version: int, seat: Seat, now: datetime) -> None:
    """受理. Raises ``RefusedError`` as ``move`` does."""
    move(submission, SubmissionState.ACCEPTED, version, seat, "", now)


def withdraw(submission: Submission, version: int, seat: Seat, why: str, now: datetime) -> None:
    """撤回, by the unit itself, until it is accepted. Raises ``RefusedError`` as ``move`` does."""
    move(submission, SubmissionState.WITHDRAWN, version, seat, why, now)


def last_try(unit: Unit) -> Submission | None:
    """The version in force of a unit: its last one that was not withdrawn."""
    alive = unit.submissions.exclude(state=SubmissionState.WITHDRAWN.value).select_related("unit", "file")
    return alive.order_by("-n").first()


# ------------------------------------------------------------ reading


@dataclass(slots=True)
class _Once:
    """A runner that reads each file once, however often it is asked."""

    run: Run
    read: dict[Path, bytes | Lost] = field(default_factory=dict)

    def __call__(self, reader: FileReader, files: Sequence[InputFile]) -> Iterator[bytes | Lost]:
        new = [file for file in files if file.path not in self.read]
        if new:
            self.read |= {file.path: result for file, result in zip(new, self.run(reader, new), strict=True)}
        return iter([self.read[file.path] for file in files])


def _checked(by: Scheme, files: Sequence[Path], run: Run, names: Names) -> Iterator[_Checked]:
    """The files in their order, each checked without any other of its unit: a later try is not a second submission."""
    once = _Once(run)
    books = [path for path in files if path.suffix.lower() not in TABLES]
    seen: dict[str, _Checked] = {}
    left = books
    while left:
        taken = pipeline.check(by.tree, left, by.units, once, names=names)
        several: dict[str, list[str]] = {}
        for one in taken.received:
            several.setdefault(one.unit.code, []).append(one.place.path)
        later = {path for paths in several.values() for path in dict.fromkeys(paths[1:]) if path != paths[0]}
        if later:
            first = [path for path in left if names(path) not in later]
            taken = pipeline.check(by.tree, first, by.units, once, names=names)
        else:
            first = left
        seen |= {one.shown: one for one in _of_check(by, first, taken, names)}
        left = [path for path in left if names(path) in later]
    for path in files:
        shown = names(path)
        yield seen[shown] if shown in seen else _a_table(path, shown)


def _of_check(by: Scheme, files: Sequence[Path], taken: Intake, names: Names) -> Iterator[_Checked]:
    usable = {one.path: one for one in taken.submissions if one.own_file}
    senders = {one.place.path: one.unit for one in reversed(taken.received)}
    tables = {one.place.path for one in taken.received} - set(usable)
    sent = tuple(one.unit for one in usable.values())
    blanks = {line.unit.code: len(line.blanks) for line in pipeline.register_of(by.tree, taken, sent, ()).lines}
    fingerprints = dict(taken.inputs)
    of_file: dict[str, list[Problem]] = {}
    of_unit: dict[str, list[Problem]] = {}
    for problem in taken.problems:
        if problem.code in _OF_ALL:
            continue
        if isinstance(problem.place, CellPlace):
            of_file.setdefault(problem.place.path, []).append(problem)
        elif isinstance(problem.place, NodePlace):
            of_unit.setdefault(problem.place.unit, []).append(problem)
    for path in files:
        shown = names(path)
        answers = usable.get(shown)
        problems = of_file.get(shown, [])
        if answers is not None:
            problems = [*problems, *of_unit.get(answers.unit.code, [])]
        elif shown in tables and not any(map(is_error, problems)):
            problems = [*problems, Problem(Code.R225, CellPlace(shown), {"found": _A_TABLE})]
        unit = senders.get(shown)
        blank = blanks.get(answers.unit.code, 0) if answers is not None else 0
        yield _Checked(path, shown, answers, unit, fingerprints.get(shown, ""), tuple(problems), blank)


def _a_table(path: Path, shown: str) -> _Checked:
    return _Checked(path, shown, None, None, "", (Problem(Code.R225, CellPlace(shown), {"found": _A_TABLE}),))


# ------------------------------------------------------------ keeping


def _taken(data: Data, round_: Round, by: Scheme, one: _Checked, seat: Seat, now: datetime) -> Outcome:
    if one.answers is None:
        return _refused(round_, one, one.problems, seat, now)
    unit = round_.units.get(code=one.answers.unit.code)
    if (same := _same(unit, one.sha256)) is not None:
        return _said_again(one, same)
    if (refusal := _refusal(round_, unit, one, now)) is not None:
        return _refused(round_, one, (*one.problems, refusal), seat, now)
    content = _content(one)
    if isinstance(content, Problem):
        return _refused(round_, one, (content,), seat, now)
    file = keep(data, content, one.path.name, FileKind.SUBMISSION, now, seat)
    with transaction.atomic():
        hold()
        round_ = Round.objects.get(pk=round_.pk)  # as it is now that nobody else writes
        same, refusal = _same(unit, one.sha256), _refusal(round_, unit, one, now)
        if same is None and refusal is None:
            again = _sent_back_unchanged(unit, one)
            row = _kept(data, round_, by, unit, one, file, seat, now)
            return Outcome(one.shown, Fate.RECEIVED, row, one.answers.unit, (*one.problems, *again))
    if same is not None:
        return _said_again(one, same)
    assert refusal is not None
    return _refused(round_, one, (*one.problems, refusal), seat, now)


def _refusal(round_: Round, unit: Unit, one: _Checked, now: datetime) -> Problem | None:
    """Why a unit may not send now; None if it may."""
    if round_.state in _NEVER:
        return Problem(Code.R220, CellPlace(one.shown), {"found": name_of(RoundState(round_.state))})
    if leave_of(unit, now) is not None:
        return None
    figures: dict[str, object] = {"unit": unit.code, "name": unit.name, "found": name_of(RoundState(round_.state))}
    if not is_open(round_, now):
        until = told(round_.submit_by) if round_.submit_by else name_of(RoundState.CLOSED)
        return Problem(Code.R221, CellPlace(one.shown), {**figures, "expected": until})
    last = last_try(unit)
    if last is not None and last.state == SubmissionState.ACCEPTED:
        return Problem(Code.R222, CellPlace(one.shown), {**figures, "n": last.n})
    return None


def _same(unit: Unit, sha256: str) -> Submission | None:
    """The version in force, where it has this content, and was not returned."""
    last = last_try(unit)
    is_same = last is not None and last.file.sha256 == sha256 and last.state != SubmissionState.RETURNED
    return last if is_same else None


def _sent_back_unchanged(unit: Unit, one: _Checked) -> tuple[Problem, ...]:
    """A warning where it is what was returned, to the letter."""
    last = last_try(unit)
    if last is None or last.file.sha256 != one.sha256:
        return ()
    return (Problem(Code.R226, CellPlace(one.shown), {"n": last.n}),)


def _said_again(one: _Checked, same: Submission) -> Outcome:
    said = Problem(Code.R223, CellPlace(one.shown), {"n": same.n, "found": told(same.received_at)})
    assert one.answers is not None
    return Outcome(one.shown, Fate.SAME, same, one.answers.unit, (said,))


def _content(one: _Checked) -> bytes | Problem:
    """The bytes that were checked, or why they are not to be had any more."""
    place = CellPlace(one.shown)
    try:
        content = read_whole(one.path, MOST_BYTES)
    except OSError as error:
        return Problem(Code.S101, place, {"found": reason_of(error)})
    except (NoFileError, TooLargeError):
        return Problem(Code.R224, place, {"found": _CHANGED})
    return content if sha256_of(content) == one.sha256 else Problem(Code.R224, place, {"found": _CHANGED})


def _refused(round_: Round, one: _Checked, problems: Iterable[Problem], seat: Seat, now: datetime) -> Outcome:
    """Nothing is kept; that it came is remembered, where it could be read at all."""
    told_of = tuple(problems)
    if one.sha256:
        codes = sorted({problem.code.value for problem in told_of if is_error(problem)})
        after = {"name": printable(one.path.name), "sha256": one.sha256, "codes": codes}
        after |= {"unit": one.unit.code} if one.unit is not None else {}
        with transaction.atomic():
            record("refuse", round_, seat, now, after=after)
    return Outcome(one.shown, Fate.REFUSED, None, one.unit, told_of)


def _kept(
    data: Data, round_: Round, by: Scheme, unit: Unit, one: _Checked, file: File, seat: Seat, now: datetime
) -> Submission:
    """The row, its receipt and its page. Within the transaction that holds the round."""
    assert one.answers is not None
    last = unit.submissions.order_by("-n").first()
    n = last.n + 1 if last is not None else 1
    errors, warnings = (_count(one.problems, of) for of in (Severity.ERROR, Severity.WARNING))
    is_late = not is_open(round_, now)
    end = head()
    name = printable(one.path.name)
    facts = {
        "考核": f"{round_.title}（{round_.year} 年度）",
        "单位": f"{unit.code} {unit.name}",
        "回执号": receipt_number(Submission(round=round_, unit=unit, n=n)),
        "文件": name,
        "文件指纹": file.sha256,
        "收到时间": told(now).zh,
        "世界时": stamp(now),
        "逾期": _YES if is_late else _NO,
        "核对": f"错误 {errors}、警告 {warnings}、未填 {one.blanks}",
        "程序": f"lawgov-score {__version__}",
        "此前登记": f"{end.seq} {end.hash}",
    }
    receipt = sign_receipt(data.folder / KEY, facts)
    page = confirmation_page(Reader(Language.ZH), by.tree.title, facts, _figures(by.layout, one.answers), receipt)
    kept_page = keep(data, page.encode(), f"{unit.code}-{n}.html", FileKind.PAGE, now, seat)
    row = Submission.objects.create(
        round=round_,
        unit=unit,
        n=n,
        file=file,
        name=name,
        page=kept_page,
        receipt=receipt,
        engine=__version__,
        problems=_record(one),
        blanks=one.blanks,
        errors=errors,
        warnings=warnings,
        received_at=now,
        late=is_late,
        by=seat,
    )
    after: Mapping[str, object] = {
        "sha256": file.sha256,
        "name": name,
        "receipt": sha256_of(receipt.encode()),
        "page": kept_page.sha256,
        "late": is_late,
        "engine": __version__,
    }
    record("receive", row, seat, now, after=after)
    return row


def _record(one: _Checked) -> object:
    """The problems as `check --format json` lists them, at the file's own name whatever else came with it."""
    own = Names({printable(one.path.name): one.shown})
    return json.loads(problems_json(own.as_given(one.problems), Language.ZH))


def _count(problems: Iterable[Problem], severity: Severity) -> int:
    return sum(problem.count for problem in problems if problem.severity is severity)


def _figures(layout: Layout, answers: Answers) -> list[Figure]:
    """What was asked of the unit, and what else it filled in."""
    found = []
    for question in layout.questions:
        answer = answers.answers.get(question.key)
        printed = "" if answer is None else answer.printed
        if printed or (answer is not None and layout.applies(question, answers.unit.type)):
            about = question.indicator
            found.append(Figure(about.code, about.title, question.field.name, printed))
    return found
