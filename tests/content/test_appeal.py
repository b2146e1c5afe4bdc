"""The block of how to object: from a notice, and with blanks where it says nothing."""

from datetime import date

import pytest

from lawgov_score.content.appeal import BLANK, BLANK_DAY, appeal_of, contact_of
from lawgov_score.model.notice import NO_NOTICE, Notice
from lawgov_score.report import render
from lawgov_score.wording import Language

FULL = Notice("某区法治办", "0873-1234567", "人民路 1 号", date(2018, 3, 5), date(2018, 3, 15), "书面")


def texts(notice: Notice, lang: Language) -> list[str]:
    block = appeal_of(notice)
    return [render(block.sentence, lang), *(render(text, lang) for _, text in (*block.rows, *contact_of(notice)))]


@pytest.mark.parametrize(("lang", "day"), [(Language.ZH, "2018年3月15日"), (Language.EN, "2018-03-15")])
def test_all_that_the_notice_says_stands_in_the_block(lang: Language, day: str) -> None:
    said = texts(FULL, lang)
    assert day in said[0]
    assert FULL.office in said[0]
    for text in (FULL.way, FULL.telephone, FULL.address, day.replace("15", "05" if lang is Language.EN else "5")):
        assert text in said
    assert "__" not in "".join(said)


@pytest.mark.parametrize("lang", Language)
def test_without_a_notice_everything_is_a_blank_to_fill_in(lang: Language) -> None:
    said = texts(NO_NOTICE, lang)
    assert render(BLANK, lang) in said[0]
    assert render(BLANK_DAY, lang) in said[0]
    assert set(said[1:]) == {render(BLANK, lang), render(BLANK_DAY, lang)}
