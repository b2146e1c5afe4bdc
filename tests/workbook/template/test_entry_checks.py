"""What a spreadsheet says while people type is what the office's check says afterwards: one catalogue."""

import pytest
from builders import a_field, an_indicator

from lawgov_score.catalogue import Code, entry_of
from lawgov_score.wording import Language
from lawgov_score.workbook.forms.layout import Question
from lawgov_score.workbook.submission.values import read_cell
from lawgov_score.workbook.template.entry_checks import Lists, value_check

NONSENSE: dict[str, float | str] = {
    "count": 1.5,
    "amount": "很多",
    "share": "很多",
    "date": "很多",
    "yes_no": "很多",
    "choice": "很多",
}


@pytest.mark.parametrize("kind", NONSENSE)
@pytest.mark.parametrize("lang", Language)
def test_the_message_is_that_of_the_problem(kind: str, lang: Language) -> None:
    field = a_field(type=kind, name="办结数", choices=("省级", "市级") if kind == "choice" else ())
    options = value_check(Question("01-1.x", an_indicator(), field), "H2", Lists(), lang)
    code = read_cell(NONSENSE[kind], field).code
    assert isinstance(code, Code)
    words = entry_of(code).title
    assert code in str(options["error_title"])
    said = (words.zh if lang is Language.ZH else words.en).replace("{field}", "办结数")
    assert str(options["error_message"]).startswith(said)
    assert len(str(options["error_message"])) <= 255
    assert "{" not in str(options["error_message"])


def test_text_is_never_refused() -> None:
    options = value_check(Question("01-1.x", an_indicator(), a_field(type="text")), "H2", Lists(), Language.ZH)
    assert (options["validate"], options.get("error_message")) == ("any", None)
