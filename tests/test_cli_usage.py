"""Words of wrong usage (`cli/texts.py`): Chinese where Chinese is asked for, what was meant where that is certain."""

import re

import pytest

from lawgov_score.cli import main


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["score", "a", "b", "--rooster", "r.csv"], "--roster"),
        (["scoer", "a"], "score"),
        (["xyz"], "lint"),
        (["lint", "a", "b"], "b"),
        (["lint", "a", "--format", "xml"], "github"),
        (["score", "a", "b", "--zzz"], "--zzz"),
    ],
)
def test_usage_errors_are_worded(capsys: pytest.CaptureFixture[str], arguments: list[str], named: str) -> None:
    for lang in ("zh", "en"):
        with pytest.raises(SystemExit) as left:
            main([*arguments, "--lang", lang])
        first, *_ = capsys.readouterr().err.splitlines()
        assert left.value.code == 2
        assert named in first
        assert bool(re.search("[\u4e00-\u9fff]", first)) is (lang == "zh")
    assert "No such" not in first
