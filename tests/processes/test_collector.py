"""The collector rests while something is read, and goes on as it was before."""

import gc

import pytest

from lawgov_score.processes import resting_collector


def fail_while_it_rests() -> None:
    with resting_collector():
        assert not gc.isenabled()
        raise ValueError("unreadable")


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_afterwards_what_it_was(was_on: bool) -> None:
    before = gc.isenabled()
    (gc.enable if was_on else gc.disable)()
    try:
        with pytest.raises(ValueError, match="unreadable"):
            fail_while_it_rests()
        assert gc.isenabled() is was_on
    finally:
        (gc.enable if before else gc.disable)()
