"""A new round: whole or not there at all, its files by fingerprint, its units from the roster."""

import errno
import json
from pathlib import Path

import pytest
from round_made import NOW, ROSTER, TREE, FailingDisk, make_round
from round_made import given as files_given

from lawgov_score.catalogue import Code
from lawgov_score.problems import RefusedError
from lawgov_score.rounds.creation import create_round, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.kept import names_in, read
from lawgov_score.rounds.models import Event, File, Seat
from lawgov_score.rounds.store import sha256_of


def test_what_a_round_knows_from_the_beginning(data: Data) -> None:
    round_ = the_round()
    assert (round_.code, round_.year, round_.title, round_.state) == ("county-2026", 2026, "县考核", "preparing")
    assert list(round_.units.values_list("code", "name", "type", "cohort")) == [
        ("XZ-01", "东乡", "town", "all"),
        ("XZ-02", "西乡", "town", "all"),
        ("BM-01", "教育局", "bureau", "all"),
    ]
    assert names_in(data, round_.tree) == {"tree.yaml": sha256_of(TREE.encode())}
    assert read(data, round_.roster) == ROSTER.encode()
    assert list(Seat.objects.values_list("role", flat=True)) == ["office", "leader"]
    event = Event.objects.get()
    assert (event.act, event.object) == ("make", "round county-2026")
    assert json.loads(event.body)["after"]["roster_sha256"] == round_.roster.sha256
    assert set(File.objects.values_list("sha256", flat=True)) == set(data.store.all())


def test_the_year_may_be_another(tmp_path: Path) -> None:
    made, _ = create_round(tmp_path / "data", *files_given(tmp_path), 2027, now=NOW)
    assert made is not None
    assert (made.code, made.year, made.units) == ("county-2027", 2027, 3)


def test_a_folder_that_holds_anything_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "note.txt").write_text("x")
    with pytest.raises(RefusedError) as refused:
        create_round(tmp_path / "data", *files_given(tmp_path), None, now=NOW)
    assert refused.value.problem.code is Code.R204
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["note.txt"]
    (tmp_path / "data" / "note.txt").unlink()
    made, _ = create_round(tmp_path / "data", *files_given(tmp_path), None, now=NOW)
    assert made is not None  # into an empty one


def test_a_database_that_holds_a_round_already_takes_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the setting still names last year's database."""
    there = make_round(tmp_path, "there")
    monkeypatch.setattr("lawgov_score.rounds.creation.opened", lambda *_, **__: opened(there))
    with pytest.raises(RefusedError) as refused:
        create_round(tmp_path / "data", *files_given(tmp_path), 2027, now=NOW)
    assert refused.value.problem.code is Code.R210
    assert refused.value.problem.values["found"] == "county-2026"
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("broken", ["tree.yaml", "roster.csv"])
def test_problems_of_what_was_given_make_no_round(tmp_path: Path, broken: str) -> None:
    tree, roster = files_given(tmp_path)
    path = tmp_path / broken
    path.write_text(path.read_text(encoding="utf-8").replace("town", "village", 1), encoding="utf-8")
    made, problems = create_round(tmp_path / "data", tree, roster, None, now=NOW)
    assert made is None
    assert problems
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("name", ["a:b.yaml", "a\\b.yaml", "con.yaml"])
def test_a_name_in_the_tree_that_some_system_cannot_have_is_told(tmp_path: Path, name: str) -> None:
    tree, roster = files_given(tmp_path)
    (tmp_path / "tree").mkdir()
    tree.rename(tmp_path / "tree" / "tree.yaml")
    (tmp_path / "tree" / name).write_text("", encoding="utf-8")
    with pytest.raises(RefusedError) as refused:
        create_round(tmp_path / "data", tmp_path / "tree", roster, None, now=NOW)
    assert (refused.value.problem.code, refused.value.problem.values["name"]) == (Code.T101, name)
    assert not (tmp_path / "data").exists()


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    made, problems = create_round(tmp_path / "data", tmp_path / "tree", tmp_path / "roster.csv", None, now=NOW)
    assert made is None
    assert [one.code for one in problems] == [Code.T101]


def test_whichever_step_of_the_disk_fails_no_round_is_there_and_the_next_try_makes_one(tmp_path: Path) -> None:
    tree, roster = files_given(tmp_path)
    counted = FailingDisk(999)
    create_round(tmp_path / "counted", tree, roster, None, now=NOW, disk=counted)
    assert len(counted.steps) >= 15
    there = {"tree.yaml", "roster.csv", "counted"}
    for at in range(1, len(counted.steps) + 1):
        number, code = (errno.ENOSPC, Code.O102) if at % 2 else (errno.EROFS, Code.O101)
        with pytest.raises(RefusedError) as refused:
            create_round(tmp_path / "data", tree, roster, None, now=NOW, disk=FailingDisk(at, number))
        assert refused.value.problem.code is code
        assert ".lawgov-" not in str(refused.value.problem.place)  # never of the folder that is being made
        assert {path.name for path in tmp_path.iterdir()} == there
    create_round(tmp_path / "data", tree, roster, None, now=NOW)
    with opened(tmp_path / "data"):
        assert the_round().units.count() == 3


def test_a_file_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lawgov_score import pipeline

    tree, roster = files_given(tmp_path)
    load = pipeline.load_roster

    def changing(*args: object, **named: object) -> object:
        found = load(*args, **named)  # type: ignore[arg-type]  # as it was called
        roster.write_text(ROSTER + "XZ-03,北乡,town\n", encoding="utf-8")
        return found

    monkeypatch.setattr(pipeline, "load_roster", changing)
    with pytest.raises(RefusedError) as refused:
        create_round(tmp_path / "data", tree, roster, None, now=NOW)
    assert refused.value.problem.code is Code.T101
    assert not (tmp_path / "data").exists()


def test_a_folder_without_a_round_is_told(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    from lawgov_score.rounds.models import Round

    monkeypatch.setattr(Round, "objects", Round.objects.none())
    with pytest.raises(RefusedError) as refused:
        the_round()
    assert refused.value.problem.code is Code.R201


@pytest.mark.parametrize("which", ["tree", "roster", "notice"])
def test_what_never_ends_is_not_read(tmp_path: Path, which: str) -> None:
    tree, roster = files_given(tmp_path)
    endless = {"tree": tree, "roster": roster, "notice": None} | {which: Path("/dev/zero")}
    assert endless["tree"] is not None
    assert endless["roster"] is not None
    made, problems = create_round(
        tmp_path / "data", endless["tree"], endless["roster"], None, now=NOW, notice=endless["notice"]
    )
    assert made is None
    assert problems
    assert not (tmp_path / "data").exists()
