"""Example files: what is good loads clean, what is bad gives exactly the problems its first lines name.

Reaches ``tree/checks/between_fields.py``, ``tree/checks/combinations.py``, ``tree/checks/fairness.py``,
``tree/checks/fields.py``, ``tree/checks/groups.py``, ``tree/checks/head.py``, ``tree/checks/links.py``,
``tree/checks/lists.py``, ``tree/checks/meaning.py``, ``tree/checks/never_happens.py``, ``tree/checks/nodes.py``,
``tree/checks/roundings.py``, ``tree/checks/rules.py``, ``tree/checks/shared.py``, ``tree/checks/unmeetable.py``,
``tree/checks/ways.py``, ``tree/draft.py``, ``tree/unreadable.py``,
``tree/finding.py``, ``tree/waivers.py``.
"""

from pathlib import Path

import pytest

from lawgov_score.catalogue import Code, entry_of
from lawgov_score.model import Tree
from lawgov_score.problems import Problem, TextPlace, is_error
from lawgov_score.report import part, problem_lines, title
from lawgov_score.tree import load
from lawgov_score.wording import Language

HERE = Path(__file__).parent
GOOD = sorted((HERE / "good").iterdir())
BAD = sorted((HERE / "bad").iterdir())
MARK = b"# expect: "


def head_of(path: Path) -> Path:
    return path / "tree.yaml" if path.is_dir() else path


def loaded(path: Path) -> tuple[Tree | None, tuple[Problem, ...]]:
    """With the weight set that lies in the folder, where there is one."""
    weights = path / "weights.yaml"
    return load(path, weights if weights.exists() else None)


def expected(path: Path) -> list[str]:
    """``T203 12:20``, with the file before the line where it is not the first one."""
    lines = head_of(path).read_bytes().splitlines()
    return sorted(line.removeprefix(MARK).decode() for line in lines if line.startswith(MARK))


def named(problem: Problem, head: Path) -> str:
    place = problem.place
    assert isinstance(place, TextPlace)
    name = "" if Path(place.path) == head else Path(place.path).name
    where = f"{place.line}:{place.column}" if place.line else ""
    return f"{problem.code} {':'.join(filter(None, (name, where)))}"


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_good_trees_load(path: Path) -> None:
    tree, problems = loaded(path)
    assert tree is not None
    assert [problem for problem in problems if not problem.waived] == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.name)
def test_bad_trees_give_exactly_what_they_name(path: Path) -> None:
    tree, problems = loaded(path)
    assert sorted(named(problem, head_of(path)) for problem in problems) == expected(path)
    assert (tree is None) == any(is_error(problem) for problem in problems)


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("path", BAD, ids=lambda path: path.name)
def test_every_problem_can_be_worded(path: Path, lang: Language) -> None:
    for problem in loaded(path)[1]:
        assert title(problem, lang)
        assert part(problem, "expected", lang)
        assert part(problem, "hint", lang)
        assert "{" not in title(problem, lang)
        assert len(problem_lines(problem, lang)) >= 3


def test_every_tree_code_has_a_bad_file() -> None:
    said = {line.split()[0] for path in BAD for line in expected(path)}
    assert said == {code for code in Code if code.startswith("T")}


def test_every_tree_code_is_in_the_catalogue() -> None:
    for code in Code:
        if code.startswith("T"):
            entry = entry_of(code)
            assert entry.example
            assert entry.cure
