"""Office workbooks that earlier versions wrote, filled in, are read as they were then.

Made with the code of the version itself from the tree of ``office.py``: ``written``, then ``fill`` (``test_template``).
"""

from pathlib import Path

import pytest
from office import TREE, UNITS

from lawgov_score.workbook.office.intake import read_review

EARLIER = Path(__file__).parent / "earlier"


@pytest.mark.parametrize("version", sorted(path.name for path in EARLIER.iterdir()))
@pytest.mark.parametrize("latest", [False, True])
def test_a_filled_workbook_of_an_earlier_version(version: str, latest: bool) -> None:
    review, problems = read_review([EARLIER / version], TREE, UNITS, None, latest=latest)
    assert problems == ()
    assert [(m.unit, m.indicator, m.reviewer, m.mark) for m in review.marks] == [("B-1", "01-1", "张三", 4.0)]
    assert [(c.unit, c.before, c.after, c.reviewer) for c in review.changes] == [("B-2", 1.0, 1.5, "王五")]
    assert [(r.unit, r.indicator, r.is_granted) for r in review.rulings] == [("B-1", "01-2", True)]
    assert [(e.unit, e.kind, e.level, e.matter) for e in review.register] == [("B-1", "A1", "省级", "示范单位")]
    assert {key: answer.value for key, answer in review.answers["B-1"].items() if answer.value is not None} == {
        "02-1.came": 9.0,
        "02-1.all": 10.0,
    }
