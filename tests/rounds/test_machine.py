"""Whatever is done in whatever order, refused or failing in between: nothing is lost, and a model says what counts.

Many more ways: ``tests/acceptance/test_machine.py``.
"""

from hypothesis import settings
from machine import RoundMachine

TestRound = RoundMachine.TestCase
TestRound.settings = settings(max_examples=6, stateful_step_count=20, deadline=None)
