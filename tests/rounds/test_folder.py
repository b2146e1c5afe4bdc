"""The plain folder, and what runs make of it: the same bytes as `score` on it, wherever it lies.

Reaches ``pipeline/plain_folder.py``.
"""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from calls import run
from round_books import answered, sent
from round_made import NOW
from tasks import EndsItself, HasABug, HasNoRoom
from test_cli_assessor import a_tree

from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError
from lawgov_score.pipeline import plain_folder as plain
from lawgov_score.pipeline.plain_folder import computed, write_plain
from lawgov_score.problems import RefusedError
from lawgov_score.processes import Lost, LostReason
from lawgov_score.report import render
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.folder import plain_folder
from lawgov_score.rounds.kept import keep
from lawgov_score.rounds.models import OfficeBook, Round, Seat, Submission
from lawgov_score.rounds.names import FileKind, SubmissionState
from lawgov_score.wording import Language


@pytest.fixture
def filled(data: Data, round_: Round) -> Round:
    """Two of three units have sent something, one of them twice, under names that mean harm."""
    sent(data, round_, "XZ-01", answered("XZ-01", 1, 10))
    sent(data, round_, "XZ-01", answered("XZ-01", 9, 10), "../../etc/passwd.xlsx")
    sent(data, round_, "XZ-02", answered("XZ-02", 5, 10), "=HYPERLINK(1).xlsx")
    return round_


def _score(folder: Path, out: Path, *more: str) -> int:
    outputs = ("-o", out / "scorecard.xlsx", "--csv", out, "--cards", out / "cards", "--html", out / "html")
    roster = ("--roster", folder / "roster.csv")
    return run("score", *map(str, (folder / "tree", folder / "received", *roster, *more, *outputs)))


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_a_run_writes_what_score_writes(
    data: Data, filled: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = computed(plain_folder(data, filled))
    assert made.has_scores
    assert {"scorecard.xlsx", "ranking.csv", "scores.csv", "html/public/index.html"} <= set(made.outputs)
    for place in ("一处", "another place"):
        folder = tmp_path / place
        write_plain(plain_folder(data, filled), folder)
        monkeypatch.chdir(folder)
        assert _score(folder, tmp_path / f"out {place}") == 0
        assert _bytes(tmp_path / f"out {place}") == dict(made.outputs)


def test_another_language_is_that_of_score_too(data: Data, filled: Round, tmp_path: Path) -> None:
    made = computed(plain_folder(data, filled), Language.EN)
    write_plain(plain_folder(data, filled), tmp_path / "folder")
    assert _score(tmp_path / "folder", tmp_path / "out", "--lang", "en") == 0
    assert _bytes(tmp_path / "out") == dict(made.outputs)


def test_what_counts_stands_under_the_codes_of_units(data: Data, filled: Round) -> None:
    files = plain_folder(data, filled)
    assert sorted(files) == ["received/XZ-01.xlsx", "received/XZ-02.xlsx", "roster.csv", "tree/tree.yaml"]
    assert files["received/XZ-01.xlsx"] == answered("XZ-01", 9, 10)


def test_what_was_withdrawn_or_is_of_a_unit_that_ended_is_not_there(data: Data, filled: Round) -> None:
    Submission.objects.filter(unit__code="XZ-01", n=2).update(state=SubmissionState.WITHDRAWN.value)
    filled.units.filter(code="XZ-02").update(ended_at=NOW)
    files = plain_folder(data, filled)
    assert files["received/XZ-01.xlsx"] == answered("XZ-01", 1, 10)
    assert "received/XZ-02.xlsx" not in files


def test_codes_that_no_file_can_have_are_told_apart(data: Data, filled: Round) -> None:
    filled.units.filter(code="XZ-01").update(code="a/b")
    filled.units.filter(code="XZ-02").update(code="A_B")
    names = [name for name in plain_folder(data, filled) if name.startswith("received/")]
    assert len(names) == 2
    assert all(name.count("/") == 1 and "~" in name for name in names)


def test_a_workbook_whose_name_leads_out_is_no_part_of_it(data: Data, filled: Round, office: Seat) -> None:
    """As a backup from anyone may have it."""
    file = keep(data, b"x", "x.xlsx", FileKind.OFFICE, NOW)
    OfficeBook.objects.create(round=filled, name="..\\..\\x.xlsx", n=1, file=file, at=NOW, seat=office)
    with pytest.raises(RefusedError) as refused:
        plain_folder(data, filled)
    assert refused.value.problem.code is Code.R205


def test_the_newest_of_the_office_under_a_name_counts(data: Data, filled: Round, office: Seat) -> None:
    book = None
    for n, content in enumerate((b"one", b"two"), start=1):
        file = keep(data, content, "x.xlsx", FileKind.OFFICE, NOW)
        book = OfficeBook.objects.create(
            round=filled, name="改分.xlsx", n=n, file=file, at=NOW, seat=office, replaces=book
        )
    assert plain_folder(data, filled)["office/改分.xlsx"] == b"two"


def test_a_file_that_is_none_fails_its_unit_alone(data: Data, filled: Round) -> None:
    sent(data, filled, "BM-01", b"no workbook at all")
    made = computed(plain_folder(data, filled))
    ranking = made.outputs["ranking.csv"].decode("utf-8-sig")
    assert "XZ-01" in ranking
    assert "BM-01" in ranking
    assert {one["path"] for one in made.problems if one["severity"] == "error"} == {"BM-01.xlsx"}


def test_a_workbook_that_unpacks_without_end_fails_its_unit_alone(data: Data, filled: Round) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", b"0" * (200 << 20))
    sent(data, filled, "BM-01", packed.getvalue())
    made = computed(plain_folder(data, filled))
    assert made.has_scores
    assert any(one["path"] == "BM-01.xlsx" for one in made.problems)


def test_problems_name_no_folder_of_this_machine(data: Data, filled: Round) -> None:
    sent(data, filled, "BM-01", b"no workbook at all")
    assert not any(
        str(one["path"] or "").startswith(("/", "..")) for one in computed(plain_folder(data, filled)).problems
    )


def test_nothing_received_comes_to_no_scores(data: Data, round_: Round) -> None:
    made = computed(plain_folder(data, round_))
    assert not made.has_scores
    assert dict(made.outputs) == {}
    assert [one["code"] for one in made.problems if one["severity"] == "error"] == ["S102"]


def test_figures_alone_come_without_cards(data: Data, filled: Round) -> None:
    made = computed(plain_folder(data, filled), only_tables=True)
    assert set(made.outputs) == {"ranking.csv", "scores.csv", "figures.csv", "grounds.csv"}
    assert made.outputs["ranking.csv"] == computed(plain_folder(data, filled)).outputs["ranking.csv"]


def _with(monkeypatch: pytest.MonkeyPatch, work: type) -> None:
    monkeypatch.setattr(plain, "_Run", work)


def test_a_child_that_is_ended_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    _with(monkeypatch, EndsItself)
    with pytest.raises(RefusedError) as refused:
        computed({})
    assert refused.value.problem.code is Code.R240


def test_a_bug_in_the_child_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    _with(monkeypatch, HasABug)
    with pytest.raises(RuntimeError, match="a bug"):
        computed({})


def test_no_room_for_the_child_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    _with(monkeypatch, HasNoRoom)
    with pytest.raises(CannotWriteError) as refused:
        computed({})
    assert refused.value.problem.code is Code.O102


def test_a_child_without_memory_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class _Pool:
        def __init__(self, *_: object) -> None:
            pass

        def __enter__(self) -> "_Pool":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def run(self, *_: object) -> list[Lost]:
            return [Lost(LostReason.MEMORY)]

    monkeypatch.setattr(plain, "Pool", _Pool)
    with pytest.raises(RefusedError) as refused:
        computed({})
    assert refused.value.problem.code is Code.R240


@pytest.mark.parametrize("name", ["../out.yaml", "/out.yaml", "tree/../../out.yaml", "..\\out.yaml", "D:/out.yaml"])
def test_no_name_leads_out(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="leads out"):
        write_plain({name: b""}, tmp_path / "folder")


def test_what_changed_since_an_earlier_run_is_told_and_stands_in_no_output(data: Data, filled: Round) -> None:
    then = computed(plain_folder(data, filled), only_tables=True).outputs
    sent(data, filled, "XZ-02", answered("XZ-02", 7, 10))
    now = computed(plain_folder(data, filled), only_tables=True, since=then)
    assert now.changes is not None
    assert "XZ-02,01-1" in now.changes.decode("utf-8-sig")
    assert "XZ-01" not in now.changes.decode("utf-8-sig")
    assert "XZ-02 西乡：总分" in now.changes_told
    assert now.changes_told.startswith("与上一次相比：")
    assert dict(now.outputs) == dict(computed(plain_folder(data, filled), only_tables=True).outputs)
    assert now.ranking.splitlines()[0] == "全体组"


def test_an_earlier_run_that_cannot_be_compared_is_no_obstacle(data: Data, filled: Round) -> None:
    assert computed(plain_folder(data, filled), only_tables=True, since={"ranking.csv": b"x"}).changes is None


def test_what_the_office_has_to_do_and_the_problems_are_told_as_score_tells_them(tmp_path: Path) -> None:
    files = {
        "tree/tree.yaml": Path(a_tree(tmp_path)).read_bytes(),
        "roster.csv": "unit,name,type\nA,甲局,any\n".encode(),
        "received/a.csv": "unit,01-1.done,01-1.got,01-3\nA,x,2,不适用\n".encode(),
    }
    made = computed(files, only_tables=True)
    assert render(made.open_told, Language.ZH).startswith("考核机关还有")
    assert render(made.open_told, Language.EN).startswith("Still to be done by the office")
    assert "a.csv:B2: 错误 S201" in made.problems_told
