"""The wheel, installed from a folder of wheels without network, by every Python of ours that this machine has."""

import csv
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pythons import pythons

ROOT = Path(__file__).parents[2]
CARRIED = [f"indicators/{code}" for code in ("qujialing-2017", "wuhua-2020", "tongchuan-2021", "bazhong-2017")]


def _run(*command: str | Path, cwd: Path, **more: str) -> str:
    """What the command prints. Nothing of the surroundings reaches it: no network settings, no other path."""
    env = {"PATH": os.defpath, "PYTHONUTF8": "1", "PIP_CONFIG_FILE": os.devnull, "HOME": str(cwd), **more}
    done = subprocess.run([*map(str, command)], cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module", params=[*pythons().values()], ids=[*pythons()])
def installed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment that holds the wheel and what it needs, installed without network."""
    folder = tmp_path_factory.mktemp("wheel")
    wheels = folder / "wheelhouse"
    builder = folder / "builder"
    subprocess.run([request.param, "-m", "venv", builder], check=True)
    pip: list[str | Path] = [builder / "bin" / "python", "-m", "pip", "--disable-pip-version-check"]
    constraint: list[str | Path] = ["--constraint", ROOT / "constraints.txt"]
    subprocess.run([*pip, "wheel", "--quiet", *constraint, "--wheel-dir", wheels, "."], cwd=ROOT, check=True)
    fresh = folder / "fresh"
    subprocess.run([request.param, "-m", "venv", fresh], check=True)
    own = fresh / "bin" / "python"
    _run(own, "-m", "pip", "install", "--quiet", "--no-index", "--find-links", wheels, "lawgov-score", cwd=folder)
    return fresh / "bin"


def test_a_carried_tree_is_found_by_its_code(installed: Path, tmp_path: Path) -> None:
    shown = json.loads(_run(installed / "lawgov-score", "show", "qujialing-2017", "--format", "json", cwd=tmp_path))
    assert [level["count"] for level in shown["levels"]] == [3, 38, 129]


def test_scores_of_the_published_reports_are_those_of_the_repository(installed: Path, tmp_path: Path) -> None:
    carried = _run(
        installed / "python", "-c", "from lawgov_score import carried; print(carried.home())", cwd=tmp_path
    ).strip()
    assert not Path(carried).is_relative_to(ROOT)
    tables = []
    own = (Path(carried), installed / "python", dict[str, str]())
    for home, program, more in (own, (ROOT, Path(sys.executable), {"PYTHONPATH": str(ROOT)})):
        reports, out = home / "submissions" / "published-reports", tmp_path / home.name
        options: list[str | Path] = [reports, "--roster", reports / "roster.csv", "--csv", out]
        _run(program, "-m", "lawgov_score", "score", "qujialing-2017", *options, cwd=tmp_path, **more)
        tables.append((out / "scores.csv").read_bytes())
    assert tables[0] == tables[1]
    assert list(csv.reader(tables[0].decode("utf-8-sig").splitlines()))[1:]


def test_the_demonstration_runs_twice_without_a_repository_or_a_shell(installed: Path, tmp_path: Path) -> None:
    for _ in range(2):
        said = _run(installed / "lawgov-score", "demo", cwd=tmp_path, PATH=str(installed))
        assert "out/sample-round/scorecard.xlsx" in said
    cards = {
        name: len(list((tmp_path / "out" / name / "cards").iterdir())) for name in ("sample-round", "published-reports")
    }
    assert cards == {"sample-round": 23, "published-reports": 5}


def test_an_office_begins_with_a_carried_tree(installed: Path, tmp_path: Path) -> None:
    _run(installed / "lawgov-score", "start", "year", "--tree", "wuhua-2020", cwd=tmp_path)
    assert "没有发现问题" in _run(installed / "lawgov-score", "lint", "tree", cwd=tmp_path / "year")


def test_the_wheel_holds_what_it_carries_and_nothing_that_was_made(installed: Path) -> None:
    (wheel,) = (installed.parent.parent / "wheelhouse").glob("lawgov_score-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for one in CARRIED:
        assert f"lawgov_score/carried_files/{one}/tree.yaml" in names
    assert "lawgov_score/carried_files/submissions/sample-round/roster.csv" in names
    assert not [name for name in names if "sample-round" in name and name.endswith(".xlsx")]
    assert not [name for name in names if "__pycache__" in name]
