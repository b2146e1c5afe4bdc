"""The notice: what it says, where its faults are, and what stays blank.

Reaches ``model/notice.py``, ``catalogue/notice.py``.
"""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.catalogue import Code
from lawgov_score.model.notice import NO_NOTICE, Notice
from lawgov_score.problems import TextPlace
from lawgov_score.report import part, problem_lines, title
from lawgov_score.tree import load_notice
from lawgov_score.wording import Language

FULL = """\
office: 某区法治办
telephone: 08731234567
address: "人民路 1 号"
notified: 2018-03-05
deadline: 2018年3月15日
way: 书面
"""


def loaded(tmp_path: Path, text: str) -> tuple[Notice, list[tuple[Code, int, int]]]:
    path = tmp_path / "notice.yaml"
    path.write_text(text, encoding="utf-8")
    notice, problems = load_notice(path)
    places = []
    for problem in problems:
        assert isinstance(problem.place, TextPlace)
        assert problem.place.path == path.as_posix()
        for lang in Language:
            assert title(problem, lang)
            assert part(problem, "hint", lang)
            assert "{" not in "".join(problem_lines(problem, lang))
        places.append((problem.code, problem.place.line, problem.place.column))
    return notice, places


def test_everything_is_read_with_or_without_quotes(tmp_path: Path) -> None:
    notice = Notice("某区法治办", "08731234567", "人民路 1 号", date(2018, 3, 5), date(2018, 3, 15), "书面")
    assert loaded(tmp_path, FULL) == (notice, [])


@pytest.mark.parametrize(
    "typed", ["2018-03-15", "2018-3-15", "2018/03/15", "2018.3.15", "2018年3月15日", '"2018-03-15"']
)
def test_days_are_read_as_offices_write_them(tmp_path: Path, typed: str) -> None:
    assert loaded(tmp_path, f"deadline: {typed}\n") == (Notice(deadline=date(2018, 3, 15)), [])


def test_numbers_are_texts(tmp_path: Path) -> None:
    assert loaded(tmp_path, "telephone: 12345\noffice: 0108\n") == (Notice(telephone="12345", office="0108"), [])


def test_what_is_left_out_or_empty_is_blank(tmp_path: Path) -> None:
    assert loaded(tmp_path, "office: 某区法治办\ntelephone:\ndeadline:\n") == (Notice("某区法治办"), [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("office: 甲\ndeadlin: 2018-03-15\n", (Code.T106, 2, 1)),
        ("office: 甲\ndeadline: 2018-02-30\n", (Code.T115, 2, 11)),
        ("office: 甲\ndeadline: 三月中旬\n", (Code.T115, 2, 11)),
        ("office: 甲\ndeadline: 5\n", (Code.T115, 2, 11)),
        ("office: 甲\ntelephone: [1, 2]\n", (Code.T104, 2, 12)),
        ("office: 甲\noffice: 乙\n", (Code.T107, 2, 1)),
        (f"office: 甲\nway: {'书' * 2001}\n", (Code.T115, 2, 6)),
    ],
)
def test_faults_have_line_and_column_and_stay_blank(tmp_path: Path, text: str, problem: tuple[Code, int, int]) -> None:
    assert loaded(tmp_path, text) == (Notice("甲"), [problem])


def test_a_text_that_no_card_has_room_for_is_told_by_its_length(tmp_path: Path) -> None:
    path = tmp_path / "notice.yaml"
    path.write_text(f"office: {'甲' * 201}\nway: {'书' * 2000}\n", encoding="utf-8")
    notice, (problem,) = load_notice(path)
    assert (notice.office, len(notice.way)) == ("", 2000)
    said = " ".join(problem_lines(problem, Language.ZH))
    assert "不超过 200 个字" in said
    assert "201 个字" in said
    assert "甲甲" not in said


def test_the_nearest_key_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notice.yaml"
    path.write_text("deadlin: 2018-03-15\n", encoding="utf-8")
    (problem,) = load_notice(path)[1]
    assert problem.values["meant"] == "deadline"


def test_a_deadline_before_the_notification_stays_blank(tmp_path: Path) -> None:
    notice, places = loaded(tmp_path, "notified: 2018-03-05\ndeadline: 2018-02-15\n")
    assert (notice, places) == (Notice(notified=date(2018, 3, 5)), [(Code.N101, 2, 11)])


def test_a_file_that_is_not_there_or_no_notice_at_all(tmp_path: Path) -> None:
    notice, problems = load_notice(tmp_path / "none.yaml")
    assert (notice, [one.code for one in problems]) == (NO_NOTICE, [Code.T101])
    assert loaded(tmp_path, "- office\n") == (NO_NOTICE, [(Code.T113, 1, 1)])


@given(st.text(max_size=60), st.integers(0, len(FULL)), st.integers(0, 30))
def test_a_mangled_notice_never_raises(tmp_path_factory: pytest.TempPathFactory, put: str, at: int, cut: int) -> None:
    path = tmp_path_factory.getbasetemp() / "mangled-notice.yaml"
    path.write_text(FULL[:at] + put + FULL[at + cut :], encoding="utf-8", errors="replace")
    notice, _ = load_notice(path)
    assert isinstance(notice, Notice)
