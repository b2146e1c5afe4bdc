"""Names from outside: none leads out of its folder on any system, and every name that we make is taken."""

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lawgov_score.files import file_names
from lawgov_score.inside import OutsideError, inside, is_device, is_inside
from lawgov_score.rounds.exporting import safe_name
from lawgov_score.rounds.given_books import book_name

HARM = [
    *("", ".", "..", "../x", "a/../../x", "a/..", "./a", "a//b", "/etc/passwd", "a/", "//server/share/x"),
    *(
        "..\\..\\evil.bat",
        "a\\b",
        "\\\\server\\share\\x",
        "D:/evil.txt",
        "D:evil.txt",
        "C:",
        "a:stream",
        "a\0b",
        "a\nb",
    ),
    *("con", "CON.xlsx", "a/nul.tar.gz", "AUX .txt", "com1", "LPT9.csv", "com¹", "CONIN$", "conout$.txt"),
    *("a.", "a ", "a./b", "a /b", "... ", "x/. .", "\udcff.xlsx", "\ud800"),
]
_PIECES = st.sampled_from([*"abC1.:/\\ \0\n~$", "..", "con", "NUL", "甲", "é", "\u202e", "\udcff", "D:", "//"])
NAMES = st.lists(_PIECES, max_size=8).map("".join) | st.text(max_size=30)


@pytest.mark.parametrize("name", HARM)
def test_what_leads_out_on_some_system_is_refused(name: str) -> None:
    assert not is_inside(name)
    with pytest.raises(OutsideError, match="leads out"):
        inside(name)


@pytest.mark.parametrize("name", ["a", "a/b/c.xlsx", "甲.yaml", ".a", "..a", "a..b", "a b.csv", "conx", "console.txt"])
def test_other_names_are_paths(name: str) -> None:
    assert inside(name) == PurePosixPath(name)
    assert inside(name).as_posix() == name


@given(NAMES)
def test_a_name_that_is_taken_stays_in_its_folder_on_every_system(name: str) -> None:
    """Told by what the paths of both systems come to, not by the characters that ``inside`` looks for."""
    if not is_inside(name):
        return
    name.encode()
    posix, windows = PurePosixPath("/data/x", name), PureWindowsPath("C:\\data\\x", name)
    assert posix.parts == ("/", "data", "x", *name.split("/"))
    assert windows.parts == ("C:\\", "data", "x", *name.split("/"))
    assert not set(posix.parts) & {"..", "."}
    for part in name.split("/"):
        assert part == part.rstrip(" .")
        assert not is_device(part)


@given(NAMES)
@example("con .a")
@example("com¹.x")
@example("nul")
def test_every_name_that_we_make_is_taken(name: str) -> None:
    printed = name.encode(errors="ignore").decode()  # what a file in JSON can say
    (folder,), (book,) = file_names([printed], ""), file_names([printed], ".xlsx")
    for made in (f"cards/{book}", f"earlier/{folder}/2-{safe_name(name)}", f"office/{book_name(printed)}"):
        assert is_inside(made), made
