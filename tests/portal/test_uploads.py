"""What a browser hands in is opened by a bounded process and by no other; what would go off there is told by its name.

Reaches ``processes/apart.py``, ``tree/apart.py``, ``workbook/submission/roster_apart.py``, ``rounds/handed_in.py``.
"""

import json
import os
import signal
import struct
from pathlib import Path
from typing import Any

import pytest
from breaking import NoPool
from desk_visitor import Visitor, outcome_of, text_of
from hand_ins import AT, an_archive
from round_books import answered, saved
from round_made import ROSTER, TREE
from sheets import a_workbook

from lawgov_score import pipeline
from lawgov_score.catalogue import Code
from lawgov_score.pipeline import plain_folder
from lawgov_score.problems import RefusedError, TextPlace
from lawgov_score.processes import Limits, apart
from lawgov_score.rounds import handed_in
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.given_books import read_given
from lawgov_score.rounds.models import Event, OfficeBook
from lawgov_score.rounds.names import JobState
from lawgov_score.tree import source
from lawgov_score.workbook.office import files as office_files
from lawgov_score.workbook.package import grid
from lawgov_score.workbook.package.archive import directory
from lawgov_score.workbook.package.grid import CsvRows
from lawgov_score.workbook.package.saved import saved_of
from lawgov_score.workbook.submission import one_file

CHANGE = (
    "| 单位 | 指标 | 原得分 | 改后得分 | 改分理由 | 复核人 | 复核日期 |\n"
    "| XZ-01 | 01-1 | 2 | 1 | 补交材料 | 王五 | @2026-03-05 |"
)
UNITS = "| unit | name | type |\n| XZ-01 | 东乡 | town |\n| XZ-03 | 南乡 | town |"


def endless_directory() -> bytes:
    """A zip of nothing but its directory: a hundred thousand entries, each of which would become an object."""
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0x21, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    listed = entry * 100_000
    return b"PK\x03\x04" + listed + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 34_464, 34_464, len(listed), 4, 0)


BOMBS = {
    "zip": ("名单.xlsx", an_archive(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"\0" * (300 << 20)))),
    "directory": ("目录.xlsx", endless_directory()),
    "line": ("一行.csv", b"unit,name,type\n" + b"ab," * (8 << 20)),
    "quoted": ("引号.csv", b'unit,name,type\n"a",' + b"ab," * (8 << 20)),
    "aliases": (
        "别名.yaml",
        b"a0: &a0 [x]\n" + b"".join(b"a%d: &a%d [%s]\n" % (i, i, b"*a%d," % (i - 1) * 9) for i in range(1, 30)),
    ),
    "deep": ("深层.yaml", b"a: " + b"[" * 200_000),
}


def handed_in_at(visitor: Visitor, kind: str, name: str, content: bytes) -> Any:
    """The page that comes of it, and the job."""
    page, action, field = AT[kind]
    return visitor.press(visitor.open(page), action, files={field: [(name, content)]})


def last_job() -> Job:
    return Job.objects.order_by("-n")[0]


@pytest.fixture(name="scored_here", autouse=True)
def fixture_scored_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is scored is scored here, which takes less time; what is handed in is opened as it always is."""
    monkeypatch.setattr(plain_folder, "in_a_child", lambda work: json.loads(work(None)))


@pytest.mark.parametrize(
    ("kind", "bombs"),
    [
        ("roster", ("zip", "directory", "line", "quoted")),
        ("tree", ("aliases", "deep", "zip")),
        ("notice", ("aliases", "deep")),
        ("books", ("zip", "directory", "line")),
        ("tried", ("zip", "line")),
    ],
)
def test_a_bomb_is_told_by_its_name_and_nothing_is_changed(kind: str, bombs: tuple[str, ...], visitor: Visitor) -> None:
    before = Event.objects.count()
    for name, content in (BOMBS[bomb] for bomb in bombs):
        page = handed_in_at(visitor, kind, name, content)
        job = last_job()
        told = [*job.problems, *(job.outcome or {}).get("problems", ())]
        assert {one["code"][0] for one in told} <= set("SATDR"), told
        assert any(one["severity"] == "error" for one in told)
        called = (
            name if kind in {"tree", "books", "tried"} else Path(name).suffix if kind == "roster" else "notice.yaml"
        )
        assert called in text_of(page)
        assert f"/amend/{job.n}/confirm/" not in page.content.decode()
    assert not OfficeBook.objects.exists()
    assert Event.objects.count() == before


def test_what_is_handed_in_is_opened_in_another_process(
    visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, read = CsvRows.__init__, source.read_text

    def tables(self: CsvRows, text: str) -> None:
        assert "交来" not in text
        made(self, text)

    def texts(text: str, path: str) -> Any:
        assert "交来" not in text
        return read(text, path)

    def a_book(path: Path, *_: object) -> Any:
        raise AssertionError(path)

    monkeypatch.setattr(CsvRows, "__init__", tables)
    monkeypatch.setattr(source, "read_text", texts)
    for module in (office_files, grid, one_file):
        monkeypatch.setattr(module, "open_workbook", a_book)
    book = a_workbook(tmp_path / "评审.xlsx", {"复核改分": CHANGE})
    handed_in_at(visitor, "books", book.name, book.read_bytes())
    assert [one.name for one in OfficeBook.objects.all()] == ["评审.xlsx"], last_job().outcome
    units = a_workbook(tmp_path / "名册.xlsx", {"名册": UNITS})
    handed_in_at(visitor, "roster", units.name, units.read_bytes())
    assert outcome_of(last_job())["meaning"]["has_roster"]
    handed_in_at(visitor, "roster", "名册.csv", (ROSTER + "XZ-03,交来乡,town\n").encode())
    assert outcome_of(last_job())["meaning"]["has_roster"]
    handed_in_at(visitor, "notice", "n.yaml", "office: 交来的\ndeadline: 2026-02-30\n".encode())
    assert outcome_of(last_job())["problems"][0]["code"] == "T115"
    handed_in_at(visitor, "tree", "t.yaml", TREE.replace("县考核", "交来的").replace("proportional", "x").encode())
    assert "D102" in {one["code"] for one in outcome_of(last_job())["problems"]}


def test_a_good_tree_is_read_here_once_it_was_good_there(visitor: Visitor) -> None:
    handed_in_at(visitor, "tree", "体系.yaml", TREE.replace("回复率", "回复比率").encode())
    assert outcome_of(last_job())["meaning"]["rows"]


@pytest.mark.parametrize(
    ("limits", "found"),
    [(Limits(megabytes=1_024, seconds=0.001), "秒没有读完"), (Limits(megabytes=0), "要的内存超过 0 MB")],
)
def test_beyond_its_limits_it_is_told_with_them_and_what_to_do(
    limits: Limits, found: str, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart.read_apart, "__defaults__", (limits,))
    for kind, name, content in (
        ("roster", "名册.csv", (ROSTER * 30_000).encode()),
        ("tree", "体系.yaml", (TREE + "# \n" * 900_000).encode()),
        ("notice", "n.yaml", b"office: x\n" + b"# \n" * 900_000),
    ):
        page = handed_in_at(visitor, kind, name, content)
        job = last_job()
        assert job.state == JobState.DONE
        (told,) = [one for one in outcome_of(job)["problems"] if one["code"] == "R314"]
        assert found in told["found"]
        assert f"内存 {limits.megabytes} MB" in told["expected"]
        said = text_of(page)
        assert "没有读成，没有采用" in said
        assert "拆成几份再交" in said
        assert f"/amend/{job.n}/confirm/" not in page.content.decode()
    visitor.open("/")


class _Dies:
    """Work whose process ends in the middle, twice."""

    def __call__(self, _: None) -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        return b""


class _Tells:
    """Work that tells too much."""

    def __call__(self, _: None) -> bytes:
        return apart.answer_bytes("x" * (apart.MOST_TOLD + 1))


class _Errs:
    """Work with a bug."""

    def __call__(self, _: None) -> bytes:
        raise ZeroDivisionError("by nothing")


def test_a_process_that_dies_or_tells_too_much_is_told_and_a_bug_is_raised() -> None:
    for work, found in ((_Dies(), "SIGKILL"), (_Tells(), "'most': 64")):
        with pytest.raises(apart.NotReadError) as lost:
            apart.read_apart(work, TextPlace("a/体系.yaml"))
        assert found in str(lost.value.problem.values["found"])
        assert lost.value.problem.values["name"] == "体系.yaml"
    with pytest.raises(RuntimeError, match="by nothing"):
        apart.read_apart(_Errs(), TextPlace("a"))


def test_what_another_process_says_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "tree.yaml"
    path.write_text(TREE, encoding="utf-8")
    tree, _ = pipeline.load_tree(path)
    assert tree is not None
    (tmp_path / "r.csv").write_text(ROSTER, encoding="utf-8")
    monkeypatch.setattr(apart, "Pool", NoPool)
    for answer in ([], [True], [True, [["X"]]], [[["XZ"]], [], ""], [[], [], 3]):
        said = json.dumps(answer).encode()
        monkeypatch.setattr(NoPool, "run", lambda *_, said=said: iter([said]))
        assert [one.code for one in pipeline.load_roster_apart(tmp_path / "r.csv", tree)[1]] == [Code.R314]
        if answer[:1] != [[]] and len(answer) < 3:
            assert [one.code for one in pipeline.load_tree_apart(path)[1]] == [Code.R314]


def test_files_that_are_too_large_together_are_not_opened(
    visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(5):
        with (tmp_path / f"{n}.xlsx").open("wb") as file:
            file.truncate(60 << 20)  # of which the disk has nothing
    with pytest.raises(RefusedError) as refused:
        read_given([tmp_path / f"{n}.xlsx" for n in range(5)])
    assert (refused.value.problem.code, refused.value.problem.values["name"]) == (Code.R315, "4.xlsx")
    monkeypatch.setattr(handed_in, "MOST_TOGETHER", 10)
    for kind in ("roster", "books", "tried"):
        assert "太大，一份也没有打开" in text_of(handed_in_at(visitor, kind, "名册.csv", ROSTER.encode()))
    assert not OfficeBook.objects.exists()


def test_the_time_of_saving_is_not_sought_in_an_endless_directory(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(saved(answered("XZ-01", 3, 4), "2026-03-01T08:00:00Z"))
    assert saved_of(path) == "2026-03-01T08:00:00Z"
    path.write_bytes(endless_directory())
    assert directory(path.read_bytes()) is None
    assert saved_of(path) == ""
