"""Odd names, closed and full streams, pipes and devices for files: no traceback, no waiting, no half run.

Reaches ``cli/streams.py``.
"""

import os
import subprocess
import sys
import unicodedata
from pathlib import Path, PurePath

import calls
import pytest
from builders import a_field, a_tree, an_indicator
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.bounded import NoFileError, TooLargeError, read_whole
from lawgov_score.problems import display_path, printable, real_path
from lawgov_score.report import problems_github, problems_text
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.table import read_table

ROOT = Path(__file__).parents[1]
SMALL = ROOT / "tests" / "earlier" / "0.4.0" / "a-fields-and-arithmetic"  # a tree and workbooks that are soon read
TREE, BOOK, ROSTER = SMALL / "tree.yaml", SMALL / "in" / "u1.xlsx", SMALL / "roster.csv"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="names, pipes and devices of another kind")


def run(*words: str | Path, redirect: str = "", env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """The command in a shell, so that its streams can be closed."""
    call = [
        "bash",
        "-c",
        f'"$@" {redirect}',
        "-",
        sys.executable,
        "-m",
        "lawgov_score",
        *map(str, words),
    ]
    surroundings = {**os.environ, **(env or {})}
    done = subprocess.run(
        call,
        capture_output=True,
        cwd=ROOT,
        timeout=120,
        check=False,
        env=surroundings,
        encoding="utf-8",
        errors="replace",
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


# ------------------------------------------------- names


@given(st.text(st.characters(exclude_characters="\0/") | st.sampled_from("\\\x1b\u202e\udcb7x{}7"), min_size=1))
def test_a_name_is_found_again_by_what_is_shown_of_it(name: str) -> None:
    path = PurePath("a") / name
    assert real_path(printable(path.as_posix())) == path


@given(st.text(min_size=1), st.text(min_size=1))
def test_different_names_are_shown_differently(one: str, other: str) -> None:
    assert (printable(one) == printable(other)) == (one == other)


@given(st.text())
def test_what_is_shown_can_be_written_anywhere(name: str) -> None:
    shown = printable(name)
    shown.encode("utf-8")
    assert all(char.isprintable() or char.isspace() or unicodedata.category(char) == "Co" for char in shown)
    assert not any(char in shown for char in "\n\r\x1b\u202e\u2028")


def test_a_line_break_in_a_name_begins_no_workflow_command(tmp_path: Path) -> None:
    path = tmp_path / "a\n::error file=x::evil, 100%.csv"
    path.write_text("name\n", encoding="utf-8")
    _, problems = read_table(path, a_tree(indicators=[an_indicator(fields=[a_field()])]))
    assert len(problems_github(problems, Language.ZH).splitlines()) == len(problems)


# ------------------------------------------------- streams


@pytest.mark.parametrize("redirect", [">&-", "2>&-", ">&- 2>&- <&-", ">/dev/full", "2>/dev/full", "2>&1 | true"])
def test_outputs_are_written_whatever_becomes_of_the_streams(redirect: str, tmp_path: Path) -> None:
    outputs = ("-o", tmp_path / "s.xlsx", "--csv", tmp_path / "d", "--cards", tmp_path / "c")
    done = run("score", TREE, BOOK, "--roster", ROSTER, *outputs, redirect=redirect)
    assert done.returncode == (1 if redirect == ">/dev/full" else 0 if "|" in redirect else done.returncode)
    assert done.returncode in {0, 1}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c", "d", "s.xlsx"]


@pytest.mark.parametrize("words", [["--help"], ["lint", TREE], ["score", TREE, BOOK, "-o", "-"]], ids=str)
def test_a_full_stdout_is_said_and_is_no_bug(words: list[str | Path]) -> None:
    done = run(*words, redirect=">/dev/full")
    assert done.returncode == 1
    assert "O102" in done.stderr


def test_too_few_open_files_are_said(tmp_path: Path) -> None:
    call = 'ulimit -n 7; "$@"'
    words = ["bash", "-c", call, "-", sys.executable, "-m", "lawgov_score", "check", str(TREE), str(BOOK)]
    done = subprocess.run(words, capture_output=True, cwd=ROOT, timeout=120, check=False, encoding="utf-8")
    assert "Traceback" not in done.stderr
    assert (done.returncode, "O116" in done.stderr) == (2, True)


# ------------------------------------------------- kinds and sizes


@pytest.fixture(params=["pipe", "device", "size"])
def odd(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with f.yaml, f.csv, f.xlsx, none of which is an ordinary file of a bearable size."""
    for suffix in (".yaml", ".csv", ".xlsx"):
        path = tmp_path / f"f{suffix}"
        if request.param == "pipe":
            os.mkfifo(path)
        elif request.param == "device":
            path.symlink_to("/dev/zero")
        else:
            with path.open("wb") as file:
                file.truncate(1 << 31)
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        ["lint", "f.yaml"],
        ["lint", TREE, "--weights", "f.yaml"],
        ["check", TREE, BOOK, "--roster", "f.csv"],
        ["check", TREE, BOOK, "--roster", "f.xlsx"],
        ["check", TREE, "f.csv"],
        ["check", TREE, "f.xlsx"],
        ["score", TREE, BOOK, "--roster", ROSTER, "--assessor", "f.xlsx"],
        ["verify", "f.xlsx", TREE, BOOK],
    ],
    ids=lambda words: " ".join(map(str, words[:1] + words[-2:])),
)
def test_what_is_no_ordinary_file_is_refused_at_once(
    words: list[str | Path], odd: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = (odd / word if isinstance(word, str) and word.startswith("f.") else word for word in words)
    assert calls.run(*map(str, named)) == 1
    said = "".join(capsys.readouterr())
    assert any(code in said for code in ("T101", "T116", "S101", "S107"))


def test_last_years_tables_that_are_pipes_are_refused(tmp_path: Path) -> None:
    for name in ("ranking.csv", "scores.csv", "figures.csv"):
        os.mkfifo(tmp_path / name)
    done = run("score", TREE, BOOK, "--roster", ROSTER, "--previous", tmp_path)
    assert (done.returncode, "A301" in done.stderr) == (1, True)


def test_a_file_is_read_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"abc")
    assert read_whole(path, 3) == b"abc"
    with pytest.raises(TooLargeError):
        read_whole(path, 2)
    with pytest.raises(NoFileError):
        read_whole(tmp_path, 9)
    with pytest.raises(FileNotFoundError):
        read_whole(tmp_path / "none", 9)


def test_a_long_line_is_quoted_about_its_fault(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("{" + ", ".join(f"k{n}: 1" for n in range(4_000)) + "}\n", encoding="utf-8")
    done = run("lint", path)
    assert max(map(len, done.stdout.splitlines())) < 400
    assert len(done.stdout) < 200_000
    assert problems_text([], Language.ZH) == ""


def test_standard_input_that_never_ends_is_refused() -> None:
    assert display_path("-") == "-"
    done = run("check", TREE, "-", redirect="</dev/zero")
    assert (done.returncode, "S107" in done.stdout + done.stderr) == (1, True)
