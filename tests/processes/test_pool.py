"""Whatever an item does to its process, it does to that item alone; results come in order; nothing is left running.

Reaches ``processes/worker.py``.
"""

import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import MappingProxyType

import everything
import pytest
import tasks

from lawgov_score.model import NO_REVIEW, Review
from lawgov_score.model.adjustments import NO_LIMITS, AdjustmentLimits
from lawgov_score.model.assessed import Assessed
from lawgov_score.processes import Limits, Lost, LostReason, Pool, sent, workers_for

QUICK = Limits(megabytes=256, seconds=2.0)
linux = pytest.mark.skipif(sys.platform != "linux", reason="only there does the system bound the memory of a process")


def fates(items: list[str], workers: int, limits: Limits = QUICK) -> list[str]:
    """Each result, or the fate of the item."""
    with Pool(limits=limits) as pool:
        found = list(pool.run(tasks.act, items, workers))
    return [one.fate if isinstance(one, Lost) else one.decode() for one in found]


@pytest.mark.parametrize("workers", [1, 3])
def test_results_come_in_the_order_of_the_items(workers: int) -> None:
    items = [f"item {i}" for i in range(200)]
    assert fates(items, workers) == [item.upper() for item in items]


@pytest.mark.parametrize(
    ("item", "fate"),
    [
        ("crash", LostReason.CRASHED),
        ("segfault", LostReason.CRASHED),
        ("exit 3", LostReason.CRASHED),
        ("sleep 60", LostReason.TIME),
        ("spin", LostReason.TIME),
        ("raise x", LostReason.RAISED),
        pytest.param("hoard", LostReason.MEMORY, marks=linux),
        pytest.param("rust", LostReason.MEMORY, marks=linux),
    ],
)
def test_what_takes_a_process_down_is_that_items_loss_alone(item: str, fate: LostReason) -> None:
    assert fates(["a", "b", item, "c", "d", "e", "f"], 1) == ["A", "B", fate, "C", "D", "E", "F"]


def test_many_losses_at_once_and_the_order_stays() -> None:
    items = ["crash", "a", "exit 1", "raise x", "b", "segfault", "c"]
    lost = {
        "crash": LostReason.CRASHED,
        "exit 1": LostReason.CRASHED,
        "raise x": LostReason.RAISED,
        "segfault": LostReason.CRASHED,
    }
    assert fates(items * 2, 2) == [lost.get(item, item.upper()) for item in items] * 2


def test_what_dies_once_is_tried_again(tmp_path: Path) -> None:
    item = f"once {tmp_path / 'mark'}"
    assert fates(["a", item, "b"], 1) == ["A", item.upper(), "B"]


def test_another_function_is_not_answered_by_the_one_before() -> None:
    with Pool(limits=QUICK) as pool:
        assert list(pool.run(tasks.act, ["a", "b"], 2)) == [b"A", b"B"]
        assert list(pool.run(tasks.Repeated(2), ["a", "b"], 1)) == [b"aa", b"bb"]
        known = [worker.process.pid for worker in pool._workers]
        assert list(pool.run(tasks.Repeated(2), ["c"], 1)) == [b"cc"]
        assert [worker.process.pid for worker in pool._workers] == known  # the same function: the same processes
        assert list(pool.run(tasks.Repeated(3), ["c"], 1)) == [b"ccc"]


def test_how_it_ended_is_said() -> None:
    with Pool(limits=QUICK) as pool:
        crashed, raised = pool.run(tasks.act, ["crash", "raise tea"])
    assert crashed == Lost(LostReason.CRASHED, "SIGABRT")
    assert isinstance(raised, Lost)
    assert raised.detail.endswith("ValueError: tea")


def test_what_a_library_prints_is_no_answer() -> None:
    assert fates(["print RR", "a"], 1) == ["PRINT RR", "A"]


def test_a_function_that_cannot_be_loaded_is_our_bug_and_says_so() -> None:
    with Pool(["lawgov_score.nowhere"]) as pool, pytest.raises(RuntimeError, match="No module named"):
        list(pool.run(tasks.act, ["a"]))


def test_the_pool_ends_its_workers_however_it_is_left() -> None:
    pids: list[int] = []

    def leave_early() -> None:
        with Pool() as pool:
            for result in pool.run(tasks.pid, [str(i) for i in range(50)], 2):
                assert isinstance(result, bytes)
                pids.append(int(result.split()[1]))
                if len(pids) == 20:
                    raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        leave_early()
    assert pids
    assert not any(is_running(pid) for pid in set(pids))


RUN = """
import signal, sys, tasks
signal.signal(signal.SIGINT, signal.default_int_handler)  # tests that run in the background ignore it
from lawgov_score.cli import _ending_in_order
from lawgov_score.processes import Limits, Pool
with _ending_in_order(), Pool(limits=Limits(seconds=1.0 if sys.argv[1] == "KILL" else 60.0)) as pool:
    for result in pool.run(tasks.pid_then_sleep, ["0", "0", "60", "60"], 2):
        print(result.decode(), flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("name", ["INT", "TERM", "KILL"])
def test_no_worker_outlives_a_parent_that_is_ended(name: str) -> None:
    paths = os.pathsep.join(filter(None, sys.path))
    with subprocess.Popen(
        [sys.executable, "-c", RUN, name],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
    ) as parent:
        assert parent.stdout is not None
        pids = {int(parent.stdout.readline()), int(parent.stdout.readline())}
        parent.send_signal(getattr(signal, f"SIG{name}"))
        parent.wait(20)
    end = time.monotonic() + 10
    while any(is_running(pid) for pid in pids) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(is_running(pid) for pid in pids)


def is_running(pid: int) -> bool:
    """Is there such a process, other than one that has ended and that nobody has asked about yet?"""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    try:
        return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_read_only_mappings_can_be_sent() -> None:
    one = {"a": MappingProxyType({"b": 1})}
    assert pickle.loads(sent(one)) == one


@pytest.mark.parametrize("one", [NO_REVIEW, NO_LIMITS])
def test_what_is_told_by_identity_is_the_same_object_when_sent(one: object) -> None:
    assert pickle.loads(sent((one, one)))[1] is one


def test_what_only_looks_like_it_stays_another() -> None:
    for written in (Review(), AdjustmentLimits()):
        got = pickle.loads(sent(written))
        assert got == written
        assert got is not NO_REVIEW
        assert got is not NO_LIMITS
    limits = AdjustmentLimits(3.0, None, inside=True, floor=None)
    assert pickle.loads(sent(limits)) == limits


def test_what_was_looked_up_is_not_sent() -> None:
    scores = everything.a_round()
    assert scores.node_column
    got = pickle.loads(sent(Assessed(scores, (("a.xlsx", "0"),))))
    assert "node_column" not in vars(got.scores)
    assert got.inputs == (("a.xlsx", "0"),)
    assert got.scores.units == scores.units


def test_a_second_process_only_where_it_gains() -> None:
    assert [workers_for(n, 4) for n in (0, 1, 3, 100)] == [1, 1, 3, 4]
    assert workers_for(1) == 1
    assert workers_for(50) == 1
