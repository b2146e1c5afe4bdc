"""``new`` as people call it: a tree for the next edition, what names a year, every refusal.

Reaches ``cli/commands/new.py``, ``pipeline/next_edition.py``, ``terminal/next_edition.py``, ``model/year_bound.py``.
"""

import io
import json
import re
import shutil
from pathlib import Path

import pytest
from calls import run
from test_cli import Captured, a_small_tree, a_table

from lawgov_score.carried import carried_trees
from lawgov_score.problems import TextPlace
from lawgov_score.tree import load
from lawgov_score.tree.next_edition import is_of_a_year, is_the_next, year_of

MODELINE = b"# yaml-language-server:"
WITH_A_YEAR = """# 依据2024年方案编制
# yaml-language-server: $schema=https://example.org/tree.schema.json
code: small
title: 小体系（2024年）
edition: '2024'   # 2024年印发
year: 2024
points: 4
notice: |
  本体系据“十四五”规划编制。
  二〇二四年三月修订。
issuer: "某县
  2024年办公室"
levels: [类, 小项]
unit_types: [{code: any2024, name: 各单位}]
policies:
  rounding: {indicator: 2, group: null, total: 2}
  rank: {by: rounded, ties: shared}
  missing: zero
  not_applicable: total
  invalid: score_valid
  claims: await_review
nodes:
  - code: "2024"
    title: 类
    points: 4
    children:
      - code: "2024-1"
        title: 回复率，限2000件以内
        points: 2
        applies_to: all
        basis: 《条例》（国发〔2019〕5号）第2条
        lead: [法制办]
        fields:
          - {code: done, name: 回复件数, type: count, measured_in: 件, at_most: 2024}
        value: done / 2024
        rule: {kind: linear, zero_at: 0, full_at: 1}
        evidence: [回复函]
      - code: "2024-2"
        title: 年度报告
        points: 2
        applies_to: all
        basis: 第01-02条
        lead: [法制办]
        fields:
          - {code: sent, name: 报送日期, type: date, at_least: 2024-01-01, at_most: "2024-12-31"}
        rule: {kind: late, due: "03-31", of: following_year, each: 0.1}
        evidence: [报告]
"""


def a_tree(folder: Path, text: str = "") -> Path:
    folder.mkdir()
    path = Path(a_small_tree(folder))
    if text:
        path.write_text(text, encoding="utf-8", newline="")
    return folder


def lines_of(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


@pytest.mark.parametrize("code", sorted(carried_trees()))
def test_every_byte_stays_but_edition_year_and_a_line_that_leads_nowhere(
    code: str, tmp_path: Path, capsys: Captured
) -> None:
    home, new = carried_trees()[code], tmp_path / "new"
    assert run("new", str(new), "--from", code, "--edition", "2022") == 0
    assert {one.name for one in new.iterdir()} == {one.name for one in home.glob("*.yaml")}
    for path in sorted(new.iterdir()):
        before = [line for line in lines_of(home / path.name) if not line.startswith(MODELINE)]
        changed = [(was, now) for was, now in zip(before, lines_of(path), strict=True) if was != now]
        if path.name != "tree.yaml":
            assert changed == []
            continue
        assert [now.partition(b":")[0] for _, now in changed] == [b"edition", b"year"]
        assert all(re.sub(rb"\d{4}", b"2022", was, count=1) == now for was, now in changed)
    old, made = load(home)[0], load(new)[0]
    assert old is not None
    assert made is not None
    assert (made.code, made.edition, made.year) == (old.code, "2022", 2022)
    told = capsys.readouterr()
    assert "D170" in told.err  # these codes carry a year, and keep it
    assert "yaml-language-server" in told.err


def test_every_year_in_the_texts_of_carried_trees_is_listed_with_its_place(tmp_path: Path, capsys: Captured) -> None:
    for code, home in carried_trees().items():
        new = tmp_path / code
        run("new", str(new), "--from", code, "--edition", "2022")
        listed = places_in(capsys.readouterr().out)
        for path in sorted(new.iterdir()):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if re.search(r"(?:19|20)\d\d(?:年|—|〕)", line) and not re.match("(edition|year):", line):
                    assert (str(path), number) in {(one.path, one.line) for one in listed}, (home, line)
        for one in listed:
            there = Path(one.path).read_text(encoding="utf-8").splitlines()[one.line - 1][one.column - 1 :]
            assert re.match(r"\d{4}|\d{2}-\d{2}|[一二三四五六七八九十]+五|[一二]〇", there), one


def places_in(told: str) -> list[TextPlace]:
    found = []
    for line in told.splitlines():
        path, _, at = line.strip().partition(":")
        if line.startswith("    "):
            found += [TextPlace(path, *map(int, each.split(":"))) for each in at.split()]
    return found


def test_what_names_a_year_or_a_day_is_listed_and_nothing_else(tmp_path: Path, capsys: Captured) -> None:
    old, new = a_tree(tmp_path / "old", WITH_A_YEAR), tmp_path / "new"
    assert run("new", str(new), "--from", str(old), "--edition", "2025") == 0
    told = capsys.readouterr()
    assert told.err == ""
    said = [line.strip() for line in told.out.splitlines() if line.startswith("  ") and not line.startswith("    ")]
    assert said == [
        "注释：依据2024年方案编制",
        "名称（title）：小体系（2024年）",
        "注释：2024年印发",
        "须告知读者的话（notice）：本体系据“十四五”规划编制",
        "须告知读者的话（notice）：二〇二四年三月修订",
        "印发机关（issuer）：2024年办公室",
        "依据（basis）：《条例》（国发〔2019〕5号）",
        "下限（at_least）：2024-01-01",
        "上限（at_most）：2024-12-31",
        "期限（due）：03-31",
    ]
    text = (new / "tree.yaml").read_text(encoding="utf-8")
    assert text == WITH_A_YEAR.replace("edition: '2024'", "edition: '2025'").replace("year: 2024\n", "year: 2025\n")
    at = {(one.line, one.column) for one in places_in(told.out)}
    lines = text.splitlines()
    assert {lines[line - 1][column - 1 :][:4] for line, column in at} == {
        *("2024", "十四五”", "二〇二四", "2019", "03-3")
    }
    assert "10 处" in told.out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both_languages_say_what_was_done_and_what_comes_next(lang: str, tmp_path: Path, capsys: Captured) -> None:
    old, new = a_tree(tmp_path / "old"), tmp_path / "new"
    assert run("new", str(new), "--from", str(old), "--edition", "2025", "--lang", lang) == 0
    told = capsys.readouterr()
    assert told.err == ""
    first, none, after = told.out.splitlines()
    assert all(word in first for word in (str(new), "1 → 2025", "2024 → 2025"))
    assert f"lawgov-score diff {old} {new}" in after
    assert all(ord(char) < 0x3000 for char in told.out) == (lang == "en")
    assert none


def test_diff_finds_edition_and_year_alone(tmp_path: Path, capsys: Captured) -> None:
    new = tmp_path / "2018"
    run("new", str(new), "--from", "qujialing-2017", "--edition", "2018")
    capsys.readouterr()
    assert run("diff", "qujialing-2017", str(new), "--format", "json", "--fail-on", "filling") == 0
    found = json.loads(capsys.readouterr().out)
    assert {(one["id"], one["class"]) for one in found} == {("edition", "text")}


def test_last_years_results_are_joined_by_the_codes_that_stayed(tmp_path: Path, capsys: Captured) -> None:
    old, new, table = a_tree(tmp_path / "old"), tmp_path / "new", a_table(tmp_path, "a,8,10", "b,9,10")
    assert run("score", str(old), table, "--csv", str(tmp_path / "csv")) == 0
    assert run("new", str(new), "--from", str(old), "--edition", "2025") == 0
    capsys.readouterr()
    assert run("score", str(new), table, "--previous", str(tmp_path / "csv")) == 0
    assert not re.search("A30[0-9]", capsys.readouterr().err)


@pytest.mark.parametrize(
    ("edition", "year", "written"),
    [
        ("2026年版", None, ("2026年版", 2026)),
        ("修订二", "2026", ("修订二", 2026)),
        ('带"引号"的', "2030", ('带"引号"的', 2030)),
        ("2025", "2024", ("2025", 2024)),
        (" 2026 ", None, ("2026", 2026)),
    ],
)
def test_the_year_is_what_is_said_or_what_the_edition_is(
    edition: str, year: str | None, written: tuple[str, int], tmp_path: Path
) -> None:
    old, new = a_tree(tmp_path / "old"), tmp_path / "new"
    assert run("new", str(new), "--from", str(old), "--edition", edition, *(("--year", year) if year else ())) == 0
    made = load(new)[0]
    assert made is not None
    assert (made.edition, made.year) == written


@pytest.mark.parametrize(
    ("year", "is_doubtful"), [("2023", True), ("2024", False), ("2029", False), ("2030", True), ("2205", True)]
)
def test_a_year_that_looks_like_a_slip_is_written_with_a_warning(
    year: str, is_doubtful: bool, tmp_path: Path, capsys: Captured
) -> None:
    old, new = a_tree(tmp_path / "old"), tmp_path / "new"
    assert run("new", str(new), "--from", str(old), "--edition", year) == 0
    assert ("D175" in capsys.readouterr().err) == is_doubtful
    assert f"year: {year}\n" in (new / "tree.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "options",
    [
        ("--edition", "修订二"),  # no year in it
        ("--edition", "  ", "--year", "2025"),
        ("--edition", "2025\n版", "--year", "2025"),
        ("--edition", "2025", "--year", "25"),
        ("--year", "2025"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_wrong_usage_writes_nothing(options: tuple[str, ...], lang: str, tmp_path: Path, capsys: Captured) -> None:
    old, new = a_tree(tmp_path / "old"), tmp_path / "new"
    assert run("new", str(new), "--from", str(old), *options, "--lang", lang) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "--edition" in told.err or "--year" in told.err
    assert not new.exists()


def test_without_a_tree_to_copy_it_is_wrong_usage(tmp_path: Path, capsys: Captured) -> None:
    assert run("new", str(tmp_path / "new"), "--edition", "2025") == 2
    assert "--from" in capsys.readouterr().err


def refused(code: str, capsys: Captured) -> bool:
    told = capsys.readouterr()
    return told.out == "" and re.findall(r"[A-Z]\d{3}(?= )", told.err)[:1] == [code]


def test_a_folder_that_holds_anything_is_refused_an_empty_one_is_not(tmp_path: Path, capsys: Captured) -> None:
    old, new = a_tree(tmp_path / "old"), tmp_path / "new"
    arguments = ("new", str(new), "--from", str(old), "--edition", "2025")
    new.mkdir()
    (new / "方案.docx").write_bytes(b"x")
    assert run(*arguments) == 2
    assert refused("D171", capsys)
    assert [one.name for one in new.iterdir()] == ["方案.docx"]
    (new / "方案.docx").unlink()
    assert run(*arguments) == 0
    capsys.readouterr()
    assert run(*arguments) == 2  # not a second time over what is being edited
    assert refused("D171", capsys)


def test_a_file_in_the_way_is_refused(tmp_path: Path, capsys: Captured) -> None:
    old = a_tree(tmp_path / "old")
    (tmp_path / "new").write_text("x", encoding="utf-8")
    assert run("new", str(tmp_path / "new"), "--from", str(old), "--edition", "2025") == 2
    assert refused("O101", capsys)
    assert (tmp_path / "new").read_text(encoding="utf-8") == "x"


def test_the_same_edition_is_refused(tmp_path: Path, capsys: Captured) -> None:
    old, new = a_tree(tmp_path / "old"), tmp_path / "new"
    assert run("new", str(new), "--from", str(old), "--edition", "1", "--year", "2025") == 2
    assert refused("D173", capsys)
    assert not new.exists()


def test_a_tree_with_errors_is_not_copied(tmp_path: Path, capsys: Captured) -> None:
    old, new = a_tree(tmp_path / "old"), tmp_path / "new"
    path = old / "tree.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("kind: proportional", "kind: no"), encoding="utf-8")
    assert run("new", str(new), "--from", str(old), "--edition", "2025") == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "T111" in told.err
    assert "D174" in told.err
    assert run("new", str(new), "--from", str(tmp_path / "nowhere"), "--edition", "2025") == 1
    assert "T101" in capsys.readouterr().err
    assert not new.exists()


@pytest.mark.parametrize("written", ["edition: >-\n  2024\n  版", 'edition: "2024\n  版"', "edition: |-\n  2024"])
def test_an_edition_over_several_lines_is_refused_at_its_place(written: str, tmp_path: Path, capsys: Captured) -> None:
    text = WITH_A_YEAR.replace("edition: '2024'   # 2024年印发", written)
    old, new = a_tree(tmp_path / "old", text), tmp_path / "new"
    assert run("new", str(new), "--from", str(old), "--edition", "2025") == 2
    told = capsys.readouterr()
    assert told.err.startswith(f"{old}/tree.yaml:5:10:")
    assert "D172" in told.err
    assert not new.exists()


@pytest.mark.parametrize(
    ("mark", "end", "written"),
    [
        (b"\xef\xbb\xbf", "\r\n", "edition: '1'\nyear: 2024"),
        (b"", "\n", "year: 2024    # 考核年度\nedition: !e"),
        (b"", "\r\n", '"edition": "1"   \n\'year\':   2024'),
    ],
)
def test_marks_ends_of_lines_and_blanks_stay(mark: bytes, end: str, written: str, tmp_path: Path) -> None:
    written = written.replace("!e", '"1"')
    old, new = a_tree(tmp_path / "old"), tmp_path / "new"
    path = old / "tree.yaml"
    text = path.read_text(encoding="utf-8").replace('edition: "1"\nyear: 2024', written)
    path.write_bytes(mark + text.replace("\n", end).encode())
    assert run("new", str(new), "--from", str(old), "--edition", "2025") == 0
    changed = written.replace("1", "2025").replace("2024", "2025")
    expected = mark + text.replace(written, changed).replace("\n", end).encode()
    assert (new / "tree.yaml").read_bytes() == expected


def test_weight_sets_go_along_other_files_are_named(tmp_path: Path, capsys: Captured) -> None:
    old, new = a_tree(tmp_path / "old"), tmp_path / "new"
    path = old / "tree.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"\n +points: 2", "", text).replace("points: 2", "weights: apart"), "utf-8")
    weights = 'code: w\ntitle: 甲\nweights_of: {of}\ntotal: 2\npoints: {{"01": 2, "01-1": 2}}\n'
    (old / "w.yaml").write_text(weights.format(of="small"), encoding="utf-8")
    (old / "other.yaml").write_text(weights.format(of="another"), encoding="utf-8")
    (old / "方案.docx").write_bytes(b"x")
    assert run("new", str(new), "--from", str(old), "--edition", "2025") == 0
    assert sorted(one.name for one in new.iterdir()) == ["tree.yaml", "w.yaml"]
    assert (new / "w.yaml").read_bytes() == (old / "w.yaml").read_bytes()
    err = capsys.readouterr().err
    assert "other.yaml" in err
    assert "方案.docx" in err
    assert run("lint", str(new), "--weights", str(new / "w.yaml")) == 0


def test_one_file_becomes_a_folder(tmp_path: Path) -> None:
    old = a_tree(tmp_path / "old")
    shutil.move(old / "tree.yaml", old / "mine.yaml")
    assert run("new", str(tmp_path / "new"), "--from", str(old / "mine.yaml"), "--edition", "2025") == 0
    assert [one.name for one in (tmp_path / "new").iterdir()] == ["tree.yaml"]
    assert run("lint", str(tmp_path / "new")) == 0


def test_one_file_may_come_from_standard_input(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = a_tree(tmp_path / "old")
    text = (old / "tree.yaml").read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text), encoding="utf-8"))
    assert run("new", str(tmp_path / "new"), "--from", "-", "--edition", "2025") == 0
    told = capsys.readouterr()
    assert told.err == ""
    assert told.out.endswith(f"lawgov-score diff - {tmp_path / 'new'}\n")
    changed = text.replace(b'edition: "1"', b'edition: "2025"').replace(b"year: 2024", b"year: 2025")
    assert (tmp_path / "new" / "tree.yaml").read_bytes() == changed


def test_a_line_for_editors_stays_where_it_still_leads_to_a_schema(tmp_path: Path, capsys: Captured) -> None:
    old, new = a_tree(tmp_path / "old"), tmp_path / "new"
    (tmp_path / "tree.schema.json").write_text("{}", encoding="utf-8")
    path = old / "tree.yaml"
    text = "# yaml-language-server: $schema=../tree.schema.json\n" + path.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    assert run("new", str(new), "--from", str(old), "--edition", "2025") == 0
    assert lines_of(new / "tree.yaml")[0] == lines_of(path)[0]
    assert capsys.readouterr().err == ""
    assert run("new", str(new / "deeper"), "--from", str(old), "--edition", "2025") == 0
    assert not lines_of(new / "deeper" / "tree.yaml")[0].startswith(MODELINE)
    assert "tree.yaml" in capsys.readouterr().err


def test_what_a_code_says_of_its_year() -> None:
    assert year_of("2026年度") == 2026
    assert year_of("12026") is None
    assert is_of_a_year("county2025", "修订", 2025)
    assert not is_of_a_year("county", "1", 2025)
    assert is_of_a_year("county-v2", "v2", 2025)
    assert not is_of_a_year("county-1", "1", 2025)


def test_a_copy_with_anything_else_changed_is_not_the_next(tmp_path: Path) -> None:
    old, new = a_tree(tmp_path / "old"), tmp_path / "new"
    run("new", str(new), "--from", str(old), "--edition", "2025")
    assert is_the_next(old, new, "2025", 2025)
    path = new / "tree.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("回复率", "回复比率"), encoding="utf-8")
    assert not is_the_next(old, new, "2025", 2025)


def test_the_year_after_begins_as_the_starters_text_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("start", "今年文件夹") == 0
    (read_me,) = Path("今年文件夹").glob("*.txt")
    text = read_me.read_text(encoding="utf-8-sig")
    commands = re.findall(r"^  lawgov-score ((?:new|start) .*)$", text, flags=re.MULTILINE)
    assert [command.split()[0] for command in commands] == ["new", "start"]
    for command in commands:
        assert run(*command.replace("年份", "2028").split()) == 0
    capsys.readouterr()
    made, _ = load(Path("明年文件夹/tree"))
    assert made is not None
    assert (made.edition, made.year) == ("2028", 2028)


@pytest.mark.parametrize(("code", "found"), [("small", "S109"), ("other", "S108")])
def test_a_workbook_of_last_year_is_known_as_that_by_the_code_of_the_tree(
    code: str, found: str, tmp_path: Path, capsys: Captured
) -> None:
    old, new, roster = a_tree(tmp_path / "old"), tmp_path / "new", tmp_path / "roster.csv"
    roster.write_text("unit,name,type,cohort\na,甲,any,\n", encoding="utf-8")
    run("template", str(old), "--roster", str(roster), "-o", str(tmp_path / "sent"))
    run("new", str(new), "--from", str(old), "--edition", "2025")
    path = new / "tree.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("code: small", f"code: {code}"), encoding="utf-8")
    capsys.readouterr()
    assert run("check", str(new), str(tmp_path / "sent"), "--roster", str(roster), "--format", "json") == 1
    assert found in {one["code"] for one in json.loads(capsys.readouterr().out)}
