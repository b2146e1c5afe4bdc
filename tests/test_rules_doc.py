"""docs/rules.md says what the rules and their worked cases say."""

import runpy
from pathlib import Path

from lawgov_score.rules import KINDS

_DOCS = Path(__file__).parent.parent / "docs"


def test_the_page_of_rules_is_not_stale() -> None:
    made = runpy.run_path(str(_DOCS / "make_rules.py"))["page"]()
    assert made == (_DOCS / "rules.md").read_text(encoding="utf-8"), "run `make docs`"


def test_every_kind_has_its_chapter() -> None:
    page = (_DOCS / "rules.md").read_text(encoding="utf-8")
    for kind, rule in KINDS.items():
        chapter = page.partition(f"## {rule.NAME} `{kind}`\n")[2].partition("\n## ")[0]
        for part in ("何时用：", "写法：", "算例", "```yaml\nrule:", ">>> "):
            assert part in chapter, f"{kind}: {part}"


def test_code_fences_are_closed() -> None:
    page = (_DOCS / "rules.md").read_text(encoding="utf-8")
    fences = [line for line in page.splitlines() if line.startswith("```")]
    assert all(line != "```" for line in fences[::2])
    assert set(fences[1::2]) == {"```"}
