"""The wheel, installed from a folder of wheels without network, by every Python of ours that this machine has.

What is run from it has nothing of its surroundings: no PATH, no HOME, no LANG.
"""

import configparser
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pythons import pythons

ROOT = Path(__file__).parents[2]
TREES = ("qujialing-2017", "wuhua-2020", "tongchuan-2021", "bazhong-2017", "qingshan-2020", "starter-2026")
MADE = (".*", "out", "build", "dist", "lawgov", "*.egg-info", "__pycache__")
BYTES = 3_000_000  # 1.6 million today: beyond this something came along that was not meant to


def _run(*command: str | Path, cwd: Path, **env: str) -> str:
    """What the command prints, in an environment of these variables and an empty search path."""
    done = subprocess.run(
        [*map(str, command)], cwd=cwd, env={"PATH": "", **env}, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository that was worked in: an earlier build, a made round, a workbook that is open in Excel."""
    folder = tmp_path_factory.mktemp("source") / "repository"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*MADE))
    for left in (
        "build/lib/lawgov_score/gone.py",
        "build/lib/lawgov_score/carried_files/indicators/gone-2010/tree.yaml",
        "submissions/sample-round/BS-99.xlsx",
        "submissions/published-reports/~$wuhua-2020.xlsx",
        "submissions/__pycache__/gone.cpython-311.pyc",
        "lawgov_score/__pycache__/gone.cpython-311.pyc",
        "out/scorecard.xlsx",
    ):
        (folder / left).parent.mkdir(parents=True, exist_ok=True)
        (folder / left).write_bytes(b"")
    return folder


@pytest.fixture(scope="module", params=[*pythons().values()], ids=[*pythons()])
def installed(request: pytest.FixtureRequest, source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment that holds the wheel and what it needs, installed without network."""
    folder = tmp_path_factory.mktemp("wheel")
    builder, fresh, wheels = folder / "builder", folder / "fresh", folder / "wheelhouse"
    subprocess.run([request.param, "-m", "venv", builder], check=True)
    (builder / "ready").touch()  # `make wheelhouse` needs nothing but pip in it
    subprocess.run(["make", "-s", "wheelhouse", f"VENV={builder}", f"WHEELHOUSE={wheels}"], cwd=source, check=True)
    subprocess.run([request.param, "-m", "venv", fresh], check=True)
    alone = {"PIP_CONFIG_FILE": os.devnull, "HOME": str(folder)}  # no index and no cache of this machine
    pip: list[str | Path] = [fresh / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    _run(*pip, "--no-index", "--find-links", wheels, "lawgov-score", cwd=folder, **alone)
    _run(*pip, "--dry-run", "--no-index", "--find-links", wheels, "lawgov-score[portal]", cwd=folder, **alone)
    return fresh / "bin"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder as offices name theirs."""
    folder = tmp_path / "法治政府 考核（2026年）"
    folder.mkdir()
    return folder


def test_a_carried_tree_is_found_by_its_code(installed: Path, desk: Path) -> None:
    for code in TREES:
        assert "没有发现问题" in _run(installed / "lawgov-score", "lint", code, cwd=desk)
    shown = json.loads(_run(installed / "lawgov-score", "show", "qujialing-2017", "--format", "json", cwd=desk))
    assert [level["count"] for level in shown["levels"]] == [3, 38, 129]


def test_scores_of_the_published_reports_are_those_of_the_repository(installed: Path, desk: Path) -> None:
    asked = "from lawgov_score import carried; print(carried.home())"
    carried = Path(_run(installed / "python", "-c", asked, cwd=desk).strip())
    assert carried.is_relative_to(installed.parent)
    tables = []
    own = (carried, installed / "python", dict[str, str]())
    for home, program, more in (own, (ROOT, Path(sys.executable), {"PYTHONPATH": str(ROOT)})):
        reports, out = home / "submissions" / "published-reports", desk / home.name
        options: list[str | Path] = [reports, "--roster", reports / "roster.csv", "--csv", out]
        _run(program, "-m", "lawgov_score", "score", "qujialing-2017", *options, cwd=desk, **more)
        tables.append((out / "scores.csv").read_bytes())
    assert tables[0] == tables[1]
    assert list(csv.reader(tables[0].decode("utf-8-sig").splitlines()))[1:]


def test_the_demonstration_runs_twice_without_a_repository_or_a_shell(installed: Path, desk: Path) -> None:
    for _ in range(2):
        said = _run(installed / "lawgov-score", "demo", cwd=desk, PATH=str(installed))
        assert "out/sample-round/scorecard.xlsx" in said
    out = desk / "out"
    cards = {name: len(list((out / name / "cards").iterdir())) for name in ("sample-round", "published-reports")}
    assert cards == {"sample-round": 23, "published-reports": 5}
    reports = out / "published-reports"
    read: list[str | Path] = [reports / "submissions", "--roster", reports / "submissions" / "roster.csv"]
    said = _run(installed / "lawgov-score", "verify", reports / "scorecard.xlsx", "qujialing-2017", *read, cwd=desk)
    assert "核验一致" in said


def test_an_office_begins_with_a_carried_tree(installed: Path, desk: Path) -> None:
    for folder, options in {"一年": (), "五华 2020": ("--tree", "wuhua-2020")}.items():
        _run(installed / "lawgov-score", "start", folder, *options, cwd=desk)
        assert "没有发现问题" in _run(installed / "lawgov-score", "lint", "tree", cwd=desk / folder)


def test_the_wheel_holds_what_it_carries_and_nothing_that_was_made(installed: Path) -> None:
    (wheel,) = (installed.parent.parent / "wheelhouse").glob("lawgov_score-*.whl")
    assert wheel.stat().st_size < BYTES
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    carried = {name for name in names if name.startswith("lawgov_score/carried_files/")}
    kept = {name.removeprefix("lawgov_score/carried_files/") for name in carried}
    assert {path for path in kept | (names - carried) if not (ROOT / path).is_file()} == set()
    assert {Path(path).parts[0] for path in kept} == {"indicators", "submissions"}
    assert {Path(path).parts[0] for path in names - carried} == {"lawgov_score"}
    assert {f"indicators/{code}/tree.yaml" for code in TREES} < kept
    assert {"sample-round/roster.csv", "sample-round/notice.yaml", "published-reports/roster.csv"} < {
        path.removeprefix("submissions/") for path in kept
    }
    suffixes = {path.suffix for path in map(Path, names - carried)}
    assert suffixes == {".py", ".json", ".typed", ".html", ".css", ".svg"}  # the last three: pages of the desk
    ours = [path for path in (ROOT / "lawgov_score").rglob("*") if path.suffix in suffixes]
    assert names - carried == {path.relative_to(ROOT).as_posix() for path in ours if "carried_files" not in path.parts}


def test_the_installed_package_says_what_it_is_and_adds_one_name(installed: Path, desk: Path) -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    asked = (
        "import importlib.metadata as m, importlib.util as u, json; d = m.distribution('lawgov-score');"
        "print(json.dumps([d.metadata['License'], d.requires, d.read_text('top_level.txt').split(),"
        "[name for name in ('submissions', 'indicators', 'tests', 'benchmarks', 'pytest') if u.find_spec(name)]]))"
    )
    licence, requires, top, found = json.loads(_run(installed / "python", "-c", asked, cwd=desk))
    assert licence == "MIT"
    wanted = [re.split("[<>=]", line)[0] for line in setup["options"]["install_requires"].split()]
    assert [re.split("[<>=]", line)[0] for line in requires if "extra ==" not in line] == wanted
    assert (top, found) == (["lawgov_score"], [])
