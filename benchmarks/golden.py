"""``python -m benchmarks.golden BASE``: does the program still write what it wrote at commit BASE?

BASE is checked out beside the tree, and what it wrote is kept under out/ until another BASE is asked for. Both versions
run with the same interpreter over the same inputs, by relative paths: the demo, every tree under tests/schemes, the
published systems; scorecard, cards, pages, tables, templates, terminal, both languages. Archives are compared part by
part. Prints what differs, and exits 1 where anything does; nothing is kept in the repository. What may differ, and why,
stands in tests/golden/cures.md.
"""

import argparse
import csv
import difflib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from benchmarks.published import SYSTEMS, read_files
from benchmarks.reproduce import TREES, data_folder

ROOT = Path(__file__).parent.parent
EXCERPTS = ROOT / "tests" / "published"
SIDE = Path(__file__).parent / "golden_side.py"
OUT = ROOT / "out" / "golden"
_LANGUAGES = ("zh", "en")
_SHOWN = 12  # lines of one difference
_MOST_UNITS = 60  # of a published system whose cards are written: thousands say no more than these

Plan = list[tuple[str, list[str]]]


def main(arguments: list[str] | None = None) -> int:
    """Lays out, runs both, compares."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.golden", description=__doc__)
    parser.add_argument("base", help="the commit to compare with")
    parser.add_argument("--only", default="", help="only runs whose name contains this")
    parser.add_argument("--rounds", type=int, default=0, help="score so many random rounds by both instead")
    asked = parser.parse_args(arguments)
    if asked.rounds:
        return _rounds(asked.base, asked.rounds)
    commit = subprocess.run(["git", "rev-parse", asked.base], cwd=ROOT, check=True, capture_output=True).stdout
    key = f"{commit.decode()}{asked.only}\n{_inputs()}"
    is_kept = (OUT / "key.txt").exists() and (OUT / "key.txt").read_text(encoding="utf-8") == key
    if is_kept:  # what BASE wrote, from the same inputs
        plan = [(name, arguments) for name, arguments in json.loads((OUT / "plan.json").read_text(encoding="utf-8"))]
        shutil.rmtree(OUT / "now", ignore_errors=True)
    else:
        shutil.rmtree(OUT, ignore_errors=True)
        plan = [(name, arguments) for name, arguments in _lay_out(OUT / "given") if asked.only in name]
        plan.sort(key=lambda run: run[1][0] == "verify")  # what they verify comes first
        (OUT / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
        _run("then", _checked_out(asked.base))
        (OUT / "key.txt").write_text(key, encoding="utf-8")
    _run("now", ROOT)
    found = [*_differences(OUT / "then", OUT / "now"), *_crashes(OUT / "now")]
    for line in found:
        print(line)
    print(f"{len(plan)} runs beside {asked.base}: " + ("nothing differs." if not found else "SEE ABOVE."))
    return 1 if found else 0


def _inputs() -> str:
    """The state of everything that is laid out: where it changes, BASE runs anew."""
    here = ["--", "indicators", "submissions", "tests/schemes", "tests/published", "benchmarks/golden.py"]
    calls = (["git", "ls-files", "--stage", *here], ["git", "diff", *here])
    states = [subprocess.run(call, cwd=ROOT, check=True, capture_output=True).stdout for call in calls]
    return sha256(b"".join(states)).hexdigest()


def _rounds(commit: str, how_many: int) -> int:
    """Random rounds, scored by both, a thousand of each seed; prints those that differ."""
    base, each = _checked_out(commit, OUT.parent / "golden-rounds"), 1000
    differ = compared = 0
    for seed in range(-(-how_many // each)):
        calls = [
            [sys.executable, str(SIDE.with_name("golden_rounds.py")), str(root), str(each), str(seed)]
            for root in (base, ROOT)
        ]
        started = [subprocess.Popen(call, stdout=subprocess.PIPE, encoding="utf-8") for call in calls]
        then, now = (process.communicate()[0].splitlines() for process in started)
        if any(process.returncode for process in started) or len(then) != len(now):
            raise SystemExit(f"seed {seed}: {len(then)} rounds then, {len(now)} now")
        compared += len(now)
        for number, (one, other) in enumerate(zip(then, now, strict=True)):
            if one != other:
                differ += 1
                print(f"seed {seed}, round {number}:\n    {one}\n    {other}")
    print(f"{compared:,} random rounds beside {commit}: " + (f"{differ} DIFFER" if differ else "nothing differs."))
    return 1 if differ else 0


def _crashes(side: Path) -> Iterator[str]:
    """Commands that ended otherwise than well (0) or with faults in their inputs (1): they compared nothing."""
    for path in sorted(side.glob("out/*/exit.txt")):
        if path.read_text(encoding="utf-8").strip() not in {"0", "1"}:
            yield f"{path.parent.name}: exit {path.read_text(encoding='utf-8').strip()}"


def _checked_out(commit: str, at: Path = OUT) -> Path:
    """BASE as files, from this repository."""
    place = at / "base"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
    subprocess.run(["tar", "-x", "-C", place], input=packed, check=True)
    return place


def _lay_out(given: Path) -> Plan:
    """Copies the inputs, the same for both, and lists the commands: name -> arguments."""
    given.mkdir(parents=True)
    plan: Plan = []
    shutil.copytree(ROOT / "indicators", given / "indicators")
    shutil.copytree(ROOT / "submissions", given / "submissions")
    _plan_demo(plan)
    for folder in sorted(path.parent for path in (ROOT / "tests" / "schemes").glob("*/tree.yaml")):
        shutil.copytree(folder, given / "schemes" / folder.name)
        _plan_scheme(plan, given / "schemes" / folder.name, f"../given/schemes/{folder.name}")
    for system in SYSTEMS:
        _plan_published(plan, system.tree, given)
    return plan


def _plan_demo(plan: Plan) -> None:
    for tree in sorted(path.parent.name for path in (ROOT / "indicators").glob("*/tree.yaml")):
        for lang in _LANGUAGES:
            of = f"../given/indicators/{tree}"
            plan.append((f"{tree}-show-{lang}", ["show", of, "--standards", "--lang", lang]))
            plan.append((f"{tree}-lint-{lang}", ["lint", of, "--lang", lang]))
    tree = "../given/indicators/qujialing-2017"
    for name in ("published-reports", "sample-round"):
        folder = f"../given/submissions/{name}"
        roster = ["--roster", f"{folder}/roster.csv"]
        kept = {"office": "--assessor", "previous": "--previous", "notice.yaml": "--notice"}  # only the sample round's
        office = [
            w for at, o in kept.items() if (ROOT / "submissions" / name / at).exists() for w in (o, f"{folder}/{at}")
        ]
        _plan_scores(plan, name, tree, [folder, *roster, *office])
        for lang in _LANGUAGES:
            out = f"out/{name}-check-{lang}"
            plan.append(
                (f"{name}-check-{lang}", ["check", tree, folder, *roster, "--lang", lang, "--marked", f"{out}/m"])
            )
            out = f"out/{name}-template-{lang}"
            plan.append((f"{name}-template-{lang}", ["template", tree, *roster, "--lang", lang, "-o", f"{out}/t"]))
            out = f"out/{name}-office-{lang}"
            asked = ["template", tree, *roster, "--assessor", "--lang", lang, "-o", f"{out}/t"]
            plan.append((f"{name}-office-{lang}", asked))
    for unit in ("BS-01", "ZF-01", "BM-06", "ZF-05", "SG-04"):
        _plan_unit(plan, "sample-round", tree, ["../given/submissions/sample-round", *roster], unit)


def _plan_scheme(plan: Plan, folder: Path, at: str) -> None:
    there = {"roster.csv": "--roster", "office": "--assessor", "previous": "--previous", "weights.yaml": "--weights"}
    options = [word for name, option in there.items() if (folder / name).exists() for word in (option, f"{at}/{name}")]
    for lang in _LANGUAGES:
        plan.append((f"{folder.name}-lint-{lang}", ["lint", f"{at}/tree.yaml", "--lang", lang]))
        plan.append((f"{folder.name}-show-{lang}", ["show", f"{at}/tree.yaml", "--standards", "--lang", lang]))
    if not (folder / "figures.csv").exists():
        return
    _plan_scores(plan, folder.name, f"{at}/tree.yaml", [f"{at}/figures.csv", *options])
    with (folder / "figures.csv").open(encoding="utf-8-sig", newline="") as lines:
        units = [row["unit"] for row in csv.DictReader(lines)]
    _plan_unit(plan, folder.name, f"{at}/tree.yaml", [f"{at}/figures.csv", *options], units[0])


def _plan_published(plan: Plan, code: str, given: Path) -> None:
    system = next(one for one in SYSTEMS if one.tree == code)
    complete = data_folder() / system.folder
    files = read_files(complete if complete.is_dir() else EXCERPTS / system.folder)
    table = system.table(files)
    few = given / "published" / f"{code}-some.csv"
    every = given / "published" / f"{code}.csv"
    few.parent.mkdir(exist_ok=True)
    for path, rows in ((every, table), (few, table[:_MOST_UNITS])):
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, list(table[0]))
            out.writeheader()
            out.writerows(rows)
    tree = f"../given/{TREES.relative_to(ROOT).as_posix()}/{code}"
    plan.append((code, ["score", tree, f"../given/published/{code}.csv", "--csv", f"out/{code}/csv"]))
    _plan_scores(plan, f"{code}-some", tree, [f"../given/published/{code}-some.csv"])


def _plan_scores(plan: Plan, name: str, tree: str, inputs: list[str]) -> None:
    for lang in _LANGUAGES:
        out = f"out/{name}-score-{lang}"
        wanted = ["-o", f"{out}/s.xlsx", "--cards", f"{out}/cards", "--csv", f"{out}/csv", "--html", f"{out}/pages"]
        plan.append((f"{name}-score-{lang}", ["score", tree, *inputs, *wanted, "--lang", lang]))
        verify = ["verify", f"{out}/s.xlsx", tree, *inputs, "--lang", lang]
        plan.append((f"{name}-verify-{lang}", verify))


def _plan_unit(plan: Plan, name: str, tree: str, inputs: list[str], unit: str) -> None:
    for lang in _LANGUAGES:
        for command in ("explain", "advise"):
            arguments = [command, tree, *inputs, "--unit", unit, "--lang", lang]
            plan.append((f"{name}-{command}-{unit}-{lang}", arguments))


def _run(side: str, root: Path) -> None:
    """One version over the whole plan, in a folder of its own beside the inputs."""
    (OUT / side).mkdir()
    call = [sys.executable, str(SIDE), str(root), str(OUT / "plan.json")]
    subprocess.run(call, cwd=OUT / side, check=True)


def _differences(then: Path, now: Path) -> Iterator[str]:
    versions = [(side / "version.txt").read_text(encoding="utf-8").encode() for side in (then, now)]
    names = sorted({p.relative_to(side) for side in (then, now) for p in side.glob("out/**/*") if p.is_file()})
    assert names, "nothing was written"
    for name in names:
        both = [_parts(side / name, version) for side, version in zip((then, now), versions, strict=True)]
        for part in sorted(both[0].keys() | both[1].keys()):
            one, other = both[0].get(part), both[1].get(part)
            if one != other:
                yield f"{name}{part}"
                yield from _lines(one, other)


def _parts(path: Path, version: bytes) -> dict[str, bytes]:
    """A file, or the parts of an archive by name, with the version's own number left out; empty where it is not."""
    if not path.exists():
        return {}
    if not zipfile.is_zipfile(path):
        return {"": path.read_bytes().replace(version, b"VERSION")}
    with zipfile.ZipFile(path) as archive:
        return {f"!{name}": archive.read(name).replace(version, b"VERSION") for name in archive.namelist()}


def _lines(one: bytes | None, other: bytes | None) -> Iterator[str]:
    if one is None or other is None:
        yield "    only now" if one is None else "    only then"
        return
    then, now = (side.decode(errors="replace").replace(">", ">\n").splitlines() for side in (one, other))
    lines = [line for line in difflib.unified_diff(then, now, lineterm="", n=0) if line[:3] not in {"---", "+++"}]
    for line in lines[:_SHOWN]:
        yield f"    {line[:300]}"
    if len(lines) > _SHOWN:
        yield f"    … {len(lines) - _SHOWN} more lines"


if __name__ == "__main__":
    sys.exit(main())
