"""Documents into a folder: all or none, never over something else, on record before they appear."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from documents_made import LATER, a_copy
from objections_made import in_this_process
from round_made import a_seat

from lawgov_score import files
from lawgov_score.catalogue import Code
from lawgov_score.documents.handing_out import hand_out
from lawgov_score.documents.kinds import Kind
from lawgov_score.documents.making import Made, draft_documents
from lawgov_score.files import CannotWriteError
from lawgov_score.problems import RefusedError
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.models import Event
from lawgov_score.rounds.names import Role


@pytest.fixture
def data(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Data]:
    in_this_process(monkeypatch)
    with opened(a_copy(tmp_path, "returned", tmp_path_factory.mktemp("made"))) as open_:
        yield open_


@pytest.fixture
def made(data: Data) -> Made:
    return draft_documents(data, the_round(), Kind.RETURN, LATER)


def _hand_out(data: Data, made: Made, folder: Path, *, overwrite: bool = False) -> list[Path]:
    return list(hand_out(data, the_round(), made, folder, seat_of(Role.OFFICE), LATER, overwrite=overwrite))


def _on_record() -> int:
    return Event.objects.filter(act="document").count()


def test_all_are_there_with_names_that_every_system_can_have(data: Data, made: Made, tmp_path: Path) -> None:
    paths = _hand_out(data, made, tmp_path / "out")
    assert {path.name: path.read_bytes() for path in paths} == made.files
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(made.files)
    assert not any(mark in name for name in made.files for mark in '<>:/\\|?*"\u202e')
    assert _hand_out(data, made, tmp_path / "out") == paths
    assert _on_record() == 1


def test_nothing_is_written_over_something_else(data: Data, made: Made, tmp_path: Path) -> None:
    there = tmp_path / "out" / "XZ-02 西乡 退回函.docx"
    there.parent.mkdir()
    there.write_bytes(b"signed")
    with pytest.raises(CannotWriteError) as refused:
        _hand_out(data, made, tmp_path / "out")
    assert [one.code for one in refused.value.problems] == [Code.O105]
    assert [path.name for path in there.parent.iterdir()] == [there.name]
    assert (there.read_bytes(), _on_record()) == (b"signed", 0)
    _hand_out(data, made, tmp_path / "out", overwrite=True)
    assert there.read_bytes() == made.files[there.name]


def test_where_they_cannot_appear_that_is_told_and_the_same_again_gives_them(
    data: Data, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "made to fail")

    with monkeypatch.context() as patch:
        patch.setattr(files, "_move", full)
        with pytest.raises(CannotWriteError) as refused:
            _hand_out(data, made, tmp_path / "out")
    assert [one.code for one in refused.value.problems] == [Code.O102, Code.R289]
    assert _on_record() == 1
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())
    _hand_out(data, made, tmp_path / "out")
    assert _on_record() == 1


def test_who_may_not_leaves_nothing(data: Data, made: Made, tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as refused:
        hand_out(data, the_round(), made, tmp_path / "out", a_seat(the_round(), Role.AUDIT), LATER)
    assert [one.code for one in refused.value.problems] == [Code.R213]
    assert not (tmp_path / "out").exists()
