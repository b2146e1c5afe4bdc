"""Every worked case of every kind gives the score a person worked out.

Reaches ``rules/columns.py``, ``rules/counts.py``, ``rules/slope.py``, ``rules/steps.py``, ``rules/votes.py``.
"""

import inspect

import numpy as np
import pytest
from worked_cases import FOLDER, Case, all_cases, cases

from lawgov_score.rounding import half_up
from lawgov_score.rules import KINDS
from lawgov_score.rules.linear import Linear
from lawgov_score.rules.rule import Rule


@pytest.mark.parametrize("case", all_cases(), ids=str)
def test_worked_case(case: Case) -> None:
    scores = case.rule.score(case.inputs)
    if case.decimals is not None:
        scores = half_up(scores, case.decimals)
    np.testing.assert_allclose(scores, case.score, rtol=0, atol=1e-9)


def test_a_wrong_expectation_fails() -> None:
    case = cases("proportional")[0]
    with pytest.raises(AssertionError):
        np.testing.assert_allclose(half_up(case.rule.score(case.inputs), 2), case.score + 0.01, rtol=0, atol=1e-9)


def test_every_kind_has_cases_and_every_case_file_a_kind() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.yaml")) == sorted(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_missing_answer_among_its_cases(kind: str) -> None:
    assert any(np.isnan(case.score).any() for case in cases(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_a_rule_shows_the_face_of_the_protocol(kind: str) -> None:
    rule = cases(kind)[0].rule
    assert isinstance(rule, Rule)
    assert kind == rule.KIND
    assert {field.code for field in rule.fields} <= set(rule.reads)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_says_all_that_it_must(kind: str) -> None:
    """A member that only the protocol has would give None where a figure is expected."""
    assert not inspect.isabstract(KINDS[kind])
    assert all(hasattr(KINDS[kind], name) for name in ("KIND", "NAME", "SCHEMA"))


@pytest.mark.parametrize("name", sorted(Rule.__abstractmethods__))
def test_a_kind_that_forgets_a_member_cannot_be_made(name: str) -> None:
    forgetful = type("Forgetful", (Linear,), {name: Rule.__dict__[name]})
    assert inspect.isabstract(forgetful)
    with pytest.raises(TypeError, match=name):
        forgetful()


@pytest.mark.parametrize("case", all_cases(), ids=str)
def test_worked_rules_are_without_fault(case: Case) -> None:
    assert list(case.rule.faults()) == []


@pytest.mark.parametrize("case", all_cases(), ids=str)
def test_worked_rules_keep_their_schema(case: Case) -> None:
    from jsonschema import Draft202012Validator

    schema = dict(case.rule.SCHEMA)
    schema["properties"] = {"kind": {"const": case.rule.KIND}, **schema["properties"]}
    schema["additionalProperties"] = False
    assert [error.message for error in Draft202012Validator(schema).iter_errors(case.data)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_explained(kind: str) -> None:
    def check(properties: dict[str, dict[str, object]]) -> None:
        for key, schema in properties.items():
            assert schema.get("title"), key
            assert schema.get("description"), key
            items = schema.get("items", schema)
            assert isinstance(items, dict)
            check(items.get("properties", {}))

    check(dict(KINDS[kind].SCHEMA["properties"]))
