"""The next edition of every tree that the tests have: read and compared, nothing but edition and year is another."""

from pathlib import Path

import pytest

from lawgov_score.pipeline import compare_trees, write_next_edition
from lawgov_score.tree import load
from lawgov_score.tree.next_edition import is_the_next

TESTS = Path(__file__).parents[1]
TREES = [
    *sorted((TESTS / "tree" / "good").glob("*.yaml")),
    *sorted(one.parent for one in (TESTS / "tree" / "good").glob("*/tree.yaml")),
    *sorted(one.parent for one in (TESTS / "schemes").glob("*/tree.yaml")),
    *sorted(one.parent for one in (TESTS.parent / "indicators" / "published").glob("*/tree.yaml")),
]


@pytest.mark.parametrize("tree", TREES, ids=lambda path: path.name)
def test_nothing_but_edition_and_year_changes(tree: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    made, problems = write_next_edition(new, tree, "第9版", 2999)
    if made is None:  # a scheme that contradicts itself, and says so
        assert any(one.code == "D174" for one in problems)
        assert not new.exists()
        return
    assert is_the_next(tree, new, "第9版", 2999)
    before, after = load(tree), load(new)
    assert [(one.code, one.waived) for one in before[1]] == [(one.code, one.waived) for one in after[1]]
    compared = compare_trees(tree, new)
    if before[0] is None:  # its points are in a weight set
        assert compared.revision is None
        return
    assert compared.revision is not None
    assert {str(one.id) for one in compared.revision.changes} == {"edition"}


def test_most_of_them_can_be_copied() -> None:
    assert len(TREES) > 90
