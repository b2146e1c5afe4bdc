"""Headings of the office's workbooks by any of their names: a sheet is what it is, and docs list the names.

Reaches ``workbook/forms/office.py``, ``workbook/office/files.py``.
"""

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import TREE, UNITS
from sheets import a_workbook

from lawgov_score.workbook.forms.office import ANSWERS, FORMS, Form, OfficeColumn
from lawgov_score.workbook.office.intake import read_review

DOC = Path(__file__).parents[3] / "docs" / "office-workbooks.md"
VALUES = {
    "unit": "B-1",
    "indicator": {"marks": "01-1", "changes": "01-2", "rulings": "01-2"},
    "kind": "A1",
    "level": "省级",
    "matter": "示范单位",
    "times": "1",
    "evidence": "省发1号",
    "date": "@2024-03-05",
    "reviewer": "张三",
    "mark": "4",
    "from": "1",
    "to": "1.5",
    "ruling": "同意",
    "reason": "理由",
    "objection": "1",
}
LISTS = [form for form in FORMS if form is not ANSWERS]


def read_columns(form: Form) -> list[OfficeColumn]:
    return [column for column in form.columns if not column.to_read]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_no_name_means_two_columns(form: Form) -> None:
    for one, other in combinations(form.columns, 2):
        assert not one.names & other.names, (one.key, other.key)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.parametrize("form", LISTS, ids=lambda form: form.key)
def test_a_sheet_is_known_by_any_of_its_names(form: Form, data: st.DataObject, tmp_path: Path) -> None:
    """Whatever each heading is called, and in whatever order: the row is read, and nothing is said."""
    columns = data.draw(st.permutations(read_columns(form)))
    names = [data.draw(st.sampled_from([column.heading.zh, column.heading.en, *column.other])) for column in columns]
    values = [VALUES[one.key] if isinstance(VALUES[one.key], str) else VALUES[one.key][form.key] for one in columns]  # type: ignore[index]
    sheet = f"| {' | '.join(names)} |\n| {' | '.join(map(str, values))} |"
    a_workbook(tmp_path / "office.xlsx", {"表": sheet})
    review, problems = read_review([tmp_path], TREE, UNITS, None)
    assert problems == ()
    assert [len(review.marks), len(review.changes), len(review.rulings), len(review.register)] == [
        int(form.key == key) for key in ("marks", "changes", "rulings", "register")
    ]


def test_docs_list_every_name() -> None:
    lines = DOC.read_text(encoding="utf-8").splitlines()
    for form in FORMS:
        for column in read_columns(form):
            if column.other:
                line = f" | {column.heading.zh} | {'、'.join(column.other)} |"
                assert any(one.endswith(line) for one in lines), line
