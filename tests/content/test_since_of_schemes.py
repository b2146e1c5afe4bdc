"""What changed since an earlier run, in trees with points by type, shared figures, places and words at nodes.

Reaches ``content/grounds.py``, ``content/causes.py`` and ``content/differences.py``.
"""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import scheme_runs
from content.test_changes import causes, grounds, kept, since

from lawgov_score.content.changes import changes_since
from lawgov_score.model import Scores
from lawgov_score.model.changes import Cause, Changes, Ground, Grounds

TOGETHER = next(path for path in scheme_runs.SCHEMES if path.name == "g-several-together")
OTHERS = (
    "c-points-by-type",
    "a-shared-figures",
    "f-words-at-nodes",
    "e-last-places",
    "d-when-not-applicable",
    "c-blocks",
)


def run(folder: Path) -> Scores:
    scores = scheme_runs.done(folder).scores
    assert scores is not None
    return scores


def changed(tmp_path: Path, name: str, old: str, new: str) -> Scores:
    """The scheme with one text of one file replaced."""
    folder = tmp_path / "other"
    shutil.copytree(TOGETHER, folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert text.count(old) == 1, text.count(old)
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    return run(folder)


@pytest.mark.parametrize("name", [TOGETHER.name, *OTHERS])
def test_between_a_scheme_and_itself_nothing_changed(name: str) -> None:
    scores = run(TOGETHER.parent / name)
    for with_grounds in (True, False):
        changes = since(scores, scores, with_grounds=with_grounds)
        assert (changes.lines, changes.moved, changes.of_all) == ((), (), ())


@pytest.mark.parametrize("with_grounds", [True, False])
def test_a_figure_of_one_type_moves_that_type_alone(tmp_path: Path, with_grounds: bool) -> None:
    now = changed(tmp_path, "tree.yaml", "{area: 1.125, rural: 0.625}", "{area: 1.125, rural: 0.5}")
    found = since(now, run(TOGETHER), with_grounds=with_grounds)
    assert {line.unit for line in found.lines} == {"c", "e"}  # rural, and something was left out
    assert causes(found, "c")["02-1"] is Cause.TREE


@pytest.mark.parametrize("with_grounds", [True, False])
def test_a_shared_figure_is_the_cause_at_all_that_read_it(tmp_path: Path, with_grounds: bool) -> None:
    now = changed(tmp_path, "figures.csv", "b,30,30,90", "b,40,30,90")
    found = since(now, run(TOGETHER), with_grounds=with_grounds)
    own = causes(found, "b")
    assert {own[code] for code in ("01-1", "01-2", "01")} == {Cause.FIGURE}
    assert "02-1" not in own
    assert causes(found, "a").get("01-2", Cause.FIGURE) is Cause.FIGURE  # its place moved with the other's figure


@pytest.mark.parametrize(("with_grounds", "cause"), [(True, Cause.ROSTER), (False, Cause.TREE)])
def test_a_unit_of_another_type_has_its_points_from_the_roster(
    tmp_path: Path, with_grounds: bool, cause: Cause
) -> None:
    """The tree is the same: points, rules and caps are others because the type is. Without grounds nobody knows it."""
    folder = tmp_path / "other"
    shutil.copytree(TOGETHER.parent / "c-points-by-type", folder)
    roster = (folder / "roster.csv").read_text(encoding="utf-8")
    (folder / "roster.csv").write_text(roster.replace("甲镇,area", "甲镇,rural"), encoding="utf-8")
    found = since(run(folder), run(TOGETHER.parent / "c-points-by-type"), with_grounds=with_grounds)
    assert {line.unit for line in found.lines} == {"a"}
    own = causes(found, "a")
    assert own.keys() >= {"01", "01-1", "01-2", "02", "02-1", "02-2"}
    assert set(own.values()) == {cause}


def since_another_version(now: Scores, then: Scores) -> Changes:
    """As ``since``, where a version kept ``then`` that held trees in a form of its own: of every node it says else."""
    earlier = kept(then)
    assert earlier.grounds is not None
    said = {Ground.PROGRAM: "0.0.1", Ground.TREE: "f0123456789abcdef"}
    values = {key: said.get(key[2], value) for key, value in earlier.grounds.values.items()}
    return changes_since(replace(earlier, grounds=Grounds(values)), now, grounds(now))


@pytest.mark.parametrize("name", [TOGETHER.name, *OTHERS])
def test_another_version_alone_changes_nothing(name: str) -> None:
    scores = run(TOGETHER.parent / name)
    changes = since_another_version(scores, scores)
    assert (changes.lines, changes.moved, changes.anew, changes.of_all) == ((), (), (), ())
    assert set(changes.untouched) == {unit.code for unit in scores.units}


def test_in_another_version_too_the_best_of_a_cohort_moves_the_others_by_its_figure(tmp_path: Path) -> None:
    """02-1 is a share of the best: d trains 50 times, no longer 30, and is the best now; the others fall behind."""
    folder, before = tmp_path / "other", TOGETHER.parent / "c-points-by-type"
    shutil.copytree(before, folder)
    figures = (folder / "figures.csv").read_text(encoding="utf-8")
    (folder / "figures.csv").write_text(figures.replace("d,1,5,,30,", "d,1,5,,50,"), encoding="utf-8")
    found = since_another_version(run(folder), run(before))
    assert {causes(found, unit)["02-1"] for unit in "abcde"} == {Cause.FIGURE}
    assert {line.cause for line in found.lines} == {Cause.FIGURE}
