"""Names that a spreadsheet would take for formulas: guarded in our tables, whole again when they are read."""

import csv
import io
from pathlib import Path

import pytest
from builders import a_submission, a_tree, a_unit, an_indicator
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.guarded import guarded, unguarded
from lawgov_score.pages.html import link_to
from lawgov_score.scoring import score
from lawgov_score.tables import write_figures, write_ranking, write_scores
from lawgov_score.wording import Language
from lawgov_score.workbook.package.grid import CsvRows
from lawgov_score.workbook.submission.previous import read_previous

NAMES = ("=1+1", "+1", "-1", "@SUM(A1)", "'=1+1", "''=1", '=HYPERLINK("http://x","点")', "甲-1", "'甲")
texts = st.text(st.sampled_from("'=+-@ \t甲a1,\"\n"), max_size=8)


@given(texts)
def test_what_was_guarded_is_whole_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("name", NAMES)
def test_our_tables_guard_names_and_read_them_back(name: str, tmp_path: Path) -> None:
    tree = a_tree(indicators=[an_indicator()])
    unit = a_unit(code=name, name=name)
    scores = score(tree, (unit,), [a_submission(unit=unit, answers={"01-1.x": 0.5})])
    write_ranking(scores, tmp_path / "ranking.csv")
    write_scores(scores, tmp_path / "scores.csv", Language.ZH)
    write_figures(scores, tmp_path / "figures.csv")
    for path in tmp_path.iterdir():
        lines = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        for line in lines[1:]:
            assert line[0] == guarded(name)
            assert not line[0].startswith(("=", "+", "-", "@"))
    previous, problems = read_previous(tmp_path, tree)
    assert previous is not None
    assert problems == ()
    assert set(previous.ranks) == set(previous.totals) == {name}


@given(st.lists(st.lists(st.text(max_size=5), min_size=1, max_size=4), max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_rows_are_those_of_the_standard_library(rows: list[list[str]], end: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end).writerows(rows)
    expected = [[unguarded(cell) for cell in row] for row in csv.reader(io.StringIO(text.getvalue(), newline=""))]
    found = CsvRows(text.getvalue())
    assert [list(row) for row in found] == expected
    assert [list(found[i]) for i in reversed(range(len(found)))] == expected[::-1]


@given(st.text(st.sampled_from("a,\"\n\r' "), max_size=30))
def test_any_text_reads_as_the_standard_library_reads_it(text: str) -> None:
    try:
        expected = [list(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
    except csv.Error:
        with pytest.raises(csv.Error):
            list(CsvRows(text))
        return
    assert [list(row) for row in CsvRows(text)] == [[unguarded(cell) for cell in row] for row in expected]


@pytest.mark.parametrize(
    ("file", "link"),
    [("unit-a#b.html", "unit-a%23b.html"), ("unit-100%25.html", "unit-100%2525.html"), ("a.html", "a.html")],
)
def test_a_link_leads_to_its_file_whatever_its_name(file: str, link: str) -> None:
    assert link_to(file) == link
