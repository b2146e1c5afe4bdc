"""What is our own is done by whichever process, in order and to the last item; or the run ends, and says why."""

import errno
import subprocess
from pathlib import Path
from typing import Any

import pytest
import tasks

from lawgov_score.processes import LostReason, LostWorkError, Shared


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_the_results_are_the_same_by_any_number(jobs: int) -> None:
    with Shared("tea", jobs) as shared:
        results = [one.decode() for one in shared.run(tasks.named, range(40), 1)]
        again = list(shared.run(tasks.named, range(2), 1))
    assert results == [f"tea {i}!tea 1" for i in range(40)]  # what was made was made once in a process
    assert [one.decode() for one in again] == results[:2]


def test_processes_that_have_done_their_work_do_the_next_too(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []

    class Counted(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **settings: Any) -> None:
            started.append(self)
            super().__init__(*arguments, **settings)

    monkeypatch.setattr(subprocess, "Popen", Counted)
    with Shared("tea", 2) as shared:
        for _ in range(3):
            results = shared.run(tasks.named, range(8), 1)
            assert [next(results) for _ in range(8)] == [f"tea {i}!tea 1".encode() for i in range(8)]
            results.close()  # as who writes files does: nothing is asked for after the last
    assert len(started) == 2


def test_few_items_are_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a process was started"))
    with Shared("tea", jobs=0) as shared:
        assert len(list(shared.run(tasks.named, range(20), 20))) == 20


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_refusal_of_the_system_is_the_same_from_any_process(jobs: int) -> None:
    with Shared("tea", jobs) as shared, pytest.raises(OSError, match=r"card\.xlsx") as refused:
        list(shared.run(tasks.refuse, range(9), 1))
    assert (refused.value.errno, refused.value.filename) == (errno.ENOSPC, "card.xlsx")


def test_a_refusal_without_a_number() -> None:
    with Shared("tea", 2) as shared, pytest.raises(OSError, match=r"^no tea$"):
        list(shared.run(tasks.refuse_in_words, range(9), 1))


@pytest.mark.parametrize("item", ["crash", "segfault", "exit 3"])
def test_an_item_whose_process_dies_ends_the_run(item: str) -> None:
    with Shared("tea", 2) as shared, pytest.raises(LostWorkError) as lost:
        list(shared.run(tasks.of_context, ["a", "b", item, "c", "d"], 1))
    assert lost.value.lost.fate is LostReason.CRASHED


def test_a_bug_is_told_with_the_way_to_it() -> None:
    with Shared("tea", 2) as shared, pytest.raises(RuntimeError, match="ValueError: milk") as bug:
        list(shared.run(tasks.of_context, ["a", "raise milk", "b"], 1))
    assert "in of_context" in "".join(bug.value.__notes__)


def test_after_a_failure_it_can_be_used_again() -> None:
    with Shared("tea", 2) as shared:
        with pytest.raises(LostWorkError):
            list(shared.run(tasks.of_context, ["a", "crash", "b"], 1))
        assert list(shared.run(tasks.of_context, ["a", "b"], 1)) == [b"A", b"B"]


def test_who_stops_listening_gets_no_late_answers() -> None:
    with Shared("tea", 2) as shared:
        results = shared.run(tasks.of_context, ["a", *["b"] * 30], 1)
        assert next(results) == b"A"
        results.close()
        assert list(shared.run(tasks.of_context, ["c", "d"], 1)) == [b"C", b"D"]


def test_where_the_system_has_no_process_left_this_one_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", refused)
    with Shared("tea", 2) as shared:
        assert list(shared.run(tasks.of_context, ["a", "b"], 1)) == [b"A", b"B"]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n", LostWorkError),
        ("import nowhere\n", RuntimeError),
    ],
)
def test_a_process_that_does_not_get_ready_ends_the_run(
    said: str, error: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "unready.py").write_text(said, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with Shared("tea", 2, ["unready"]) as shared, pytest.raises(error):
        list(shared.run(tasks.of_context, ["a", "b"], 1))
