"""What a run rests on besides its figures, as a few values and fingerprints: kept with its tables for ``--since``.

By them the next run tells what its scores changed by, and whose card says something else though no score moved.
"""

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from lawgov_score import __version__
from lawgov_score.content.figure_columns import figure_columns
from lawgov_score.content.unit_problems import for_units
from lawgov_score.model import (
    AdjustmentKind,
    Group,
    Indicator,
    Node,
    RowAnswers,
    Scores,
    Shared,
    Submission,
    Tree,
    Veto,
)
from lawgov_score.model.canonical import canonical
from lawgov_score.model.changes import Ground, GroundKey, Grounds
from lawgov_score.model.notice import Notice
from lawgov_score.problems import Problem
from lawgov_score.report import problem_record
from lawgov_score.rounding import DUST_DECIMALS
from lawgov_score.rules.field import Field
from lawgov_score.wording import Language

_LENGTH = 16  # characters of a fingerprint
# What a tree, a node, a field or anything else says in words that no score depends on; and what has a line of its own.
_WORDS_OF: Mapping[type, frozenset[str]] = {
    Tree: frozenset(
        {
            *("title", "edition", "year", "levels", "children", "unit_types", "cohorts", "weight_set", "waivers"),
            *("problems", "notice", "issuer", "result_title", "fingerprint", "path", "weights_path"),
            *("own", "written", "types"),
        }
    ),
    Indicator: frozenset(
        {
            *("title", "checks", "value_name", "measured_in", "copy_of", "basis", "lead", "assist", "evidence"),
            *("standard", "note", "internal_note", "place", "ranked", "last", "bands", "written"),
        }
    ),
    Group: frozenset(
        {
            *("title", "children", "copy_of", "basis", "theme", "standard", "note", "internal_note", "place"),
            *("ranked", "among", "last", "bands", "written"),
        }
    ),
    Shared: frozenset({"checks", "above", "place", "copy_of"}),
    Field: frozenset({"name", "measured_in", "note", "in_coverage"}),
    AdjustmentKind: frozenset({"title", "basis"}),
    Veto: frozenset({"title"}),
}


def grounds_of(scores: Scores, problems: Mapping[str, Sequence[Problem]], notice: Notice, lang: Language) -> Grounds:
    """What ``scores`` rest on, and what cards say in ``lang`` besides; ``problems``: of each unit, by code."""
    values: dict[GroundKey, str] = {("", "", ground): value for ground, value in _of_all(scores, notice, lang)}
    values |= _of_tree(scores.tree)
    values |= _of_units(scores, problems, lang)
    return Grounds({**values, **_of_review(scores)})


def _of_all(scores: Scores, notice: Notice, lang: Language) -> Iterator[tuple[Ground, str]]:
    tree, previous = scores.tree, scores.previous
    yield Ground.PROGRAM, __version__
    yield Ground.LANGUAGE, lang.value
    yield Ground.EDITION, tree.edition
    yield Ground.YEAR, str(tree.year)
    yield Ground.TEXTS, _print(tree.fingerprint, tree.title, tree.weight_set)
    yield Ground.NOTICE, _print(notice)
    yield Ground.PREVIOUS, _print(previous is not None, previous is not None and previous.has_places)


def _of_tree(tree: Tree) -> Mapping[GroundKey, str]:
    """Of the tree and every node: what it is scored by, for each group of unit types that has its own figures."""
    trees = [own for _, own in tree.kinds] or [tree]
    of_root: GroundKey = ("", tree.code, Ground.TREE)
    of_nodes = zip(*(own.nodes for own in trees), strict=True)
    found: dict[GroundKey, str] = {of_root: _print(*map(_scored_by, trees))}
    for same in of_nodes:
        found["", same[0].code, Ground.TREE] = _print(*map(_scored_by, same))
    return found


def _of_units(scores: Scores, problems: Mapping[str, Sequence[Problem]], lang: Language) -> Mapping[GroundKey, str]:
    found: dict[GroundKey, str] = {}
    own = _own_entries(scores)
    of_file: dict[int, str] = {}
    figures = np.zeros(len(scores.units), dtype=np.intp)
    for _, _, numbers in figure_columns(scores):
        figures += np.isfinite(numbers)
    for row, unit in enumerate(scores.units):
        effect = float(scores.full_total[row] - scores.converted[row])
        found[unit.code, "", Ground.FIGURES] = str(figures[row])
        found[unit.code, "", Ground.ROSTER] = _print(unit.type, unit.year)
        if not math.isnan(effect):
            found[unit.code, "", Ground.EFFECT] = repr(round(effect, DUST_DECIMALS) + 0.0)
        told = [problem_record(one, lang) for one in for_units(problems.get(unit.code, ()))]
        said = (
            _of_submission(scores.submissions[row], of_file),
            own[unit.code],
            told,
            _last_edition(scores, unit.code),
        )
        standing = (
            scores.total[row],
            scores.rank[row],
            scores.tied[row],
            scores.grades[row],
            scores.grade_reasons[row],
        )
        seen = hashlib.sha256()
        for column in (scores.scores[row], scores.points[row], scores.status[row]):
            seen.update(column.tobytes())
        about = (unit.name, scores.cohort_names[row], *map(str, standing), seen.hexdigest())
        found[unit.code, "", Ground.CARD] = _print(about, found[unit.code, "", Ground.ROSTER], said)
    return found


def _of_review(scores: Scores) -> Mapping[GroundKey, str]:
    review = scores.review
    entries: defaultdict[GroundKey, list[object]] = defaultdict(list)
    for mark in review.marks:
        entries[mark.unit, mark.indicator, Ground.MARK].append((mark.reviewer, mark.mark))
    for line in review.register:
        entries[line.unit, line.kind, Ground.REGISTER].append((line.level, line.matter, line.times))
    found = {key: _print(sorted(map(repr, each))) for key, each in entries.items()}
    for change in scores.change_of.values():
        found[change.unit, change.indicator, Ground.CHANGE] = _print(change.after)
    for ruling in scores.ruling_of.values():
        found[ruling.unit, ruling.indicator, Ground.RULING] = _print(ruling.is_granted)
    units = scores.row_of
    return {key: value for key, value in found.items() if key[0] in units}


def _own_entries(scores: Scores) -> Mapping[str, list[str]]:
    """All that the office's workbooks say of each unit, with reasons, reviewers and places."""
    review = scores.review
    found: defaultdict[str, list[str]] = defaultdict(list)
    for entries in (review.marks, review.changes, review.rulings, review.register):
        for entry in entries:
            found[entry.unit].append(repr(entry))
    for unit, answers in review.answers.items():
        found[unit] += sorted(f"{key} {answer!r}" for key, answer in answers.items())
    return found


def _of_submission(submission: Submission | None, of_file: dict[int, str]) -> object:
    """Its answers, with what stands beside them and where. ``of_file``: what all rows of a file share, once made."""
    if submission is None:
        return None
    answers = submission.answers
    if not isinstance(answers, RowAnswers):
        return submission.path, sorted(f"{key} {answer!r}" for key, answer in answers.items())
    columns, row = answers.columns, answers.row
    if id(columns) not in of_file:
        of_file[id(columns)] = _print(columns.path, columns.sheet, columns.keys)
    seen = hashlib.sha256(of_file[id(columns)].encode())
    for numbers in (columns.values, columns.states, columns.sheet_rows, columns.sheet_columns):
        seen.update(numbers[:, row].tobytes())
    texts = columns.texts
    beside = [
        (key, column[row])
        for kept in (texts.words, texts.printed, texts.evidence, texts.notes)
        for key, column in kept.items()
        if column[row] is not None
    ]
    places = [f"{key} {place!r}" for (key, of), place in texts.places.items() if of == row]
    return submission.path, submission.own_file, seen.hexdigest(), beside, places


def _last_edition(scores: Scores, unit: str) -> object:
    before = scores.previous
    if before is None:
        return None
    tables = (before.ranks, before.totals, before.scores, before.figures)
    return [_told(table.get(unit)) for table in tables]


def _scored_by(holder: Node | Tree) -> Mapping[str, object]:
    last = (
        [(node.code, node.ranked, node.last) for node in holder.nodes if node.last] if isinstance(holder, Tree) else []
    )
    return {"": holder, "children": [child.code for child in holder.children], "last": last}


def _print(*values: object) -> str:
    """The fingerprint: it begins with a letter, so that no spreadsheet program takes it for a number."""
    return f"f{hashlib.sha256(_told(values).encode()).hexdigest()[:_LENGTH]}"


def _told(value: object) -> str:
    """A value in its canonical form, without the words of the tree."""
    return canonical(value, _WORDS_OF)
