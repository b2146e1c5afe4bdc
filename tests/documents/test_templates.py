"""Edited templates: what is wrong with one and where, and from when a round uses it."""

import json
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from documents_made import LATER, a_copy
from documents_read import a_document, lines_of, saved
from docx.oxml import parse_xml
from objections_made import in_this_process
from round_made import NOW, a_seat, unproved

from lawgov_score.catalogue import Code
from lawgov_score.documents import templates
from lawgov_score.documents.kinds import Kind
from lawgov_score.documents.making import draft_documents
from lawgov_score.documents.templates import (
    edited_in,
    read_edited,
    template_bytes,
    template_in_force,
    use_template,
    write_templates,
)
from lawgov_score.files import batch
from lawgov_score.problems import Problem, RefusedError, TextPlace
from lawgov_score.report import problems_text
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.models import Event
from lawgov_score.rounds.names import Role
from lawgov_score.wording import Language

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OURS = a_document("致{单位}", "因{退回原因}，请于{重报期限}前再报。")


def read(content: bytes, kind: Kind = Kind.RETURN) -> tuple[bool, list[tuple[Code, object]]]:
    template, problems = read_edited(content, kind, Language.ZH, "模板/退回函.docx")
    return template is not None, [(one.code, one.place) for one in problems]


def at(line: int = 0, column: int = 0, length: int = 1) -> TextPlace:
    return TextPlace("模板/退回函.docx", line, column, length)


def test_a_good_one() -> None:
    assert read(OURS) == (True, [])


def test_faults_of_placeholders_are_told_where_they_are() -> None:
    content = a_document("致{单位}", ("因{退回", "原由}，"), "请于{重报期限前", "{退回原因}{重报期限}")
    is_usable, found = read(content)
    assert not is_usable
    assert found == [(Code.R282, at(2, 2, 6)), (Code.R283, at(3, 3))]
    _, problems = read_edited(content, Kind.RETURN, Language.ZH)
    text = problems_text(problems, Language.ZH)
    assert "退回函.docx:2:2: 错误 R282 模板中没有“退回原由”这个字段" in text
    assert "是否想填" in text
    assert "退回原因" in text


def test_a_field_of_another_kind_is_none_of_this_one() -> None:
    assert read(a_document("{单位}{退回原因}{重报期限}", "{排名表}"))[1] == [(Code.R282, at(2, 1, 5))]


def test_a_table_stands_alone() -> None:
    content = a_document("名次：{排名表}", "{公示期}")
    assert read(content, Kind.PUBLIC) == (False, [(Code.R286, at(1, 4, 5))])


def test_what_is_missing_is_a_warning() -> None:
    assert read(a_document("{单位}{退回原因}")) == (True, [(Code.R287, at())])
    assert read(a_document("{得分}，{异议期限}，{单位}"), Kind.RESULT) == (True, [])
    assert read(a_document("{单位}，{异议告知}"), Kind.RESULT) == (True, [(Code.R287, at())])


def test_what_is_no_document() -> None:
    assert read(b"\xd0\xcf\x11\xe0") == (False, [(Code.R284, at())])


@pytest.mark.parametrize(
    "xml",
    [
        f'<w:ins {W} w:id="1" w:author="a"><w:r><w:t>x</w:t></w:r></w:ins>',
        f'<w:del {W} w:id="1" w:author="a"><w:r><w:delText>x</w:delText></w:r></w:del>',
        f'<w:commentRangeStart {W} w:id="1"/>',
    ],
)
def test_tracked_changes_and_comments_would_go_out(xml: str) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("{单位}{退回原因}{重报期限}")
    assert read(saved(document)) == (True, [])
    paragraph._p.append(parse_xml(xml))
    assert read(saved(document)) == (False, [(Code.R285, at())])


def test_what_the_page_lacks_is_a_warning() -> None:
    document = docx.Document()
    document.add_paragraph("{单位}{退回原因}{重报期限}", style="List Number")
    assert read(saved(document)) == (True, [(Code.R288, at())])


@pytest.fixture
def data(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Data]:
    in_this_process(monkeypatch)
    with opened(a_copy(tmp_path, "returned", tmp_path_factory.mktemp("made"))) as open_:
        yield open_


def _use(data: Data, content: bytes) -> None:
    use_template(data, the_round(), Kind.RETURN, content, seat_of(Role.OFFICE), NOW)


def _letter(data: Data) -> list[str]:
    made = draft_documents(data, the_round(), Kind.RETURN, LATER, units=["XZ-02"])
    return lines_of(made.files["XZ-02 西乡 退回函.docx"])


def test_an_edited_template_is_in_force_from_then_on(data: Data) -> None:
    assert not template_in_force(data, the_round(), Kind.RETURN, Language.ZH).is_own
    _use(data, template_bytes(Kind.RETURN, Language.ZH))  # as it was shipped: nothing to remember
    assert not Event.objects.filter(act="template").exists()
    _use(data, OURS)
    _use(data, OURS)
    assert _letter(data) == ["致西乡", "因缺少佐证材料，请于2026年3月6日（星期五）17:30前再报。"]
    event = Event.objects.get(act="template")
    assert json.loads(event.body)["before"] == {}
    _use(data, template_bytes(Kind.RETURN, Language.ZH))
    assert _letter(data)[2] == "西乡："
    last = json.loads(Event.objects.filter(act="template").order_by("-seq")[0].body)
    assert last["before"]["sha256"] == json.loads(event.body)["after"]["sha256"]
    assert unproved() == []
    assert not template_in_force(data, the_round(), Kind.NOTICE, Language.ZH).is_own


def test_one_with_faults_is_not_taken(data: Data) -> None:
    with pytest.raises(RefusedError) as refused:
        _use(data, a_document("{单位"))
    assert [one.code for one in refused.value.problems] == [Code.R283]
    with pytest.raises(RefusedError) as refused:
        use_template(data, the_round(), Kind.RETURN, OURS, a_seat(the_round(), Role.HEAD), NOW)
    assert [one.code for one in refused.value.problems] == [Code.R213]
    assert not Event.objects.filter(act="template").exists()


def test_a_kept_one_that_names_what_is_no_field_any_more(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    _use(data, OURS)
    monkeypatch.setattr(templates, "field_named", lambda name, kind: None)
    with pytest.raises(RefusedError) as refused:
        template_in_force(data, the_round(), Kind.RETURN, Language.ZH)
    assert {one.code for one in refused.value.problems} == {Code.R282}


def test_templates_are_written_to_be_edited(data: Data, tmp_path: Path) -> None:
    _use(data, OURS)
    with batch(overwrite=False) as outputs:
        names = write_templates(data, the_round(), tmp_path / "模板", Language.ZH, outputs)
    assert names == ("通知.docx", "退回函.docx", "结果告知书.docx", "异议处理决定书.docx", "公示.docx")
    assert (tmp_path / "模板" / "退回函.docx").read_bytes() == OURS
    assert edited_in(tmp_path / "模板", Kind.RETURN, Language.ZH) == (OURS, (tmp_path / "模板/退回函.docx").as_posix())
    assert edited_in(tmp_path, Kind.RETURN, Language.ZH) is None


def test_a_template_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "通知.docx").mkdir()
    (tmp_path / "公示.docx").write_bytes(b"x" * 100)
    monkeypatch.setattr(templates, "MOST_BYTES", 10)
    for kind in (Kind.NOTICE, Kind.PUBLIC):
        with pytest.raises(RefusedError) as refused:
            edited_in(tmp_path, kind, Language.ZH)
        problem: Problem = refused.value.problems[0]
        assert problem.code is Code.R284
