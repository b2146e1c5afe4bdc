"""Runs all checks of a tree's meaning, and applies the waivers."""

from collections.abc import Iterator

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem
from lawgov_score.tree.checks.between_fields import check_checks
from lawgov_score.tree.checks.combinations import check_together
from lawgov_score.tree.checks.fairness import check_fairness
from lawgov_score.tree.checks.fields import asked_elsewhere, check_fields
from lawgov_score.tree.checks.groups import check_groups
from lawgov_score.tree.checks.head import check_head
from lawgov_score.tree.checks.links import check_links
from lawgov_score.tree.checks.lists import check_lists
from lawgov_score.tree.checks.never_happens import check_thresholds
from lawgov_score.tree.checks.nodes import check_nodes
from lawgov_score.tree.checks.not_applicable import check_not_applicable
from lawgov_score.tree.checks.places import check_places
from lawgov_score.tree.checks.roundings import check_roundings
from lawgov_score.tree.checks.rules import check_rules
from lawgov_score.tree.checks.shared import check_shared
from lawgov_score.tree.checks.unmeetable import check_unmeetable
from lawgov_score.tree.checks.ways import check_ways
from lawgov_score.tree.document import Document, Where
from lawgov_score.tree.draft import Drafts, drafts_of
from lawgov_score.tree.finding import Finding
from lawgov_score.tree.waivers import with_waivers


def check_meaning(document: Document, *, is_complete: bool, has_points: bool = True) -> tuple[Drafts, list[Problem]]:
    """The nodes as read, and all problems with the tree's meaning.

    ``is_complete``: was the shape free of errors? ``has_points``: does the document give the points of nodes?
    """
    drafts = drafts_of(document, has_points=has_points)

    def all_findings() -> Iterator[Finding]:
        yield from check_head(document, drafts.index.nodes)
        yield from check_lists(document, drafts.index)
        yield from check_nodes(document, drafts.index)
        yield from check_links(document, drafts)
        yield from check_ways(document, drafts)
        yield from check_groups(document, drafts)
        elsewhere = asked_elsewhere(drafts)
        for indicator in drafts.indicators.values():
            yield from check_fields(document, indicator, elsewhere)
            yield from check_checks(indicator)
            if drafts.index.is_read(indicator.where, document.types):
                yield from check_rules(document, indicator, has_points=has_points)
                yield from check_thresholds(indicator, has_points=has_points)
        yield from check_shared(document, drafts)
        yield from check_together(document, drafts)
        yield from check_fairness(document, drafts)
        yield from check_places(document, drafts)
        yield from check_not_applicable(document, drafts)
        yield from check_roundings(document, drafts)
        yield from check_unmeetable(document, drafts)

    once: dict[tuple[Where, Code], Finding] = {}
    for finding in all_findings():
        once.setdefault((finding.where, finding.code), finding)
    return drafts, with_waivers(document, once.values(), is_complete=is_complete and has_points)
