"""A code, a name or both mean one unit, or nobody: whatever the order of the roster."""

from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.workbook.called import index_of
from lawgov_score.workbook.plain_texts import plain

TEXTS = st.text(st.sampled_from("aAＡ甲乙 1"), min_size=1, max_size=3)


def index(*units: tuple[str, str]):  # type: ignore[no-untyped-def]  # an index of codes
    return index_of((code, name, code) for code, name in units)


def test_a_unit_is_found_by_code_by_name_and_by_both() -> None:
    units = index(("BM-04", "虚构区审计局"), ("BM-05", "虚构区财政局"))
    for text in ("BM-04", "bm-04", "ＢＭ－０４", "虚构区审计局", "虚构区 审计局", "BM-04 虚构区审计局"):
        assert units.find(text) == "BM-04", text
    assert units.find("审计局") is None
    assert units.several("审计局") == ()


def test_a_name_of_several_means_none_of_them_and_their_codes_are_known() -> None:
    units = index(("A", "司法所"), ("B", "司法所"), ("C", "办公室"))
    assert units.find("司法所") is None
    assert units.several("司法所") == ("A", "B")
    assert units.find("A 司法所") == "A"
    assert units.several("办公室") == ()


def test_a_code_goes_before_a_name() -> None:
    assert index(("甲", "乙"), ("乙", "丙")).find("乙") == "乙"


@given(st.dictionaries(TEXTS, TEXTS, min_size=1, max_size=6), TEXTS, st.randoms())
def test_who_is_meant_does_not_hang_on_the_order(units: dict[str, str], text: str, random) -> None:  # type: ignore[no-untyped-def]
    listed = list(units.items())
    shuffled = random.sample(listed, len(listed))
    one, other = index(*listed), index(*shuffled)
    assert one.find(text) == other.find(text)
    assert set(one.several(text)) == set(other.several(text))
    if one.find(text) is not None:
        assert one.several(text) == ()
    if text in units and [plain(code) for code in units].count(plain(text)) == 1:
        assert one.find(text) == text
