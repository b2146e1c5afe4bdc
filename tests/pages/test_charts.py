"""Charts by their geometry: figures beside bars and through none, axes with names, the legend in the order of bars.

Reaches ``pages/drawing.py``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.pages import charts
from lawgov_score.pages.charts import Axis, Bar, Group, Mark
from lawgov_score.pages.drawing import LETTER
from lawgov_score.pages.html import Html
from lawgov_score.report import width

_HEIGHT = 9  # pixels that the letters of a figure rise above their line
_SERIES = ("本单位得分率", "同组平均", "同组最高")


@dataclass(frozen=True)
class Box:
    """A bar, or the place that a text takes."""

    left: float
    top: float
    right: float
    bottom: float
    said: str = ""

    def meets(self, other: "Box") -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > 0.5 and min(self.bottom, other.bottom) - max(self.top, other.top) > 0.5


def pictures(figure: Html) -> list[str]:
    """The broad and the narrow form."""
    return re.findall(r"<svg.*?</svg>", figure.markup)


def bars_of(picture: str) -> list[Box]:
    drawn = re.sub(r"<defs>.*?</defs>", "", picture)
    found = []
    for element in re.findall(r"<rect [^>]*>", drawn):
        x, y, wide, tall = (float(_attribute(element, name)) for name in ("x", "y", "width", "height"))
        found.append(Box(x, y, x + wide, y + tall, _attribute(element, "fill").split("-chart")[-1]))
    return found


def texts_of(picture: str) -> list[Box]:
    found = []
    for element, said in re.findall(r"(<text [^>]*>)([^<]*)</text>", picture):
        x, y = float(_attribute(element, "x")), float(_attribute(element, "y"))
        wide = width(said) * LETTER
        left = x - {"end": wide, "middle": wide / 2}.get(_attribute(element, "text-anchor"), 0.0)
        found.append(Box(left, y - _HEIGHT, left + wide, y, said))
    return found


def _attribute(element: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', element)
    return found[1] if found else ""


def a_chart(groups: Sequence[Sequence[float]], most: float = 1.0) -> Html:
    drawn = [
        Group(f"第{i}方面", [Bar(rate, f"{rate * 100:.1f}%") for rate in rates])
        for i, rates in enumerate(groups, start=1)
    ]
    return charts.bars("a-chart", "标题", "读出", _SERIES, drawn, Axis("得分率", most, is_share=True))


_RATES = st.lists(st.floats(0, 1.2), min_size=3, max_size=3)


@given(st.lists(_RATES, min_size=1, max_size=5))
def test_no_text_runs_through_a_bar_or_another_text(groups: list[list[float]]) -> None:
    for picture in pictures(a_chart(groups)):
        bars, texts = bars_of(picture), texts_of(picture)
        assert [(one.said, bar) for one in texts for bar in bars if one.meets(bar)] == []
        assert [
            (one.said, other.said) for one in texts for other in texts if one is not other and one.meets(other)
        ] == []
        wide = float(re.findall(r'viewBox="0 0 ([\d.]+)', picture)[0])
        assert [one for one in texts if one.left < -1 or one.right > wide + 1] == []


def test_such_a_text_would_be_seen() -> None:
    assert Box(0, 0, 10, 10).meets(Box(9, 9, 20, 20))
    assert not Box(0, 0, 10, 10).meets(Box(10, 0, 20, 10))


def test_the_legend_is_in_the_order_of_the_bars_and_has_their_fills() -> None:
    for picture in pictures(a_chart([[0.5, 0.6, 0.7]])):
        legend, bars = bars_of(picture)[:3], bars_of(picture)[3:]
        assert [one.said for one in legend] == [one.said for one in sorted(bars, key=lambda one: one.top)]
        assert len({one.said for one in legend}) == 3
        names = [one.said for one in texts_of(picture) if one.said in _SERIES]
        assert names == list(_SERIES)


def test_axes_have_names_and_numbers() -> None:
    for picture in pictures(a_chart([[0.5, 0.6, 0.7]])):
        said = [one.said for one in texts_of(picture)]
        assert "得分率" in said
        assert {"0%", "100%"} <= set(said)
    drawn = charts.histogram("b", "标题", "读出", [60, 70, 80], [1, 2], [Mark(70, "良好 70")], ("得分（分）", "单位数"))
    for picture in pictures(drawn):
        assert {"得分（分）", "单位数", "良好 70"} <= {one.said for one in texts_of(picture)}
        bars, texts = bars_of(picture), texts_of(picture)
        assert [(one.said, bar) for one in texts for bar in bars if one.meets(bar)] == []


def test_no_title_is_drawn_into_the_picture() -> None:
    """The heading above the chart says it; the title inside is read out, and shown by nothing but a resting pointer."""
    for picture in pictures(a_chart([[0.5, 0.6, 0.7]])):
        assert "标题" not in [one.said for one in texts_of(picture)]
        assert "<title" in picture


@pytest.mark.parametrize("most", [0.0, 0.004, 0.3, 1.0, 9.99, 38.81, 100.0, 2.5e7])
def test_ticks_are_few_round_and_within(most: float) -> None:
    ticks = Axis("x", most).ticks
    assert 1 <= len(ticks) <= 7
    assert ticks[0][0] == 0
    assert all(number <= most * (1 + 1e-9) for number, _ in ticks)
    assert all(float(text) == pytest.approx(number) for number, text in ticks)
