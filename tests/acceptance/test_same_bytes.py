"""Same input, same bytes, in new processes: whatever hash seed, time zone, locale, clock, order of files, jobs."""

import csv
import hashlib
import os
import random
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import pytest

from lawgov_score.cli.commands.score import command
from lawgov_score.cli.options import Maker
from lawgov_score.wording import Language

SCHEME = Path(__file__).parents[1] / "schemes" / "e-vetoes-and-limits"
HERE = Path(__file__).parents[2]

# Put first on the path: every process believes that it is another day. What asks the system itself sees at least
# another second, for the processes start one after the other.
_CLOCK = """
import time
NOW = {now}
_local, _utc = time.localtime, time.gmtime
time.time = lambda: float(NOW)
time.time_ns = lambda: NOW * 10**9
time.localtime = lambda seconds=None: _local(NOW if seconds is None else seconds)
time.gmtime = lambda seconds=None: _utc(NOW if seconds is None else seconds)
"""


@dataclass(frozen=True)
class Asked:
    """What a process finds around it."""

    seed: str
    zone: str
    locale: str
    now: int
    jobs: str = "1"

    @property
    def variables(self) -> Mapping[str, str]:
        return {"PYTHONHASHSEED": self.seed, "TZ": self.zone, "LC_ALL": self.locale, "LANG": self.locale}


_ASKED = (
    Asked("0", "Asia/Shanghai", "C", 1_500_000_000),
    Asked("4242", "America/St_Johns", "zh_CN.UTF-8", 1_893_456_000, jobs="2"),
    Asked("7", "Pacific/Kiritimati", "tr_TR.UTF-8", 951_782_400),
)


def outputs(lang: str) -> list[str]:
    """Everything that `score` can write."""
    known = {option for parameter in command(Maker(Language.ZH)).params for option in parameter.opts}
    wanted = {"-o": "out/scorecard.xlsx", "--cards": "out/cards", "--csv": "out", "--html": "out/html"}
    return [word for option, place in wanted.items() if option in known for word in (option, place)] + ["--lang", lang]


def a_folder(place: Path, order: random.Random) -> list[str]:
    """The scheme with a table a unit, its files made in some order; gives the inputs in another."""
    with (SCHEME / "figures.csv").open(encoding="utf-8", newline="") as lines:
        head, *rows = csv.reader(lines)
    order.shuffle(rows)
    (place / "in").mkdir(parents=True)
    for row in rows:
        with (place / "in" / f"{row[0]}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, row])
    for name in order.sample(["office", "previous"], 2):
        copytree(SCHEME / name, place / name)
    for name in ("tree.yaml", "roster.csv"):
        (place / name).write_bytes((SCHEME / name).read_bytes())
    names = [f"in/{row[0]}.csv" for row in rows]
    order.shuffle(names)
    return names


def written(place: Path, asked: Asked, lang: str, change: Callable[[Path], None] = lambda _: None) -> dict[str, str]:
    """Scores the scheme in a folder and a process of its own; the sha256 of every file that came out, by its name."""
    inputs = a_folder(place, random.Random(asked.seed))
    change(place)
    (place / "clock").mkdir()
    (place / "clock" / "sitecustomize.py").write_text(_CLOCK.format(now=asked.now), encoding="utf-8")
    variables = {**os.environ, **asked.variables, "PYTHONPATH": os.pathsep.join([str(place / "clock"), str(HERE)])}
    options = ["--roster", "roster.csv", "--assessor", "office", "--previous", "previous", "--jobs", asked.jobs]
    call = [sys.executable, "-m", "lawgov_score", "score", "tree.yaml", *inputs, *options, *outputs(lang)]
    done = subprocess.run(call, cwd=place, env=variables, capture_output=True, check=False)
    assert done.returncode in {0, 1}, done.stderr.decode()
    return {
        path.relative_to(place / "out").as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((place / "out").rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(("lang", "times"), [("zh", 3), ("en", 2)])
def test_same_input_same_bytes(tmp_path: Path, lang: str, times: int) -> None:
    first, *others = [written(tmp_path / asked.seed, asked, lang) for asked in _ASKED[:times]]
    assert {"scorecard.xlsx", "ranking.csv", "scores.csv"} <= first.keys()
    assert sum(name.startswith("cards/") for name in first) > 1
    for other in others:
        assert other == first


def test_another_figure_is_other_bytes(tmp_path: Path) -> None:
    """The comparison would see a difference, though it is in one file of one unit."""

    def change(place: Path) -> None:
        with (place / "in" / "a.csv").open("a", encoding="utf-8") as file:
            file.write("\n")

    plain, changed = written(tmp_path / "1", _ASKED[0], "zh"), written(tmp_path / "2", _ASKED[0], "zh", change)
    assert changed.keys() == plain.keys()
    assert {name for name in plain if plain[name] != changed[name]} == {
        name for name in plain if name.endswith(".xlsx")
    }
