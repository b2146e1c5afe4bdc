"""docs/desk.zh-CN.md: what the page has a clerk press, and what it quotes, is what pages say."""

import re
from pathlib import Path

import pytest

from lawgov_score.portal.places import PLACES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "desk.zh-CN.md").read_text(encoding="utf-8")
PACKAGE = ROOT / "lawgov_score"
SAID = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in ("portal", "rounds", "documents", "catalogue")
    for path in sorted((PACKAGE / folder).rglob("*"))
    if path.suffix in {".py", ".html"}
)


def quoted() -> list[str]:
    return sorted(set(re.findall(r"“([^”]+)”", PAGE)))


def test_there_is_something_to_hold_it_to() -> None:
    assert len(quoted()) > 40


@pytest.mark.parametrize("words", quoted())
def test_what_it_quotes_is_on_a_page(words: str) -> None:
    """A figure stands for what the page fills in: N in the guide, a field in braces on the page."""
    pattern = re.escape(words).replace("N", r"\{\w+\}").replace("‘", "“").replace("’", "”")
    pattern = re.sub(r"“[^”]+”", r"“\\{\\w+\\}”", pattern)
    assert re.search(pattern, SAID), words


def test_every_place_has_its_part_of_the_year() -> None:
    assert [place.title.zh for place in PLACES if f"**{place.title.zh}" not in PAGE] == []
