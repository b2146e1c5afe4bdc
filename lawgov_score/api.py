"""The Python API: load a tree, read what units sent, score it, and have the results as pandas frames (docs/python.md).

A face of ``pipeline``, which the command line calls too: both give the same figures. Its names are those of
``lawgov_score`` itself, which imports this module when one of them is first used.
"""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from lawgov_score import pipeline
from lawgov_score.catalogue import Code
from lawgov_score.model import Scores, Submission, Tree, Unit, field_key
from lawgov_score.problems import CellPlace, Problem, RefusedError, folded, is_error, real_path
from lawgov_score.report import problem_record, problems_text
from lawgov_score.wording import Language

if TYPE_CHECKING:
    import pandas as pd

AnyPath = str | os.PathLike[str]
Records = list[dict[str, Any]]
"""Problems, each with the keys of ``check --format json``."""


class ProblemsError(Exception):
    """Something cannot be done at all; ``problems`` say why, and so does its text."""

    def __init__(self, problems: Sequence[Problem], lang: Language = Language.ZH) -> None:
        super().__init__(problems_text(problems, lang))
        self.problems = _records(problems, lang)


class TreeError(ProblemsError):
    """A tree has errors."""


class NothingToScoreError(ProblemsError):
    """Nothing was read that could be scored."""


class CannotWriteError(ProblemsError):
    """An output cannot be written: the system refuses, or it would replace a file that was read."""


class Submissions(Sequence[Submission]):
    """What units sent, by their code, with all that belongs to scoring it: roster, office's workbooks, last edition."""

    def __init__(self, material: pipeline.Material) -> None:
        self.material = material

    @property
    def units(self) -> tuple[Unit, ...]:
        """Who is scored: the units of the roster; without one, those that sent something."""
        return self.material.units

    def __len__(self) -> int:
        return len(self.material.submissions)

    @overload
    def __getitem__(self, at: int) -> Submission: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Submission]: ...
    def __getitem__(self, at: int | slice) -> Submission | Sequence[Submission]:
        return self.material.submissions[at]

    def __repr__(self) -> str:
        return f"<Submissions: {len(self)} of {len(self.units)} units>"


class Reading(NamedTuple):
    """What was read, and everything that is wrong with it."""

    submissions: Submissions
    problems: Records

    def __repr__(self) -> str:
        return (
            f"<Reading: {len(self.submissions)} of {len(self.submissions.units)} units, {len(self.problems)} problems>"
        )


class Verification(NamedTuple):
    """The comparison of a scorecard, or a card, with what is computed anew from its files."""

    agrees: bool
    problems: Records
    cells: int  # that were compared
    files: int
    by_figures: bool  # it was written by an earlier version: figures were compared, words were not


@dataclass(frozen=True)
class Result:
    """The result of scoring: frames, made when first asked for, and the files that ``score`` writes."""

    assessment: pipeline.ScoredAssessment
    lang: Language = Language.ZH

    def __repr__(self) -> str:
        scored = sum(1 for place in self.numbers.rank.tolist() if place)
        return f"<Result: {self.tree.code}, {scored} of {len(self.numbers.units)} units with a place>"

    @property
    def tree(self) -> Tree:
        """The tree that was scored by."""
        return self.assessment.tree

    @property
    def numbers(self) -> Scores:
        """Everything that was computed, as numpy arrays of units × nodes."""
        return self.assessment.scores

    @cached_property
    def ranking(self) -> "pd.DataFrame":
        """One row per unit, as in ``ranking.csv``."""
        from lawgov_score import frames

        return frames.ranking(self.numbers)

    @cached_property
    def scores(self) -> "pd.DataFrame":
        """One row per unit and node, the tree itself first, as in ``scores.csv``."""
        from lawgov_score import frames

        return frames.scores(self.numbers, self.lang)

    @cached_property
    def figures(self) -> "pd.DataFrame":
        """One row per unit and number, as in ``figures.csv``."""
        from lawgov_score import frames

        return frames.figures(self.numbers)

    @cached_property
    def problems(self) -> "pd.DataFrame":
        """One row per problem of the tree, of what was read, and of the results, with the keys of the JSON."""
        from lawgov_score import frames

        return frames.problems(self.assessment.problems, self.numbers, self.lang, self.assessment.names)

    def explain(self, unit: str, code: str | None = None) -> str:
        """Where a unit's score, or its score at one node, comes from. Raises ``KeyError`` for an unknown code.

        ``unit``: its code, or a name that no other unit has.
        """
        from lawgov_score.terminal.explain import explain_text
        from lawgov_score.workbook.called import index_of

        row = index_of((known.code, known.name, row) for row, known in enumerate(self.numbers.units)).find(unit)
        if row is None:
            raise KeyError(unit)
        of = None if code in {None, self.tree.code} else self.tree.by_code[str(code)]
        return explain_text(self.numbers, row, of, self.lang)

    def to_csv(self, folder: AnyPath) -> None:
        """The tables that ``score --csv`` writes, in ``folder``. Raises ``CannotWriteError``."""
        self._write(pipeline.Outputs(tables=Path(folder)))

    def to_scorecard(self, path: AnyPath) -> None:
        """The ranked workbook, an .xlsx. Raises ``CannotWriteError``."""
        self._write(pipeline.Outputs(scorecard=Path(path)))

    def to_parquet(self, path: AnyPath) -> None:
        """One row per unit and indicator; needs the extra ``parquet``. Raises ``CannotWriteError``."""
        self._write(pipeline.Outputs(parquet=Path(path)))

    def _write(self, outputs: pipeline.Outputs) -> None:
        """Replaces what is there, as every method of this kind in Python does."""
        try:
            pipeline.keep_what_was_read(self.assessment, outputs)
            if outputs.parquet is not None:
                pipeline.need_parquet(outputs.parquet)
            pipeline.write_outputs(self.assessment, outputs, self.lang, pipeline.unwatched, overwrite=True)
        except RefusedError as refused:
            raise CannotWriteError(refused.problems, self.lang) from refused


def load_tree(path: AnyPath, weights: AnyPath | None = None, *, lang: str = "zh") -> Tree:
    """The tree in the folder, or in the one file, at ``path``. Raises ``TreeError`` if it has errors.

    ``weights``: the weight set of a tree that keeps its points apart. What did not prevent loading is in
    ``Tree.problems``, and in the problems of every result.
    """
    tree, problems = pipeline.load_tree(Path(path), _path(weights))
    if tree is None:
        raise TreeError(problems, Language(lang))
    return tree


def read(
    tree: Tree | AnyPath,
    inputs: AnyPath | Sequence[AnyPath],
    roster: AnyPath | None = None,
    *,
    latest: bool = False,
    assessor: AnyPath | Sequence[AnyPath] = (),
    previous: AnyPath | None = None,
    notice: AnyPath | None = None,
    jobs: int = 0,
    lang: str = "zh",
) -> Reading:
    """Reads and checks what units sent: workbooks, tables (.csv, .xlsx), folders of them. No input makes it raise.

    ``roster``: who is assessed (.csv, .xlsx). ``latest``: of several submissions of a unit the newest counts.
    ``assessor``: the office's own workbooks, or folders of them. ``previous``: the folder of last edition's results
    (``to_csv``). ``notice``: whom to ask and how to object (.yaml), for cards and pages. ``jobs``: processes that read
    workbooks, 0 for as many as help. ``tree``: a path is loaded first, which may raise ``TreeError``.
    """
    material = _material(_tree(tree, lang), inputs, roster, latest, assessor, previous, notice, jobs)
    return Reading(
        Submissions(material), _records(material.names.as_given(pipeline.check_material(material)), Language(lang))
    )


def score(tree: Tree | AnyPath, submissions: Reading | Sequence[Submission], *, lang: str = "zh") -> Result:
    """Scores, places and grades of what ``read`` gave for the same tree, with reasons and problems in ``lang``.

    A choice of submissions (a list) is scored as a round of these units alone, without roster, office's workbooks and
    last edition. Raises ``NothingToScoreError``; ``ValueError`` if they were read for another tree (of a list: have
    fields that this one does not ask), or two are of one unit.
    """
    of = _tree(tree, lang)
    if isinstance(submissions, Reading):
        submissions = submissions.submissions
    if isinstance(submissions, Submissions):
        material = submissions.material
        if material.tree.fingerprint != of.fingerprint:
            raise ValueError("these submissions were read for another tree: read them again with this one")
    else:
        material = _of_some(of, submissions)
    done = pipeline.score_material(replace(material, tree=of, problems=(*of.problems, *material.problems)))
    if not isinstance(done, pipeline.ScoredAssessment):
        raise NothingToScoreError(done.as_given, Language(lang))
    return Result(done, Language(lang))


def _of_some(of: Tree, submissions: Sequence[Submission]) -> pipeline.Material:
    """Some submissions alone, as a round. Raises ``ValueError``."""
    asked = {field_key(indicator, field) for indicator in of.indicators for field in indicator.fields}
    codes = Counter(one.unit.code for one in submissions)
    for one in submissions:
        if not asked.issuperset(one.answers):
            raise ValueError("these submissions were read for another tree: read them again with this one")
        if codes[one.unit.code] > 1:
            raise ValueError(f"two submissions of the unit {one.unit.code}: leave out those that do not count")
    inputs = tuple(sorted({(one.path, one.fingerprint) for one in submissions if one.fingerprint}))
    files = pipeline.files_read(
        of, None, [Path(real_path(path)) for path in sorted({one.given or one.path for one in submissions})]
    )
    nothing = () if submissions else (Problem(Code.S102, CellPlace("")),)
    units = tuple(one.unit for one in submissions)
    return pipeline.Material(of, units, tuple(submissions), problems=nothing, inputs=inputs, files=files)


def verify(
    scorecard: AnyPath,
    tree: Tree | AnyPath,
    inputs: AnyPath | Sequence[AnyPath],
    roster: AnyPath | None = None,
    *,
    latest: bool = False,
    assessor: AnyPath | Sequence[AnyPath] = (),
    previous: AnyPath | None = None,
    notice: AnyPath | None = None,
    jobs: int = 0,
    lang: str = "zh",
) -> Verification:
    """Computes a scorecard, or a card, anew from its files and compares. The arguments are those it was made with.

    ``lang`` is the language of problems; the scorecard itself says in which it was written.
    """
    of = _tree(tree, lang)

    def anew() -> pipeline.Assessment:
        material = _material(of, inputs, roster, latest, assessor, previous, notice, jobs)
        return pipeline.score_material(replace(material, problems=(*of.problems, *material.problems)))

    found = pipeline.verify(Path(scorecard), anew)
    agrees = not any(is_error(problem) for problem in found.problems)
    problems = _records(found.problems, Language(lang))
    return Verification(agrees, problems, found.cells, found.files, found.by_figures)


def _tree(tree: Tree | AnyPath, lang: str) -> Tree:
    return tree if isinstance(tree, Tree) else load_tree(tree, lang=lang)


def _material(
    tree: Tree,
    inputs: AnyPath | Sequence[AnyPath],
    roster: AnyPath | None,
    latest: bool,
    assessor: AnyPath | Sequence[AnyPath],
    previous: AnyPath | None,
    notice: AnyPath | None,
    jobs: int,
) -> pipeline.Material:
    paths, office, units, last, told = _paths(inputs), _paths(assessor), _path(roster), _path(previous), _path(notice)
    with pipeline.reading(pipeline.ReadingOptions(jobs)) as run:
        material = pipeline.read_material(
            tree, paths, units, assessor=office, previous=last, notice=told, run=run, latest=latest
        )
    files = pipeline.files_read(tree, units, (*paths, *office), last, told)
    return replace(material, files=files)


def _path(path: AnyPath | None) -> Path | None:
    return None if path is None else Path(path)


def _paths(paths: AnyPath | Sequence[AnyPath]) -> tuple[Path, ...]:
    return (Path(paths),) if isinstance(paths, (str, os.PathLike)) else tuple(map(Path, paths))


def _records(problems: Sequence[Problem], lang: Language) -> Records:
    return [problem_record(problem, lang) for problem in folded(problems)]
