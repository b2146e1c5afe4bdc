"""Plain numbers of states mean what the members of the same name mean."""

import numpy as np
import pytest

from lawgov_score.model import AnswerState, Status
from lawgov_score.scoring.states import AnswerIs, StatusIs


@pytest.mark.parametrize(("numbers", "members"), [(AnswerIs, AnswerState), (StatusIs, Status)])
def test_each_member_has_its_number(numbers: type, members: type[AnswerState] | type[Status]) -> None:
    for member in members:
        number = getattr(numbers, member.name)
        assert number == member
        assert number.dtype == np.int8


def test_what_is_best_is_zero() -> None:
    """Steps that count how many are not GIVEN, or not SCORED, rest on it."""
    assert AnswerIs.GIVEN == StatusIs.SCORED == 0
