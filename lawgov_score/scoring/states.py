"""States of answers and scores as columns hold them: plain numbers instead of members of an enumeration.

The meaning is that of the member with the same name. numpy takes five times as long to compare a column with a member,
and scoring compares columns by the thousand.
"""

import numpy as np

from lawgov_score.model import AnswerState, Status


class AnswerIs:
    """``AnswerState``, from the best to the worst."""

    GIVEN, MISSING, CLAIMED_NOT_APPLICABLE, INVALID, NOT_NEEDED = (np.int8(state) for state in AnswerState)


class StatusIs:
    """``Status`` of a score."""

    SCORED, MISSING, NOT_APPLICABLE, NOT_REVIEWED, INVALID = (np.int8(status) for status in Status)
