"""What units claimed and filled in, in words: printed beside a ruling or a mark, and compared when it comes back."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lawgov_score.explanation.figures import answer_phrase
from lawgov_score.model import Answer, AnswerState, FilledBy, Indicator, Submission, field_key, in_state
from lawgov_score.report import render
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.wording import Language, Phrase, Words

NAMED = Words("{name}：{answer}", "{name}: {answer}")
_REMARKS = Words("说明", "remarks")
_WROTE = Words("{name} 填“{printed}”", "{name}: “{printed}”")
_WROTE_WHY = Words("{name} 填“{printed}”；说明：{note}", "{name}: “{printed}”; remarks: {note}")
_ALSO = Words("另填 {name}：{answer}", "also answered {name}: {answer}")
_ALSO_WHY = Words("另填 {name}：{answer}；说明：{note}", "also answered {name}: {answer}; remarks: {note}")


@dataclass(frozen=True)
class Claims:
    """The claims of a run. ``made``: (unit, indicator); ``answers``: by unit, what it sent."""

    made: frozenset[tuple[str, str]]
    answers: Mapping[str, Mapping[str, Answer]] = field(default_factory=dict)

    def texts(self, unit: str, indicator: Indicator) -> tuple[str, ...]:
        """The claim as the workbook of rulings prints it, in each language."""
        return self._in_each(claim_text, unit, indicator)

    def figures(self, unit: str, indicator: Indicator) -> tuple[str, ...]:
        """What the unit filled in as the workbook of marks prints it, in each language."""
        return self._in_each(figures_text, unit, indicator)

    def _in_each(
        self, say: Callable[[Iterable[tuple[Field, Answer]], Language], str], unit: str, indicator: Indicator
    ) -> tuple[str, ...]:
        answers = tuple(answers_to(indicator, self.answers.get(unit, {})))
        return tuple(say(answers, lang) for lang in Language)


def claims_of(submissions: Sequence[Submission]) -> Claims:
    """The claims that units made."""
    claimed = in_state([submission.answers for submission in submissions], AnswerState.CLAIMED_NOT_APPLICABLE)
    made = frozenset((submissions[unit].unit.code, key.rpartition(".")[0]) for unit, key in claimed)
    return Claims(made, {submission.unit.code: submission.answers for submission in submissions})


def answers_to(indicator: Indicator, answers: Mapping[str, Answer]) -> Iterator[tuple[Field, Answer]]:
    """A unit's own answers to an indicator, in printed order."""
    for asked in indicator.fields if indicator.filled_by is FilledBy.UNIT else ():
        answer = answers.get(field_key(indicator, asked))
        if answer is not None:
            yield asked, answer


def claim_text(answers: Iterable[tuple[Field, Answer]], lang: Language) -> str:
    """What a unit claimed at an indicator and why, and what else it answered there; '' where it claimed nothing."""
    claims, rest = [], []
    for asked, answer in answers:
        if answer.state is AnswerState.CLAIMED_NOT_APPLICABLE:
            words = _WROTE_WHY if answer.note else _WROTE
            claims.append(words(name=asked.name, printed=answer.printed, note=answer.note))
        elif answer.state is not AnswerState.MISSING:
            words = _ALSO_WHY if answer.note else _ALSO
            rest.append(words(name=asked.name, answer=answer_phrase(asked, answer), note=answer.note))
    return "\n".join(render(line, lang) for line in ([*claims, *rest] if claims else ()))


def figures_text(answers: Iterable[tuple[Field, Answer]], lang: Language) -> str:
    """What a unit filled in, and its remarks, a line each."""
    lines: list[Phrase] = []
    for asked, answer in answers:
        if answer.state is not AnswerState.MISSING or asked.type is not FieldType.TEXT:
            lines.append(NAMED(name=asked.name, answer=answer_phrase(asked, answer)))
        if answer.note:
            lines.append(NAMED(name=_REMARKS, answer=answer.note))
    return "\n".join(render(line, lang) for line in lines)
