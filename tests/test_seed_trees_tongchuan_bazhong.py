"""The trees tongchuan-2021 and bazhong-2017: headings and units as printed, figures that fit, the task sheet."""

import csv
import json
import re
from functools import cache
from pathlib import Path

import pytest
from builders import a_group, a_tree, an_indicator

from lawgov_score.cli import main
from lawgov_score.model import Group, Scores, Status, Tree
from lawgov_score.pipeline import assess, load_tree
from lawgov_score.terminal.duties import assisted, duties_json, duties_text, led, unit_named, units_named
from lawgov_score.wording import Language

ROOT = Path(__file__).parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"
NUMERAL = "[一二三四五六七八九十]+"
NUMBER = {"tongchuan-2021": "001", "bazhong-2017": "002"}
BOTH = pytest.mark.parametrize("code", list(NUMBER))
# Judged by more than “done or not”: each must say in its note that the parameter is ours.
JUDGED = {"linear", "tiers", "count_cap", "shortfall", "excess", "late", "escalation", "deduction", "choice"}
# Numerals that count no work of the year: titles of papers, plan periods, names.
NAMES = (r"2021年", r"\(2020年版\)", r"“1\+N”", r"“3\+1”", r"2022-01-28 10:01")

Captured = pytest.CaptureFixture[str]


@cache
def tree_of(code: str) -> Tree:
    tree, problems = load_tree(ROOT / "indicators" / code)
    assert problems == ()
    assert tree is not None
    return tree


@cache
def figures(code: str) -> tuple[dict[str, str], ...]:
    path = ROOT / "submissions" / "own-trees" / f"{code}.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        assert rows.fieldnames == ["unit", "code", "field", "value", "section", "quote", "note"]
        return tuple(rows)


def seed(code: str) -> str | None:
    """The document, where it is: it is not part of this repository."""
    if not SEEDS.is_dir():
        return None
    (path,) = SEEDS.glob(f"{NUMBER[code]}_*.txt")
    return path.read_text(encoding="utf-8")


def tasks(code: str) -> tuple[Group, ...]:
    parts = [part for part in tree_of(code).children if isinstance(part, Group)]
    return tuple(task for part in parts for task in part.children if isinstance(task, Group))


@BOTH
def test_counts_and_points(code: str) -> None:
    tree = tree_of(code)
    counts = [sum(depth == level for depth in tree.depths.values()) for level in (1, 2, 3)]
    assert counts == {"tongchuan-2021": [7, 19, 81], "bazhong-2017": [5, 22, 70]}[code]
    points = [part.points for part in tree.children]
    assert points == {"tongchuan-2021": [25, 10, 10, 15, 10, 15, 15], "bazhong-2017": [20] * 5}[code]


def test_what_is_worth_the_same() -> None:
    assert {task.points for task in tasks("tongchuan-2021") if task.code != "C0"} == {5}
    for part in tree_of("bazhong-2017").children:
        assert {task.points for task in part.children} == {part.points / len(part.children)}


def test_every_task_of_bazhong_has_one_to_four_indicators() -> None:
    assert {1 <= len(task.children) <= 4 for task in tasks("bazhong-2017")} == {True}


@BOTH
def test_headings_are_those_of_the_document_in_its_order(code: str) -> None:
    titles = [node.title for node in tree_of(code).nodes if isinstance(node, Group) and node.code != "C0"]
    assert len(set(titles)) == {"tongchuan-2021": 25, "bazhong-2017": 27}[code]
    text = seed(code)
    if text is None:
        return
    if code == "tongchuan-2021":
        body = text.split("一、法治政府建设工作情况")[1].split("二、存在问题")[0]
        heading = rf"\({NUMERAL}\)[^。\n]+|\d\. [^。\n]+"
    else:
        body = text.split("依法行政能力和水平明显提升。")[1]
        heading = rf"{NUMERAL}、[^。\n]+|\({NUMERAL}\)[^。\n]+"
    lines = [line.strip() for line in body.splitlines()]
    printed = [found[0] for line in lines if (found := re.match(heading, line))]
    assert printed == titles


def test_the_undivided_part_has_one_task_of_the_same_name() -> None:
    (part,) = [part for part in tree_of("tongchuan-2021").children if part.code == "C"]
    assert [task.code for task in part.children] == ["C0"]
    assert part.title == f"(三){part.children[0].title}"


def test_leads_and_assisting_units_are_those_the_notice_prints() -> None:
    for task in tasks("bazhong-2017"):
        assert len({(each.lead, each.assist) for each in task.children}) == 1, task.code  # type: ignore[union-attr]  # indicators
    text = seed("bazhong-2017")
    if text is None:
        return
    printed = re.findall(rf"\(({NUMERAL})\)(.+?)〔牵头单位:(.+?);责任单位:(.+?)〕", text)
    assert len(printed) == 22
    for task, (number, _, lead, assist) in zip(tasks("bazhong-2017"), printed, strict=True):
        assert task.title.startswith(f"({number})")
        first = task.children[0]
        assert "、".join(first.lead) == lead, task.code  # type: ignore[union-attr]  # an indicator
        # (十五) joins its first two with 和; everywhere else a comma stands between.
        assert ",".join(first.assist) == assist.replace("社会保障局和有", "社会保障局,有"), task.code  # type: ignore[union-attr]


@BOTH
def test_every_indicator_says_what_it_rests_on_and_what_is_ours(code: str) -> None:
    start = {"tongchuan-2021": "《铜川市2021年法治政府建设工作情况》一、", "bazhong-2017": "巴府办发〔2017〕45号"}[code]
    for indicator in tree_of(code).indicators:
        assert indicator.basis.startswith(start), indicator.code
        assert "《法治政府建设实施纲要（2015—2020年）》第" in indicator.basis, indicator.code
        assert indicator.lead, indicator.code
        assert indicator.evidence, indicator.code
        if indicator.rule.KIND in JUDGED:
            assert "参数为本体系拟定" in indicator.internal_note, indicator.code
    assert "拟定" in tree_of(code).notice


@pytest.mark.parametrize(
    ("code", "unit_type", "items", "points"),
    [
        ("tongchuan-2021", "district", 61, 77.8),
        ("tongchuan-2021", "department", 22, 24.8),
        ("tongchuan-2021", "city", 81, 100),
        ("bazhong-2017", "department", 53, 77.3),
        ("bazhong-2017", "county", 63, 91),
        ("bazhong-2017", "city", 70, 100),
    ],
)
def test_what_applies_to_each_type_of_unit(code: str, unit_type: str, items: int, points: float) -> None:
    mine = [each for each in tree_of(code).indicators if tree_of(code).is_applicable(each, unit_type)]
    assert (len(mine), round(sum(each.points for each in mine), 2)) == (items, points)


@BOTH
def test_figures_fit_the_tree_and_are_quoted(code: str) -> None:
    asked = {(each.code, one.code) for each in tree_of(code).indicators for one in each.fields}
    keys = [(row["code"], row["field"]) for row in figures(code)]
    assert len(set(keys)) == len(keys) == {"tongchuan-2021": 143, "bazhong-2017": 2}[code]
    assert set(keys) <= asked
    text = seed(code)
    for row in figures(code):
        assert row["unit"] == code
        assert row["value"], row
        assert row["section"], row
        assert row["quote"], row
        if text is not None:
            assert row["quote"] in text, row


@BOTH
def test_the_same_field_asked_twice_has_one_figure(code: str) -> None:
    said: dict[tuple[str, str], str] = {}
    names = {(each.code, one.code): one.name for each in tree_of(code).indicators for one in each.fields}
    for row in figures(code):
        task, name = row["code"].split("-")[0], names[row["code"], row["field"]]
        assert said.setdefault((task, name), row["value"]) == row["value"], row


def test_no_figure_of_the_tongchuan_report_is_left_without_a_field() -> None:
    covered = {row["quote"] for row in figures("tongchuan-2021")}
    assert len(covered) > 60
    text = seed("tongchuan-2021")
    if text is None:
        return
    body = text.split("一、法治政府建设工作情况")[1].split("二、存在问题")[0]
    body = re.sub(r"(?m)^\s*\d\. ", "", body)  # numbers of the headings
    for quote in sorted(covered, key=len, reverse=True):
        body = body.replace(quote, "")
    body = re.sub("|".join(NAMES), "", body)
    assert re.findall(r".{0,10}\d+.{0,10}", body) == []


def test_each_printed_number_stands_in_its_own_quote() -> None:
    # Counted from a list, or printed in words (第一, 五大, 六大, 33万, 无审批).
    derived = {("A1-1", "outside"), ("A1-5", "ratings"), ("A1-7", "place"), ("B1-2", "drafts"), ("D1-1", "areas")}
    derived |= {("F2-1", "honoured"), ("F2-5", "province"), ("G1-3", "projects")}
    for row in figures("tongchuan-2021"):
        if re.fullmatch(r"[\d.]+%?", row["value"]) and (row["code"], row["field"]) not in derived:
            assert re.search(rf"(?<![\d.]){re.escape(row['value'])}(?![\d])", row["quote"]), row


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Scores]:
    """Each document's figures as one row of a table, scored on its own tree."""
    found = {}
    for code in NUMBER:
        folder = tmp_path_factory.mktemp(code)
        table, roster = folder / "figures.csv", folder / "roster.csv"
        with table.open("w", encoding="utf-8-sig", newline="") as lines:
            writer = csv.writer(lines)
            writer.writerow(["unit", *(f"{row['code']}.{row['field']}" for row in figures(code))])
            writer.writerow([code, *(row["value"] for row in figures(code))])
        roster.write_text(f"unit,name,type,cohort\n{code},{code},city,cities\n", encoding="utf-8")
        done = assess(ROOT / "indicators" / code, [table], roster)
        assert [problem for problem in done.problems if problem.severity == "error"] == []
        assert done.scores is not None
        found[code] = done.scores
    return found


WORKED = {
    "A1-2": 0.68,  # 7082 / 8127 = 87.14%, from 60% to 100%
    "A1-3": 0.48,  # 6277 / 8127 = 77.24% of 80%
    "A1-4": 0.33,  # (1809 + 1445) / 8127 = 40.04% of 60%
    "A2-3": 0.9,  # 10 × 0.06 + 10 × 0.03
    "A3-3": 0.5,  # 90 days, from 120 to 60
    "A3-4": 1,  # 40 days
    "A4-3": 0.92,  # (206 + 168 + 85) × 0.002
    "A5-3": 0.67,  # 2 / 6 of 50%
    "B2-2": 2,  # 9 / 9
    "C0-1": 0.5,  # 1 of 2
    "C0-3": 3,  # 25 / 25
    "D1-4": 0.5,  # 探索建立
    "E2-2": 0,  # 3 / 8 = 37.5% against 15%
    "E2-3": 1.2,  # 80%, from 50% to 100%
    "F1-2": 0.33,  # 66.67%, from 50% to 100%
    "F1-4": 0.54,  # 3 / 297 = 1.01%, from 10% to 0
    "F1-5": 0.35,  # (3 + 1) / 349 = 1.15%, from 10% to 0
    "F2-5": 1.1,  # 14 × 0.05 + 2 × 0.2
    "G1-1": 1.5,  # 28 January, due 31 March
}


def test_scores_of_tongchuan_worked_by_hand(scored: dict[str, Scores]) -> None:
    scores = scored["tongchuan-2021"]
    found = {code: float(scores.scores[0, scores.node_column[code]]) for code in WORKED}
    assert found == pytest.approx(WORKED)
    assert scores.total[0] == pytest.approx(83.4)


def test_what_tongchuan_does_not_say_is_missing_and_not_zero(scored: dict[str, Scores]) -> None:
    scores = scored["tongchuan-2021"]
    missing = [
        each.code
        for each in scores.tree.indicators
        if scores.status[0, scores.node_column[each.code]] == Status.MISSING
    ]
    assert missing == ["B2-1", "B2-4", "D2-3", "D3-3", "E1-2", "F1-7", "F2-4"]


def test_a_plan_has_dates_and_no_results(scored: dict[str, Scores]) -> None:
    scores = scored["bazhong-2017"]
    done = [each.code for each in scores.tree.indicators if scores.status[0, scores.node_column[each.code]] == 0]
    assert done == ["18-4", "22-3"]
    assert scores.total[0] == pytest.approx(2.5)
    assert scores.grades == ("",)  # coverage is too low for one


def test_fines_earn_nothing_by_themselves(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    heads = "unit,A5-1.turnout,A5-1.ledgers,A5-1.cases,A5-1.fines\n"
    table.write_text(heads + "none,10,5,0,0\nfined,10,5,3,900\nunfiled,10,5,0,900\n", encoding="utf-8")
    scores = assess(ROOT / "indicators" / "tongchuan-2021", [table], None).scores
    assert scores is not None
    column = scores.node_column["A5-1"]
    found = {unit.code: float(scores.scores[row, column]) for row, unit in enumerate(scores.units)}
    assert found == {"none": 1.5, "fined": 1.5, "unfiled": 0}


# ---------------------------------------------------------------- show TREE --lead UNIT


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert isinstance(left.value.code, int)
    return left.value.code


BAZHONG = str(ROOT / "indicators" / "bazhong-2017")


def test_the_task_sheet_lists_what_the_legal_office_leads(capsys: Captured) -> None:
    assert run("show", BAZHONG, "--lead", "市政府法制办", "--format", "json") == 0
    sheet = json.loads(capsys.readouterr().out)
    assert sheet["unit"] == "市政府法制办"
    assert sheet["assist"] == []
    tasks_led = list(dict.fromkeys(each["groups"][-1]["code"] for each in sheet["lead"]))
    expected = ["06", "09", "10", "11", "12", "13", "14", "15", "16", "17", "19", "20", "21", "22"]
    assert tasks_led == expected
    first = sheet["lead"][0]
    assert first["lead"] == ["市政府办公室", "市政府法制办"]
    assert first["points"] == 2
    assert "2 分" in first["standard"]
    assert first["evidence"]


def test_a_unit_that_leads_and_assists_gets_both_in_order() -> None:
    tree, unit = tree_of("bazhong-2017"), "市人力资源社会保障局"
    assert [each.code for each in led(tree, unit)] == ["03-1", "03-2"]
    assert [each.code for each in assisted(tree, unit)] == ["15-1", "15-2", "15-3"]
    text = duties_text(tree, unit, Language.ZH)
    assert text.index("牵头：2 项，4 分") < text.index("03-1") < text.index("责任：3 项，5 分") < text.index("15-1")
    assert "12 月 31 日" in text  # the deadline, in the standard's words
    assert "(三)清理职业资格许可和认定事项" in text
    assert "佐证材料" in text
    assert "Leads: 2 indicators, 4 points" in duties_text(tree, unit, Language.EN)


def test_every_unit_of_the_notice_has_a_sheet() -> None:
    tree = tree_of("bazhong-2017")
    units = units_named(tree)
    assert "市政务服务管理办" in units
    assert "市委编办" in units
    assert not [unit for unit in units if re.search("[、,，;；]", unit)]
    for unit in units:
        sheet = json.loads(duties_json(tree, unit, Language.EN))
        assert len(sheet["lead"]) + len(sheet["assist"]) > 0
        assert all(each["standard"] for each in (*sheet["lead"], *sheet["assist"]))
    assert sum(len(led(tree, unit)) for unit in units) == sum(len(each.lead) for each in tree.indicators)


def test_brackets_may_be_typed_either_way() -> None:
    assert unit_named(tree_of("bazhong-2017"), "各县（区）人民政府") == "各县(区)人民政府"


def test_an_unknown_unit_is_wrong_usage_with_the_nearest_name(capsys: Captured) -> None:
    assert run("show", BAZHONG, "--lead", "市法制办") == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "市政府法制办" in shown.err


def test_without_the_option_the_whole_tree_is_shown(capsys: Captured) -> None:
    assert run("show", BAZHONG, "--format", "json") == 0
    assert [level["count"] for level in json.loads(capsys.readouterr().out)["levels"]] == [5, 22, 70]


def test_a_unit_both_leading_and_assisting_one_indicator_is_listed_once() -> None:
    tree = a_tree(children=[a_group(children=[an_indicator(lead=["甲"], assist=["甲", "乙"])])])
    assert [len(led(tree, "甲")), len(assisted(tree, "甲")), len(assisted(tree, "乙"))] == [1, 0, 1]
    assert json.loads(duties_json(tree, "乙", Language.ZH))["lead"] == []
