"""Codes and names of states, roles and kinds: each has one of each, and the contract's codes are they."""

from enum import StrEnum

import pytest

from lawgov_score.rounds.names import NAMES, ObjectionState, RoundState, SubmissionState, name_of, named

CONTRACT = {
    RoundState: "preparing open closed first_review second_review notified objections final published archived",
    SubmissionState: "none received accepted returned withdrawn",
    ObjectionState: "filed admitted refused assigned drafted decided notified withdrawn",
}


@pytest.mark.parametrize("kind", CONTRACT)
def test_codes_are_those_of_the_contract(kind: type[StrEnum]) -> None:
    assert sorted(kind) == sorted(CONTRACT[kind].split())


@pytest.mark.parametrize("kind", NAMES)
def test_each_has_a_name_of_its_own_and_is_found_by_it(kind: type[StrEnum]) -> None:
    assert set(NAMES[kind]) == set(kind)
    assert len({name_of(one).zh for one in kind}) == len(kind)
    for one in kind:
        assert named(one.value, kind) is named(name_of(one).zh, kind) is named(name_of(one).en.upper(), kind) is one
    assert named("没有", kind) is None
