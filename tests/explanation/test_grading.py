"""等次说明: of a quota how many it allows, who has it, and whether a tie did not fit (explanation/grading.py)."""

from pathlib import Path

import pytest
from mini import scored

from lawgov_score.explanation.grading import grade_remarks
from lawgov_score.report import render
from lawgov_score.wording import Language

TREE = """
grades:
  - {name: 优秀, at_least: 90, quota: {share: 20%, at_least: QUOTA}}
  - {name: 良好, at_least: 0}
nodes:
  - code: "01"
    title: 甲
    points: 100
    children:
      - code: "01-1"
        title: 项一
        points: 100
        applies_to: all
        basis: 附件
        fields: [{code: n, name: 分, type: amount, measured_in: 分, at_most: 100}]
        rule: {kind: as_given}
"""


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ((99, 98, 97, 96, 95), ["", *["“优秀”名额 1 个，已由 1 个单位占用，等次顺延"] * 4]),
        (
            (99, 99, 80, 80, 80),
            [*["“优秀”名额 1 个，已由 0 个单位占用；并列 2 个单位多于余下的名额 1 个，等次顺延"] * 2, "", "", ""],
        ),
    ],
)
def test_a_quota_says_of_how_many_and_a_tie_that_it_did_not_fit(
    tmp_path: Path, marks: tuple[int, ...], said: list[str]
) -> None:
    table = "unit,01-1\n" + "".join(f"u{i},{mark}\n" for i, mark in enumerate(marks))
    scores = scored(tmp_path, TREE.replace(", at_least: QUOTA", ""), table)
    told = ["；".join(render(one, Language.ZH) for one in grade_remarks(scores, row)) for row in range(5)]
    assert told == said
