"""Random trees and answers: what the engine says is what a spreadsheet makes of the scorecard and of every card.

Reaches ``workbook/formulas/indicator.py``.
"""

from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import everything
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from random_rounds import Round, rounds
from random_rules import MAKERS
from recalculation import differing
from tampering import cell_xml, changed, part_of

from lawgov_score.model import Way
from lawgov_score.rules import KINDS
from lawgov_score.wording import Language
from lawgov_score.workbook.card.unit_card import write_card
from lawgov_score.workbook.scorecard.scorecard import write_scorecard

_DETAILS = "明细"
_settings = partial(settings, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))


_WAYS = {way.value for way in Way} - {"none"}
_POLICIES = {"missing zero", "missing exclude"}
_POLICIES |= {f"not_applicable {where}" for where in ("total", "parent", "none")}
_POLICIES |= {f"on_zero {what}" for what in ("not_applicable", "full", "zero", "cohort_mean", "60%")}
_SHAPES = {"parallel", "repeated mean", "uses", "out_of", "bonus", "weight -1", "weight 0", "rule of a group", "base"}
_SHAPES |= {"small sample", "office's", "letters", "adjustments", "coverage of a group", "last edition", "root rule"}
_SHAPES |= {"by type", "shared field", "shared by 2", "block", "block of a group", "with", "scale", "functions"}


class _NothingLeftError(Exception):
    """All that was to be found is found: further examples would show nothing."""


def workbooks(done: Round, folder: Path) -> list[Path]:
    """The scorecard of the round, and the card of every unit."""
    scores = done.scored()
    paths = [folder / "scorecard.xlsx", *(folder / f"{unit.code}.xlsx" for unit in scores.units)]
    write_scorecard(scores, paths[0], problems=scores.problems, inputs=(), lang=Language.ZH)
    for row, path in enumerate(paths[1:]):
        write_card(scores, row, path, problems=(), lang=Language.ZH)
    return paths


@given(rounds())
@_settings(max_examples=25)
def test_the_engine_and_a_spreadsheet_come_to_the_same(done: Round) -> None:
    with TemporaryDirectory() as folder:
        for path in workbooks(done, Path(folder)):
            assert differing(path)[1] == [], path.name


def test_a_value_that_its_formula_does_not_give_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "card.xlsx"
    write_card(everything.a_round(), 0, path, problems=(), lang=Language.ZH)
    formulas, none = differing(path)
    assert (formulas > 80, none) == (True, [])
    wrong = changed(path, tmp_path / "wrong.xlsx", part_of(path, _DETAILS), _with_a_wrong_value)
    assert f"{_DETAILS}!C3" in {text.split(" ")[0] for text in differing(wrong)[1]}


def _with_a_wrong_value(xml: str) -> str:
    return cell_xml("C3").sub(r"\1<f>\2</f><v>77</v></c>", xml)


def test_every_kind_and_every_way_is_reached() -> None:
    """Of everything that these trees are to be made of, something is there within a short run, which ends with that."""
    to_find = {*KINDS, *_WAYS, *_POLICIES, *_SHAPES}
    found: set[str] = set()

    @given(rounds(most_units=1))
    @_settings(max_examples=250, phases=[Phase.generate])
    def collect(done: Round) -> None:
        found.update(done.used)
        if to_find <= found:
            raise _NothingLeftError

    with suppress(_NothingLeftError):
        collect()
    assert to_find - found == set()


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_maker(kind: str) -> None:
    assert f"_{kind}" in {make.__name__ for make in MAKERS}
