"""Trees that the package carries are found by their code."""

import runpy
from pathlib import Path

import pytest
from setuptools import Distribution  # type: ignore[import-untyped]  # it has no types

from lawgov_score import TreeError, load_tree
from lawgov_score.carried import carried_trees, home, script, tree_at
from lawgov_score.pipeline import load_tree as try_tree
from lawgov_score.report import problems_text
from lawgov_score.wording import Language

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


def test_a_bare_name_that_is_not_found_hears_of_the_codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    for name, is_told in (("qujialing2017", True), ("x/nowhere", False), ("empty", False)):
        _, problems = try_tree(Path(name))
        assert [problem.code for problem in problems] == ["T101"]
        for lang in Language:
            told = problems_text(problems, lang)
            assert [code for code in carried_trees() if code in told.replace(name, "")] == (
                [*carried_trees()] if is_told else []
            )
    with pytest.raises(TreeError):
        load_tree("qujialing2017")


def test_a_scheme_in_a_workbook_hears_of_a_tree_that_is_carried(tmp_path: Path) -> None:
    (tmp_path / "scheme.csv").write_text("指标,分值\n甲,5\n乙,6\n", encoding="utf-8")
    (problem,) = try_tree(tmp_path / "scheme.csv")[1]
    assert problem.code == "T119"
    assert "show qujialing-2017" in problems_text([problem], Language.ZH)
    assert "qujialing-2017" in carried_trees()


def test_the_script_of_the_sample_round_is_found_beside_the_trees() -> None:
    module = script("make_sample_round")
    assert module.__file__ is not None
    assert Path(module.__file__).parent == home() / "submissions"


def test_a_build_folder_that_was_kept_ships_nothing_that_was_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("setuptools.setup", lambda **_: None)
    monkeypatch.setattr("setuptools.command.build_py.build_py.run", lambda _: None)
    command = runpy.run_path(str(home() / "setup.py"))["WithCarriedFiles"](Distribution())
    command.build_lib, command.editable_mode = str(tmp_path), False
    monkeypatch.chdir(home())
    command.run()
    carried = tmp_path / "lawgov_score" / "carried_files" / "indicators"
    assert {path.name for path in carried.iterdir()} >= set(REAL)
    (carried / "deleted-1999").mkdir()
    command.run()
    assert not (carried / "deleted-1999").exists()
