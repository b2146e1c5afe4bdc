"""Phrases of many units as texts are those of each unit; numbers are rounded as the decimal numbers they stand for."""

from decimal import Context, Decimal

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lawgov_score.column_texts import number_texts, percent_texts, texts
from lawgov_score.phrase_columns import Chosen, Phrases, Quantities, Single, chosen, phrase_of, some_of
from lawgov_score.report import number_text, percent_text, render
from lawgov_score.wording import Language, Phrase, Quantity, Words

_WIDE = Context(prec=400, rounding="ROUND_HALF_UP")
_DECIMALS = st.sampled_from([2, 4, 6, 9])
_MARK = Words("{a}达到 {b:percent}，得 {c:points} 分（100%）", "{b:percent} of {a} gives {c:points} (100%)")
_WHEN = Words("{day:date}，差 {gap:step}：{list:list}", "{day:date}, {gap:step} short: {list:list}")


def by_decimals(number: float, decimals: int) -> str:
    """The text by decimal arithmetic alone."""
    if not np.isfinite(number):
        return "∞" if number > 0 else "—"
    text = f"{Decimal(repr(number)).quantize(Decimal(1).scaleb(-decimals), context=_WIDE):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def near_halves() -> st.SearchStrategy[float]:
    """Numbers at a half of the last place, and the floats beside them."""

    def one(units: int, decimals: int, beside: int) -> float:
        half = float(Decimal(2 * units + 1).scaleb(-decimals) / 2)
        return float(np.nextafter(half, np.inf * beside)) if beside else half

    return st.builds(one, st.integers(-(10**15), 10**15), _DECIMALS, st.sampled_from([-1, 0, 1]))


@given(st.one_of(st.floats(), near_halves()), _DECIMALS)
@example(1.005, 2)
@example(46.05245, 4)
@example(-0.00001, 4)
@example(-0.0, 4)
@example(0.5, 2)
@example(1e22, 6)
@example(9999999999999.995, 2)
def test_a_number_is_rounded_as_the_decimal_number_it_stands_for(number: float, decimals: int) -> None:
    wanted = by_decimals(number, decimals)
    assert number_text(number, decimals) == wanted
    assert number_texts(np.array([number, 1.0]), decimals)[0] == wanted


@given(st.one_of(st.floats(), near_halves()))
@example(0.00285)
@example(0.5169491525423728)
@example(-0.00001)
def test_a_share_is_rounded_as_the_decimal_number_it_stands_for(share: float) -> None:
    wanted = by_decimals(float(Decimal(repr(share)) * 100), 2) + "%"
    assert percent_text(share) == wanted
    assert percent_texts(np.array([share, 1.0]))[0] == wanted


def columns() -> Phrases:
    """A phrase of four units with every kind of figure."""
    numbers = np.array([0.25, np.nan, -1.005, 12.5])
    gap = chosen((numbers > 0, Quantities(numbers, is_share=True)), otherwise=Quantity(0.01, is_share=True))
    listed = some_of([(numbers > 0, Words("甲", "A")), (np.isnan(numbers) | (numbers > 1), "b%")])
    when = _WHEN(day=np.array([44293.0, np.inf, 1.0, 44293.0]), gap=gap, list=listed)
    which = np.array([0, 1, 2, 3])
    alone = Single(lambda row: None if row == 3 else _MARK(a="丙", b=row, c=row))
    mark = _MARK(a=Quantities(numbers), b=numbers, c=np.array([3, 3, 3, 3]))
    return Chosen(which, (mark, when, _MARK(a=when, b=numbers, c=numbers), alone))


@pytest.mark.parametrize("lang", Language)
@pytest.mark.parametrize("rows", [[0], [0, 1, 2, 3], [3, 3, 1], [2, 0]])
def test_texts_of_many_are_those_of_each(lang: Language, rows: list[int]) -> None:
    phrases = columns()
    for each in (phrases, *(phrases.options if isinstance(phrases, Chosen) else ())):
        picked = [phrase_of(each, row) for row in rows]  # type: ignore[arg-type]  # all options are phrases
        wanted = ["" if phrase is None else render(phrase, lang) for phrase in picked]
        assert texts(each, lang, rows) == wanted  # type: ignore[arg-type]


def test_a_name_without_a_figure_is_an_error() -> None:
    with pytest.raises(KeyError):
        texts(Phrase(_MARK, {"a": np.array([1.0])}), Language.ZH, [0])


def test_nothing_to_say_is_an_empty_text() -> None:
    assert texts(None, Language.ZH, [0, 1]) == ["", ""]
    assert chosen((np.array([False, False]), _MARK()), otherwise=None) is None
