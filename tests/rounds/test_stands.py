"""What a list of units says of each by its row is what the register says by its workbook."""

from pathlib import Path

from round_made import NOW
from sheets import fill
from test_cli_assessor import a_tree

from lawgov_score import pipeline
from lawgov_score.content.intake_register import State
from lawgov_score.pipeline.progress import unwatched
from lawgov_score.rounds.creation import create_round, seat_of, the_round
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.models import Submission
from lawgov_score.rounds.names import Role, RoundState
from lawgov_score.rounds.receiving import receive
from lawgov_score.rounds.returning import sorted_out
from lawgov_score.rounds.scheme import scheme_of
from lawgov_score.rounds.states import move
from lawgov_score.rounds.status import is_fine, status_of
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.reader import in_this_process

_ALL = {"01-1.done": 2, "01-1.got": 4, "01-2.report": "做法", "01-3.x": 0.5}
_CASES = (
    (_ALL, "总结", State.ACCEPTABLE),
    ({**_ALL, "01-2.report": ""}, "", State.MATERIALS),
    ({**_ALL, "01-3.x": None}, "总结", State.BLANKS),
    ({**_ALL, "01-3.x": "很多"}, "总结", State.ERRORS),
    ({**_ALL, "01-3.x": None, "01-2.report": ""}, "", State.BLANKS),
    ({**_ALL, "01-1.done": 5, "01-2.report": '“S228”和"S228"'}, "总结", State.ERRORS),
    ({**_ALL, "01-2.report": '"S228"'}, "总结", State.ACCEPTABLE),
)


def _round(folder: Path) -> Path:
    """A round of two units, where reviewers have something to read."""
    tree, roster = Path(a_tree(folder)), folder / "roster.csv"
    text = tree.read_text(encoding="utf-8").replace("title: 决策程序", "title: 决策程序\n        evidence: [总结]")
    tree.write_text(text, encoding="utf-8")
    roster.write_text("unit,name,type\nA,甲局,any\nB,乙局,any\n", encoding="utf-8")
    made, problems = create_round(folder / "data", tree, roster, None, now=NOW)
    assert made is not None, problems
    return folder / "data"


def test_row_and_workbook_agree(tmp_path: Path) -> None:
    with opened(_round(tmp_path)) as data:
        round_, office = the_round(), seat_of(Role.OFFICE)
        move(round_, RoundState.OPEN, 1, office, "", NOW)
        scheme = scheme_of(data, round_)
        pipeline.write_templates(scheme.tree, scheme.units, tmp_path / "blank", Language.ZH, unwatched)
        (blank,) = (tmp_path / "blank").glob("A*.xlsx")
        for n, (answers, evidence, expected) in enumerate(_CASES):
            path = tmp_path / f"{n}.xlsx"
            path.write_bytes(blank.read_bytes())
            fill(path, answers, evidence=evidence)
            (outcome,) = receive(data, round_, [path], office, NOW, in_this_process)
            assert outcome.submission is not None
            row = Submission.objects.get(pk=outcome.submission.pk)
            by_state = sorted_out(data, round_, in_this_process)
            listed = {one.unit.code: one.check for one in status_of(round_).units}
            assert by_state.lines["A"].state is expected
            assert listed["A"] is expected
            assert (row in by_state.fine) is is_fine(row, expected, is_doubted=False) is (expected is State.ACCEPTABLE)
            assert listed["B"] is None
