"""Docs that can go stale are held to the code: generated pages, README's commands, codes, links."""

import re
import shlex
from pathlib import Path

import pytest
import sample_round

from docs import make_problems
from lawgov_score import carried
from lawgov_score.catalogue import Code
from lawgov_score.pipeline import write_examples

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_page_of_problem_codes_is_fresh() -> None:
    assert make_problems.PAGE.read_text(encoding="utf-8") == make_problems.page(), "run: make docs"


def commands() -> list[list[str]]:
    """The lawgov-score calls of the README's code blocks."""
    blocks = re.findall(r"```sh\n(.*?)```", README, flags=re.S)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("lawgov-score ")]
    return [shlex.split(line)[1:] for line in lines]


def test_the_readme_shows_the_five_commands_of_a_round() -> None:
    assert [command[0] for command in commands()] == ["lint", "template", "check", "score", "explain"]


@pytest.fixture(scope="module")
def a_round(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place with the trees, and with what the demonstration reads where it puts it."""
    place = tmp_path_factory.mktemp("round")
    (place / "indicators").symlink_to(ROOT / "indicators")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(carried, "script", lambda _: sample_round)
        write_examples(place / "out")
    return place


def test_every_code_is_raised_or_asserted_by_a_test() -> None:
    """A code without a test is a promise nobody checks."""
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in (ROOT / "tests").rglob("*.py")]
    texts += [path.name for path in (ROOT / "tests" / "tree" / "bad").iterdir()]
    text = "\n".join(t for t in texts if "def test_every_code_is_raised" not in t)
    assert sorted(code for code in Code if code not in text) == []


def test_every_code_is_used_by_the_package() -> None:
    used = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "lawgov_score").rglob("*.py")
        if "catalogue" not in path.parts
    )
    assert sorted(code for code in Code if f"Code.{code}" not in used) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_changelog_knows_the_version() -> None:
    from lawgov_score import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
