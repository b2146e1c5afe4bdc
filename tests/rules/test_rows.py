"""What rules are told of a cohort is what numpy says of its values, cohort by cohort."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.rules.rows import Peers, Row, Rows

_VALUES = st.one_of(st.sampled_from([0.0, 1.0, 2.0, float("nan")]), st.floats(-1e6, 1e6))
_UNITS = st.lists(st.tuples(_VALUES, st.booleans(), st.integers(0, 3)), min_size=1, max_size=12)


@given(_UNITS)
def test_statistics_of_a_cohort(units: list[tuple[float, bool, int]]) -> None:
    values, takes_part = np.array([each[0] for each in units]), np.array([each[1] for each in units])
    cohorts = np.array([each[2] for each in units], dtype=np.intp)
    peers = Peers.of(values, takes_part, cohorts)
    figures = [peers.number, peers.each(np.mean), *(peers.beyond(values, is_higher=more) for more in (True, False))]
    for row, (value, _, cohort) in enumerate(units):
        own = values[(cohorts == cohort) & takes_part & ~np.isnan(values)]
        assert peers.values[cohort].tolist() == own.tolist()
        number, mean, above, below = (float(column[row]) for column in figures)
        assert number == len(own)
        assert mean == float(np.mean(own)) if len(own) else np.isnan(mean)
        if not np.isnan(value):
            assert (above, below) == (int(np.sum(own > value)), int(np.sum(own < value)))


def test_columns_of_one_unit_give_the_unit_back() -> None:
    row = Row(1.0, 0.5, {"a": 2.0}, 2020.0, np.array([1.0, 3.0]), 0.9, np.array([4.0, 5.0]))
    back = Rows.of(row).row(0)
    assert (back.value, back.score, back.answers, back.year, back.previous) == (1.0, 0.5, {"a": 2.0}, 2020.0, 0.9)
    assert np.array_equal(back.cohort_values, [1.0, 3.0])  # type: ignore[arg-type]  # None would not be equal
    assert np.array_equal(back.marks, [4.0, 5.0])  # type: ignore[arg-type]
