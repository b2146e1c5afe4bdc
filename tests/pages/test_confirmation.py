"""The confirmation to print, sign and seal: everything on it, escaped, small, and nothing that is fetched."""

from lawgov_score.pages.confirmation import Figure, confirmation_page
from lawgov_score.pages.reader import Reader
from lawgov_score.wording import Language


def page(lang: Language = Language.ZH) -> str:
    figures = [Figure("01-1", "回复率", "回复件数", "<3>"), Figure("01-1", "回复率", "收到件数", "")]
    return confirmation_page(Reader(lang), "县考核", {"单位": "XZ-01 <东乡>"}, figures, "回执\n签名：abc\n")


def test_unit_figures_receipt_and_the_place_to_sign() -> None:
    said = page()
    assert "XZ-01 &lt;东乡&gt;" in said
    assert "<td>01-1</td><td>回复率</td><td>回复件数</td><td>&lt;3&gt;</td>" in said
    assert '<td>收到件数</td><td class="none">（未填）</td>' in said
    assert "<pre>回执\n签名：abc\n</pre>" in said
    assert "单位负责人（签字）" in said
    assert "单位（盖章）" in said


def test_it_is_a_page_of_its_own_and_small() -> None:
    said = page(Language.EN)
    assert said.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "default-src &#39;none&#39;" in said
    assert "Head of the unit (signature):" in said
    assert len(said.encode()) < 4_000
