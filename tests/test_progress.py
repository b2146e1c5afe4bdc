"""The progress bar passes every item on, and draws on a terminal alone, once the work takes long (cli/progress.py)."""

import io

import pytest

from lawgov_score.cli import progress
from lawgov_score.cli.progress import Watch
from lawgov_score.wording import Language


class Screen(io.StringIO):
    """A stream that says it is a terminal, or that it is none."""

    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__()
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal


@pytest.mark.parametrize(
    ("is_terminal", "patience", "is_drawn"), [(True, -1.0, True), (True, 1e9, False), (False, -1.0, False)]
)
@pytest.mark.parametrize("lang", list(Language))
def test_every_item_comes_once_and_a_bar_only_on_a_terminal_where_it_takes_long(
    monkeypatch: pytest.MonkeyPatch, is_terminal: bool, patience: float, is_drawn: bool, lang: Language
) -> None:
    screen = Screen(is_terminal=is_terminal)
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr(progress, "_PATIENCE", patience)
    assert list(Watch(lang)([3, 1, 2], "card")) == [3, 1, 2]
    assert (screen.getvalue() != "") is is_drawn
    label = {Language.ZH: "生成评分卡", Language.EN: "cards"}[lang]
    assert (label in screen.getvalue()) is is_drawn


@pytest.mark.parametrize("what", sorted(progress._LABELS))
def test_one_item_or_none_needs_no_bar(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    screen = Screen(is_terminal=True)
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr(progress, "_PATIENCE", -1.0)
    assert [list(Watch(Language.ZH)(items, what)) for items in ([], [1])] == [[], [1]]
    assert screen.getvalue() == ""
