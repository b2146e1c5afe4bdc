"""A batch of cards: what all cards of one run share, computed once: standards and ways in words, signs, formulas.

Formulas are kept with open rows: every card has other figures, and other row numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lawgov_score.content import score_notes
from lawgov_score.content.cohort import Peers, peers_of
from lawgov_score.content.costs import signs
from lawgov_score.explanation import standard
from lawgov_score.model import Group, Scores
from lawgov_score.model.notice import NO_NOTICE, Notice
from lawgov_score.report import render
from lawgov_score.wording import Language
from lawgov_score.workbook.formulas.builder import Kept
from lawgov_score.workbook.writing.manifest import Manifest, manifest_of


@dataclass(frozen=True)
class CardBatch:
    """``standards`` and ``ways``: text by the unit types of a tree (``Tree.types``), then by code.

    ``signs``: how each node affects lost points. ``peers``: the figures that units are compared by. ``manifest``: that
    of the run. ``notice``: what units are told of objections.
    """

    scores: Scores
    lang: Language
    standards: Mapping[tuple[str, ...], Mapping[str, str]]
    ways: Mapping[tuple[str, ...], Mapping[str, str]]
    signs: Mapping[str, float]
    peers: tuple[Peers, ...]
    manifest: Manifest
    notice: Notice = NO_NOTICE
    formulas: Kept = field(default_factory=dict)


def prepare(
    scores: Scores,
    lang: Language,
    inputs: Sequence[tuple[str, str]] = (),
    options: Sequence[tuple[str, str]] = (),
    notice: Notice = NO_NOTICE,
) -> CardBatch:
    """Prepares what all cards of a run in one language share. ``inputs``, ``options``: as in ``Manifest``."""
    tree = scores.tree
    trees = (tree, *(own for _, own in tree.kinds))
    return CardBatch(
        scores,
        lang,
        {own.types: {one.code: render(standard.standard(own, one), lang) for one in own.indicators} for own in trees},
        {
            own.types: {one.code: score_notes.way_text(own, one, lang) for one in own.nodes if isinstance(one, Group)}
            for own in trees
        },
        signs(tree),
        peers_of(scores),
        manifest_of(scores, inputs, lang, options),
        notice,
    )
