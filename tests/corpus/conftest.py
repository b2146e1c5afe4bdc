"""The clean workbook of the corpus, read once a module."""

import pytest
from corpus.compared import given
from corpus.round import ME, TREE, clean

from lawgov_score.workbook.submission.intake import read_inputs


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What the clean workbook says."""
    path = tmp_path_factory.mktemp("clean") / "U-01.xlsx"
    path.write_bytes(clean())
    (submission,) = read_inputs([path], TREE, (ME,)).submissions
    return {key: given(answer) for key, answer in submission.answers.items()}
