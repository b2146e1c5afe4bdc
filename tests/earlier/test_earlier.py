"""What earlier versions made: trees load, workbooks are read, scorecards and cards are verified by their figures.

Reaches ``workbook/verify/alignment.py``, ``workbook/verify/figures.py``.
"""

import re
import shutil
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from earlier.make import ROUND
from tampering import changed, part_of

from lawgov_score import __version__
from lawgov_score.catalogue import Code
from lawgov_score.content.open_items import open_items
from lawgov_score.content.rates import categories
from lawgov_score.model import Group, Indicator
from lawgov_score.model.changes import Cause, Changes, Ground
from lawgov_score.pipeline import (
    Assessment,
    ScoredAssessment,
    Verification,
    assess,
    compared,
    load_tree,
    read_since,
    verify,
    write_scorecard,
)
from lawgov_score.problems import CellPlace, is_error
from lawgov_score.terminal.changes import changes_text
from lawgov_score.wording import Language
from lawgov_score.workbook.writing.manifest import MANIFEST_SHEET

HERE = Path(__file__).parent
VERSIONS = sorted(path for path in HERE.iterdir() if path.is_dir() and path.name[0].isdigit())
FOLDERS = [folder for version in VERSIONS for folder in sorted(version.iterdir()) if folder.name != ROUND]
by_folder = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}-{folder.name}")


def scored(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Assessment:
    """What the files come to now, named as they were then."""
    monkeypatch.chdir(folder)
    return _scored(folder)


@cache
def _scored(folder: Path) -> Assessment:
    """Once for each folder, which is the current one: every check of it is of the same run."""
    assert Path.cwd() == folder

    def there(name: str) -> Path | None:
        return Path(name) if Path(name).exists() else None

    office, inputs = there("office"), there("in") or Path("figures.csv")
    assessor = [office] if office is not None else []
    return assess(Path("tree.yaml"), [inputs], there("roster.csv"), assessor=assessor, previous=there("previous"))


def inputs_of(path: Path) -> list[str]:
    """The files that a scorecard or card says it was made from."""
    rows = openpyxl.load_workbook(path)[MANIFEST_SHEET].iter_rows(values_only=True)
    return [str(row[1]) for row in rows if row[0] == "input"]


def verified(folder: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> Verification:
    return verify(path, lambda: scored(folder, monkeypatch))


def test_every_release_is_here() -> None:
    """The version being made is added when the next one begins (tests/earlier/make.py)."""
    assert [version.name for version in VERSIONS] == [
        "0.1.0",
        "0.2.0",
        "0.3.0",
        "0.4.0",
        "0.5.0",
        "0.6.0",
        "0.7.0",
        "0.8.0",
        "0.9.0",
    ]
    assert __version__ not in {version.name for version in VERSIONS}
    for version in VERSIONS:
        assert len(list(version.glob("*/tree.yaml"))) == 3
        assert len(list(version.glob("*/scorecard.xlsx"))) == 3
        assert len(list(version.glob("*/in/*.xlsx"))) == 3
        assert len(list(version.glob("*/csv/grounds.csv"))) == (0 if version.name < "0.6.0" else 3)


@by_folder
def test_its_tree_loads(folder: Path) -> None:
    tree, problems = load_tree(folder / "tree.yaml")
    assert tree is not None
    assert [problem for problem in problems if is_error(problem)] == []


@by_folder
def test_its_inputs_are_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = scored(folder, monkeypatch)
    assert done.scores is not None
    assert [problem for problem in done.problems if is_error(problem)] == []
    assert all(submission is not None for submission in done.scores.submissions)


@by_folder
@pytest.mark.parametrize("name", ["scorecard.xlsx", "card.xlsx"])
def test_its_figures_are_verified(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done = verified(folder, folder / name, monkeypatch)
    assert [problem.code for problem in done.problems] == [Code.V202]
    assert done.problems[0].values["expected"] == folder.parent.name
    assert done.cells > 30
    assert done.files > 0


# What is done to a workbook of 0.2.0 (e-vetoes-and-limits), and the code and cell by which it is named.
Tampered = tuple[str, str, str, str, Code]
TAMPERED: list[Tampered] = [
    ("scorecard.xlsx", "排名", "I8", '<c r="I8"><v>99.25</v></c>', Code.V206),
    ("scorecard.xlsx", "排名", "I8", '<c r="I8" t="inlineStr"><is><t>99</t></is></c>', Code.V206),
    ("scorecard.xlsx", "排名", "I8", '<c r="I8"/>', Code.V206),
    ("scorecard.xlsx", "排名", "I8", '<c r="I8"><f>95+1</f><v>96</v></c>', Code.V210),
    ("scorecard.xlsx", "排名", "A8", '<c r="A8"><v>1</v></c>', Code.V206),
    ("scorecard.xlsx", "排名", "J8", '<c r="J8" t="inlineStr"><is><t>甲等</t></is></c>', Code.V206),
    ("scorecard.xlsx", "排名", "D5", '<c r="D5" t="inlineStr"><is><t>d局</t></is></c>', Code.V206),
    ("scorecard.xlsx", "排名", "E5", '<c r="E5"/>', Code.V206),
    ("scorecard.xlsx", "排名", "M5", '<c r="M5"><v>0.125</v></c>', Code.V206),
    ("scorecard.xlsx", "分类得分", "B8", '<c r="B8"><v>12.5</v></c>', Code.V206),
    ("scorecard.xlsx", "明细", "H2", '<c r="H2"><v>3.25</v></c>', Code.V206),
    ("scorecard.xlsx", "填报值", "E4", '<c r="E4"><v>17</v></c>', Code.V206),
    ("card.xlsx", "评分卡", "A2", '<c r="A2" t="inlineStr"><is><t>b局评分卡</t></is></c>', Code.V206),
    ("card.xlsx", "评分卡", "C4", '<c r="C4" t="inlineStr"><is><t>甲局</t></is></c>', Code.V206),
    ("card.xlsx", "评分卡", "C6", '<c r="C6" t="inlineStr"><is><t>100分</t></is></c>', Code.V206),
    ("card.xlsx", "评分卡", "F6", '<c r="F6" t="inlineStr"><is><t>第 3 名（本组 10 个单位）</t></is></c>', Code.V206),
    ("card.xlsx", "评分卡", "G12", '<c r="G12"><v>0.5</v></c>', Code.V206),
    ("card.xlsx", "明细", "H3", '<c r="H3"><v>2.125</v></c>', Code.V206),
    ("card.xlsx", "明细", "E3", '<c r="E3"><v>29</v></c>', Code.V206),
]
FOLDER = HERE / "0.2.0" / "e-vetoes-and-limits"


def cell(at: str) -> re.Pattern[str]:
    return re.compile(rf'<c r="{at}"(?:[^>]*/>|[^>]*[^/]>.*?</c>)', re.DOTALL)


def named(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Code, str, str]]:
    """Code, sheet and cell of every difference in figures."""
    problems = [problem for problem in verified(FOLDER, path, monkeypatch).problems if problem.code is not Code.V202]
    return [(one.code, one.place.sheet, one.place.cell) for one in problems if isinstance(one.place, CellPlace)]


@pytest.mark.parametrize(("name", "sheet", "at", "by", "code"), TAMPERED)
def test_a_touched_figure_is_named(
    name: str, sheet: str, at: str, by: str, code: Code, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = changed(FOLDER / name, tmp_path / name, part_of(FOLDER / name, sheet), lambda xml: cell(at).sub(by, xml))
    assert named(path, monkeypatch) == [(code, sheet, at)]


def test_a_row_that_is_gone_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = FOLDER / "scorecard.xlsx"
    row = re.compile(r'<row r="8".*?</row>', re.DOTALL)
    without = changed(path, tmp_path / "s.xlsx", part_of(path, "排名"), lambda xml: row.sub("", xml))
    found = named(without, monkeypatch)
    assert {(code, sheet) for code, sheet, _ in found} == {(Code.V206, "排名")}
    assert len(found) > 5


def test_a_renamed_heading_hides_no_figure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = FOLDER / "scorecard.xlsx"
    heading = '<c r="I4" t="inlineStr"><is><t>最终得分</t></is></c>'

    def change(xml: str) -> str:
        return cell("I8").sub('<c r="I8"><v>99</v></c>', cell("I4").sub(heading, xml))

    assert named(changed(path, tmp_path / "s.xlsx", part_of(path, "排名"), change), monkeypatch) == [
        (Code.V206, "排名", "I8")
    ]


def test_a_sheet_that_is_gone_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = openpyxl.load_workbook(FOLDER / "scorecard.xlsx", data_only=True)
    del book["失分"]
    book.save(tmp_path / "s.xlsx")
    assert (Code.V207, "失分", "") in named(tmp_path / "s.xlsx", monkeypatch)


def test_a_formula_without_a_stored_value_stands_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    openpyxl.load_workbook(FOLDER / "scorecard.xlsx").save(tmp_path / "s.xlsx")  # drops stored values
    assert named(tmp_path / "s.xlsx", monkeypatch) == []


@pytest.mark.parametrize("program", ["9.0.0", "", "0.2.x", "0.1.0"])
def test_a_version_that_it_is_not_softens_nothing(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later version, none, no version, and another one than the sheet 方法 prints."""
    book = openpyxl.load_workbook(FOLDER / "scorecard.xlsx", data_only=True)
    book[MANIFEST_SHEET]["B2"] = program
    book["排名"]["A3"] = "换了一种说法"
    book.save(tmp_path / "s.xlsx")
    assert (Code.V206, "排名", "A3") in named(tmp_path / "s.xlsx", monkeypatch)


def test_words_may_differ_and_numbers_may_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = openpyxl.load_workbook(FOLDER / "scorecard.xlsx", data_only=True)
    for line in book["排名"].iter_rows(max_row=3):
        for cell in line:
            if isinstance(cell.value, str):
                cell.value = "换了一种说法"
    book.save(tmp_path / "words.xlsx")
    done = verified(FOLDER, tmp_path / "words.xlsx", monkeypatch)
    assert [one.code for one in done.problems] == [Code.V202]
    assert done.by_figures
    before = verified(FOLDER, FOLDER / "scorecard.xlsx", monkeypatch)
    words, words_before = (int(str(one.problems[0].values["n"])) for one in (done, before))
    assert words_before < words <= words_before + 3  # some of the three are worded otherwise by now as it is


def test_figures_are_found_where_a_version_moved_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = openpyxl.load_workbook(FOLDER / "scorecard.xlsx", data_only=True)
    for name in ("明细", "填报值"):
        book[name].insert_rows(1)
        book[name]["A1"] = "另一版多印的一行"
    book["明细"].move_range("H2:H40", cols=8)  # 分值 behind the other columns
    book.save(tmp_path / "moved.xlsx")
    assert named(tmp_path / "moved.xlsx", monkeypatch) == []
    book["明细"]["P4"] = 12.5
    book.save(tmp_path / "moved.xlsx")
    assert named(tmp_path / "moved.xlsx", monkeypatch) == [(Code.V206, "明细", "P4")]


def test_cells_merged_over_a_figure_are_named_and_moved_rows_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows of a card have moved since; what is merged there is no difference, what was merged afterwards is one."""
    book = openpyxl.load_workbook(FOLDER / "card.xlsx", data_only=True)
    book["评分卡"].merge_cells("C12:E12")
    book.save(tmp_path / "c.xlsx")
    assert (Code.V214, "评分卡", "C12") in named(tmp_path / "c.xlsx", monkeypatch)
    assert not any(code is Code.V214 for code, _, _ in named(FOLDER / "card.xlsx", monkeypatch))


@pytest.mark.parametrize("where", ["A1", "A1:XFD1048576", "A:C", "junk", "A1:B2:C3", ""])
def test_a_merge_of_any_size_or_none_is_looked_at_and_not_worked_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """Whoever alters a scorecard may write anything: neither a crash nor a list of all cells that there can be."""
    merged = f'<mergeCells count="1"><mergeCell ref="{where}"/></mergeCells>'
    path = tmp_path / "s.xlsx"
    with zipfile.ZipFile(FOLDER / "scorecard.xlsx") as then, zipfile.ZipFile(path, "w") as now:
        for part in then.namelist():
            text = then.read(part)
            if part.startswith("xl/worksheets/sheet") and b"<mergeCells" not in text:
                text = text.replace(b"</sheetData>", b"</sheetData>" + merged.encode())
            elif part.startswith("xl/worksheets/sheet"):
                text = text.replace(b"</mergeCells>", f'<mergeCell ref="{where}"/></mergeCells>'.encode())
            now.writestr(part, text)
    codes = {code for code, _, _ in named(path, monkeypatch)}
    assert codes == {"A1": set(), "A1:XFD1048576": {Code.V214}}.get(where, {Code.S106})


@pytest.mark.parametrize("name", ["scorecard.xlsx", "card.xlsx"])
@pytest.mark.parametrize("folder", [one for one in FOLDERS if one.parent.name in {"0.4.0", "0.5.0"}], ids=str)
def test_what_says_where_its_files_lay_is_verified_elsewhere(
    folder: Path, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Earlier versions printed the paths that they were given, with the years and numbers of folders in them."""
    with zipfile.ZipFile(folder / name) as archive:
        parts = {part: archive.read(part).decode() for part in archive.namelist()}
    said = re.compile("|".join(re.escape(path) for path in sorted(inputs_of(folder / name), reverse=True)))
    path, n = tmp_path / name, 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as copy:
        for part, text in parts.items():
            far, times = re.subn(
                rf"(?<![/\w])(?:{said.pattern})", lambda one: f"/srv/考核2025/第2批/{one.group()}", text
            )
            n += times
            copy.writestr(part, far)
    assert n > 0
    assert [one.code for one in verified(folder, path, monkeypatch).problems] == [Code.V202]


@pytest.mark.parametrize("name", ["a-assessed-year", "b-votes-and-marks"])
def test_what_came_later_is_not_missed(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """评审情况 and what is still to be done came with 0.6.0; in a scorecard of today neither may be gone."""
    scheme = HERE.parent / "schemes" / name

    def run() -> Assessment:
        files = [scheme / "figures.csv"], scheme / "roster.csv"
        return assess(scheme / "tree.yaml", *files, assessor=[scheme / "office"])

    done = run()
    assert isinstance(done, ScoredAssessment)
    open_lines = len(open_items(done.scores))
    for version, codes in (("0.5.0", {Code.V202}), (__version__, {Code.V207, *([Code.V206] if open_lines else [])})):
        path = tmp_path / f"{version}.xlsx"
        with monkeypatch.context() as then:
            then.setattr("lawgov_score.content.reviewers.is_needed", lambda _: False)
            then.setattr("lawgov_score.workbook.scorecard.review.open_items", lambda _: ())
            for module in ("content.method", "workbook.writing.manifest"):
                then.setattr(f"lawgov_score.{module}.__version__", version)
            write_scorecard(done, path, Language.ZH)
        assert {one.code for one in verify(path, run).problems} == codes


def test_categories_that_lay_within_one_another_are_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before 0.7.0 a group that held an indicator beside a group was a category around another one."""
    scheme = HERE.parent / "schemes" / "f-words-at-nodes"

    def run() -> Assessment:
        return assess(scheme / "tree.yaml", [scheme / "figures.csv"], scheme / "roster.csv")

    done = run()
    assert isinstance(done, ScoredAssessment)
    then = tuple(
        node
        for node in done.scores.tree.nodes
        if isinstance(node, Group) and any(isinstance(one, Indicator) for one in node.children)
    )
    assert then != categories(done.scores.tree)
    for version, codes in (("0.6.0", {Code.V202}), (__version__, {Code.V206, Code.V210})):
        path = tmp_path / f"{version}.xlsx"
        with monkeypatch.context() as of_then:
            for module in ("content.analysis", "workbook.scorecard.losses", "workbook.scorecard.matrix"):
                of_then.setattr(f"lawgov_score.{module}.categories", lambda _: then)
            for module in ("content.method", "workbook.writing.manifest"):
                of_then.setattr(f"lawgov_score.{module}.__version__", version)
            write_scorecard(done, path, Language.ZH)
        told = {one.code for one in verify(path, run).problems}
        assert told == codes if version == "0.6.0" else codes <= told


# ---------------------------------------------------------------- results that a later version compares (--since)

KEPT = [folder for folder in FOLDERS if (folder / "csv").is_dir()]
by_kept = pytest.mark.parametrize("folder", KEPT, ids=lambda folder: f"{folder.parent.name}-{folder.name}")


def since(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[ScoredAssessment, Changes]:
    """The round of now, and what changed since the tables that lie beside it."""
    done = scored(folder, monkeypatch)
    assert isinstance(done, ScoredAssessment)
    return done, compared(read_since(folder / "csv", done.scores.tree), done, Language.ZH)


def copied(folder: Path, to: Path, *replaced: tuple[str, str, str]) -> Path:
    """A copy of the round, with texts of its files replaced: name of the file, old, new."""
    shutil.copytree(folder, to)
    for name, old, new in replaced:
        text = (to / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, text.count(old)
        (to / name).write_text(text.replace(old, new), encoding="utf-8")
    return to


def causes(changes: Changes) -> dict[tuple[str, str], Cause]:
    """(unit, code) -> why it is another score."""
    return {(line.unit, line.code): line.cause for line in changes.lines}


@by_kept
def test_nothing_changed_by_another_version_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same tree and figures: no row, and nobody needs a new card, whatever the model of a tree has by now."""
    done, changes = since(folder, monkeypatch)
    everybody = {unit.code for unit in done.scores.units}
    assert (changes.lines, changes.moved, changes.anew, changes.of_all) == ((), (), (), ())
    assert set(changes.unchanged) == set(changes.untouched) == everybody
    assert changes.versions == (folder.parent.name, __version__)
    said = changes_text(changes, done.scores, Language.ZH, is_written=True)
    assert f"上次的结果由 {folder.parent.name} 版程序写出，本次为 {__version__} 版" in said
    assert "要重发" not in said


C_MEANS = HERE / "0.6.0" / "c-means"


def test_a_figure_is_the_cause_in_another_version_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = copied(C_MEANS, tmp_path / "it", ("figures.csv", "a,80,", "a,90,"))
    _, changes = since(folder, monkeypatch)
    assert causes(changes) == {("a", code): Cause.FIGURE for code in ("c-means", "01", "01-1")}
    assert set(changes.anew) == {"a", "b"}  # a card shows means of its cohort
    assert changes.untouched == ()


def test_a_score_that_another_version_gives_is_not_blamed_on_the_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tree and figures are the same to the last word: what is left is the program, at nodes with parts and without."""
    folder = copied(
        C_MEANS,
        tmp_path / "it",
        ("csv/scores.csv", "a,01-1,100,80,scored", "a,01-1,100,79,scored"),
        ("csv/scores.csv", "a,01,20,14.4,", "a,01,20,14.28,"),
        ("csv/scores.csv", "a,03,10,4,", "a,03,10,4.1,"),
        ("csv/scores.csv", "a,02-3,5,5,", "a,02-3,6,5,"),
        ("csv/scores.csv", "a,c-means,80,47.02", "a,c-means,80,47"),
        ("csv/ranking.csv", "a,a,,47.02", "a,a,,47.00"),
    )
    done, changes = since(folder, monkeypatch)
    assert causes(changes) == {("a", code): Cause.PROGRAM for code in ("c-means", "01", "01-1", "03", "02-3")}
    assert "程序版本" in changes_text(changes, done.scores, Language.ZH, is_written=True)


def test_a_place_that_another_version_gives_is_not_blamed_on_the_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copied(C_MEANS, tmp_path / "it", ("csv/ranking.csv", "a,a,,47.02,2", "a,a,,47.02,1"))
    assert causes(since(folder, monkeypatch)[1]) == {("a", "c-means"): Cause.PROGRAM}


def test_another_tree_is_the_cause_in_another_version_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is another one is not known of each node; it is what is left, and that is said."""
    weights = (("tree.yaml", f"weight: {percent}%", "weight: 50%") for percent in (60, 40))
    folder = copied(C_MEANS, tmp_path / "it", *weights)
    done, changes = since(folder, monkeypatch)
    assert causes(changes) == {("a", code): Cause.TREE for code in ("c-means", "01")}
    assert changes.of_all == (Ground.TEXTS,)
    assert set(changes.anew) == {"a", "b"}
    assert "无从逐项比较" in changes_text(changes, done.scores, Language.ZH, is_written=True)
