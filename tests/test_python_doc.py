"""docs/python.md shows everything that is public; its examples run in tests/acceptance/test_printed_commands.py."""

from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "python.md"


def test_every_public_function_and_error_is_shown() -> None:
    import lawgov_score

    page = PAGE.read_text(encoding="utf-8")
    unnamed = {"Reading", "Result", "Verification", "Submissions", "__version__"}  # what the functions return
    assert [name for name in lawgov_score.__all__ if name not in page and name not in unnamed] == []
    for name in ("ranking", "scores", "figures", "problems", "numbers", "explain", "to_csv", "to_scorecard"):
        assert name in page
        assert hasattr(lawgov_score.Result, name)
