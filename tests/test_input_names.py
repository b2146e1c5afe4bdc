"""Names of files: the same wherever the files lie, different for different files, and found again."""

from pathlib import Path, PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.catalogue import Code
from lawgov_score.input_names import AS_GIVEN, Names, names_of
from lawgov_score.problems import CellPlace, NodePlace, Problem, TextPlace, display_path

_PARTS = st.sampled_from(["a", "b", "甲", "t1.xlsx", "t2.xlsx"])
_PATHS = st.lists(st.lists(_PARTS, min_size=1, max_size=4), min_size=1, max_size=8)


def given_at(root: str, paths: list[list[str]], folders: list[int]) -> list[tuple[Path, Path | None]]:
    """Files under ``root``; ``folders``: how many of a path's last parts lie in a folder that was given, 0 for none."""
    files = []
    for parts, inside in zip(paths, folders, strict=True):
        path = Path(root, *parts)
        files.append((path, Path(root, *parts[:-inside]) if 0 < inside < len(parts) else None))
    return files


@given(_PATHS, st.data())
def test_names_do_not_depend_on_where_the_files_lie(paths: list[list[str]], data: st.DataObject) -> None:
    folders = [data.draw(st.integers(0, 1)) for _ in paths]
    here, there = (names_of(given_at(root, paths, folders)) for root in ("/one/two", "/other"))
    assert list(here.by_path.values()) == list(there.by_path.values())


@given(_PATHS, st.data())
def test_different_files_have_different_names_and_each_is_found_again(
    paths: list[list[str]], data: st.DataObject
) -> None:
    folders = [data.draw(st.integers(0, 1)) for _ in paths]
    files = given_at("/one", paths, folders)
    names = names_of(files)
    assert len(set(names.by_path.values())) == len({path for path, _ in files})
    for path, _ in files:
        name = names(path)
        assert names.given(name) == display_path(path)
        assert not name.startswith("/")
        assert PurePath(path).parts[-len(PurePath(name).parts) :] == PurePath(name).parts


@pytest.mark.parametrize(
    ("files", "names"),
    [
        ([("in/t1.xlsx", "in"), ("in/t2.xlsx", "in")], ["t1.xlsx", "t2.xlsx"]),
        (
            [("one/t1.xlsx", "one"), ("two/t1.xlsx", "two"), ("two/t2.xlsx", "two")],
            ["one/t1.xlsx", "two/t1.xlsx", "t2.xlsx"],
        ),
        ([("x/one/t1.xlsx", None), ("y/one/t1.xlsx", None)], ["x/one/t1.xlsx", "y/one/t1.xlsx"]),
        ([("in", "in"), ("in/t1.xlsx", "in")], [".", "t1.xlsx"]),
        ([("lawgov-stdin-1/-.csv", None)], ["-"]),
    ],
)
def test_names_as_the_contract_gives_them(files: list[tuple[str, str | None]], names: list[str]) -> None:
    pairs = [(Path(path), None if folder is None else Path(folder)) for path, folder in files]
    assert list(names_of(pairs).by_path.values()) == names


def test_problems_go_to_the_names_and_back() -> None:
    names = Names({"/x/t1.xlsx": "t1.xlsx", "/y/tree.yaml": "tree.yaml"})
    cell = CellPlace("t1.xlsx", "填报", "G5")
    problem = Problem(Code.S201, cell, see_also=(cell, NodePlace("U1")), also=(cell,))
    (shown,) = names.as_given([problem])
    there = CellPlace("/x/t1.xlsx", "填报", "G5")
    assert (shown.place, shown.see_also, shown.also) == (there, (there, NodePlace("U1")), (there,))
    text = Problem(Code.T203, TextPlace("/y/tree.yaml", 3, 1))
    assert names.as_given([text]) == (text,)  # a text is read at its path
    assert [one.place for one in names.named([text])] == [TextPlace("tree.yaml", 3, 1)]
    assert AS_GIVEN(Path("a/b")) == "a/b"
