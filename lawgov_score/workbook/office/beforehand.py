"""What is known when the office's blank workbooks are written: claims to rule on, what stands beside a mark."""

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from lawgov_score.explanation.figures import answer_phrase
from lawgov_score.model import (
    Answer,
    AnswerState,
    Change,
    Indicator,
    Previous,
    Roster,
    Shared,
    Submission,
    Tree,
    Unit,
    field_key,
)
from lawgov_score.problems import CellPlace
from lawgov_score.report import render
from lawgov_score.rules.field import Field
from lawgov_score.wording import Language, Text, Words
from lawgov_score.workbook.forms.layout import Question
from lawgov_score.workbook.forms.office import ANSWERS, MARKS, RULINGS, Form, forms_of, labelled, office_questions
from lawgov_score.workbook.office.claims import NAMED, answers_to, claim_text, figures_text

_NOTHING_SENT = Words("（未报送）", "(sent nothing)")
_NOT_NAMED = Words("（未列）", "(none named)")
_NOTHING_ON_RECORD = Words("（没有记录）", "(none on record)")
_SCORE = Words("得 {score:points} 分", "{score:points} points")


@dataclass(frozen=True)
class Beforehand:
    """What was sent, last edition's results, who reviews, and what for; changes that were decided already.

    ``submissions``: by unit, None where no inputs were given. ``reviewer``: printed on the cover cell. ``leads``: the
    units whose indicators alone are shown; empty: all.
    """

    submissions: Mapping[str, Submission] | None = None
    previous: Previous | None = None
    reviewer: str = ""
    leads: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()

    def shows(self, indicator: Indicator | Shared) -> bool:
        """Is the indicator among those of the leading units? 共用数据 are nobody's."""
        if not self.leads:
            return True
        return not isinstance(indicator, Shared) and not set(self.leads).isdisjoint(indicator.lead)

    def indicators(self, tree: Tree) -> tuple[Indicator, ...]:
        """The indicators shown, in printed order."""
        return tuple(indicator for indicator in tree.indicators if self.shows(indicator))

    def questions(self, tree: Tree) -> tuple[Question, ...]:
        """The fields that the office fills in, of the indicators shown."""
        return tuple(question for question in office_questions(tree) if self.shows(question.indicator))

    def forms(self, tree: Tree) -> Iterator[Form]:
        """The workbooks to write: for leading units those by indicator, where it has any; for a reviewer the marks."""
        has_any = {
            MARKS.key: any(one.is_judged for one in self.indicators(tree)),
            RULINGS.key: any(one.may_not_apply for one in self.indicators(tree)),
            ANSWERS.key: bool(self.questions(tree)),
        }
        for form in forms_of(tree):
            if self.reviewer:
                wanted = form is MARKS and has_any[MARKS.key]
            else:
                wanted = has_any.get(form.key, False) if self.leads else True
            if wanted:
                yield form

    def hidden(self, form: Form) -> Collection[str]:
        """Keys of the columns that would be empty in every row."""
        gone = set() if self.submissions is not None else {one.key for one in form.columns if one.from_inputs}
        if self.previous is None:
            gone.add("last")
        if not any(one.objection for one in self.changes):
            gone.add("objection")
        return gone

    def claims(self, tree: Tree, units: Roster, lang: Language) -> Iterator[Mapping[str, str]]:
        """Rows of 不适用认定, one for each indicator that a unit claimed: what it wrote, why, and what else."""
        for indicator in self.indicators(tree):
            for unit in units if indicator.may_not_apply else ():
                claim = claim_text(self._answers(unit, indicator), lang)
                if claim:
                    yield {
                        "unit": labelled(unit.code, unit.name),
                        "indicator": labelled(indicator.code, indicator.title),
                        "claim": claim,
                        "evidence": self.evidence(unit, indicator, lang),
                    }

    def decided(self, tree: Tree, units: Roster) -> Iterator[Mapping[str, str | float]]:
        """Rows of 复核改分: the changes, with the names of today's units and indicators."""
        names = {unit.code: unit.name for unit in units}
        for one in self.changes:
            indicator = tree.by_code.get(one.indicator)
            row: dict[str, str | float] = {
                "unit": labelled(one.unit, names.get(one.unit, "")),
                "indicator": labelled(one.indicator, indicator.title if indicator is not None else ""),
                "to": one.after,
                "reason": one.reason,
                "reviewer": one.reviewer,
                "date": one.date,
            }
            if one.objection:
                row["objection"] = float(one.objection)
            yield row if math.isnan(one.before) else {**row, "from": one.before}

    def beside_mark(self, unit: Unit, indicator: Indicator, lang: Language) -> Mapping[str, str]:
        """What a reviewer reads beside a mark: evidence, the unit's own figures, last edition's."""
        texts = {}
        if self.submissions is not None:
            texts["evidence"] = self.evidence(unit, indicator, lang)
            texts["figures"] = figures_text(self._answers(unit, indicator), lang)
        if self.previous is not None:
            texts["last"] = self._last(self.previous, unit, indicator, lang)
        return texts

    def evidence(self, unit: Unit, indicator: Indicator, lang: Language) -> str:
        """The documents that the unit named for an indicator, on any of its rows; says so where it named none."""
        if not indicator.is_asked:
            return ""
        if self.submissions is not None and unit.code not in self.submissions:
            return render(_NOTHING_SENT, lang)
        named = (answer.evidence for _, answer in self._answers(unit, indicator))
        texts = tuple(dict.fromkeys(text for text in named if text))
        return "\n".join(texts) or render(_NOT_NAMED, lang)

    def _last(self, previous: Previous, unit: Unit, indicator: Indicator, lang: Language) -> str:
        lines: list[Text] = []
        score = previous.scores.get(unit.code, {}).get(indicator.code)
        if score is not None:
            lines.append(_SCORE(score=score))
        figures = previous.figures.get(unit.code, {})
        for asked in indicator.fields:
            figure = figures.get(field_key(indicator, asked))
            if figure is not None:
                answer = Answer(AnswerState.GIVEN, figure, CellPlace(""))
                lines.append(NAMED(name=asked.name, answer=answer_phrase(asked, answer)))
        return "\n".join(render(line, lang) for line in lines or [_NOTHING_ON_RECORD])

    def _answers(self, unit: Unit, indicator: Indicator) -> Iterator[tuple[Field, Answer]]:
        submission = (self.submissions or {}).get(unit.code)
        return answers_to(indicator, submission.answers if submission is not None else {})


NOTHING_KNOWN = Beforehand()
