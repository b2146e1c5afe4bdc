"""What a round of hundreds of units looks like."""

from pathlib import Path

from workbook.scorecard.test_analysis import a_round, charts_of, column, series_of, the_sheet, written


def test_a_bar_a_unit_never_stands_in_the_analysis_of_a_large_round(tmp_path: Path) -> None:
    path = written(a_round([i % 97 + 0.5 for i in range(300)], cohorts=3), tmp_path / "s.xlsx")
    names = [column(the_sheet(path), names) for chart in charts_of(path) for names, _ in series_of(chart)]
    assert max(map(len, names)) <= 15
