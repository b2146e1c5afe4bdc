"""A year at the desk, with a mouse and a keyboard: from a round that was just made to its archive, in a real browser.

Two units, a tree with all that an office adds. Needs Debian's Chromium and chromedriver. What is handed out arrives
whole, and what the pages did is what the record proves.
"""

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from browser import CHROMEDRIVER, CHROMIUM, NARROW, WIDE, Browser, browser
from calls import run
from desk_served import desk_of
from sheets import a_workbook, fill
from test_cli_assessor import a_tree

from lawgov_score.rounds.clock import local, real_now
from lawgov_score.rounds.creation import the_round
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.models import Decision, Event, Mark, Objection, Publication, Ruling, Submission
from lawgov_score.rounds.names import RoundState

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None or CHROMEDRIVER is None, reason="no Chromium here"),
    pytest.mark.long,
]
ROSTER = "unit,name,type\nA,甲局,any\nB,乙局,any\n"
LEADER = "王某"
Faults = list[str]


def in_days(n: int) -> str:
    """A moment of the office's clock, as a field takes it."""
    return f"{local(real_now()) + timedelta(days=n):%Y-%m-%dT17:30}"


def opened_zip(content: bytes, folder: Path) -> list[Path]:
    """What a .zip holds, every part of it whole."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    return sorted(path for path in folder.rglob("*") if path.is_file())


class Year:
    """The clerk: what is done, page by page; every page that is come to is looked at."""

    def __init__(self, window: Browser, folder: Path) -> None:
        self.window, self.folder = window, folder
        self.faults: list[str] = []

    def look(self) -> None:
        """Notes what is wrong with the page as it stands, at both widths."""
        at = self.window.at
        found = [*self.window.too_wide(), *self.window.told_by_axe(), *self.window.console()]
        self.window.width(NARROW)
        found += [f"{NARROW} px: {one}" for one in self.window.too_wide()]
        self.window.width(WIDE)
        self.faults += [f"{at}: {one}" for one in found]

    def open(self, address: str) -> None:
        """A page, looked at."""
        self.window.open(address)
        self.look()

    def press(self, said: str, *, by_keyboard: bool = False) -> None:
        """A button, and the page that it leads to, looked at."""
        self.window.click(said, by_keyboard=by_keyboard)
        self.look()

    def move(self, to: str, until: str = "", deadline: str = "") -> None:
        """The round goes on to its next state, from the overview, by keyboard."""
        self.open("/")
        self.press(f"转到“{to}”", by_keyboard=True)
        if until:
            self.window.fill(until, deadline)
        self.press(f"确定转到“{to}”", by_keyboard=True)
        assert "已办理" in self.window.text()
        assert f"现为“{to}”" in self.window.driver.find_element("css selector", "header").text

    def blanks(self) -> dict[str, Path]:
        """Blank workbooks of both units, by their codes."""
        self.open("/blanks/")
        self.press("印制 2 个单位的填报表")
        _, content = self.window.download("全部下载（压缩包）")
        found = opened_zip(content, self.folder / "blank")
        assert [path.name[0] for path in found] == ["A", "B"]
        return {path.name[0]: path for path in found}

    def send(self, *paths: Path) -> str:
        """Drops workbooks; what is told of them."""
        self.open("/submissions/")
        self.window.drop("填报表", paths)
        self.press("收件")
        return self.window.text()

    def collect(self) -> None:
        """Both send; one is accepted, one goes back with a marked copy and comes again."""
        blank = self.blanks()
        fill(blank["A"], {"01-1.done": 1, "01-1.got": 2, "01-3.x": 0.8})
        bad = self.folder / "乙局.xlsx"
        bad.write_bytes(blank["B"].read_bytes())
        fill(bad, {"01-1.done": "约3", "01-1.got": 3, "01-3.x": "不适用"}, notes={"01-3.x": "没有这项职责"})
        told = self.send(blank["A"], bad)
        assert "收到 2 份" in told
        assert "约3" in told
        papers = opened_zip(self.window.download("下载全部回执和确认单")[1], self.folder / "papers")
        assert len(papers) >= 4  # a receipt and a page each
        self.open("/returns/")
        self.press("受理勾选的")
        self.press("退回勾选的……")
        self.press("退回，做标注副本")
        copies = opened_zip(self.window.download("全部下载（压缩包）")[1], self.folder / "copies")
        assert len([path for path in copies if path.suffix == ".xlsx"]) == 1
        fill(blank["B"], {"01-1.done": 3, "01-1.got": 3, "01-3.x": "不适用"}, notes={"01-3.x": "没有这项职责"})
        assert "收到 1 份" in self.send(blank["B"])
        self.open("/returns/")
        self.press("受理勾选的")

    def review(self) -> None:
        """Figures of the office by workbook; marks and a ruling by hand."""
        figures = a_workbook(
            self.folder / "office.xlsx", {"考核机关填报项": "| 单位 | 01-4.rate |\n| A | 100% |\n| B | 50% |"}
        )
        self.open("/review/")
        self.window.drop("评审打分、复核改分", [figures])
        self.press("录入")
        self.open("/review/of/01-2/")
        self.window.fill("由谁打分（姓名）", "张三")
        self.window.fill_each("mark-", "2.5")
        self.window.fill("没有写理由的，一律用这句", "程序齐全")
        self.press("保存评分", by_keyboard=True)
        assert "已保存，共 2 处" in self.window.text()
        self.open("/review/rulings/")
        if "读取填报内容" in self.window.text():
            self.press("读取填报内容")
            self.open("/review/rulings/")
        self.window.choose_each("ruling-", "同意")
        self.window.fill("认定人", "王五")
        self.window.fill("没有写理由的，一律用这句", "确无此职责")
        self.press("保存认定")
        assert "已保存" in self.window.text()

    def compute(self, kind: str) -> None:
        """A run, and its ranking."""
        self.open("/trial/")
        self.window.choose(kind, "")
        self.press("计算")
        assert "甲局" in self.window.text()

    def object(self) -> None:
        """One objection, weighed and upheld."""
        self.open("/objections/")
        self.press("登记异议")
        self.window.choose("提出异议的单位", "甲局")
        self.press("下一步")
        self.window.choose("对哪一项", "01-1")
        self.window.fill("单位的理由", "漏计一件")
        self.press("登记")
        self.open("/objections/1/")
        self.window.choose("成立", "")
        self.window.fill("认定的得分", "3")
        self.window.fill("决定的理由", "查阅属实")
        self.press("试算影响")
        typed = self.window.field("决定的理由").get_attribute("value")
        assert typed == "查阅属实", self.window.text()  # what was typed is still there
        self.press("作出决定")
        assert "成立" in self.window.text()
        self.window.fill("告知日期", f"{local(real_now()):%Y-%m-%d}")
        self.window.fill("由谁、怎样告知", "李某送达，单位签收")
        self.press("记为已告知", by_keyboard=True)
        assert "告知：李某送达，单位签收" in self.window.text()

    def publish(self) -> None:
        """Looked at, released, published; everything handed out."""
        self.open("/publication/")
        self.press("预览")
        self.window.fill("公布的原因", "经审定")
        self.window.fill("同意公布的领导的姓名", LEADER)
        self.press("公布", by_keyboard=True)
        self.open("/publication/1/")
        names = {path.name for path in opened_zip(self.window.download("全部文件")[1], self.folder / "published")}
        assert {"scorecard.xlsx", "ranking.csv", "index.html"} <= names
        cards = opened_zip(self.window.download("评分卡")[1], self.folder / "cards")
        assert len(cards) == 2


def test_a_round_goes_from_new_to_its_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    roster, data = tmp_path / "roster.csv", tmp_path / "考核"
    roster.write_text(ROSTER, encoding="utf-8")
    assert run("round", "new", str(data), "--tree", a_tree(tmp_path), "--roster", str(roster)) == 0
    with desk_of(data) as desk, browser(tmp_path / "window", desk.address) as window:
        year = Year(window, tmp_path)
        year.move("报送", "报送截止", in_days(5))
        year.collect()
        year.move("截止")
        year.move("初审")
        year.review()
        year.move("复审")
        year.compute("初评")
        year.move("告知")
        year.move("异议", "提出异议的期限", in_days(3))
        year.object()
        year.move("终评")
        year.compute("终评")
        year.publish()
        year.move("归档")
        year.open("/records/")
        year.press("核验")
        assert "一致" in window.text()
    assert not year.faults, "\n".join(year.faults)
    with opened(data):
        assert the_round().state == RoundState.ARCHIVED
        assert [Submission.objects.filter(unit__code=code).count() for code in "AB"] == [1, 2]
        assert (Mark.objects.count(), Ruling.objects.count()) == (2, 1)
        assert (Objection.objects.count(), Decision.objects.count(), Publication.objects.count()) == (1, 1, 1)
        assert Publication.objects.get().released_by == LEADER
        assert Event.objects.filter(act="publish").count() == 1
    capsys.readouterr()
    assert run("round", "verify", str(data)) == 0, capsys.readouterr()
