"""What is told of a final run and of a correction: whose place and grade changed, and why.

Reaches ``rounds/running.py``, ``terminal/changes.py``, ``content/changes.py``, ``tables.py``.
"""

from pathlib import Path

import pytest
from objections_made import all_sent, come_to, graded_round, in_this_process
from round_made import NOW

from lawgov_score.pipeline.plain_folder import computed
from lawgov_score.report import render
from lawgov_score.rounds.creation import seat_of
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.deciding import decide
from lawgov_score.rounds.folder import plain_folder
from lawgov_score.rounds.names import Outcome, Role, RoundState, RunKind
from lawgov_score.rounds.objecting import object_to
from lawgov_score.rounds.running import make_run
from lawgov_score.wording import Language


def test_the_first_final_run_says_what_objections_did_to_places_and_grades_since_the_first_results(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_this_process(monkeypatch)
    with opened(graded_round(tmp_path)) as data:
        round_, office = all_sent(data, tmp_path), seat_of(Role.OFFICE)
        come_to(round_, RoundState.OBJECTIONS)
        first = make_run(data, round_, RunKind.FIRST, office, NOW)
        object_to(data, round_, "XZ-01", "01-1", "漏计十二件", office, NOW, wanted="97")
        decide(data, round_, 1, Outcome.UPHELD, "材料属实", office, NOW, score=97.0)
        come_to(round_, RoundState.FINAL)
        final = make_run(data, round_, RunKind.FINAL, office, NOW)
    assert (first.before, final.before) == (None, first.run)
    told = final.computed.changes_told.splitlines()
    assert told[0] == "与上一次相比："
    own = "XZ-01 东乡：总分 85.00 → 97.00（第 1 号异议）；位次 2 → 1、等次 良好 → 优秀；01-1 85 → 97（第 1 号异议）"
    assert own in map(str.strip, told)
    assert any(line.endswith("XZ-02 西乡（位次 1 → 2、等次 优秀 → 良好）") for line in told)
    assert final.computed.changes is not None
    rows = final.computed.changes.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("unit,code,old,new,cause,")
    assert rows[1] == "XZ-01,county,85.00,97.00,mark,东乡,总分,第 1 号异议,2,1,良好,优秀"
    assert rows[-1] == "XZ-02,county,90.00,90.00,others,西乡,总分,随他人变化,1,2,优秀,良好"


def test_where_nothing_can_be_compared_it_is_said_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_this_process(monkeypatch)
    with opened(graded_round(tmp_path)) as data:
        files = plain_folder(data, all_sent(data, tmp_path))
    done = computed(files, only_tables=True)
    assert (done.changes, done.not_compared) == (None, "")
    broken = {**done.outputs, "ranking.csv": b"\xef\xbb\xbfunit,score\n"}
    again = computed(files, only_tables=True, since=broken)
    assert again.changes is None
    said = [render(again.not_compared, lang) for lang in Language]
    assert all(said)
    assert said[0] != said[1]
    assert "指标体系" not in said[0]
