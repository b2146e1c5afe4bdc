"""Many ways through a round: ``tests/rounds/test_machine.py`` has a few of them."""

import pytest
from hypothesis import settings
from machine import RoundMachine

pytestmark = pytest.mark.long

TestRound = RoundMachine.TestCase
TestRound.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
