"""How large a template may be, and the look at one in a process of its own."""

import io
import zipfile
import zlib

import pytest
from documents_read import a_document

from lawgov_score.documents import looking
from lawgov_score.documents.bounds import MOST_BYTES, fault_of
from lawgov_score.documents.kinds import Kind
from lawgov_score.documents.looking import Looked, look_at
from lawgov_score.documents.templates import template_bytes
from lawgov_score.processes import Limits
from lawgov_score.report import render
from lawgov_score.wording import Language, Phrase, Words

GOOD = a_document("{单位}")
TEXT = "word/document.xml"


def parts() -> dict[str, bytes]:
    """What a document is packed of."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(**changed: bytes) -> bytes:
    """The same with other parts; a name has a dot where a keyword has two bars."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {**parts(), **{one.replace("__", "."): part for one, part in changed.items()}}.items():
            archive.writestr(name, part)
    return out.getvalue()


def text_with(what: bytes) -> dict[str, bytes]:
    """The text of the document, with something at its beginning."""
    return {TEXT: parts()[TEXT].replace(b"<w:body>", b"<w:body>" + what)}


def said(fault: object) -> str:
    """What is said of it."""
    assert isinstance(fault, str | Words | Phrase)
    return render(fault, Language.ZH)


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("kind", Kind)
def test_what_is_shipped_is_far_within_the_bounds(kind: Kind, lang: Language) -> None:
    content = template_bytes(kind, lang)
    assert fault_of(content) is None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert sum(archive.read(name).count(b"<") for name in archive.namelist()) < 50_000


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "打不开"),
        (bytes(MOST_BYTES + 1), "文件有 17 MB，超过 16 MB"),
        (packed(**text_with(b"<w:p/>" * 400_000)), "word/document.xml 展开后有 3 MB，超过 2 MB"),
        (packed(**text_with(b"<w:p/>" * 160_000)), "个标记，超过 150000 个"),
        (packed(**{f"a{i}__xml": b"<a>" + b" " * (1 << 20) for i in range(9)}), "展开后有 10 MB，超过 8 MB"),
        (packed(a__png=bytes(33 << 20)), "展开后有 34 MB，超过 32 MB"),
        (packed(**{f"a{i}": b"" for i in range(501)}), "超过 500 个"),
        (packed(**{"word/vbaProject.bin": b"x"}), "带有宏"),
        (packed(a__xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "a.xml 有文档类型定义（DTD）"),
        (packed(a__xml="<a/>".encode("utf-16")), "a.xml 不是 UTF-8 编码"),
        (packed(a__xml="<a/>".encode("utf-16-le")), "a.xml 不是 UTF-8 编码"),
        (packed(a__xml="<?xml?><a/>".encode("cp500")), "a.xml 不是 UTF-8 编码"),
    ],
    ids=["empty", "file", "part", "marks", "xml", "all", "parts", "macros", "dtd", "utf-16", "utf-16-le", "ebcdic"],
)
def test_what_is_larger_is_not_opened(content: bytes, told: str) -> None:
    assert told in said(fault_of(content))
    assert said(look_at(content)) == said(fault_of(content))


def test_a_part_that_is_longer_than_it_says_is_damaged() -> None:
    content = packed(a__xml=b"<a/>" + b" " * 5_000)
    at = content.rindex(b"PK\x01\x02")
    cut = content[: at + 24] + (4).to_bytes(4, "little") + content[at + 28 :]
    assert "不完整" in said(fault_of(cut))
    assert zlib.crc32(content) != zlib.crc32(cut)


def test_the_look_comes_back_as_plain_facts() -> None:
    looked = look_at(a_document("致{单位", "{" + "长" * 300 + "}"))
    assert isinstance(looked, Looked)
    assert [(one.name, one.line) for one in looked.found] == [(None, 1), ("长" * 40 + "…", 2)]
    assert not looked.is_marked_up
    assert not looked.has_more


def test_braces_without_end_are_refused() -> None:
    assert said(look_at(a_document("{甲}" * 1_001))) == "花括号超过 1000 处"


def test_one_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "_LIMITS", Limits(megabytes=None, seconds=0.0))
    assert said(look_at(a_document("只此一份"))) == "读它要的时间太长"
