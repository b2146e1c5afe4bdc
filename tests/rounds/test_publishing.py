"""Publications: numbered, never replaced, refused where anything arrived; what changed, for whom, why, who is told."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import races
from django.db import transaction
from round_made import NOW, FailingDisk, an_objection, make_round
from round_published import LEADER, a_copy, came, corrected, final_run, released, remember, remembered, to_the_end

from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError
from lawgov_score.problems import RefusedError
from lawgov_score.report import render
from lawgov_score.rounds import publishing
from lawgov_score.rounds.clock import local
from lawgov_score.rounds.creation import the_round
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.events import broken_links, head, record
from lawgov_score.rounds.kept import keep, read
from lawgov_score.rounds.models import Event, Notice, OfficeBook, Publication, Round, Seat
from lawgov_score.rounds.names import FileKind, ObjectionState, Role, RoundState, RunKind, SubmissionState
from lawgov_score.rounds.published import TOLD, hand_out_again, handed_out
from lawgov_score.rounds.publishing import arrived_after, prepare, publish, release_publication
from lawgov_score.rounds.running import make_run, outputs_of
from lawgov_score.rounds.states import move, release
from lawgov_score.rounds.telling import Telling, tell
from lawgov_score.wording import Language


@pytest.fixture(autouse=True)
def _once(monkeypatch: pytest.MonkeyPatch) -> None:
    remember(monkeypatch)


@pytest.fixture
def data_folder(request: pytest.FixtureRequest, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a new round, or one that is final or published where the test asks for that."""
    asked = next((name for name in ("final", "published") if name in request.fixturenames), None)
    return a_copy(tmp_path, asked, tmp_path_factory.mktemp("made")) if asked else make_round(tmp_path)


@pytest.fixture
def final(data: Data) -> Round:
    return the_round()


@pytest.fixture
def published(data: Data) -> Round:
    return the_round()


def refused(data: Data, round_: Round) -> Code:
    with pytest.raises(RefusedError) as caught:
        released(data, round_)
    assert not round_.publications.exists()
    return caught.value.problem.code


def test_the_first_publication_tells_every_unit(data: Data, final: Round) -> None:
    run = final.runs.get()
    done = released(data, final)
    one = done.publication
    assert (one.n, one.run, one.fingerprint, one.changes) == (1, run, run.outputs.sha256, None)
    assert RoundState(the_round().state) is RoundState.PUBLISHED
    assert Event.objects.get(seq=one.seq).hash == one.head
    assert [event.act for event in Event.objects.filter(seq__gte=one.seq)] == ["release", "publish", "move"]
    said = json.loads(Event.objects.get(act="publish").body)
    assert said["object"] == "publication 1"
    assert (said["after"]["fingerprint"], said["after"]["released_by"]) == (one.fingerprint, LEADER)
    told = Notice.objects.filter(event__act="move", act="final>published")
    assert [notice.unit for notice in told] == list(done.to_tell) == list(final.units.all())
    assert one.told.splitlines() == [
        "第 1 次公布（首次）：县考核，2026 年度，第 1 次计算",
        "时间：2026年3月2日（星期一）09:30",
        "原因：首次公布",
        f"同意公布：{LEADER}",
        "须告知全部 3 个单位",
        f"结果指纹：{one.fingerprint}",
        f"办理记录至第 {one.seq} 件，指纹 {one.head}",
    ]
    assert list(broken_links()) == []


def test_a_correction_says_what_changed_for_whom_and_who_must_be_told(
    data: Data, published: Round, office: Seat
) -> None:
    first = Publication.objects.values().get()
    done = corrected(data, published, office)
    one = done.publication
    assert Publication.objects.values().get(n=1) == first
    assert (one.n, one.run.n, the_round().state) == (2, 2, RoundState.PUBLISHED.value)
    assert one.changes is not None
    lines = read(data, one.changes).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("unit,code,old,new,cause")
    assert {line.split(",")[0] for line in lines[1:]} == {"XZ-02"}
    assert {line.split(",")[4] for line in lines[1:]} == {"figure"}
    told = one.told
    assert "第 2 次公布（更正第 1 次公布）" in told
    assert "XZ-02 西乡：总分 1.00 → 1.40（填报值）" in told
    assert "须告知" in told
    assert "须告知 1 个单位：XZ-02 西乡\n" in told
    assert [unit.code for unit in done.to_tell] == ["XZ-02"]
    cards = next(line for line in told.splitlines() if line.startswith("另有"))
    assert "得分、位次、等次都没有变" in cards  # their cards show the mean of the cohort
    assert cards.endswith("：XZ-01 东乡"), cards
    notices = Notice.objects.filter(about="publication 2", act="publish")
    assert [notice.unit for notice in notices] == list(done.to_tell)
    assert "XZ-02" in {unit.code for unit in done.to_tell}
    assert list(broken_links()) == []


def test_a_run_is_published_once(data: Data, published: Round) -> None:
    with pytest.raises(RefusedError) as caught:
        prepare(data, published)
    assert caught.value.problem.code is Code.R245
    assert Publication.objects.count() == 1


def test_only_a_final_run_is_published(data: Data, round_: Round, office: Seat) -> None:
    came(data, round_, "XZ-01", 9)
    to_the_end(round_, office)
    make_run(data, round_, RunKind.TRIAL, office, NOW)
    make_run(data, round_, RunKind.FIRST, office, NOW)
    assert refused(data, round_) is Code.R245


@pytest.mark.parametrize("state", [one for one in RoundState if one not in {RoundState.FINAL, RoundState.PUBLISHED}])
def test_there_is_a_time_for_it(state: RoundState, data: Data, round_: Round) -> None:
    Round.objects.update(state=state.value)
    round_.refresh_from_db()
    assert refused(data, round_) is Code.R247


def test_it_needs_a_reason_and_the_leader(data: Data, final: Round, office: Seat, leader: Seat) -> None:
    prepared = prepare(data, final)
    events = head()
    for why, code in ((" ", Code.R214), ("首次", Code.R215)):
        with pytest.raises(RefusedError) as caught:
            publish(data, final, prepared, why, office, NOW)
        assert caught.value.problem.code is code
    assert (head(), Publication.objects.count()) == (events, 0)
    release(final, RoundState.PUBLISHED, final.version, leader, "同意", NOW)  # of the step: it names no run
    with pytest.raises(RefusedError) as caught:
        publish(data, final, prepared, "首次", office, NOW)
    assert caught.value.problem.code is Code.R215
    release_publication(data, final, prepared, leader, LEADER, "同意", NOW)  # as the leader does in a seat of his own
    one = publish(data, final, prepared, "首次", office, NOW).publication
    assert one.released_by == LEADER
    assert f"同意公布：{LEADER}" in one.told.splitlines()


def test_a_release_is_of_one_run_with_its_outputs(data: Data, final: Round, office: Seat, leader: Seat) -> None:
    """What the leader saw was run 1; a unit sent another workbook, and run 2 says something else."""
    release_publication(data, final, prepare(data, final), leader, LEADER, "同意", NOW)
    came(data, final, "XZ-02", 7)
    final_run(data, final, office)
    second = prepare(data, final)
    events = head()
    with pytest.raises(RefusedError) as caught:
        publish(data, final, second, "首次", office, NOW)
    assert caught.value.problem.code is Code.R215
    assert (head(), Publication.objects.count()) == (events, 0)
    release_publication(data, final, second, leader, "", "同意", NOW)
    event = Event.objects.filter(act="release").last()
    assert event is not None
    assert json.loads(event.body)["after"] == {
        "state": "published",
        "version": final.version,
        "publication": 1,
        "run": 2,
        "outputs": second.run.outputs.sha256,
        "by": "领导",
    }
    one = publish(data, final, second, "首次", office, NOW).publication
    assert (one.run.n, one.released_by) == (2, "领导")


def test_a_release_of_one_correction_is_not_of_the_next(
    data: Data, published: Round, office: Seat, leader: Seat
) -> None:
    came(data, published, "XZ-02", 7)
    final_run(data, published, office)
    release_publication(data, published, prepare(data, published), leader, LEADER, "同意", NOW)
    assert publish(data, published, prepare(data, published), "更正", office, NOW).publication.released_by == LEADER
    came(data, published, "XZ-02", 8)
    final_run(data, published, office)
    with pytest.raises(RefusedError) as caught:
        publish(data, published, prepare(data, published), "再更正", office, NOW)
    assert caught.value.problem.code is Code.R249


def test_what_is_released_is_what_may_be_published(data: Data, final: Round, office: Seat, leader: Seat) -> None:
    prepared = prepare(data, final)
    with pytest.raises(RefusedError) as caught:
        release_publication(data, final, prepared, office, LEADER, "同意", NOW)
    assert caught.value.problem.code is Code.R213
    came(data, final, "XZ-02", 7)
    with pytest.raises(RefusedError) as caught:
        release_publication(data, final, prepared, leader, LEADER, "同意", NOW)
    assert caught.value.problem.code is Code.R246
    assert not Event.objects.filter(act="release").exists()


def test_the_leader_publishes_in_his_own_name(data: Data, final: Round, leader: Seat) -> None:
    one = publish(data, final, prepare(data, final), "首次", leader, NOW).publication
    assert (one.released_by, one.seat) == ("领导", leader)


def test_a_correction_needs_the_leader_too(data: Data, published: Round, office: Seat, leader: Seat) -> None:
    came(data, published, "XZ-02", 7)
    final_run(data, published, office)
    prepared = prepare(data, published)
    with pytest.raises(RefusedError) as caught:
        publish(data, published, prepared, "更正", office, NOW)
    assert caught.value.problem.code is Code.R249
    publish(data, published, prepared, "更正", office, NOW, leader=leader, released_by=LEADER)
    release_ = Event.objects.filter(act="release").last()
    assert release_ is not None
    assert json.loads(release_.body)["reason"] == f"{LEADER} 同意：更正"


def _book(data: Data, round_: Round, office: Seat) -> None:
    file = keep(data, b"book", "评审.xlsx", FileKind.OFFICE, NOW)
    OfficeBook.objects.create(round=round_, n=1, name="评审.xlsx", file=file, at=NOW, seat=office)


def _withdrawn(data: Data, round_: Round, office: Seat) -> None:
    round_.submissions.filter(unit__code="XZ-01").update(state=SubmissionState.WITHDRAWN.value)


def _tree(data: Data, round_: Round, office: Seat) -> None:
    Round.objects.update(notice=keep(data, b"office: x", "notice.yaml", FileKind.NOTICE, NOW))
    round_.refresh_from_db()


def _objection(data: Data, round_: Round, office: Seat) -> None:
    with transaction.atomic():
        record("object", an_objection(round_, "XZ-01", 3), None, NOW)


ARRIVED: dict[str, tuple[Callable[[Data, Round, Seat], object], str]] = {
    "another version": (lambda data, round_, office: came(data, round_, "XZ-02", 6), "XZ-02 西乡：第 2 次报送"),
    "a first version": (lambda data, round_, office: came(data, round_, "BM-01", 6), "BM-01 教育局：第 1 次报送"),
    "a workbook of the office": (_book, "考核办的工作簿 评审.xlsx"),
    "a withdrawal": (_withdrawn, "XZ-01 的报送不再计入"),
    "a notice": (_tree, "告知事项"),
    "an objection": (_objection, "第 3 号异议"),
}


@pytest.mark.parametrize("what", ARRIVED)
@pytest.mark.parametrize("is_prepared", [False, True])
def test_what_arrived_after_the_run_is_named(
    what: str, is_prepared: bool, data: Data, final: Round, office: Seat, leader: Seat
) -> None:
    arrive, words = ARRIVED[what]
    prepared = prepare(data, final)
    arrive(data, final, office)
    events = head()
    with pytest.raises(RefusedError) as caught:  # noqa: PT012  # one of two
        if is_prepared:  # it came in between
            publish(data, final, prepared, "首次", office, NOW, leader=leader, released_by=LEADER)
        else:
            prepare(data, final)
    problem = caught.value.problem
    assert problem.code is Code.R246
    found = problem.values["found"]
    assert isinstance(found, tuple)
    assert [render(one, Language.ZH).startswith(words) for one in found] == [True]
    assert (head(), Publication.objects.count(), the_round().state) == (events, 0, RoundState.FINAL.value)


def test_a_unit_that_is_told_of_a_decision_arrives_nowhere(data: Data, round_: Round, office: Seat) -> None:
    came(data, round_, "XZ-01", 9)
    to_the_end(round_, office)
    objection = an_objection(round_)
    move(objection, ObjectionState.REFUSED, 1, office, "逾期", NOW)
    run = final_run(data, round_, office)
    move(objection, ObjectionState.NOTIFIED, 2, office, "", NOW)
    tell(objection, Telling(local(NOW).date(), "邮寄"), office, NOW)
    assert list(arrived_after(data, round_, run)) == []


def test_objections_that_are_not_decided_are_said(data: Data, final: Round) -> None:
    an_objection(final)
    assert "还有 1 件异议没有决定" in released(data, final).publication.told


def test_what_is_computed_otherwise_now_is_not_published(
    data: Data, final: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forged(*args: object, **named: object) -> object:
        done = remembered(*args, **named)  # type: ignore[arg-type]  # whatever it is given
        return replace(done, outputs={**done.outputs, "ranking.csv": b"forged"})

    monkeypatch.setattr(publishing, "computed", forged)
    assert refused(data, final) is Code.R248


def test_of_several_at_once_one_publishes(data: Data, final: Round) -> None:
    races.one_publication(data)


def test_every_step_that_fails_publishes_nothing(data: Data, published: Round, office: Seat, leader: Seat) -> None:
    came(data, published, "XZ-02", 7)
    final_run(data, published, office)
    prepared = prepare(data, published)
    events, at = head(), 0
    for at in range(1, 20):
        disk = FailingDisk(at)
        try:
            broken = Data(data.folder, disk)
            publish(broken, published, prepared, "更正", office, NOW, leader=leader, released_by=LEADER)
        except CannotWriteError:
            assert (head(), Publication.objects.count()) == (events, 1)
            continue
        break
    assert 4 <= at < 19
    assert Publication.objects.count() == 2


def test_trees_that_cannot_be_compared_tell_everyone(data: Data, published: Round, office: Seat, leader: Seat) -> None:
    came(data, published, "XZ-02", 7)
    final_run(data, published, office)
    prepared = prepare(data, published)
    prepared = replace(prepared, computed=replace(prepared.computed, changes=None))
    done = publish(data, published, prepared, "更正", office, NOW, leader=leader, released_by=LEADER)
    assert len(done.to_tell) == 3
    assert "无法逐项比较" in done.publication.told
    assert done.publication.changes is None


def test_what_is_handed_out_is_what_was_kept(data: Data, published: Round, office: Seat, tmp_path: Path) -> None:
    came(data, published, "XZ-02", 7)
    run = final_run(data, published, office)
    prepared = prepare(data, published)
    with handed_out(tmp_path / "out", prepared.outputs) as beside:
        assert not (tmp_path / "out").exists()
        (beside / TOLD).write_text("told", encoding="utf-8")
    written = {
        path.relative_to(tmp_path / "out").as_posix(): path.read_bytes()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file()
    }
    assert written.pop("changes.csv") == prepared.computed.changes
    assert written.pop(TOLD) == b"told"
    assert written == outputs_of(data, run)
    with pytest.raises(CannotWriteError) as caught, handed_out(tmp_path / "out", prepared.outputs):
        raise AssertionError("it is not empty")
    assert caught.value.problem.code is Code.R277


def test_what_was_killed_while_it_was_handed_out_is_gone_on_with(
    data: Data, final: Round, office: Seat, leader: Seat, tmp_path: Path
) -> None:
    done = publish(data, final, prepare(data, final), "首次", office, NOW, leader=leader, released_by=LEADER)
    out = tmp_path / "out"
    hand_out_again(data, done.publication, out)
    (out / TOLD).unlink()
    hand_out_again(data, done.publication, out)
    assert (out / TOLD).read_text(encoding="utf-8") == done.publication.told
    for name in ("ranking.csv", "another.csv"):
        (out / name).write_bytes(b"another")
        with pytest.raises(CannotWriteError) as caught:
            hand_out_again(data, done.publication, out)
        assert caught.value.problem.code is Code.R277
        (out / name).unlink()


def test_nothing_is_handed_out_where_nothing_was_published(data: Data, final: Round, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), handed_out(tmp_path / "out", prepare(data, final).outputs):
        raise KeyboardInterrupt
    assert not (tmp_path / "out").exists()


def test_the_leader_of_another_seat_is_no_leader(data: Data, final: Round, office: Seat) -> None:
    assert office.role == Role.OFFICE.value
    with pytest.raises(RefusedError) as caught:
        publish(data, final, prepare(data, final), "首次", office, NOW, leader=office, released_by=LEADER)
    assert caught.value.problem.code is Code.R213
