"""What each file took in processor time, its processes with it: all together have an hour on two cores."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

_TOOK = "processor"  # seconds


def pytest_configure(config: pytest.Config) -> None:
    """Long ones are left out of the twenty minutes that CI has (``make acceptance CHOICE=1``)."""
    config.addinivalue_line("markers", "long: not among the choice of acceptance that CI takes")


@contextmanager
def _counted(item: pytest.Item) -> Iterator[None]:
    before = os.times()
    try:
        yield
    finally:
        took = sum(os.times()[:4]) - sum(before[:4])
        item.user_properties.append((_TOOK, took))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Fixtures of a module count for the first test that asks them."""
    with _counted(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """The test itself."""
    with _counted(item):
        return (yield)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Files, the longest first."""
    took: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "teardown":  # which has them all
                took[report.nodeid.partition("::")[0]] += sum(s for name, s in report.user_properties if name == _TOOK)
    terminalreporter.section("processor time")
    for name, seconds in took.most_common():
        terminalreporter.write_line(f"{seconds:7.1f} s  {name}")
    terminalreporter.write_line(f"{took.total():7.1f} s  together")
