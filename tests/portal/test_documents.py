"""文书: what can be written is made once and kept beside its job; a template is edited, refused with places, and back.

Reaches ``portal/views/documents.py`` and ``portal/working/documenting.py``.
"""

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from desk_visitor import Visitor, form_of, forms_of, text_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from documents_made import a_copy
from round_made import make_round

from lawgov_score import pipeline
from lawgov_score.documents.kinds import Kind
from lawgov_score.documents.templates import template_bytes
from lawgov_score.portal.views import documents
from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.models import Event, Round, Seat
from lawgov_score.rounds.names import Role
from lawgov_score.rounds.papers import take_template
from lawgov_score.wording import Language

MAKE = "/documents/make/"


@pytest.fixture
def what() -> str:
    """How far the round has come; a test may ask for another."""
    return "new"


@pytest.fixture
def data_folder(what: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_round(tmp_path) if what == "new" else a_copy(tmp_path, what, tmp_path_factory.mktemp("made"))


def made_of(visitor: Visitor, kind: Kind, status: int = 200, **said: object) -> HttpResponse:
    """The page after the form of a kind was sent."""
    page = visitor.open("/documents/")
    form = next(one for one in forms_of(page) if one.action == MAKE and ("kind", kind.value) in one.fields)
    made: HttpResponse = visitor.post(MAKE, {**dict(form.fields), **said}, status)
    return made


def edited(old: str, new: str) -> bytes:
    """The template of the notice, with a text replaced."""
    document = docx.Document(io.BytesIO(template_bytes(Kind.NOTICE, Language.ZH)))
    for paragraph in document.paragraphs:
        if old in paragraph.text:
            text = paragraph.text.replace(old, new)
            for run in paragraph.runs[1:]:
                run.text = ""
            paragraph.runs[0].text = text
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def test_a_new_round_has_something_to_write_of_one_kind_alone(visitor: Visitor, round_: Round) -> None:
    page = visitor.open("/documents/")
    text = text_of(page)
    assert "通知 可印 1 份" in text
    assert text.count("还不能印") == 4
    assert "没有退回的填报表" in text
    assert "lawgov-score round" not in text
    assert sum(one.action == MAKE for one in forms_of(page)) == 1


def test_the_page_reads_tree_and_roster_once(visitor: Visitor, round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor.open("/documents/")

    def read(*_: object) -> None:
        raise AssertionError("of thousands of units that takes half a second")

    monkeypatch.setattr(pipeline, "load_roster", read)
    visitor.open("/documents/")


def test_the_notice_is_made_once_however_often_it_is_posted(visitor: Visitor, round_: Round) -> None:
    page = visitor.open("/documents/")
    values = dict(form_of(page, MAKE).fields)
    first, again = visitor.post(MAKE, values), visitor.post(MAKE, values)
    assert "已印 1 份通知" in text_of(first)
    assert text_of(first) == text_of(again)
    assert "R280" in text_of(first)  # nobody has said until when to send
    assert Event.objects.filter(act="document").count() == 1
    got = visitor.client.get("/jobs/1/files/通知.docx").getvalue()
    assert "县考核" in "".join(one.text for one in docx.Document(io.BytesIO(got)).paragraphs)
    shown = visitor.client.get("/documents/jobs/1/通知.html")
    assert "县考核" in shown.content.decode()
    assert "sandbox" in shown["Content-Security-Policy"]
    assert visitor.client.get("/documents/jobs/1/通知.docx").status_code == 404
    assert visitor.client.get("/documents/jobs/1/..%2f..%2fkey").status_code == 404


@pytest.mark.parametrize("what", ["heard"])
def test_letters_are_made_for_all_or_for_some(visitor: Visitor, round_: Round, what: str) -> None:
    all_ = made_of(visitor, Kind.RESULT)
    assert "已印 3 份结果告知书" in text_of(all_)
    with zipfile.ZipFile(io.BytesIO(visitor.client.get("/jobs/1/all.zip").getvalue())) as archive:
        assert len(archive.namelist()) == 6
        assert not [name for name in archive.namelist() if "<" in name]
    some = made_of(visitor, Kind.RESULT, units="XZ-01、BM-01")
    assert "已印 2 份结果告知书" in text_of(some)
    assert b"<b>\xe6\x95\x99" not in some.content
    decided = made_of(visitor, Kind.DECISION, number="2")
    assert "已印 1 份异议处理决定书" in text_of(decided)
    assert "已印 1 份公示" not in text_of(decided)


@pytest.mark.parametrize("what", ["heard"])
def test_units_are_chosen_from_those_that_there_is_a_letter_for(
    visitor: Visitor, round_: Round, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visitor.open("/documents/").content.decode()
    (result,) = re.findall(r'<section id="result".*?</section>', page, re.DOTALL)
    assert re.findall(r'type="checkbox" name="unit" value="([^"]+)"', result) == ["XZ-01", "XZ-02", "BM-01"]
    (notice,) = re.findall(r'<section id="notice".*?</section>', page, re.DOTALL)
    assert 'name="unit"' not in notice
    assert "已印 2 份结果告知书" in text_of(made_of(visitor, Kind.RESULT, unit=["XZ-02", "BM-01"]))
    assert "已印 2 份结果告知书" in text_of(made_of(visitor, Kind.RESULT, unit=["XZ-02"], units="BM-01 XZ-02"))
    refused = made_of(visitor, Kind.RESULT, unit=["XZ-02"], units="XX-9")
    form = next(one for one in forms_of(refused) if ("kind", "result") in one.fields)
    assert [value for name, value in form.fields if name == "unit"] == ["XZ-02"]
    assert ("units", "XX-9") in form.fields
    monkeypatch.setattr(documents, "_MOST_CHOSEN", 1)  # of very many, codes are typed
    assert 'name="unit"' not in visitor.open("/documents/").content.decode()


@pytest.mark.parametrize("what", ["heard"])
def test_what_is_refused_stays_as_it_was_typed(visitor: Visitor, round_: Round, what: str) -> None:
    refused = made_of(visitor, Kind.RESULT, units="XZ-01 XX-9")
    assert "R251" in text_of(refused)
    form = next(one for one in forms_of(refused) if ("kind", "result") in one.fields)
    assert dict(form.fields)["units"] == "XZ-01 XX-9"
    misread = made_of(visitor, Kind.DECISION, status=409, number="第二号")
    assert "R306" in text_of(misread)
    assert ("number", "第二号") in next(one for one in forms_of(misread) if ("kind", "decision") in one.fields).fields
    for number in ("1.5", "9" * 5_000):
        assert "R306" in text_of(made_of(visitor, Kind.DECISION, status=409, number=number))
    assert not Event.objects.filter(act="document").exists()


def test_a_template_is_edited_and_taken_back(visitor: Visitor, round_: Round) -> None:
    page = visitor.open("/documents/")
    got = visitor.client.get("/documents/notice/template/")
    assert got.content == template_bytes(Kind.NOTICE, Language.ZH)
    own = edited("特此通知", "请遵照执行")
    use = "/documents/notice/template/use/"
    done = visitor.press(page, use, files={"template": [("改好.docx", own)]})
    assert "已换用模板： 改好.docx" in text_of(done)
    assert "用的是本单位改过的" in text_of(done)
    assert "正在使用： 改好.docx" in text_of(visitor.open("/documents/"))
    assert visitor.client.get("/documents/notice/template/").content == own
    made = made_of(visitor, Kind.NOTICE)
    assert "请遵照执行" in visitor.client.get("/documents/jobs/2/通知.html").content.decode()
    back = visitor.press(made, "/documents/notice/template/ours/")
    assert "用的是本单位改过的" not in text_of(back)
    assert visitor.client.get("/documents/notice/template/").content == template_bytes(Kind.NOTICE, Language.ZH)
    assert Event.objects.filter(act="template").count() == 2


@pytest.mark.parametrize(
    ("content", "code", "status"),
    [(b"no document", "R284", 200), (b"", "R284", 409), (edited("{报送期限}", "{报送截至}"), "R282", 200)],
)
def test_a_template_that_cannot_be_used_is_told_with_its_place(
    visitor: Visitor, round_: Round, content: bytes, code: str, status: int
) -> None:
    page = visitor.open("/documents/")
    use = "/documents/notice/template/use/"
    refused = visitor.press(page, use, status=status, files={"template": [("改好.docx", content)]})
    assert code in text_of(refused)
    assert not Event.objects.filter(act="template").exists()
    if code == "R282":
        assert "报送期限" in text_of(refused)
        assert "改好.docx:" in text_of(refused)


def many(what: bytes, n: int) -> bytes:
    """The template of the notice with so many of something in its text."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(template_bytes(Kind.NOTICE, Language.ZH))) as there,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in there.namelist():
            part = there.read(name)
            made.writestr(
                name, part.replace(b"<w:body>", b"<w:body>" + what * n) if name.endswith("ment.xml") else part
            )
    return out.getvalue()


def test_a_template_without_end_is_refused_unopened(
    visitor: Visitor, round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visitor.open("/documents/")
    use = "/documents/notice/template/use/"
    monkeypatch.setattr("lawgov_score.documents.looking.Pool", None)
    refused = visitor.press(page, use, files={"template": [("长.docx", many(b"<w:p/>", 1_700_000))]})
    assert "R284" in text_of(refused)
    assert "word/document.xml 展开后有 10 MB，超过 2 MB" in text_of(refused)
    assert not Event.objects.filter(act="template").exists()
    assert Job.objects.get().act == "use_template"


def test_a_page_opens_no_template(visitor: Visitor, data: Data, round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that came with an import, or that a version of before took: it is opened where documents are made."""
    evil = many(b"<w:p/>", 1_700_000)
    seat = Seat.objects.get(role=Role.OFFICE.value)
    take_template(data, round_, "notice", "zh", evil, "长.docx", seat, real_now())
    for lang in Language:
        for kind in Kind:
            template_bytes(kind, lang)
    with monkeypatch.context() as patch:
        patch.setattr(docx, "Document", None)
        assert "正在使用： 长.docx" in text_of(visitor.open("/documents/"))
        assert visitor.client.get("/documents/notice/template/").content == evil
    assert "展开后有 10 MB" in text_of(made_of(visitor, Kind.NOTICE))
    assert not Event.objects.filter(act="document").exists()


def test_a_template_is_handed_in_once_however_often_it_is_posted(visitor: Visitor, round_: Round) -> None:
    use = "/documents/notice/template/use/"
    values = dict(form_of(visitor.open("/documents/"), use).fields)
    for _ in range(2):
        own = SimpleUploadedFile("<b>\u202e改.docx", edited("特此通知", "请遵照执行"))
        done = visitor.post(use, {**values, "template": own})
        assert "已换用模板" in text_of(done)
        assert b"<b>\xe2\x80\xae" not in done.content
    assert Event.objects.filter(act="template").count() == 1


@pytest.mark.parametrize("what", ["published"])
def test_in_english_only_names_are_chinese(visitor: Visitor, round_: Round, what: str) -> None:
    visitor.client.cookies["lawgov-language"] = "en"
    page = made_of(visitor, Kind.PUBLIC)
    told = text_of(page).partition("Notices and letters")[2]
    assert "public notice" in told
    for name in round_.units.values_list("name", flat=True):
        told = told.replace(name, "")
    assert not [char for char in told if "\u4e00" <= char <= "\u9fff"], told
    shown = visitor.client.get("/documents/jobs/1/public%20notice.html").content.decode()
    assert "教育局" in shown
    assert "<b>教育局" not in shown


def test_kinds_that_there_are_not_lead_nowhere(visitor: Visitor, round_: Round) -> None:
    assert visitor.client.get("/documents/nothing/template/").status_code == 404
    page = visitor.open("/documents/")
    values = {**dict(form_of(page, MAKE).fields), "kind": "nothing"}
    visitor.post(MAKE, values, 404)
