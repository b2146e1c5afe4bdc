"""Every lost point has a reason, in both languages, without a gap, and the reason says the score that was given."""

import re
from collections.abc import Iterator
from pathlib import Path

import everything
import pytest
import sample_round
from scheme_runs import SCHEMES, done

from lawgov_score.explanation import reasons
from lawgov_score.model import FilledBy, Indicator, Scores, Status
from lawgov_score.report import render
from lawgov_score.terminal.explain import explain_text
from lawgov_score.wording import Language

ROOT = Path(__file__).parents[2]
NUMBER = re.compile(r"[−-]?\d[\d,]*\.?\d*")
NONE_GIVEN = re.compile("不得分|no points|nothing")


def lost_at(scores: Scores) -> Iterator[tuple[int, Indicator, Status]]:
    """Every indicator at which a unit has less than the full points, whatever the cause."""
    for row in range(len(scores.units)):
        for node in scores.tree.indicators:
            column = scores.node_column[node.code]
            status = Status(int(scores.status[row, column]))
            is_full = status is Status.SCORED and scores.scores[row, column] >= scores.points[row, column]
            if not (node.bonus or (node.weight or 0) < 0 or is_full):
                yield row, node, status


def says(text: str, score: float) -> bool:
    """Does the text hold this score, to the cent, or say that there are no points?"""
    numbers = (float(found.replace("−", "-").replace(",", "")) for found in NUMBER.findall(text))
    return any(abs(number - score) < 0.0051 for number in numbers) or (score == 0 and bool(NONE_GIVEN.search(text)))


def faults(scores: Scores) -> tuple[int, list[str]]:
    """How many lost points there are, and what is wrong with their reasons."""
    found, wrong = 0, []
    for row, node, status in lost_at(scores):
        found += 1
        why, score = (
            reasons.reason(scores, row, node.code),
            float(scores.scores[row, scores.node_column[node.code]]),
        )
        for lang in Language:
            said = "" if why is None else render(why, lang)
            is_whole = said.strip() and "{" not in said and "nan" not in said.lower().split()
            if not is_whole or (status is Status.SCORED and not says(said, score)):
                wrong.append(f"{scores.units[row].code} {node.code} {status.name} {score}: {said}")
    return found, wrong


@pytest.mark.parametrize("folder", SCHEMES, ids=lambda folder: folder.name)
def test_schemes(folder: Path) -> None:
    scores = done(folder).scores
    assert scores is not None, "a scheme with figures comes to scores"
    assert faults(scores)[1] == []


def test_a_round_of_everything() -> None:
    found, wrong = faults(everything.a_round())
    assert (found > 10, wrong) == (True, [])


@pytest.fixture
def sample() -> Scores:
    return sample_round.scores()


def test_the_sample_round(sample: Scores) -> None:
    found, wrong = faults(sample)
    assert (found > 500, wrong) == (True, [])


def test_explain_names_the_cells_of_every_lost_point(sample: Scores) -> None:
    for row in range(0, len(sample.units), 5):
        text = explain_text(sample, row, None, Language.ZH)
        for at, node, status in lost_at(sample):
            if at != row or status is not Status.SCORED:
                continue
            block = text.partition(f"{node.code} {node.title}")[2].split("\n")[:3]
            of_office = node.filled_by is FilledBy.ASSESSOR
            source = "来源 考核机关填报项!" if of_office else "来源 填报!"
            assert source in block[2], (sample.units[row].code, node.code, block)


def test_a_reason_that_says_another_score_is_seen() -> None:
    assert says("得 0.24 分", 0.24)
    assert says("不得分", 0.0)
    assert not says("得 0.24 分", 0.34)
    assert not says("不得分", 0.5)
