"""`advise` in both languages, for one unit and all, as text and as JSON.

Reaches ``terminal/advise.py``.
"""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lawgov_score.cli.commands import build
from lawgov_score.wording import Language

SCHEME = Path(__file__).parent / "schemes" / "e-vetoes-and-limits"


def advise(*more: str, lang: Language = Language.ZH) -> Result:
    files = [str(SCHEME / "tree.yaml"), str(SCHEME / "figures.csv")]
    roster = ["--roster", str(SCHEME / "roster.csv")] if (SCHEME / "roster.csv").exists() else []
    return CliRunner().invoke(build(lang), ["advise", *files, *roster, *more])


@pytest.mark.parametrize("lang", Language)
def test_every_unit_gets_a_line_that_says_how_things_stand(lang: Language) -> None:
    found = advise(lang=lang)
    assert found.exit_code in {0, 1}
    assert {Language.ZH: "已是最高等次", Language.EN: "Already in the highest"}[lang] in found.stdout
    assert {Language.ZH: "名额", Language.EN: "quota"}[lang] in found.stdout


def test_json_has_one_object_a_unit_and_no_nan() -> None:
    data = json.loads(advise("--format", "json").stdout)
    assert len(data) > 1
    assert {"unit", "outlook", "target", "improvements", "aside"} <= set(data[0])


def test_an_unknown_unit_is_named_with_those_that_are_near() -> None:
    found = advise("--unit", "no-such-unit")
    assert found.exit_code == 2
