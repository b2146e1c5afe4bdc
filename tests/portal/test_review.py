"""评定: what is given and missing, workbooks dropped and taken back, marks and entries by hand, each of them once.

Reaches ``portal/views/review.py``, ``portal/views/review_marks.py``, ``portal/views/review_entries.py``,
``portal/views/review_figures.py``,
``portal/by_hand.py``, ``portal/run_problems.py`` and ``portal/working/entering.py``.
"""

import html
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from breaking import in_one_process
from desk_visitor import Page, Visitor, form_of, text_of
from django.core.files.uploadedfile import SimpleUploadedFile
from round_books import an_office_round, sent
from round_made import NOW
from sheets import a_workbook, fill
from test_cli_assessor import a_tree, an_office

from lawgov_score import pipeline
from lawgov_score.pipeline.progress import unwatched
from lawgov_score.rounds.answered import FOLDER
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.folder import BY_HAND, books_in_force, plain_folder
from lawgov_score.rounds.models import Change, Entry, Event, Mark, OfficeBook, Ruling
from lawgov_score.rounds.names import Role, RunKind
from lawgov_score.rounds.reviewing import entered_at
from lawgov_score.rounds.running import make_run
from lawgov_score.wording import Language

MARKS = "| 单位 | 指标 | 评审人 | 评分 | 评分理由 |\n"
CHINESE = re.compile("[\u3400-\u9fff]")
ATTACK = "<b>=1+1\u202e甲"


@pytest.fixture(autouse=True)
def _one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    in_one_process(monkeypatch)


@pytest.fixture(scope="session")
def office_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A round with all that an office adds, of two units that have sent; B claims 01-3."""
    folder = tmp_path_factory.mktemp("office")
    made = an_office_round(folder)
    of, problems = pipeline.load_tree(Path(a_tree(folder)))
    assert of is not None, problems
    units, _ = pipeline.load_roster(folder / "roster-ab.csv", of)
    assert units is not None
    pipeline.write_templates(of, units, folder / "templates", Language.ZH, unwatched)
    with opened(made) as data:
        for unit, rate in (("A", 0.8), ("B", "不适用")):
            (path,) = (folder / "templates").glob(f"{unit} *.xlsx")
            fill(
                path, {"01-1.done": 2, "01-1.got": 4, "01-3.x": rate}, evidence=ATTACK, notes={"01-3.x": "没有这项职责"}
            )
            sent(data, the_round(), unit, path.read_bytes())
    return made


@pytest.fixture
def data_folder(office_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(office_once, tmp_path / "data"))


def _read(visitor: Visitor, address: str = "/review/") -> str:
    return text_of(visitor.press(visitor.open(address), "/review/look/"))


def test_the_overview_counts_what_is_given_and_missing(visitor: Visitor, data: Data) -> None:
    assert "还没有读到本页来" in text_of(visitor.open("/review/"))
    told = _read(visitor)
    assert "2 处评审打分未满，共 2 处" in told
    assert "1 项不适用申请待认定" in told
    assert "2 处考核机关填报项未填，共 2 处" in told
    assert "还没有读到本页来" not in told


def test_workbooks_are_dropped_together_and_what_is_wrong_is_told(visitor: Visitor, data: Data, tmp_path: Path) -> None:
    good = an_office(tmp_path / "given") / "office.xlsx"
    bad = a_workbook(
        tmp_path / "坏.xlsx", {"评审打分": f"{MARKS}| A | 01-2 | 赵六 | 9 | 好 |\n| B | 01-2 | 赵六 | 1 | 差 |"}
    )
    page = visitor.press(visitor.open("/review/"), "/review/enter/", files={"files": [good, bad, ("x.txt", b"x")]})
    told = text_of(page)
    assert "已录入 office.xlsx：打分 3 条、改分 1 条" in told
    assert "没有录入： x.txt" in told
    assert "A205" in told
    assert "坏.xlsx:评审打分!D2" in told
    assert str(data.folder) not in told
    assert set(books_in_force(the_round())) == {"office.xlsx", "坏.xlsx"}
    assert "考核机关填报项已齐，共 2 处" in told


def test_a_figure_that_was_not_used_is_missing(visitor: Visitor, data: Data, tmp_path: Path) -> None:
    bad = a_workbook(tmp_path / "填报.xlsx", {"考核机关填报项": "| 单位 | 01-4.rate |\n| A | 100% |\n| B | 很高 |"})
    page = visitor.press(visitor.open("/review/"), "/review/enter/", files={"files": [bad]})
    told = text_of(page)
    assert "已录入 填报.xlsx：考核机关填报 1 项" in told
    assert "1 处考核机关填报项未填，共 2 处" in told
    assert re.search(r"考核机关填报 2 1 1 —", told), told
    assert b'href="/review/of/01-4/"' in page.content
    assert not Entry.objects.filter(unit__code="B").exists()


def test_figures_of_the_office_are_typed_on_the_page_of_their_indicator(visitor: Visitor, data: Data) -> None:
    """What is typed is a workbook by hand: counted, corrected, taken away; a figure that is none refuses the save."""
    address = "/review/of/01-4/"
    units = dict(the_round().units.values_list("code", "pk"))
    names = {code: f"figure-{pk}-rate" for code, pk in units.items()}
    page = visitor.open(address)
    refused = visitor.press(page, address, **_said({names["A"]: "100%", names["B"]: "很高"}))
    assert "没有保存" in text_of(refused)
    assert "01-4（" in text_of(refused)
    assert "-手工.csv" not in text_of(refused)
    assert 'value="很高"' in refused.content.decode()
    assert not Entry.objects.exists()
    saved = visitor.press(visitor.open(address), address, **_said({names["A"]: "100%", names["B"]: "90%"}))
    assert "已保存，共 2 处" in text_of(saved)
    assert "考核机关填报项已齐，共 2 处" in text_of(visitor.open("/review/"))
    assert f"office/{BY_HAND['answers']}" in plain_folder(data, the_round())
    run = make_run(data, the_round(), RunKind.TRIAL, seat_of(Role.OFFICE), NOW)
    assert run.run is not None
    visitor.press(visitor.open(address), address, **_said({names["A"]: ""}))
    now = Entry.objects.filter(book__replaced_by=None, category="").values_list("unit__code", "text")
    assert [unit for unit, _ in now] == ["B"]
    assert form_of(visitor.open(f"{address}?show=missing"), address).names & set(names.values()) == {names["A"]}
    tried = visitor.press(visitor.open(address), address, do="draft", **_said({names["A"]: "80%"}))
    assert "还没有录入" in text_of(tried)
    visitor.press(visitor.open(address), address, **_said({names["B"]: ""}))
    assert not books_in_force(the_round())


def test_a_figure_that_came_with_a_workbook_is_not_typed_over(visitor: Visitor, data: Data, tmp_path: Path) -> None:
    book = a_workbook(tmp_path / "填报.xlsx", {"考核机关填报项": "| 单位 | 01-4.rate |\n| A | 100% |"})
    visitor.press(visitor.open("/review/"), "/review/enter/", files={"files": [book]})
    units = dict(the_round().units.values_list("code", "pk"))
    page = visitor.open("/review/of/01-4/")
    assert "已在工作簿中填报，要改的改那一份再录入： 填报.xlsx" in text_of(page)
    fields = dict(form_of(page, "/review/of/01-4/").fields)
    assert f"figure-{units['A']}-rate" not in fields
    assert f"figure-{units['B']}-rate" in fields
    visitor.press(page, "/review/of/01-4/", **_said({f"figure-{units['B']}-rate": "90%"}))
    assert "考核机关填报项已齐，共 2 处" in text_of(visitor.open("/review/"))


def test_a_drop_posted_twice_is_entered_once(visitor: Visitor, data: Data, tmp_path: Path) -> None:
    page = visitor.open("/review/")
    content = (an_office(tmp_path / "given") / "office.xlsx").read_bytes()
    fields = dict(form_of(page, "/review/enter/").fields)
    for _ in range(2):
        visitor.post("/review/enter/", {**fields, "files": SimpleUploadedFile("office.xlsx", content)})
    assert OfficeBook.objects.count() == 1
    assert Event.objects.filter(act="enter").count() == 1


def test_contradictions_between_workbooks_are_counted(visitor: Visitor, data: Data, tmp_path: Path) -> None:
    for name, mark in (("一.xlsx", 3), ("二.xlsx", 1)):
        rows = f"{MARKS}| A | 01-2 | 张三 | {mark} | 好 |\n| B | 01-2 | {name} | 1 | 好 |"
        a_workbook(tmp_path / name, {"评审打分": rows})
    page = visitor.press(
        visitor.open("/review/"), "/review/enter/", files={"files": [tmp_path / "一.xlsx", tmp_path / "二.xlsx"]}
    )
    assert re.search(r"01-2 决策程序 评审打分 2 1 1 1", text_of(page)), text_of(page)
    assert "A207" in text_of(page)


def test_a_workbook_is_taken_back_once_it_is_confirmed(visitor: Visitor, data: Data, tmp_path: Path) -> None:
    files = {"files": [an_office(tmp_path / "given") / "office.xlsx"]}
    visitor.press(visitor.open("/review/"), "/review/enter/", files=files)
    page = visitor.open("/review/withdraw/?name=office.xlsx")
    assert "打分 3 条" in text_of(page)
    old = dict(form_of(page, "/review/withdraw/").fields)
    refused = visitor.post("/review/withdraw/", {**old, "version": "7"}, 409)
    assert "R212" in text_of(refused)
    told = [text_of(visitor.post("/review/withdraw/", {**old, "once": "1" * 32})) for _ in range(2)]
    assert told[0] == told[1]
    assert books_in_force(the_round()) == {}
    assert Event.objects.filter(act="enter").count() == 2
    visitor.open("/review/withdraw/?name=office.xlsx", 404)
    visitor.open("/review/book/?name=../key", 404)


def test_a_workbook_is_downloaded_as_it_came(visitor: Visitor, data: Data, tmp_path: Path) -> None:
    given = an_office(tmp_path / "given") / "office.xlsx"
    visitor.press(visitor.open("/review/"), "/review/enter/", files={"files": [given]})
    answer = visitor.client.get("/review/book/?name=office.xlsx")
    assert b"".join(answer) == given.read_bytes()


def test_blank_workbooks_are_made_for_reviewers(visitor: Visitor, data: Data) -> None:
    page = visitor.press(visitor.open("/review/"), "/review/books/", reviewers="张三、李四")
    told = text_of(page)
    assert "评审打分" in told
    assert "张三" in told
    assert page.content.decode().count("/files/") == 2
    fields = dict(form_of(visitor.open("/review/"), "/review/books/").fields)
    none = visitor.post("/review/books/", {**fields, "leads": "没有的局"})
    assert "没有要填的" in text_of(none)


COLUMN = "/review/of/01-2/"


def _said(values: dict[str, str]) -> dict[str, Any]:
    """Fields whose names are no names of Python's."""
    return dict(values)


def _marks(visitor: Visitor, reviewer: str = "张三") -> Page:
    return visitor.open(f"{COLUMN}?reviewer={reviewer}")


def test_marks_are_typed_at_once_and_the_name_with_the_save(visitor: Visitor, data: Data) -> None:
    a, b = _pk("A"), _pk("B")
    done = visitor.press(visitor.open(COLUMN), COLUMN, **_said({"reviewer": "张三", f"mark-{a}": "3", "common": "好"}))
    assert "已保存，共 1 处" in text_of(done)
    page = visitor.open(COLUMN)  # does not show whose marks there are
    assert f"{COLUMN}?reviewer=%E5%BC%A0%E4%B8%89" in page.content.decode()
    visitor.press(page, COLUMN, **_said({"reviewer": "张三", f"mark-{b}": "2", "common": "中"}))
    rows = Mark.objects.filter(book__replaced_by=None).order_by("unit__code")
    assert [(one.unit.code, one.value) for one in rows] == [("A", 3.0), ("B", 2.0)]  # what was blank was not cleared
    visitor.press(_marks(visitor), COLUMN, **_said({f"mark-{a}": "", f"reason-{a}": ""}))
    assert [one.unit.code for one in Mark.objects.filter(book__replaced_by=None)] == ["B"]


def _pk(unit: str) -> int:
    found: int = the_round().units.get(code=unit).pk
    return found


def test_marks_are_entered_down_a_column(visitor: Visitor, data: Data) -> None:
    _read(visitor)
    a, b = _pk("A"), _pk("B")
    page = visitor.press(
        _marks(visitor), COLUMN, **_said({f"mark-{a}": "3", f"mark-{b}": "1", f"reason-{b}": "差", "common": "好"})
    )
    assert "已保存，共 2 处" in text_of(page)
    assert [(m.unit.code, m.value, m.reason) for m in Mark.objects.order_by("pk")] == [
        ("A", 3.0, "好"),
        ("B", 1.0, "差"),
    ]
    assert f"office/{BY_HAND['marks']}" in plain_folder(data, the_round())
    again = visitor.press(_marks(visitor), COLUMN, **_said({f"mark-{b}": "2"}))
    assert "B 01-2 决策程序 张三：1 → 2" in text_of(again)
    gone = visitor.press(_marks(visitor), COLUMN, **_said({f"mark-{a}": "", f"reason-{a}": ""}))
    assert "已保存，共 1 处" in text_of(gone)
    book = books_in_force(the_round())[BY_HAND["marks"]]
    assert [m.unit.code for m in Mark.objects.filter(book=book)] == ["B"]
    assert "没有要改的内容" in text_of(visitor.press(_marks(visitor), COLUMN))


def test_an_old_page_saves_nothing_and_keeps_what_was_typed(visitor: Visitor, data: Data) -> None:
    a, b = _pk("A"), _pk("B")
    first, second = _marks(visitor), _marks(visitor, "李四")
    visitor.press(first, COLUMN, **_said({f"mark-{a}": "3", f"reason-{a}": "好"}))
    refused = visitor.press(second, COLUMN, **_said({f"mark-{b}": "1", f"reason-{b}": "很差"}))
    assert "R212" in text_of(refused)
    assert dict(form_of(refused, COLUMN).fields)[f"reason-{b}"] == "很差"
    assert Mark.objects.count() == 1
    visitor.press(refused, COLUMN)  # what was typed, on what counts now
    assert sorted(Mark.objects.filter(book__replaced_by=None).values_list("unit__code", "reviewer")) == [
        ("A", "张三"),
        ("B", "李四"),
    ]


def test_an_old_page_takes_back_nothing_that_others_entered(visitor: Visitor, data: Data) -> None:
    """Saved again, as the page says: rows that were left alone show what counts by now, others what was typed."""
    a, b = _pk("A"), _pk("B")
    visitor.press(_marks(visitor), COLUMN, **_said({f"mark-{a}": "3", "common": "好"}))
    first, second, third = _marks(visitor), _marks(visitor), _marks(visitor)
    visitor.press(first, COLUMN, **_said({f"mark-{b}": "2", f"mark-{a}": "1", "common": "中"}))
    refused = visitor.press(second, COLUMN, **_said({f"mark-{a}": "2.5", f"reason-{a}": "很好"}))
    assert "您没有动的各行，显示的是别人改过以后的内容" in text_of(refused)
    fields = dict(form_of(refused, COLUMN).fields)
    assert (fields[f"mark-{a}"], fields[f"mark-{b}"], fields[f"reason-{b}"]) == ("2.5", "2", "中")
    visitor.press(refused, COLUMN)
    assert _in_force() == {"A": (2.5, "很好"), "B": (2.0, "中")}
    cleared = visitor.press(third, COLUMN, **_said({f"mark-{a}": "", f"reason-{a}": ""}))
    fields = dict(form_of(cleared, COLUMN).fields)
    assert (fields[f"mark-{a}"], fields[f"mark-{b}"]) == ("", "2")  # what was cleared was left alone by nobody
    visitor.press(cleared, COLUMN)
    assert _in_force() == {"B": (2.0, "中")}


def test_what_was_tried_before_others_entered_takes_back_nothing(visitor: Visitor, data: Data) -> None:
    a, b = _pk("A"), _pk("B")
    tried = visitor.press(_marks(visitor), COLUMN, do="draft", **_said({f"mark-{a}": "3", "common": "好"}))
    visitor.press(_marks(visitor), COLUMN, **_said({f"mark-{b}": "2", "common": "中"}))
    (back,) = set(re.findall(r'href="(/review/of/01-2/[^"]*draft=[^"]*)"', tried.content.decode()))
    visitor.press(visitor.open(html.unescape(back)), COLUMN)
    assert _in_force() == {"A": (3.0, "好"), "B": (2.0, "中")}


def _in_force() -> dict[str, tuple[float | None, str]]:
    marks = Mark.objects.filter(book__replaced_by=None).select_related("unit")
    return {one.unit.code: (one.value, one.reason) for one in marks}


def test_an_error_saves_nothing_and_names_the_unit(visitor: Visitor, data: Data) -> None:
    a, b = _pk("A"), _pk("B")
    page = visitor.press(_marks(visitor), COLUMN, **_said({f"mark-{a}": "3", f"mark-{b}": "9", "common": "好"}))
    assert "A205" in text_of(page)
    assert "B 乙局 01-2（评分）" in text_of(page)
    fields = dict(form_of(page, COLUMN).fields)
    assert (fields[f"mark-{a}"], fields[f"mark-{b}"], fields["common"]) == ("3", "9", "好")
    assert Mark.objects.count() == 0


def test_marks_posted_twice_are_saved_once(visitor: Visitor, data: Data) -> None:
    values = {**dict(form_of(_marks(visitor), COLUMN).fields), f"mark-{_pk('A')}": "3", "common": "好"}
    assert text_of(visitor.post(COLUMN, values)) == text_of(visitor.post(COLUMN, values))
    assert OfficeBook.objects.count() == 1


def test_marks_of_a_workbook_are_not_entered_once_more(visitor: Visitor, data: Data, tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "打分.xlsx", {"评审打分": f"{MARKS}| A | 01-2 | 张三 | 3 | 好 |"})
    visitor.press(visitor.open("/review/"), "/review/enter/", files={"files": [path]})
    page = _marks(visitor)
    assert "已在工作簿中打分" in text_of(page)
    assert f"mark-{_pk('A')}" not in form_of(page, COLUMN).names
    assert f"mark-{_pk('B')}" in form_of(page, COLUMN).names


def test_a_filter_leaves_what_it_hides(visitor: Visitor, data: Data) -> None:
    a, b = _pk("A"), _pk("B")
    visitor.press(_marks(visitor), COLUMN, **_said({f"mark-{a}": "3", f"mark-{b}": "1", "common": "好"}))
    page = visitor.open(f"{COLUMN}?reviewer=张三&q=乙")
    assert form_of(page, COLUMN).names & {f"mark-{a}", f"mark-{b}"} == {f"mark-{b}"}
    visitor.press(page, COLUMN, **_said({f"mark-{b}": "2"}))
    assert sorted(Mark.objects.filter(book__replaced_by=None).values_list("value", flat=True)) == [2.0, 3.0]


def test_entries_are_tried_before_they_are_saved_and_nothing_typed_is_lost(visitor: Visitor, data: Data) -> None:
    a = _pk("A")
    page = visitor.press(_marks(visitor), COLUMN, do="draft", **_said({f"mark-{a}": "3", "common": "好"}))
    assert "手工录入的评审打分" in text_of(page)
    assert BY_HAND["marks"] not in text_of(page)
    assert "3.60 → 6.60" in text_of(page)
    assert "Told(" not in text_of(page)
    (back,) = set(re.findall(r'href="(/review/of/01-2/[^"]*draft=[^"]*)"', page.content.decode()))
    again = visitor.open(html.unescape(back))
    assert dict(form_of(again, COLUMN).fields)[f"mark-{a}"] == "3"
    assert Mark.objects.count() == 0
    visitor.press(again, COLUMN)
    assert Mark.objects.get().value == 3.0


def test_what_a_veto_would_do_is_said_of_its_unit_and_is_no_mistake(visitor: Visitor, data: Data) -> None:
    address = "/review/register/"
    entry: dict[str, Any] = {
        "unit": "B",
        "kind": "V1",
        "level": "",
        "matter": "事故",
        "date": "2024-06-01",
        "evidence": "1号",
    }
    said = text_of(visitor.press(visitor.open(address), address, do="draft", **entry))
    assert "录入前先改好" not in said
    veto = said.partition("录入以后会有下列情况")[2].partition("触发一票否决")[0]
    assert re.search(r"警告 ?B \S+", veto), said
    visitor.press(visitor.open(address), address, **entry)
    double = text_of(visitor.press(visitor.open(address), address, do="draft", **entry))
    assert re.search("B .*事故.*A217", double), double
    assert "手工.csv" not in double


def test_before_anything_has_come_nothing_is_complete(visitor: Visitor, data: Data) -> None:
    the_round().submissions.update(state="withdrawn")
    told = _read(visitor)
    assert "已齐" not in told
    assert "0 处评审打分：还没有单位报送" in told


def test_nothing_and_old_pages_are_not_tried(visitor: Visitor, data: Data) -> None:
    a, page = _pk("A"), _marks(visitor)
    assert "R306" in text_of(visitor.press(page, COLUMN, status=409, do="draft"))
    visitor.press(page, COLUMN, **_said({f"mark-{a}": "3", "common": "好"}))
    old = visitor.press(page, COLUMN, status=409, do="draft", **_said({f"mark-{a}": "2", "common": "好"}))
    assert "现为“手工录入的评审打分第 1 版”" in text_of(old)
    assert dict(form_of(old, COLUMN).fields)[f"mark-{a}"] == "2"


def test_claims_are_ruled_on(visitor: Visitor, data: Data) -> None:
    _read(visitor, "/review/rulings/")
    page = visitor.open("/review/rulings/")
    form = form_of(page, "/review/rulings/")
    (key,) = [name.partition("-")[2] for name in form.names if name.startswith("ruling-")]
    done = visitor.press(
        page, "/review/rulings/", **_said({f"ruling-{key}": "同意", f"reason-{key}": ATTACK, "reviewer": "王五"})
    )
    assert "已保存，共 1 处" in text_of(done)
    ruling = Ruling.objects.get()
    assert (ruling.unit.code, ruling.granted, ruling.reason) == ("B", True, ATTACK)
    assert "<b>=1" not in done.content.decode()
    refused = visitor.press(
        page,
        "/review/rulings/",
        **_said({f"ruling-{key}": "不同意", f"reason-{key}": "有", "reviewer": "王五", "once": "1" * 32}),
    )
    assert "R212" in text_of(refused)
    assert dict(form_of(refused, "/review/rulings/").fields)[f"ruling-{key}"] == "不同意"
    gone = visitor.press(visitor.open("/review/rulings/"), "/review/rulings/", **_said({f"ruling-{key}": ""}))
    assert "已保存" in text_of(gone)
    assert books_in_force(the_round()) == {}


def test_a_ruling_on_a_page_from_before_an_amendment_is_saved(visitor: Visitor, data: Data) -> None:
    """The answers have to be read anew then, and no claim is known until they are: what was typed counts."""
    address = "/review/rulings/"
    _read(visitor, address)
    page = visitor.open(address)
    (key,) = [name.partition("-")[2] for name in form_of(page, address).names if name.startswith("ruling-")]
    assert key == f"{_pk('B')}-01-3"  # no place in a list, which an amendment moves
    shutil.rmtree(data.folder / FOLDER)
    said = {f"ruling-{key}": "同意", f"reason-{key}": "无此职责", "reviewer": "王五"}
    done = visitor.press(page, address, **_said(said))
    assert "已保存，共 1 处" in text_of(done)
    assert (Ruling.objects.get().unit.code, Ruling.objects.get().granted) == ("B", True)


def test_what_is_typed_of_what_was_amended_away_is_not_called_unchanged(visitor: Visitor, data: Data) -> None:
    values = {**form_of(_marks(visitor), COLUMN).values(), f"mark-{_pk('A')}": "1", "mark-999": "2", "common": "好"}
    told = text_of(visitor.post(COLUMN, values, 409))
    assert "R212" in told
    assert "名册或体系改过，填的内容里 1 处没有对应的单位或指标" in told
    _read(visitor, "/review/rulings/")
    rulings = form_of(visitor.open("/review/rulings/"), "/review/rulings/").values()
    for gone in (f"ruling-{_pk('B')}-09-9", "ruling-999-01-3"):
        assert "R212" in text_of(visitor.post("/review/rulings/", {**rulings, gone: "同意", "reviewer": "王五"}, 409))
    assert (Mark.objects.count(), Ruling.objects.count()) == (0, 0)


def test_a_score_is_changed_and_changed_back(visitor: Visitor, data: Data) -> None:
    make_run(data, the_round(), RunKind.TRIAL, seat_of(Role.OFFICE), NOW)
    page = visitor.open("/review/changes/?unit=A&indicator=01-1")
    assert "第 1 次计算得 2 分" in text_of(page)
    assert dict(form_of(page, "/review/changes/").fields)["from"] == "2"
    refused = visitor.press(page, "/review/changes/", to="9", reason="补", reviewer="王五")
    assert "A205" in text_of(refused)
    assert dict(form_of(refused, "/review/changes/").fields)["reason"] == "补"
    done = visitor.press(refused, "/review/changes/", to="3")
    assert Change.objects.get().new == 3.0
    assert "更正或移除" in text_of(done)
    page = visitor.open("/review/changes/?at=0")
    visitor.press(page, "/review/changes/", to="3.5")
    assert [one.new for one in Change.objects.filter(book__replaced_by=None)] == [3.5]
    visitor.press(visitor.open("/review/changes/?at=0"), "/review/changes/", do="remove")
    assert books_in_force(the_round()) == {}


def test_the_register_is_kept_by_hand(visitor: Visitor, data: Data) -> None:
    page = visitor.open("/review/register/")
    entry: dict[str, Any] = {
        "unit": "A",
        "kind": "A1",
        "level": "市级",
        "matter": ATTACK,
        "date": "2024-06-01",
        "evidence": "1号",
    }
    done = visitor.press(page, "/review/register/", **entry)
    assert "已保存，共 1 处" in text_of(done)
    assert (Entry.objects.get().text, Entry.objects.get().value) == (ATTACK, 1.0)
    second = visitor.press(
        done, "/review/register/", **{**entry, "unit": "B", "kind": "V1", "level": "", "matter": "事故"}
    )
    assert "事故" in text_of(second)
    page = visitor.open("/review/register/?at=1")
    assert dict(form_of(page, "/review/register/").fields)["matter"] == "事故"
    visitor.press(page, "/review/register/", matter="重大事故")
    double = visitor.press(visitor.open("/review/register/"), "/review/register/", **{**entry, "matter": "双报"})
    double = visitor.press(double, "/review/register/", **{**entry, "matter": "双报"})
    assert "A217" in text_of(double).partition("这张表里原有的")[0]
    bare = {**entry, "unit": "B", "matter": "无据", "evidence": ""}
    third = text_of(visitor.press(double, "/review/register/", **bare))
    said, _, standing = third.partition("这张表里原有的")
    assert "A217" not in said  # what was saved comes first, and alone
    assert "B" in said.partition("A215")[0].rpartition("警告")[2]
    assert "A217" in standing
    assert "手工.csv" not in standing
    ranked = text_of(visitor.press(visitor.open("/trial/"), "/trial/run/", kind="trial"))
    assert "A217" in ranked
    assert "手工.csv" not in ranked.partition("计算时发现的问题")[2]
    assert "A217" in text_of(visitor.open("/review/register/"))  # as long as the double is there
    visitor.press(visitor.open("/review/register/?at=4"), "/review/register/", do="remove")
    visitor.press(visitor.open("/review/register/?at=3"), "/review/register/", do="remove")
    assert "A217" not in text_of(visitor.open("/review/register/"))
    visitor.press(visitor.open("/review/register/?at=2"), "/review/register/", do="remove")
    visitor.press(visitor.open("/review/register/?at=0"), "/review/register/", do="remove")
    assert [one.text for one in Entry.objects.filter(book__replaced_by=None)] == ["重大事故"]
    refused = visitor.press(visitor.open("/review/register/"), "/review/register/", unit="A", kind="A1", matter="x")
    assert "A213" in text_of(refused)
    assert dict(form_of(refused, "/review/register/").fields)["matter"] == "x"


def test_an_old_page_of_the_register_corrects_no_other_row(visitor: Visitor, data: Data) -> None:
    """Rows move up when one before them goes: what is corrected is the same row, or a new one where it is gone."""
    address = "/review/register/"
    entry: dict[str, Any] = {"unit": "A", "kind": "A1", "level": "市级", "date": "2024-06-01", "evidence": "1号"}
    for matter in ("甲事", "乙事", "丙事"):
        visitor.press(visitor.open(address), address, **{**entry, "matter": matter})
    old, older = visitor.open(f"{address}?at=1"), visitor.open(f"{address}?at=1")
    visitor.press(visitor.open(f"{address}?at=0"), address, do="remove")
    refused = visitor.press(old, address, matter="乙事改")
    assert "R212" in text_of(refused)
    fields = dict(form_of(refused, address).fields)
    assert (fields["at"], fields["matter"]) == ("0", "乙事改")
    visitor.press(refused, address)
    assert _matters() == ["乙事改", "丙事"]
    gone = visitor.press(older, address, matter="乙事又改")
    assert "别人刚才已经改过或者移除" in text_of(gone)
    fields = dict(form_of(gone, address).fields)
    assert (fields["at"], fields["matter"]) == ("-1", "乙事又改")
    assert _matters() == ["乙事改", "丙事"]


def _matters() -> list[str]:
    return [one.text for one in Entry.objects.filter(book__replaced_by=None).order_by("pk")]


def test_an_old_page_of_a_changed_score_is_open_again(visitor: Visitor, data: Data) -> None:
    address = "/review/changes/"
    page = visitor.open(f"{address}?unit=A&indicator=01-1")
    visitor.press(page, address, to="1", reason="复核", reviewer="王五")
    old = visitor.open(f"{address}?at=0")
    visitor.press(visitor.open(f"{address}?at=0"), address, to="2")
    refused = visitor.press(old, address, to="3")
    assert "R212" in text_of(refused)
    assert "别人刚才已经改过或者移除" in text_of(refused)
    assert dict(form_of(refused, address).fields)["to"] == "3"
    visitor.press(refused, address)
    assert [one.new for one in Change.objects.filter(book__replaced_by=None)] == [3.0]  # one row a score


def test_when_a_row_was_entered_is_not_when_others_were_saved(visitor: Visitor, data: Data) -> None:
    a, b = _pk("A"), _pk("B")
    visitor.press(_marks(visitor), COLUMN, **_said({f"mark-{a}": "3", "common": "好"}))
    first = Mark.objects.get().at
    visitor.press(_marks(visitor), COLUMN, **_said({f"mark-{b}": "3", "common": "好"}))
    rows = list(Mark.objects.filter(book__replaced_by=None).select_related("unit", "book"))
    assert entered_at(the_round(), rows)[next(one.pk for one in rows if one.unit.code == "A")] == first


def test_pages_in_english_have_no_chinese_but_names(visitor: Visitor, data: Data, tmp_path: Path) -> None:
    visitor.press(
        visitor.open("/review/"), "/review/enter/", files={"files": [an_office(tmp_path / "g") / "office.xlsx"]}
    )
    _read(visitor)
    visitor.client.post("/language/", {**dict(form_of(visitor.open("/"), "/language/").fields), "lang": "en"})
    for address in (
        "/review/",
        COLUMN,
        f"{COLUMN}?reviewer=Li",
        "/review/rulings/",
        "/review/changes/",
        "/review/changes/?unit=A&indicator=01-1",
        "/review/register/",
        "/review/withdraw/?name=office.xlsx",
    ):
        markup = visitor.open(address).content.decode()
        bare = re.sub(
            r"<bdi.*?</bdi>|<option.*?</option>|<button[^>]*>中文</button>|<title>.*?</title>",
            "",
            markup,
            flags=re.DOTALL,
        )
        bare = re.sub(r"<[^>]*>", "", bare)
        assert [line.strip() for line in bare.splitlines() if CHINESE.search(line)] == [], address


def test_names_as_attacks_are_shown_as_names(visitor: Visitor, data: Data, tmp_path: Path) -> None:
    the_round().units.filter(code="A").update(name=ATTACK)
    path = a_workbook(tmp_path / "打分.xlsx", {"评审打分": f"{MARKS}| A | 01-2 | {ATTACK} | 3 | {ATTACK} |"})
    content = path.read_bytes()
    visitor.press(visitor.open("/review/"), "/review/enter/", files={"files": [(f"{ATTACK}.xlsx", content)]})
    _read(visitor)
    for address in ("/review/", COLUMN, f"{COLUMN}?reviewer={ATTACK}", "/review/rulings/", "/review/register/"):
        markup = visitor.open(address).content.decode()
        assert "<b>=1" not in markup
        outside = re.sub(
            r"<bdi.*?</bdi>|<option.*?</option>|<[^>]*>|<textarea.*?</textarea>", "", markup, flags=re.DOTALL
        )
        assert "\u202e" not in outside, address


def test_what_is_not_there_is_not_there(visitor: Visitor, data: Data) -> None:
    for address in ("/review/of/99-9/", "/review/of/01/"):
        visitor.open(address, 404)
    assert "01-2" in text_of(visitor.open("/review/go/?code=01-2"))
    visitor.open("/review/go/")
