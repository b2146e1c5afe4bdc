"""When a workbook was last saved: every way in which office programs write it, compared as times."""

from xml.etree import ElementTree

import pytest

from lawgov_score.workbook.package.saved import CORE, saved_at, with_saved


def core(text: str) -> dict[str, bytes]:
    return {CORE: f'<cp:coreProperties><dcterms:modified xsi:type="x">{text}</dcterms:modified></cp:x>'.encode()}


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-03-30T08:15:00Z", "2024-03-30T08:15:00Z"),
        ("2024-03-30T16:15:00+08:00", "2024-03-30T08:15:00Z"),
        ("2024-03-30T08:15:00.123Z", "2024-03-30T08:15:00Z"),
        ("\n 2024-03-30T08:15:00Z ", "2024-03-30T08:15:00Z"),
        ("2024-03-30", "2024-03-30T00:00:00Z"),
        ("yesterday", ""),
        ("", ""),
        ("0001-01-01T00:00:00+08:00", ""),
        ("三月", ""),
    ],
)
def test_what_a_workbook_says(text: str, moment: str) -> None:
    assert saved_at(core(text)) == moment


def test_a_workbook_that_says_nothing() -> None:
    assert saved_at({}) == ""
    assert saved_at({CORE: b"<cp:coreProperties/>"}) == ""


@pytest.mark.parametrize("moment", ["2024-03-30T08:15:00Z", ""])
def test_another_moment(moment: str) -> None:
    parts = core("2020-01-01T00:00:00Z")
    assert saved_at({CORE: with_saved(parts[CORE], moment)}) == moment


@pytest.mark.parametrize("moment", ["2024-03-30T08:15:00Z", ""])
def test_names_that_are_declared_on_the_element_alone_stay_declared(moment: str) -> None:
    declared = 'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    part = f'<x><dcterms:modified {declared} xsi:type="dcterms:W3CDTF">2020-01-01</dcterms:modified></x>'.encode()
    made = with_saved(part, moment)  # as openpyxl writes it where lxml is installed
    assert [one.text for one in ElementTree.fromstring(made)] == ([moment] if moment else [])


@pytest.mark.parametrize("year", ["0999", "1980", "2100", "9999"])
def test_a_clock_that_was_never_set_says_nothing(year: str) -> None:
    assert saved_at(core(f"{year}-03-30T00:00:00Z")) == ""
