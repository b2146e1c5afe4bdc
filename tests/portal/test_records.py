"""记录: what was done, in words; what proves it. Reaches ``portal/views/records.py``, ``portal/working/keeping.py``."""

import ast
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from desk_visitor import Visitor, body_of, forms_of, text_of
from django.db import connection
from round_made import NOW
from round_published import a_copy, came, remember

import lawgov_score
from lawgov_score.portal.said import ACTS, told
from lawgov_score.report import render
from lawgov_score.rounds import records
from lawgov_score.rounds.backups import restore
from lawgov_score.rounds.clock import told as moment_told
from lawgov_score.rounds.creation import the_round
from lawgov_score.rounds.data import KEY, Data, opened
from lawgov_score.rounds.importing import import_round
from lawgov_score.rounds.leaves import grant_leave
from lawgov_score.rounds.models import Event, File, Round, Seat
from lawgov_score.rounds.status import SETTLED
from lawgov_score.wording import Language

CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def acts_in_source() -> Iterator[str]:
    """The first argument of every call that records an event: a text, or a name of the module that is one."""
    for path in sorted((Path(lawgov_score.__file__).parent).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        texts: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and len(node.targets) == 1:
                names, values = [node.targets[0]], [node.value]
                if isinstance(names[0], ast.Tuple) and isinstance(values[0], ast.Tuple):
                    names, values = list(names[0].elts), list(values[0].elts)
                for name, value in zip(names, values, strict=False):
                    if isinstance(name, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
                        texts[name.id] = value.value
        texts = {"IMPORT": "import", "SETTLED": SETTLED} | texts  # of another module
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or path.parent.name not in {"rounds", "documents"}:
                continue
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if called not in {"record", "_record"} or not node.args:
                continue
            first = node.args[0]
            if isinstance(first, ast.Constant):
                yield str(first.value)
            elif called == "record" and isinstance(first, ast.Name) and first.id != "act":
                yield texts[first.id]


def test_every_act_that_is_ever_recorded_has_words() -> None:
    found = set(acts_in_source())
    assert {"move", "release", "receive", "refuse", "import", "make", "enter"} <= found  # it finds them at all
    assert found <= set(ACTS)


def test_the_newest_is_first_and_each_says_what_it_was(
    visitor: Visitor, data: Data, round_: Round, office: Seat
) -> None:
    came(data, round_, "XZ-01", 1)
    until = NOW + timedelta(days=400)
    grant_leave(round_, round_.units.get(code="XZ-02"), until, "断网", office, NOW)
    page = visitor.open("/records/")
    said = text_of(page)
    assert said.index("延期：单位 XZ-02") < said.index("收件：XZ-01 第 1 次报送") < said.rindex("建立轮次")
    assert moment_told(until).zh in said
    assert "断网" in said
    assert "考核办" in said


def test_events_are_found_by_act_unit_text_and_day(visitor: Visitor, data: Data, round_: Round, office: Seat) -> None:
    came(data, round_, "XZ-01", 1)
    came(data, round_, "XZ-02", 2)
    grant_leave(round_, round_.units.get(code="XZ-02"), NOW + timedelta(days=1), '停"电', office, NOW)

    def found(query: str) -> list[int]:
        page = visitor.open(f"/records/?{query}")
        return [int(n) for n in re.findall(r'href="/records/(\d+)/"', page.content.decode())]

    assert found("") == [4, 3, 2, 1]
    assert found("act=receive") == [3, 2]
    assert found("unit=XZ-02") == [4, 3]
    assert found("unit=XZ-0") == []
    assert found('text=停"电') == [4]
    assert found("first=2026-03-02&last=2026-03-02") == [4, 3, 2, 1]
    assert found("first=2026-03-03") == []
    assert found("last=2026-03-01") == []
    assert found("before=3") == [2, 1]
    assert found("before=x&act=nothing") == []
    assert "R306" in text_of(visitor.open("/records/?first=soon", 409))


def test_of_many_events_the_older_are_on_the_next_page(
    visitor: Visitor, data: Data, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "MOST", 2)
    for done in (1, 2, 3):
        came(data, round_, "XZ-01", done)
    page = visitor.open("/records/?unit=XZ-01").content.decode()
    assert 'href="?unit=XZ-01&amp;before=3#events"' in page
    assert "更早的" not in text_of(visitor.open("/records/?unit=XZ-01&before=3"))


def test_an_event_in_full_with_its_files(visitor: Visitor, data: Data, round_: Round) -> None:
    one = came(data, round_, "XZ-01", 1)
    page = visitor.open("/records/2/")
    assert Event.objects.get(seq=2).hash in text_of(page)
    assert one.file.sha256 in text_of(page)
    answer = visitor.client.get(f"/records/2/files/{one.file.sha256}")
    assert body_of(answer) == data.store.read(one.file.sha256)
    assert answer["Content-Disposition"].startswith("attachment")
    other = File.objects.exclude(sha256=one.file.sha256).first()
    assert other is not None
    for address in (f"/records/2/files/{other.sha256}", "/records/2/files/..", "/records/9/", "/records/9/files/x"):
        assert visitor.client.get(address).status_code == 404


def test_a_file_that_was_damaged_is_told(visitor: Visitor, data: Data, round_: Round) -> None:
    one = came(data, round_, "XZ-01", 1)
    path = data.store.path(one.file.sha256)
    path.chmod(0o644)
    path.write_bytes(b"other")
    assert "R205" in visitor.client.get(f"/records/2/files/{one.file.sha256}").content.decode()


@pytest.mark.parametrize("body", ["", "{}", "[]", '{"after":{},"reason":""}', '{"after":3,"before":4,"reason":5}'])
def test_an_event_that_somebody_broke_is_shown_as_it_is(visitor: Visitor, data: Data, round_: Round, body: str) -> None:
    one = came(data, round_, "XZ-01", 1)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Event._meta.db_table} SET body = %s, act = 'move' WHERE seq = 2", [body])
    assert "读不出" in text_of(visitor.open("/records/"))
    visitor.open("/records/2/")
    assert one.n == 1


def test_names_and_reasons_do_no_harm(visitor: Visitor, data: Data, round_: Round, office: Seat) -> None:
    grant_leave(round_, round_.units.get(code="XZ-02"), NOW + timedelta(days=1), "<b>\u202e</b><script>", office, NOW)
    for address in ("/records/", "/records/2/", "/records/?text=%3Cb%3E&unit=%3Cscript%3E&act=%3Cb%3E"):
        page = visitor.open(address).content.decode()
        assert "<b>\u202e" not in page
        assert "<script>" not in page
    assert "<bdi>延期" in visitor.open("/records/").content.decode()


def test_it_is_verified_and_the_result_stays(visitor: Visitor, data: Data, round_: Round, office: Seat) -> None:
    page = visitor.press(visitor.open("/records/"), "/records/verify/")
    assert "核验一致：1 件办理记录" in text_of(page)
    came(data, round_, "XZ-01", 1)
    later = text_of(visitor.open("/records/"))
    assert "核验一致" in later
    assert "此后又办了 1 件" in later
    path = next(one for one in (data.folder / "files").rglob("*") if one.is_file())
    path.chmod(0o644)
    path.write_bytes(b"other")
    found = visitor.press(visitor.open("/records/"), "/records/verify/")
    assert "处不符" in text_of(found)
    assert "R205" in text_of(found) or "R273" in text_of(found)


def test_an_export_is_a_round_elsewhere(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.press(visitor.open("/records/"), "/records/export/")
    assert "已导出到" in text_of(page)
    (address,) = re.findall(r'href="(/jobs/\d+/files/[^"]+)"', page.content.decode())
    with zipfile.ZipFile(io.BytesIO(body_of(visitor.client.get(address)))) as archive:
        assert not any("key" in name for name in archive.namelist())
        archive.extractall(tmp_path / "out")
    (folder,) = (tmp_path / "out").iterdir()
    import_round(folder, tmp_path / "new", now=NOW)
    with opened(tmp_path / "new"):
        assert the_round().title == "县考核"


def test_a_backup_is_the_round_with_its_key_and_only_the_last_is_kept(
    visitor: Visitor, data: Data, tmp_path: Path
) -> None:
    first = visitor.press(visitor.open("/records/"), "/records/backup/")
    assert "密钥" in text_of(first)
    page = visitor.press(first, "/records/backup/")
    (address,) = re.findall(r'href="(/jobs/\d+/files/[^"]+)"', page.content.decode())
    (tmp_path / "backup.zip").write_bytes(body_of(visitor.client.get(address)))
    restore(tmp_path / "backup.zip", tmp_path / "again")
    assert (tmp_path / "again" / KEY).read_bytes() == (data.folder / KEY).read_bytes()
    (old,) = re.findall(r'href="(/jobs/\d+/files/[^"]+)"', first.content.decode())
    assert visitor.client.get(old).status_code == 404


def test_only_what_is_known_is_begun(visitor: Visitor) -> None:
    page = visitor.open("/records/")
    values = dict(next(form.fields for form in forms_of(page) if form.action == "/records/verify/"))
    assert visitor.client.post("/records/receive/", values).status_code == 404
    assert visitor.client.get("/records/verify/").status_code == 405


def test_the_public_key_stands_there_in_short(visitor: Visitor) -> None:
    assert re.search(r"[0-9A-F]{4}(-[0-9A-F]{4}){4}", text_of(visitor.open("/records/")))


def test_a_whole_year_reads_well(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(monkeypatch)
    with opened(a_copy(tmp_path, "corrected", tmp_path_factory.mktemp("made"))):
        for event in Event.objects.all():
            for lang in Language:
                line = render(told(event), lang)
                assert "读不出" not in line
                assert line
                assert "{" not in line


def test_the_english_pages_have_no_chinese_but_names(visitor: Visitor, data: Data, round_: Round) -> None:
    visitor.client.cookies["lawgov-language"] = "en"
    came(data, round_, "XZ-01", 1)
    for act in ("verify", "export", "backup"):
        page = visitor.press(visitor.open("/records/"), f"/records/{act}/")
        assert set(CHINESE.findall(text_of(page))) <= {"县考核", "中文", "东乡"}


def test_every_act_is_worded_by_itself() -> None:
    assert len({words.zh for words in ACTS.values()}) == len(ACTS)
