"""``schema`` as people call it. Reaches ``cli/commands/schema.py``."""

import json

import pytest
from calls import run
from test_cli import Captured

from lawgov_score.tree.editor_schema import PATH


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("options", "draft"),
    [((), "2020-12/schema"), (("--draft", "2020-12"), "2020-12/schema"), (("--draft", "7"), "draft-07/schema#")],
)
def test_it_prints_one_schema_and_nothing_else(
    options: tuple[str, ...], draft: str, lang: str, capsys: Captured
) -> None:
    assert run("schema", *options, "--lang", lang) == 0
    told = capsys.readouterr()
    assert told.err == ""
    assert json.loads(told.out)["$schema"].endswith(draft)
    if draft == "draft-07/schema#":
        assert told.out == PATH.read_text(encoding="utf-8")  # the file that trees of this repository name


def test_the_two_drafts_say_the_same(capsys: Captured) -> None:
    run("schema", "--draft", "7")
    seven = capsys.readouterr().out
    run("schema")
    newest = capsys.readouterr().out
    for now, then in (("$defs", "definitions"), ("dependentRequired", "dependencies")):
        seven = seven.replace(f'"{then}"', f'"{now}"').replace(f"#/{then}/", f"#/{now}/")
    one, other = json.loads(seven), json.loads(newest)
    del one["$schema"], other["$schema"]
    assert one == other


@pytest.mark.parametrize(("lang", "heading"), [("zh", "只能是"), ("en", "one of")])
def test_another_draft_is_wrong_usage(lang: str, heading: str, capsys: Captured) -> None:
    assert run("schema", "--draft", "4", "--lang", lang) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert heading in told.err
    assert "2020-12" in told.err
