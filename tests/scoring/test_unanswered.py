"""Blanks before scoring are what 填报率 lacks after it, less what is illegible."""

from builders import INVALID, a_field, a_submission, a_tree, a_unit, an_indicator
from hypothesis import given, settings
from random_rounds import Round, shared_rounds

from lawgov_score.model import AnswerState, FilledBy, Submission, Tree, field_key
from lawgov_score.scoring import score
from lawgov_score.scoring.unanswered import owed_by


def blank(tree: Tree, **answers: object) -> list[str]:
    """The fields that one unit left blank."""
    unit = a_unit(code="U1")
    given_ = {f"01-1.{name}": answer for name, answer in answers.items()}
    (owed,) = owed_by(tree, (unit,), [a_submission(unit=unit, answers=given_)])
    return [field.code for _, field in owed.blanks]


def one(value: str | None = None, **others: object) -> Tree:
    fields = [a_field(code=code, type="count") for code in ("a", "b")]
    if "substitute" in others:
        fields.append(a_field(code="rate", type="share", substitute=True))
    return a_tree(indicators=[an_indicator(code="01-1", fields=fields, value=value, on_zero="zero")])


def test_a_blank_is_no_zero_no_claim_and_no_error() -> None:
    tree = one("a / b")
    assert blank(tree, a=None, b=None) == ["a", "b"]
    assert blank(tree, a=0, b=None) == ["b"]
    assert blank(tree, a=INVALID, b=None) == ["b"]
    assert blank(tree, a=0, b=0) == []


def test_a_printed_rate_stands_in_for_the_counts() -> None:
    tree = one("a / b", substitute=True)
    assert blank(tree, a=None, b=None, rate=0.5) == []
    assert blank(tree, a=None, b=None, rate=None) == ["a", "b"]  # the rate itself is never asked for


def test_a_branch_that_is_not_taken_asks_nothing() -> None:
    tree = one("if(a > 0, b, 0)")
    assert blank(tree, a=0, b=None) == []
    assert blank(tree, a=1, b=None) == ["b"]


def test_who_sent_nothing_owes_everything_and_what_the_office_fills_in_nobody() -> None:
    own = an_indicator(code="01-1", fields=[a_field(code="n")])
    office = an_indicator(code="01-2", fields=[a_field(code="n")], filled_by=FilledBy.ASSESSOR)
    (owed,) = owed_by(a_tree(indicators=[own, office]), (a_unit(),), [None])
    assert (owed.asked, [indicator.code for indicator, _ in owed.blanks]) == (1, ["01-1"])


@settings(max_examples=40, deadline=None)
@given(shared_rounds())
def test_blanks_and_errors_are_what_coverage_lacks(of: Round) -> None:
    if any(indicator.refers_to and indicator.has_branches for indicator in of.tree.indicators):
        return  # what is owed there hangs on scores: everything is said to be
    scores = score(of.tree, of.units, of.submissions)
    sent: dict[str, Submission] = {one.unit.code: one for one in of.submissions}
    owed = owed_by(of.tree, scores.units, [sent.get(unit.code) for unit in scores.units])
    assert [one.asked for one in owed] == scores.asked.tolist()
    for row, unit in enumerate(scores.units):
        answers = sent[unit.code].answers if unit.code in sent else {}
        illegible = {  # a shared figure counts once, whoever reads it
            key
            for indicator in of.tree.indicators
            if indicator.filled_by is FilledBy.UNIT and of.tree.is_applicable(indicator, unit.type)
            for key in (field_key(indicator, field) for field in indicator.covered)
            if key in answers and answers[key].state is AnswerState.INVALID
        }
        assert len(owed[row].blanks) + len(illegible) == scores.asked[row] - scores.answered[row]
