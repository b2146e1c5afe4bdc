"""Settings of the whole suite; that each problem which the package raises passes as plain data unchanged, as out of a
bounded process; and, where all of it ran, that the package itself raised every problem code.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any

# python-docx brings lxml, and with it openpyxl writes other XML, which some tests take apart.
os.environ.setdefault("OPENPYXL_LXML", "False")

import pytest
import sample_round
from hypothesis import settings

from lawgov_score import problems
from lawgov_score.catalogue import Code
from lawgov_score.problem_data import problems_data, to_problems
from lawgov_score.problems import Problem, ThingPlace
from lawgov_score.report import said
from lawgov_score.wording import ByFace, Face, Language, Phrase

# A shared machine may be slow for a second: how long an example takes says nothing about whether it is right.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# Raised only in a process of its own, which the count below does not see: O116 takes a limit on open files
# (tests/test_surroundings.py).
ELSEWHERE: frozenset[Code] = frozenset({Code.O116})
_WHOLE = 6_000  # tests; fewer are a choice, of which nothing is asked
_raised: set[str] = set()
_LONG = 6_000  # characters, in two languages and for two faces
_KEY = "raised codes"
_not_passed: dict[str, str] = {}  # what a problem of one shape came to as plain data
_passed: set[object] = set()


@pytest.fixture(scope="session", autouse=True)
def fixture_one_sample_round(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Workers have folders of their own in one that they share."""
    own = tmp_path_factory.getbasetemp()
    sample_round.keep_in(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="session", autouse=True)
def fixture_raised_codes() -> Iterator[None]:
    """Notes the code of every problem that the package makes: what a test makes itself proves nothing.

    Of each code and kinds of figures, the first also passes as plain data, as out of a bounded process.
    """
    made = problems.Problem.__init__

    def noted(self: problems.Problem, code: Code, *values: Any, **named: Any) -> None:
        made(self, code, *values, **named)
        by = sys._getframe(1).f_globals.get("__name__", "")
        if by.startswith("lawgov_score."):
            _raised.add(code.value)
        is_made = by.startswith("lawgov_score.") or by == "dataclasses"  # which completes what is made in two steps
        if is_made and sys.getprofile() is None:  # else a test counts calls
            _pass(self)

    problems.Problem.__init__ = noted  # type: ignore[method-assign]  # for as long as the tests run
    yield
    problems.Problem.__init__ = made  # type: ignore[method-assign]  # as it was


def _pass(problem: Problem) -> None:
    """Notes what does not come back from plain data as it was."""
    shape = (problem.code, _shape(problem.values), type(problem.place), bool(problem.more))
    if shape in _passed or isinstance(problem.place, ThingPlace):
        return
    _passed.add(shape)
    try:
        before = [said(problem, lang, face) for lang in Language for face in Face]
    except KeyError:
        return  # its figures are not complete yet
    if len(str(before)) > _LONG:
        return  # what nobody reads to its end is cut on the way
    try:
        data = json.dumps(problems_data([problem]))
        (back,) = to_problems(json.loads(data))
        assert json.dumps(problems_data([back])) == data
        assert [said(back, lang, face) for lang in Language for face in Face] == before
    except Exception as error:
        _not_passed[problem.code.value] = f"{type(error).__name__}: {error} {problem}"


def _shape(figure: object) -> object:
    """The types of a figure, and of those in it."""
    match figure:
        case Mapping():
            return tuple((key, _shape(one)) for key, one in figure.items())
        case tuple() | list():
            return type(figure), frozenset(map(_shape, figure))
        case Phrase():
            return Phrase, figure.words, _shape(figure.values)
        case ByFace():
            return ByFace, _shape(figure.typed), _shape(figure.on_desk)
    return type(figure)


@pytest.fixture(autouse=True)
def fixture_passing_problems() -> Iterator[None]:
    """The test during which the package first raised a problem that cannot pass fails."""
    before = dict(_not_passed)
    yield
    assert _not_passed == before


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Of workers the codes are gathered; the whole suite fails where one was never raised."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[_KEY] = sorted(_raised)
        return
    if (
        session.config.option.collectonly
        or session.testscollected < _WHOLE
        or session.exitstatus not in {0, pytest.ExitCode.OK}
    ):
        return
    never = sorted(code.value for code in Code if code.value not in _raised and code not in ELSEWHERE)
    if never:
        print(f"\nNo test makes the package raise {', '.join(never)} (tests/conftest.py)")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist
def pytest_testnodedown(node: Any) -> None:
    """A worker ends: what it raised counts."""
    _raised.update(node.workeroutput.get(_KEY, ()) if hasattr(node, "workeroutput") else ())
