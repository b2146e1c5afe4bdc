"""What units sent, read and checked as `check` does: each file alone, without any other of its unit."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from lawgov_score import pipeline
from lawgov_score.bounded import kind_of_file
from lawgov_score.catalogue import Code
from lawgov_score.files import fingerprint
from lawgov_score.input_names import Names
from lawgov_score.model import Submission as Answers
from lawgov_score.model import Unit as Assessed
from lawgov_score.model import is_any_printed
from lawgov_score.problems import FOR_THE_OFFICE_ALONE, CellPlace, NodePlace, Problem, is_error
from lawgov_score.processes import Lost
from lawgov_score.rounds.scheme import Scheme
from lawgov_score.wording import Words
from lawgov_score.workbook.submission.input_files import TABLES
from lawgov_score.workbook.submission.intake import Intake
from lawgov_score.workbook.submission.reader import InputFile, Run
from lawgov_score.workbook.submission.reader import Reader as FileReader

_OF_ALL = frozenset({Code.S116, Code.S132, Code.R124}) | FOR_THE_OFFICE_ALONE  # never of one file alone
_A_TABLE = Words("表格（.csv），或者一个表里写了多个单位", "a table, or a workbook with several units in one sheet")


@dataclass(frozen=True, slots=True)
class Checked:
    """One file as it was read: ``answers`` None where it cannot be used. ``problems``: of it alone."""

    path: Path
    shown: str
    answers: Answers | None
    unit: Assessed | None
    sha256: str
    problems: tuple[Problem, ...]
    blanks: int = 0
    lacking: tuple[Problem, ...] = ()  # material for reviewers
    edition: str = ""  # of the workbook, as its stamp says
    year: str = ""
    is_last: bool = False  # of its unit, of those that are received together

    @property
    def is_empty(self) -> bool:
        """Is nothing filled in, though something was asked? What stands there and is no answer has its own problem."""
        if self.answers is None or not self.blanks or any(map(is_error, self.problems)):
            return False
        return not is_any_printed(self.answers.answers)


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


def checked(by: Scheme, files: Sequence[Path], run: Run, names: Names) -> Iterator[Checked]:
    """The files in their order, each checked without any other of its unit: a later try is not a second submission."""
    once = _Once(run)
    books = [path for path in files if path.suffix.lower() not in TABLES]
    seen: dict[str, Checked] = {}
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


def by_saving(checked: Sequence[Checked], saved: Mapping[Path, str]) -> list[Checked]:
    """The same with several of one unit in the order of their saving, each in the place of another of them."""
    places: dict[str, list[int]] = {}
    for at, one in enumerate(checked):
        if one.unit is not None:
            places.setdefault(one.unit.code, []).append(at)
    ordered = list(checked)
    for several in places.values():
        by_saving = sorted((checked[at] for at in several), key=lambda one: saved[one.path])
        for at, one in zip(several, by_saving, strict=True):
            ordered[at] = replace(one, is_last=one is by_saving[-1])
    return ordered


def _of_check(by: Scheme, files: Sequence[Path], taken: Intake, names: Names) -> Iterator[Checked]:
    usable = {one.path: one for one in taken.submissions if one.own_file}
    versions = {one.place.path: one for one in reversed(taken.received)}
    tables = {one.place.path for one in taken.received} - set(usable)
    sent = tuple(one.unit for one in usable.values())
    lines = {line.unit.code: line for line in pipeline.register_of(by.tree, taken, sent, ()).lines}
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
        version = versions.get(shown)
        sha256 = fingerprints.get(shown) or _sha256_of(path)
        one = Checked(path, shown, answers, None, sha256, tuple(problems))
        if answers is not None and (line := lines.get(answers.unit.code)) is not None:
            one = replace(one, blanks=len(line.blanks), lacking=pipeline.material_lacking(line))
        if version is not None:
            one = replace(one, unit=version.unit, edition=version.edition, year=version.year)
        yield one


def _a_table(path: Path, shown: str) -> Checked:
    return unread(path, Problem(Code.R225, CellPlace(shown), {"found": _A_TABLE}))


def unread(path: Path, problem: Problem) -> Checked:
    """A file that came and that nobody opens, for what is said of it; its sha256 '' where it cannot be read at all."""
    assert isinstance(problem.place, CellPlace)
    return Checked(path, problem.place.path, None, None, _sha256_of(path), (problem,))


def _sha256_of(path: Path) -> str:
    with suppress(OSError):
        return "" if kind_of_file(path) else fingerprint(path)
    return ""
