"""Fields in words: their bounds as people write them, and what kind of answer they take."""

from lawgov_score.explanation import asked
from lawgov_score.model import Shared
from lawgov_score.report import render
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.wording import Language


def words(field: Field, *others: Field, lang: Language = Language.ZH) -> str:
    return render(asked.field(Shared("1", (field, *others)), field), lang)


def test_a_bound_of_a_date_is_a_day() -> None:
    """Not the number by which spreadsheets count it."""
    day = Field("day", "报送日期", FieldType.DATE, at_least=46023.0, never="未报送")
    assert "46023" not in words(day)
    assert "2026" in words(day)
    assert "2026" in words(day, lang=Language.EN)


def test_a_bound_is_a_number_or_another_field_by_its_name() -> None:
    total = Field("total", "总数", FieldType.COUNT, "件", at_least=0.0)
    part = Field("part", "其中", FieldType.COUNT, "件", at_least=0.0, at_most="total")
    assert words(part, total) == "其中（件，不多于“总数”）"
    assert words(Field("n", "个数", FieldType.COUNT, "件", at_least=0.0, at_most=9.0)) == "个数（件，不多于 9）"


def test_every_type_has_a_name() -> None:
    assert set(asked.TYPES) == set(FieldType)
    assert len({words.zh for words in asked.TYPES.values()}) == len(FieldType)
