"""The plain folder of a round, and what `score` makes of it, worked out in a process of its own.

    tree/          the tree, as the office gave it     weights.yaml  of a tree that keeps its points apart
    received/      a workbook a unit, by its code      office/       the office's own workbooks
    roster.csv     the units                           previous/     last year's results
    notice.yaml    how to object

Everything but tree and roster may be lacking. `score tree received --roster roster.csv --assessor office --previous
previous --notice notice.yaml` in that folder gives the same bytes, with `-o`, `--csv`, `--cards` and `--html` as
``written_to`` has them.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lawgov_score.catalogue import Code, Severity
from lawgov_score.content.open_items import open_items
from lawgov_score.content.standing import limit_of
from lawgov_score.files import CannotWriteError, refusing, temporary_folder
from lawgov_score.inside import inside
from lawgov_score.model import Scores, Status
from lawgov_score.model.changes import Changes
from lawgov_score.pipeline.assessment import Assessment, ScoredAssessment, assess
from lawgov_score.pipeline.changed import compared, read_since
from lawgov_score.pipeline.outputs import Outputs, write_outputs
from lawgov_score.pipeline.progress import unwatched
from lawgov_score.pipeline.reading import ReadingOptions, reading
from lawgov_score.pipeline.workers import Workers
from lawgov_score.problems import Problem, RefusedError, TextPlace, folded
from lawgov_score.processes import Limits, Lost, LostReason, NoWorkerError, Pool
from lawgov_score.report import render, title
from lawgov_score.terminal.changes import changes_text
from lawgov_score.terminal.open_items import open_text
from lawgov_score.terminal.problems import problems_by_unit
from lawgov_score.terminal.ranking import ranking_text
from lawgov_score.two_languages import Kept, kept_of, kept_problems, text_of
from lawgov_score.wording import Language, Phrase, Text, Words
from lawgov_score.workbook.submission.intake import Intake
from lawgov_score.workbook.submission.result_tables import CHANGES, GROUNDS, RANKING, TABLES

TREE, RECEIVED, OFFICE, PREVIOUS = "tree", "received", "office", "previous"  # folders
ROSTER, WEIGHTS, NOTICE = "roster.csv", "weights.yaml", "notice.yaml"
SCORECARD, CARDS, PAGES = "scorecard.xlsx", "cards", "html"  # outputs; the tables stand beside the scorecard

_LIMITS = Limits(megabytes=None, seconds=3_600.0)  # as `score` itself; an hour ends what hangs
_LISTED = Words("{titles:list}", "{titles:list}")
_WHY = {
    LostReason.CRASHED: Words("进程中断：{detail}", "its process ended: {detail}"),
    LostReason.MEMORY: Words("内存不足", "out of memory"),
    LostReason.TIME: Words("一小时没有结果", "no result within an hour"),
}


@dataclass(frozen=True, slots=True)
class Computed:
    """What a run wrote, by name (``scorecard.xlsx``, ``ranking.csv``, ``cards/…``, ``html/…``), and its problems.

    ``outputs`` is empty where nothing could be scored. ``problems``: as ``kept_problem`` has them. ``ranking``: as
    `score` shows it. ``changes``: what changed since the run that was named (``changes.csv``), and the same in
    words; None where none was named, or where it could not be compared (``not_compared`` says why).
    ``to_tell``: the units of which something is another than then, and those that are there no more; ``cards_alone``:
    of which nothing is, but whose card says something else, of others or of all.
    ``problems_told``: unit by unit, and ``open_told``: what the office still has to do, both as `score` shows them.
    ``decided``: the scores that decisions on objections set, of several on one score the last.
    """

    outputs: Mapping[str, bytes]
    problems: tuple[Mapping[str, Any], ...]
    ranking: str = ""
    changes: bytes | None = None
    changes_told: str = ""
    problems_told: str = ""
    open_told: Text = ""
    quotas: tuple[tuple[str, str, int], ...] = ()  # cohort, grade, how many of the cohort may hold it
    to_tell: tuple[str, ...] = ()
    cards_alone: tuple[str, ...] = ()
    not_compared: Text = ""  # why not, where an earlier run was named and could not be compared
    decided: tuple[tuple[str, str, int, float], ...] = ()  # unit, indicator, number of the objection, the score it set

    @property
    def has_scores(self) -> bool:
        """Did it come to scores?"""
        return RANKING in self.outputs


def computed(
    files: Mapping[str, bytes],
    lang: Language = Language.ZH,
    *,
    only_tables: bool = False,
    since: Mapping[str, bytes] | None = None,
    is_sent: bool = False,
) -> Computed:
    """Scores a plain folder, given as names and contents, in a child process; nothing of it is left behind.

    A workbook that crashes its reader fails its unit alone, as with `score`. ``only_tables``: neither scorecard nor
    cards nor pages, where only figures are wanted. ``since``: the outputs of an earlier run, to be compared with; what
    is said of that stands in no output; ``is_sent``: both are handed out, as publications are. Raises ``RefusedError``
    (R240) where the whole process was ended, ``CannotWriteError`` where there is no room.
    """
    with temporary_folder("lawgov-run-") as folder:
        given, written, then = folder / "given", folder / "written", folder / "then"
        with refusing(folder):
            write_plain(files, given)
            (given / RECEIVED).mkdir(parents=True, exist_ok=True)
            written.mkdir()
            write_plain({name: content for name, content in (since or {}).items() if name in (*TABLES, GROUNDS)}, then)
        told = in_a_child(
            _Run(str(given), str(written), lang, only_tables, "" if since is None else str(then), is_sent)
        )
        with refusing(folder):
            outputs = read_all(written)
    return computed_from(told, outputs)


def computed_from(told: Mapping[str, Any], outputs: dict[str, bytes]) -> Computed:
    """What a child told, beside what it wrote."""
    changes = outputs.pop(CHANGES, None)
    texts = (str(told["changes"]), str(told["told"]), text_of(told["open"]))
    quotas = tuple((str(cohort), str(grade), int(most)) for cohort, grade, most in told["quotas"])
    to_tell = tuple(told["to_tell"])
    decided = tuple((str(unit), str(code), int(n), float(score)) for unit, code, n, score in told["decided"])
    why_not = text_of(told["not_compared"])
    return Computed(
        outputs,
        tuple(told["problems"]),
        told["ranking"],
        changes,
        *texts,
        quotas=quotas,
        to_tell=to_tell,
        cards_alone=tuple(told["cards_alone"]),
        not_compared=why_not,
        decided=decided,
    )


def read_all(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by name. Raises ``OSError``."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def write_plain(files: Mapping[str, bytes], folder: Path) -> None:
    """Writes files under their names below ``folder``. Raises ``OSError``, ``OutsideError``."""
    for name, content in files.items():
        path = folder / inside(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def assess_plain(folder: Path, jobs: int = 0, taken: Intake | None = None) -> Assessment:
    """The run of `score` on a plain folder, as it lies on the disk. ``taken``: what was read of ``received/`` already.

    Raises ``RefusedError``.
    """

    def there(name: str) -> Path | None:
        path = folder / name
        return path if path.exists() else None

    office = there(OFFICE)
    with reading(ReadingOptions(jobs)) as run:
        return assess(
            folder / TREE,
            [folder / RECEIVED],
            there(ROSTER),
            weights=there(WEIGHTS),
            assessor=[office] if office is not None else [],
            previous=there(PREVIOUS),
            notice=there(NOTICE),
            run=run,
            taken=taken,
        )


def written_to(folder: Path, *, only_tables: bool = False, has_changes: bool = False) -> Outputs:
    """Where a run of a round writes what."""
    if only_tables:
        return Outputs(tables=folder, has_changes=has_changes)
    return Outputs(folder / SCORECARD, folder / CARDS, folder, html=folder / PAGES, has_changes=has_changes)


@dataclass(frozen=True, slots=True)
class _Run:
    """What the child does: reads a folder, writes another, tells the problems; or why nothing could be written."""

    given: str
    written: str
    lang: Language
    only_tables: bool
    since: str
    is_sent: bool

    def __call__(self, _: None) -> bytes:
        try:
            done = assess_plain(Path(self.given))
            changes, why_not = self._changes(done) if isinstance(done, ScoredAssessment) else (None, "")
            told = tell(
                done, Path(self.written), self.lang, only_tables=self.only_tables, changes=changes, is_sent=self.is_sent
            )
            told["not_compared"] = why_not
        except CannotWriteError as refused:
            told = not_written(refused)
        return json.dumps(told).encode()

    def _changes(self, done: ScoredAssessment) -> tuple[Changes | None, Kept]:
        """What changed since the earlier run; None where there is none, or where it cannot be compared, and why."""
        if not self.since:
            return None, ""
        try:
            return replace(compared(read_since(Path(self.since), done.tree), done, self.lang), since=""), ""
        except RefusedError as refused:
            found = refused.problems
            return None, kept_of(lambda lang: _titles(found, lang))


def tell(
    done: Assessment,
    written: Path,
    lang: Language,
    *,
    only_tables: bool,
    changes: Changes | None = None,
    is_sent: bool = False,
) -> dict[str, Any]:
    """Writes the outputs of a run, in the child, and tells what stands in none of them. Raises ``CannotWriteError``."""
    ranking = changed = ""
    left_open: Kept = ""
    quotas: list[tuple[str, str, int]] = []
    to_tell: list[str] = []
    cards_alone: list[str] = []
    decided: list[tuple[str, str, int, float]] = []
    if isinstance(done, ScoredAssessment):
        decided = list(decided_in(done.scores))
        outputs = written_to(written, only_tables=only_tables, has_changes=changes is not None)
        with Workers(done) as workers:
            write_outputs(done, outputs, lang, unwatched, workers, changes=changes)
        ranking = ranking_text(done.scores, lang)
        if items := open_items(done.scores):
            left_open = kept_of(lambda of: open_text(items, done.scores, of))
        quotas = _quotas(done.scores)
        if changes is not None:
            changed = changes_text(changes, done.scores, lang, is_written=True, is_sent=is_sent, names_anew=not is_sent)
            as_before = {*changes.unchanged}
            cards_alone = [code for code in changes.anew if code in as_before]
            to_tell = [*(code for code in changes.anew if code not in as_before), *sorted(changes.left)]
    problems = tuple(done.names.named(done.problems))
    shown = [one for one in problems if one.severity is not Severity.NOTE]
    told = problems_by_unit(shown, done.senders, lang) if shown else ""
    records = kept_problems(problems)
    texts = {"ranking": ranking, "changes": changed, "told": told, "open": left_open}
    of_units = {"quotas": quotas, "to_tell": to_tell, "cards_alone": cards_alone, "decided": decided}
    return {"problems": records, **of_units, "not_compared": "", **texts}


def _titles(problems: Iterable[Problem], lang: Language) -> str:
    return render(_LISTED(titles=tuple(dict.fromkeys(title(one, lang) for one in folded(problems)))), lang)


def not_written(refused: CannotWriteError) -> dict[str, Any]:
    """What the child tells where the system let it write nothing: ``in_a_child`` raises it again."""
    return {"refused": [_told(one) for one in refused.problems]}


def decided_in(scores: Scores) -> Iterator[tuple[str, str, int, float]]:
    """The scores that decisions on objections set: unit, indicator, number of the objection, the score."""
    for (unit, code), change in sorted(scores.change_of.items()):
        row, column = scores.row_of.get(unit), scores.node_column.get(code)
        counts = row is not None and column is not None and scores.status[row, column] == Status.SCORED
        if change.objection and counts:  # elsewhere a change has no effect (R115)
            yield unit, code, change.objection, change.after


def _quotas(scores: Scores) -> list[tuple[str, str, int]]:
    """Of every cohort and every grade with a quota: how many units may hold it."""
    one_of = {int(cohort): row for row, cohort in enumerate(scores.cohorts)}
    return [
        (scores.cohort_names[row], scores.tree.grades[grade].name, limit_of(scores, row, grade))
        for _, row in sorted(one_of.items())
        for grade in scores.tree.quotas
    ]


def _told(problem: Problem) -> list[str]:
    """A refusal by the system: its code, and in both languages what was found."""
    found = problem.values.get("found", "")
    assert isinstance(found, Phrase | Words | str)  # what the system refused
    return [problem.code.value, *(render(found, lang) for lang in (Language.ZH, Language.EN))]


def in_a_child(work: Callable[[None], bytes]) -> dict[str, Any]:
    """What the child told, as JSON. Raises what became of it instead."""
    place = TextPlace("lawgov-score")
    try:
        with Pool([type(work).__module__], _LIMITS) as pool:
            (result,) = pool.run(work, [None])
    except NoWorkerError as error:
        if not error.how.startswith("SIG"):
            raise
        found = _WHY[LostReason.CRASHED](detail=error.how)
        raise RefusedError(Problem(Code.R240, place, {"found": found})) from error
    if isinstance(result, Lost):
        if result.fate is LostReason.RAISED:
            lines = result.detail.splitlines()
            bug = RuntimeError(lines[-1] if lines else result.fate)
            bug.add_note(result.detail)
            raise bug
        raise RefusedError(Problem(Code.R240, place, {"found": _WHY[result.fate](detail=result.detail)}))
    told: dict[str, Any] = json.loads(result)
    if "refused" in told:
        raise CannotWriteError(
            *(Problem(Code(code), place, {"found": Words(zh, en)}) for code, zh, en in told["refused"])
        )
    return told
