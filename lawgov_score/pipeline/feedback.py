"""Returned copies: marks each input workbook that has problems, in a folder; the originals are not changed."""

import json
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from lawgov_score.catalogue import Code
from lawgov_score.files import Batch, CannotWriteError, keep_inputs, names_again, refusal, refusing
from lawgov_score.input_names import AS_GIVEN, Names
from lawgov_score.model.notice import NO_NOTICE, Notice
from lawgov_score.pipeline.kept import kept_file
from lawgov_score.pipeline.progress import Progress
from lawgov_score.problems import CellPlace, Problem, display_path
from lawgov_score.processes import Limits, Lost, Pool, workers_for
from lawgov_score.report import render, title
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.returned.carried import NoCopyError
from lawgov_score.workbook.returned.feedback import marked_copy
from lawgov_score.workbook.returned.times import NOT_SAID, Times
from lawgov_score.workbook.submission.input_files import TABLES, files_of
from lawgov_score.workbook.submission.marks import NEVER_MARKED
from lawgov_score.workbook.submission.reader import lost_problem

_MARKS = "lawgov_score.workbook.returned.feedback"  # the module that a worker imports
_SUFFIX = ".xlsx"
_PASSED_OVER = frozenset({Code.S101, Code.S102, Code.S115, Code.S129})  # not a submission
_REMARKS = frozenset({Code.S118, Code.S119, Code.S133})  # nothing that a unit has to act on
_NO_TIMES: Mapping[Path, Times] = {}
_A_TABLE = Words("文字表格（.csv），没有可以标注的单元格", "a table of text (.csv), which has no cells to mark")


@dataclass(frozen=True, slots=True)
class Marked:
    """The result of marking: copies written, files without any problem, and problems of marking (O114, O115, O126).

    ``written``: the copy of each workbook that has one, by the workbook's path: a copy's name may be another.
    """

    written: Mapping[Path, Path]
    clean: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Task:
    """One workbook to mark, its problems, and the path of its copy."""

    path: Path
    problems: tuple[Problem, ...]
    to: Path
    times: Times


@dataclass(frozen=True, slots=True)
class _Marker:
    """Makes one copy; holds everything that a worker needs."""

    lang: Language
    notice: Notice

    def __call__(self, task: _Task) -> bytes:
        """Why there is no copy, or what the system refused and where, as JSON; empty if there is a copy."""
        at = tempfile.gettempdir()
        try:
            copy = marked_copy(task.path, task.problems, self.lang, self.notice, task.times).data
            at = ""
            task.to.write_bytes(copy)
        except NoCopyError as refused:
            return json.dumps(render(refused.why, self.lang)).encode()
        except OSError as error:
            return json.dumps([error.errno, error.strerror, at]).encode()
        return b""


def write_marked(
    paths: Sequence[Path],
    problems: Sequence[Problem],
    folder: Path,
    lang: Language,
    watch: Progress,
    together: Batch,
    jobs: int = 0,
    notice: Notice = NO_NOTICE,
    *,
    names: Names = AS_GIVEN,
    times: Mapping[Path, Times] = _NO_TIMES,
    superseded: Collection[str] = (),
    overwrite: bool = False,
) -> Marked:
    """Writes a marked copy of every workbook in ``paths`` with problems to ``folder``, among the outputs ``together``.

    Raises ``CannotWriteError``.
    ``paths``: the inputs as they were read; ``problems``: all their problems, and their blanks; ``jobs``: number of
    processes, as for reading; ``notice``: whom to ask; ``times``: of their return, by path; ``superseded``: workbooks
    that their unit has replaced, which get no copy; ``names``: of the files, in ``problems`` and ``superseded``. A copy
    that differs from what is there replaces it only with ``overwrite``, and never what somebody wrote in since: that is
    named (O126), and stays.
    """
    by_file = _by_file(problems)
    passed_over = {*superseded, *(place.path for place in _places(problems, _PASSED_OVER))}
    files = [path for path, _ in files_of(paths, []) if names(path) not in passed_over]
    copies = dict(zip(files, _names([names(path) for path in files]), strict=True))
    faulty = [path for path in files if any(p.code not in _REMARKS for p in by_file.get(names(path), ()))]
    books = [path for path in faulty if path.suffix.lower() not in TABLES]
    keep_inputs([folder / copies[path] for path in books], [path for path, _ in files_of(paths, [])])
    notices = [_no_copy(path, _A_TABLE) for path in faulty if path not in books]
    clean = [path for path in files if path not in faulty]
    anew = {copies[path] for path in books}
    not_anew = (*(copies[path] for path in clean), *_names(sorted(superseded)))
    for name in dict.fromkeys(name for name in not_anew if name not in anew and (folder / name).exists()):
        kept = kept_file(folder / name)  # a unit's corrected copy that was put here is not to be deleted
        notices.append(kept or Problem(Code.O115, CellPlace(display_path(folder / name)), {"found": name}))
    if not books:
        return Marked({}, len(clean), tuple(notices))
    temporary = together.folder(folder)
    with refusing(folder), Pool([_MARKS], Limits()) as pool:
        tasks = [
            _Task(path, tuple(by_file[names(path)]), temporary / copies[path], times.get(path, NOT_SAID))
            for path in books
        ]
        results = pool.run(_Marker(lang, notice), tasks, workers_for(len(tasks), jobs))
        for task, _ in zip(tasks, watch(tasks, "marked"), strict=True):
            notices += _outcome(task, next(results), folder, lang)
        for task in tasks if overwrite else ():
            if task.to.exists() and (kept := kept_file(folder / task.to.name)) is not None:
                task.to.unlink()
                notices.append(kept)
        written = {task.path: folder / task.to.name for task in tasks if task.to.exists()}
    return Marked(written, len(clean), tuple(notices))


def _places(problems: Sequence[Problem], codes: Collection[Code]) -> Iterator[CellPlace]:
    """Places of problems with these codes."""
    for problem in problems:
        if problem.code in codes and isinstance(problem.place, CellPlace):
            yield problem.place


def _by_file(problems: Sequence[Problem]) -> Mapping[str, list[Problem]]:
    """The problems of each file that its unit can mend."""
    by_path: dict[str, list[Problem]] = {}
    for problem in problems:
        if isinstance(problem.place, CellPlace) and problem.code not in NEVER_MARKED:
            by_path.setdefault(problem.place.path, []).append(problem)
    return by_path


def _names(files: Sequence[str]) -> tuple[str, ...]:
    """A name for each file's copy: its own, so that units return it under the name it was sent out with.

    ``files``: their names in this run; copies of files that share their last name get the names of folders too.
    """
    count = Counter(PurePath(name).stem.casefold() for name in files)
    own = [PurePath(name).with_suffix("") for name in files]
    return names_again([one.name if count[one.name.casefold()] == 1 else one.as_posix() for one in own], _SUFFIX)


def _outcome(task: _Task, result: bytes | Lost, folder: Path, lang: Language) -> Iterator[Problem]:
    """Why a workbook has no copy. Raises ``CannotWriteError`` of what its worker was refused: half a copy is none."""
    if isinstance(result, Lost):
        task.to.unlink(missing_ok=True)  # what its process had written before it was lost
        yield _no_copy(task.path, title(lost_problem("", result), lang))
    elif result:
        why = json.loads(result)
        if isinstance(why, list):
            number, said, at = why
            raise CannotWriteError(refusal(Path(at) if at else folder, OSError(number, said)))
        yield _no_copy(task.path, why)


def _no_copy(path: Path, why: Words | str) -> Problem:
    return Problem(Code.O114, CellPlace(display_path(path)), {"found": why})
