"""是 and 否 as people write them."""

import pytest

from lawgov_score.workbook.submission.values import says


@pytest.mark.parametrize(
    "text",
    [
        "是",
        "是。",
        "是；",
        "是的",
        "对",
        "有",
        "√",
        "Yes",
        "TRUE",
        "1",
        "☑是□否",
        "是☑否□",
        "■是",
        "是(√)否(□)",
        "□否√是",
    ],
)
def test_yes(text: str) -> None:
    assert says(text) is True


@pytest.mark.parametrize(
    "text", ["否", "否！", "不是", "不对", "没有", "无", "×", "x", "No", "0", "□是☑否", "是□,否☑", "☑否", "[□]是[√]否"]
)
def test_no(text: str) -> None:
    assert says(text) is False


@pytest.mark.parametrize(
    "text",
    [
        "",
        "。",
        "基本是",
        "是否",
        "是/否",
        "☑是☑否",
        "□是□否",
        "□",
        "☑是☑是",
        "☑是□是",
        "是☑否☑",
        "☑基本是",
        "不适用",
        "2",
    ],
)
def test_neither(text: str) -> None:
    assert says(text) is None
