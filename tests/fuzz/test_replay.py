"""Every stored input through its target, without a fuzzer: what was mended stays mended."""

import pytest
from fuzz.corpus import kept
from fuzz.seeds import seeds
from fuzz.targets import TARGETS


@pytest.mark.parametrize("target", TARGETS)
def test_no_stored_input_breaks_a_law(target: str) -> None:
    inputs = [*seeds(target), *kept(target)]
    assert len(inputs) > 2
    for data in inputs:
        TARGETS[target](data)
