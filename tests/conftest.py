"""Settings of the whole suite; and, where all of it ran, that the package itself raised every problem code."""

import os
import sys
from collections.abc import Iterator
from typing import Any

# python-docx brings lxml, and with it openpyxl writes other XML, which some tests take apart.
os.environ.setdefault("OPENPYXL_LXML", "False")

import pytest
import sample_round
from hypothesis import settings

from lawgov_score import problems
from lawgov_score.catalogue import Code

# A shared machine may be slow for a second: how long an example takes says nothing about whether it is right.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# Raised only in a process of its own, which the count below does not see: O116 takes a limit on open files
# (tests/test_surroundings.py).
ELSEWHERE: frozenset[Code] = frozenset({Code.O116})
_WHOLE = 6_000  # tests; fewer are a choice, of which nothing is asked
_raised: set[str] = set()
_KEY = "raised codes"


@pytest.fixture(scope="session", autouse=True)
def fixture_one_sample_round(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Workers have folders of their own in one that they share."""
    own = tmp_path_factory.getbasetemp()
    sample_round.keep_in(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="session", autouse=True)
def fixture_raised_codes() -> Iterator[None]:
    """Notes the code of every problem that the package makes: what a test makes itself proves nothing."""
    made = problems.Problem.__init__

    def noted(self: problems.Problem, code: Code, *values: Any, **named: Any) -> None:
        if sys._getframe(1).f_globals.get("__name__", "").startswith("lawgov_score."):
            _raised.add(code.value)
        made(self, code, *values, **named)

    problems.Problem.__init__ = noted  # type: ignore[method-assign]  # for as long as the tests run
    yield
    problems.Problem.__init__ = made  # type: ignore[method-assign]  # as it was


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
