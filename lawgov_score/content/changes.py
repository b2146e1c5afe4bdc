"""What changed since an earlier run, for whom, and why: told from the results of both runs.

What differs is in ``differences.py``, why in ``causes.py``; here it is put together by unit. docs/changes.md says it in
words.
"""

import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from lawgov_score.content import labels
from lawgov_score.content.causes import Causes
from lawgov_score.content.differences import Differences
from lawgov_score.model import FilledBy, Indicator, Scores, Tree
from lawgov_score.model.changes import (
    OF_ALL_CARDS,
    Cause,
    ChangedScore,
    Changes,
    Earlier,
    Ground,
    Grounds,
    Standing,
)
from lawgov_score.report import number_text, render
from lawgov_score.rounding import DUST_DECIMALS
from lawgov_score.wording import Language, Phrase, Text, Words

CAUSES = {
    Cause.FIGURE: Words("填报值", "figures"),
    Cause.MARK: Words("评审打分或改分", "marks"),
    Cause.RULING: Words("不适用认定", "rulings"),
    Cause.REGISTER: Words("加减分和一票否决登记", "the register"),
    Cause.TREE: Words("指标体系", "the tree"),
    Cause.ROSTER: Words("名册", "the roster"),
    Cause.PROGRAM: Words("程序版本", "the version of the program"),
    Cause.OTHERS: Words("随他人变化", "because others changed"),
}
OWN_FIGURES = Words("考核机关填报", "figures of the office's own")
TOTAL = Words("总分", "total")


def cause_text(line: ChangedScore, tree: Tree) -> Text:
    """The cause in words: a decision by its objection, figures that the office fills in itself as its own."""
    if line.objection:
        return labels.OBJECTION(name=str(line.objection))
    if line.cause is Cause.FIGURE:
        node = tree.by_code.get(line.code)
        if isinstance(node, Indicator) and node.filled_by is FilledBy.ASSESSOR:
            return OWN_FIGURES
    return CAUSES[line.cause]


def cause_named(code: str, name: str) -> Text:
    """The words of a cause that a table has by its code, and by a name that says more in the language of the table."""
    known: list[Words | Phrase] = [OWN_FIGURES, CAUSES[Cause(code)]]
    if digits := "".join(char for char in name if char.isdigit()):
        known.append(labels.OBJECTION(name=digits))
    return next((text for text in known if name in {render(text, lang) for lang in Language}), CAUSES[Cause(code)])


def causes_of(line: ChangedScore, of_unit: Iterable[ChangedScore], tree: Tree) -> tuple[Text, ...]:
    """The cause of a sum in words: as the indicators below it have it that moved; else as it has it itself.

    ``of_unit``: all lines of the unit. The words of an indicator say by which objection, and whose figures.
    """
    below = [one for one in of_unit if one.cause is line.cause and one.old != one.new and _is_below(one, line, tree)]
    texts: list[Text] = []
    for text in (cause_text(one, tree) for one in below or [line]):
        if text not in texts:
            texts.append(text)
    return tuple(texts)


def _is_below(one: ChangedScore, line: ChangedScore, tree: Tree) -> bool:
    """Is it an indicator of the sum of this line, where that moved?"""
    if line.old == line.new or not isinstance(tree.by_code.get(one.code), Indicator):
        return False
    return line.code == tree.code or any(node.code == line.code for node in tree.ancestors(one.code))


def changes_since(earlier: Earlier, scores: Scores, grounds: Grounds) -> Changes:
    """The differences between ``earlier`` results and ``scores``, which rest on ``grounds``."""
    return _Comparison(Differences(earlier, scores, grounds)).changes()


@dataclass(frozen=True)
class _Comparison:
    differences: Differences

    def changes(self) -> Changes:
        found, scores = self.differences, self.differences.scores
        earlier, root = found.earlier, scores.tree.code
        ordered = [int(row) for row in scores.order]
        by_row = {row: lines for row in ordered if (lines := list(self._lines(row)))}
        stirred = self._stirred(by_row.keys())
        moved: list[int] = []
        for row in ordered:
            if row not in by_row and self._stands_elsewhere(row):
                if scores.cohort_names[row] in stirred:
                    moved.append(row)
                else:  # not because of others: nobody there has changed
                    by_row[row] = [self._of_total(row, self._causes.left_over(row))]
        stirred = self._stirred(by_row.keys())
        lines = [line for row in ordered for line in by_row.get(row, ())]
        lines += [ChangedScore(code, root, earlier.standings[code].score, "", Cause.ROSTER) for code in found.left]
        still = [row for row in ordered if row not in by_row and row not in set(moved)]
        of_all = tuple(ground for ground in OF_ALL_CARDS if found.of_ground("", "", ground))
        others = stirred | self._cards_stirred
        anew = {row for row in labels.listed(scores) if of_all or scores.cohort_names[row] in others}

        def codes(rows: list[int]) -> tuple[str, ...]:
            return tuple(scores.units[row].code for row in rows)

        return Changes(
            since=earlier.path,
            lines=tuple(lines),
            moved=codes(moved),
            unchanged=codes(still),
            untouched=codes([row for row in still if row not in anew]) if found.knows_grounds else (),
            anew=codes([row for row in ordered if row in anew]),
            stood={
                scores.units[row].code: (found.was(row), self._standing(row))
                for row in ordered
                if (row in by_row or row in set(moved)) and row not in found.came
            },
            names={code: earlier.standings[code].name for code in found.left}
            | {unit.code: unit.name for unit in scores.units},
            came=frozenset(scores.units[row].code for row in found.came),
            left=frozenset(found.left),
            of_all=of_all,
            versions=found.versions,
            has_grounds=found.knows_grounds,
        )

    def _standing(self, row: int) -> Standing:
        """How a unit stands now, as ranking.csv prints it."""
        scores, unit = self.differences.scores, self.differences.scores.units[row]
        total, place = labels.total_text(scores, row), self._causes.place(row)
        return Standing(unit.name, scores.cohort_names[row], total, place, scores.grades[row])

    @cached_property
    def _causes(self) -> Causes:
        return Causes(self.differences)

    def _stirred(self, rows: Collection[int]) -> frozenset[str]:
        """Names, now and then, of the cohorts to which these units belong, and of those that somebody left."""
        found = self.differences
        names = {found.scores.cohort_names[row] for row in rows}
        names |= {found.was(row).cohort for row in rows if row not in found.came}
        return frozenset(names | {found.earlier.standings[code].cohort for code in found.left})

    @cached_property
    def _cards_stirred(self) -> frozenset[str]:
        """Names of the cohorts in which somebody's card says something else: by a remark, a document, a finding."""
        found, scores = self.differences, self.differences.scores
        units = zip(scores.units, scores.cohort_names, strict=True)
        return frozenset(name for unit, name in units if found.of_ground(unit.code, "", Ground.CARD))

    def _stands_elsewhere(self, row: int) -> bool:
        """Is the unit's place or grade another one?"""
        was = self.differences.was(row)
        return (was.rank, was.grade) != (self._causes.place(row), self.differences.scores.grades[row])

    # ---------------------------------------------------------------- the lines of a unit

    def _lines(self, row: int) -> Iterator[ChangedScore]:
        """The total first, then every node in the order of the tree; of a unit that was not there the total alone."""
        found, scores = self.differences, self.differences.scores
        unit = scores.units[row].code
        if row in found.came:
            yield ChangedScore(unit, scores.tree.code, "", labels.total_text(scores, row), Cause.ROSTER)
            return
        was, now = _number(found.was(row).score), _number(labels.total_text(scores, row))
        is_same = was == now and not found.is_another_total(row)
        causes = self._causes.of_standing(row) if is_same else self._causes.of_total(row, was, now)
        for cause in causes:
            yield self._of_total(row, cause)
        for node in scores.tree.nodes:
            if found.moves(row, node.code):
                then, current = found.then(row, node.code).score, float(found.scored[node.code][row])
                cause = self._causes.of_node(row, node)
                change = scores.change_of.get((unit, node.code)) if cause is Cause.MARK else None
                by = 0 if change is None else change.objection
                statuses = found.statuses(row, node.code)
                yield ChangedScore(unit, node.code, _text(then), _text(current), cause, statuses, by)

    def _of_total(self, row: int, cause: Cause) -> ChangedScore:
        scores = self.differences.scores
        was, now = self.differences.was(row).score, labels.total_text(scores, row)
        return ChangedScore(scores.units[row].code, scores.tree.code, was, now, cause)


def _number(text: str) -> float | None:
    return float(text) if text else None


def _text(number: float) -> str:
    return "" if math.isnan(number) else number_text(number, DUST_DECIMALS)
