"""Trees that the package carries are found by their code."""

from pathlib import Path

import pytest

from lawgov_score import load_tree
from lawgov_score.carried import carried_trees, home, tree_at

REAL = ("bazhong-2017", "qingshan-2020", "qujialing-2017", "tongchuan-2021", "wuhua-2020")


def test_every_tree_is_found_by_its_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert set(REAL) <= set(carried_trees())
    for code in REAL:
        assert load_tree(code).code == code


def test_what_lies_here_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / REAL[0]).mkdir()
    assert tree_at(Path(REAL[0])) == Path(REAL[0])
    assert tree_at(Path(REAL[1])) == home() / "indicators" / REAL[1]


@pytest.mark.parametrize("name", ["nowhere", "published", "x/qujialing-2017", ""])
def test_other_names_stay_what_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert tree_at(Path(name)) == Path(name)
