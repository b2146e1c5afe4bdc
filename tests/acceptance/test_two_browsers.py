"""Two clerks at one button: two real browsers with a page of the same moment, pressing within a millisecond.

One deed is done, once; the other window says what happened meanwhile, and keeps what was typed. Needs Debian's Chromium
and chromedriver. Reaches ``portal/forms.py``, ``rounds/chosen.py``, ``rounds/deciding.py``, ``rounds/publishing.py``.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from browser import CHROMEDRIVER, CHROMIUM, Browser, browser, click_at_once
from calls import run
from desk_served import Served, desk_of
from round_made import NOW, keep_in
from round_of_many import round_of
from round_published import LEADER, a_copy

from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.models import Decision, Event, Publication, Submission
from lawgov_score.rounds.names import Role
from lawgov_score.rounds.objecting import object_to

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None or CHROMEDRIVER is None, reason="no Chromium here"),
    pytest.mark.long,
]
_UNITS = 4
_RETURN = "退回，做标注副本"
Two = tuple[Browser, Browser]


@pytest.fixture(scope="module", autouse=True)
def fixture_one_round(tmp_path_factory: pytest.TempPathFactory) -> None:
    keep_in(tmp_path_factory.mktemp("round"))


@contextmanager
def two_at(desk: Served, folder: Path) -> Iterator[Two]:
    """Two browsers, each with its own profile, cookies and session."""
    with ExitStack() as both:
        first, second = (both.enter_context(browser(folder / name, desk.address)) for name in ("one", "two"))
        yield first, second


def proved(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`round verify` finds the record whole."""
    capsys.readouterr()
    ended = run("round", "verify", str(folder))
    assert ended == 0, capsys.readouterr()


def the_late(two: Two, *codes: str) -> Browser:
    """The window that was too late and is told so with one of these; the other shows no problem at all."""
    told = [
        " ".join(one.text for one in window.driver.find_elements("css selector", "main .box.bad")) for window in two
    ]
    assert sorted(map(bool, told)) == [False, True], [window.text() for window in two]
    late = two[told[0] == ""]
    assert set(re.findall(r"\b[A-Z]\d{3}\b", "".join(told))) & set(codes), late.text()
    assert "没有办成" in late.text()
    assert "正在办理" not in late.text()  # nothing on the page is of before
    return late


def states(data: Path) -> dict[str, str]:
    """What became of each unit's one submission."""
    with opened(data):
        return {code: state for code, n, state in Submission.objects.values_list("unit__code", "n", "state") if n == 1}


def acts(data: Path) -> Counter[str]:
    """How often each deed stands on record."""
    with opened(data):
        return Counter(Event.objects.values_list("act", flat=True))


def test_the_same_files_are_received_once_and_each_is_accepted_or_returned_by_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, books = round_of(tmp_path, _UNITS)
    sent = tmp_path / "sent"
    sent.mkdir()
    for name, content in books:
        (sent / name).write_bytes(content)
    with desk_of(data) as desk, two_at(desk, tmp_path) as two:
        for window in two:
            window.open("/submissions/")
            window.drop("填报表", sorted(sent.iterdir()))
        click_at_once(two, "收件")
        told = [found for one in two for found in re.findall("收到 (.) 份，此前已收 (.) 份，未收 0 份", one.text())]
        assert [sum(map(int, each)) for each in told] == [_UNITS, _UNITS]  # each is told of every file
        assert sum(int(received) for received, _ in told) == _UNITS  # and each file came once
        assert (acts(data)["receive"], len(states(data))) == (_UNITS, _UNITS)

        for window in two:
            window.open("/returns/?find=XZ-001")
        click_at_once(two, "受理勾选的")
        the_late(two, "R212", "R227")

        for window, why in zip(two, ("缺附件", "没有盖章"), strict=True):
            _to_return(window, "XZ-002", why)
        click_at_once(two, _RETURN)
        the_late(two, "R212", "R227")

        window = two[0]
        window.open("/returns/?find=XZ-003")
        _to_return(two[1], "XZ-003", "没有盖章")
        click_at_once(two, "受理勾选的", _RETURN)
        the_late(two, "R212", "R227")
    became = states(data)
    assert (became["XZ-001"], became["XZ-002"]) == ("accepted", "returned")
    assert became["XZ-003"] in {"accepted", "returned"}
    assert acts(data)["move"] == 1 + 3  # the round to 报送, and each of three once
    proved(data, capsys)


def test_an_objection_is_decided_once_and_results_are_published_once(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = a_copy(tmp_path, "final", tmp_path_factory.mktemp("made"))
    with opened(folder) as data:
        object_to(data, the_round(), "XZ-01", "01-1", "漏计一件", seat_of(Role.OFFICE), NOW, exception="邮寄在途")
    with desk_of(folder) as desk, two_at(desk, tmp_path) as two:
        reasons = dict(zip(two, ("材料不足", "邮戳属实"), strict=True))
        for window, why in reasons.items():
            window.open("/objections/1/")
            window.choose("不成立" if window is two[0] else "成立", "")
            if window is two[1]:
                window.fill("认定的得分", "1.9")
            window.fill("决定的理由", why)
        click_at_once(two, "作出决定")
        late = the_late(two, "R212", "R258")
        with opened(folder):
            assert Decision.objects.get().reason in set(reasons.values()) - {reasons[late]}
        late.click("返回")
        assert late.field("决定的理由").get_attribute("value") == reasons[late]

        two[0].open("/publication/")
        two[0].click("计算并预览")
        for window, why in zip(two, ("甲窗口公布", "乙窗口公布"), strict=True):
            window.open("/publication/")
            window.fill("公布的原因", why)
            window.fill("同意公布的领导的姓名", LEADER)
        click_at_once(two, "公布")
        the_late(two, "R212", "R245")
        with opened(folder):
            assert Publication.objects.count() == 1
    assert (acts(folder)["decide"], acts(folder)["publish"]) == (1, 1)
    proved(folder, capsys)


def _to_return(window: Browser, unit: str, why: str) -> None:
    window.open(f"/returns/?find={unit}")
    window.click("仍然退回勾选的……")
    window.fill("理由", why)
